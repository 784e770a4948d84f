//! Configuration download (ged188.md section 4.4): keys, and records of services, skill groups, agents and devices.

use ged188::{
    AgentType, ConfigAgentEvent, ConfigAgentEventRecordsItem, ConfigAgentEventSkillsItem, ConfigBeginEvent,
    ConfigDeviceEvent, ConfigDeviceEventRecordsItem, ConfigDeviceType, ConfigEndEvent, ConfigEndStatus,
    ConfigKeyEvent, ConfigKeyStatus, ConfigMask, ConfigServiceEvent, ConfigServiceEventRecordsItem,
    ConfigServiceEventServiceMembersItem, ConfigSkillGroupEvent, ConfigSkillGroupEventRecordsItem,
    ConfigType, Message, RecordType, Version,
};

use crate::config::{AgentConfig, SkillGroupConfig, SwitchConfig};
use crate::events::VOICE;

/// Records in one message (ged188.md section 6.8).
const RECORDS_MAX: usize = 10;

/// CONFIG_KEY_EVENT.
pub(crate) fn keys(config: &SwitchConfig) -> Message {
    Message::ConfigKeyEvent(ConfigKeyEvent {
        config_key_status: ConfigKeyStatus::SUCCESS,
        service_config_key: key(&config.dialed_numbers),
        skill_group_config_key: key(&config.skill_groups),
        agent_config_key: key(&config.agents),
        device_config_key: key(&config.spare_extensions),
        ..ConfigKeyEvent::default()
    })
}

/// CONFIG_BEGIN_EVENT, the records of the wanted kinds in the published order, CONFIG_END_EVENT.
pub(crate) fn records(config: &SwitchConfig, wanted: ConfigMask, version: Version) -> Vec<Message> {
    let begin = Message::ConfigBeginEvent(ConfigBeginEvent {
        config_type: ConfigType::SOLICITED,
        config_information: wanted,
        ..ConfigBeginEvent::default()
    });
    let mut messages = vec![begin];
    if wanted.contains(ConfigMask::SERVICE) {
        messages.extend(packed(&services(config), version, &|records| {
            Message::ConfigServiceEvent(ConfigServiceEvent { records })
        }));
    }
    if wanted.contains(ConfigMask::SKILL_GROUP) {
        messages.extend(packed(&skill_groups(config), version, &|records| {
            Message::ConfigSkillGroupEvent(ConfigSkillGroupEvent { records })
        }));
    }
    if wanted.contains(ConfigMask::AGENT) {
        messages.extend(packed(&agents(config), version, &|records| {
            Message::ConfigAgentEvent(ConfigAgentEvent { records })
        }));
    }
    if wanted.contains(ConfigMask::DEVICE) {
        messages.extend(packed(&devices(config), version, &|records| {
            Message::ConfigDeviceEvent(ConfigDeviceEvent { records })
        }));
    }
    messages.push(Message::ConfigEndEvent(ConfigEndEvent {
        config_end_status: ConfigEndStatus::SUCCESS,
        ..ConfigEndEvent::default()
    }));
    messages
}

/// As many records in each message as its limits allow.
fn packed<T: Clone>(records: &[T], version: Version, message: &dyn Fn(Vec<T>) -> Message) -> Vec<Message> {
    records.chunks(RECORDS_MAX).flat_map(|part| fitting(part, version, message)).collect()
}

/// One message, or halves of it if it would be too long.
fn fitting<T: Clone>(records: &[T], version: Version, message: &dyn Fn(Vec<T>) -> Message) -> Vec<Message> {
    let whole = message(records.to_vec());
    if records.len() < 2 || whole.encode(version).is_ok() {
        return vec![whole];
    }
    let (head, tail) = records.split_at(records.len() / 2);
    [fitting(head, version, message), fitting(tail, version, message)].concat()
}

fn services(config: &SwitchConfig) -> Vec<ConfigServiceEventRecordsItem> {
    let item = |(number, (name, group)): (u32, (&String, &u32))| ConfigServiceEventRecordsItem {
        record_type: Some(RecordType::ADD),
        flt_peripheral_id: Some(config.peripheral_id),
        peripheral_number: Some(number),
        extension: name.clone(),
        service_skill_target_id: Some(SERVICE_IDS + number),
        peripheral_name: format!("Service {name}"),
        flt_mr_domain_id: Some(VOICE),
        service_members: vec![ConfigServiceEventServiceMembersItem {
            service_member: config.skill_group(*group).map(|group| group.id),
            service_priority: Some(1),
        }],
        ..ConfigServiceEventRecordsItem::default()
    };
    (1..).zip(&config.dialed_numbers).map(item).collect()
}

fn skill_groups(config: &SwitchConfig) -> Vec<ConfigSkillGroupEventRecordsItem> {
    let item = |group: &SkillGroupConfig| ConfigSkillGroupEventRecordsItem {
        record_type: Some(RecordType::ADD),
        flt_peripheral_id: Some(config.peripheral_id),
        peripheral_number: Some(group.number),
        flt_skill_group_priority: Some(0),
        skill_group_skill_target_id: Some(group.id),
        auto_work: Some(0),
        peripheral_name: group.name.clone(),
        flt_mr_domain_id: Some(VOICE),
        ..ConfigSkillGroupEventRecordsItem::default()
    };
    config.skill_groups.iter().map(item).collect()
}

fn agents(config: &SwitchConfig) -> Vec<ConfigAgentEventRecordsItem> {
    let item = |agent: &AgentConfig| ConfigAgentEventRecordsItem {
        record_type: Some(RecordType::ADD),
        flt_peripheral_id: Some(config.peripheral_id),
        agent_type: Some(if agent.supervisor { AgentType::SUPERVISOR } else { AgentType::AGENT }),
        login_id: agent.id.clone(),
        login_name: agent.login_name.clone(),
        last_name: agent.last_name.clone(),
        first_name: agent.first_name.clone(),
        agent_skill_target_id: Some(agent.skill_target_id),
        skills: agent.skill_groups.iter().map(|number| skill(*number)).collect(),
        ..ConfigAgentEventRecordsItem::default()
    };
    config.agents.iter().map(item).collect()
}

fn skill(number: u32) -> ConfigAgentEventSkillsItem {
    ConfigAgentEventSkillsItem { flt_skill_group_number: Some(number), flt_skill_group_priority: Some(0) }
}

fn devices(config: &SwitchConfig) -> Vec<ConfigDeviceEventRecordsItem> {
    let own = config.agents.iter().map(|agent| &agent.extension);
    let phones = own.chain(&config.spare_extensions).map(|extension| ConfigDeviceEventRecordsItem {
        record_type: Some(RecordType::ADD),
        flt_peripheral_id: Some(config.peripheral_id),
        device_type: Some(ConfigDeviceType::AGENT_DEVICE_EXTENSION),
        extension: extension.clone(),
        ..ConfigDeviceEventRecordsItem::default()
    });
    let points = config.dialed_numbers.keys().map(|number| ConfigDeviceEventRecordsItem {
        record_type: Some(RecordType::ADD),
        flt_peripheral_id: Some(config.peripheral_id),
        device_type: Some(ConfigDeviceType::ROUTE_POINT),
        dialed_number: number.clone(),
        ..ConfigDeviceEventRecordsItem::default()
    });
    phones.chain(points).collect()
}

/// ServiceSkillTargetIDs start above those of skill groups and agents.
const SERVICE_IDS: u32 = 900_000;

/// Eight bytes that change when the configuration does (FNV-1a over its printed form).
fn key(of: &impl std::fmt::Debug) -> Vec<u8> {
    let printed = format!("{of:?}");
    let hash = printed.bytes().fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
    });
    hash.to_be_bytes().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_agent_is_told_once_in_messages_of_ten() {
        let config = SwitchConfig::demo(47, "pw");
        let messages = records(&config, ConfigMask::AGENT, Version::V20);
        let told: Vec<usize> = messages
            .iter()
            .filter_map(|message| match message {
                Message::ConfigAgentEvent(event) => Some(event.records.len()),
                _ => None,
            })
            .collect();
        assert_eq!(told, [10, 10, 10, 10, 7]);
    }

    #[test]
    fn every_message_fits_the_wire() {
        let mut config = SwitchConfig::demo(30, "pw");
        for agent in &mut config.agents {
            agent.skill_groups = (1..=60).collect();
        }
        for version in [Version::MIN, Version::V17, Version::V20] {
            let all = ConfigMask(0x0F);
            let messages = records(&config, all, version);
            assert!(messages.iter().all(|message| message.encode(version).is_ok()), "version {version}");
        }
    }

    #[test]
    fn keys_change_with_the_configuration_only() {
        let config = SwitchConfig::demo(3, "pw");
        assert_eq!(keys(&config), keys(&config.clone()));
        assert_ne!(keys(&config), keys(&SwitchConfig::demo(4, "pw")));
    }
}
