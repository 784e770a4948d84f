// Made from spec/ged188.toml by `cargo run -p ged188 --example generate`. Do not edit.

//! Configuration.

use super::tags;
use crate::message::Body;
use crate::reader::current;
use crate::reader::Group;
use crate::reader::Reader;
use crate::values::{AgentFlags, AgentType, ConfigDeviceType, ConfigEndStatus, ConfigKeyStatus, ConfigMask, ConfigType, DeskSettingsMask, RecordType, StatusCode, TeamConfigParam, TeamEventOperation, WrapupDataMode};
use crate::writer::Writer;
use crate::{DecodeError, EncodeError};

/// CONFIG_REQUEST_KEY_EVENT (230), client to server.
///
/// No InvokeID; one outstanding at a time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConfigRequestKeyEvent {
    /// PeripheralID UINT.
    pub peripheral_id: u32,
    /// CustomerID UINT, tag 131.
    pub customer_id: Option<u32>,
}

impl Body for ConfigRequestKeyEvent {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut m = Self {
            peripheral_id: r.fixed()?,
            ..Self::default()
        };
        while let Some(f) = r.field()? {
            match f.tag {
                131 => m.customer_id = Some(f.number()?),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.peripheral_id);
        w.number(&tags::CUSTOMER_ID, self.customer_id);
        Ok(())
    }
}

/// CONFIG_KEY_EVENT (231), server to client.
///
/// Equal key = unchanged configuration of that kind.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConfigKeyEvent {
    /// ConfigKeyStatus UINT.
    pub config_key_status: ConfigKeyStatus,
    /// ServiceConfigKey UNSPEC, tag 177.
    pub service_config_key: Vec<u8>,
    /// SkillGroupConfigKey UNSPEC, tag 178.
    pub skill_group_config_key: Vec<u8>,
    /// AgentConfigKey UNSPEC, tag 179.
    pub agent_config_key: Vec<u8>,
    /// DeviceConfigKey UNSPEC, tag 180.
    pub device_config_key: Vec<u8>,
    /// CallTypeConfigKey UNSPEC, tag 209.
    pub call_type_config_key: Vec<u8>,
    /// PeripheralConfigKey UNSPEC, tag 269, from version 22.
    pub peripheral_config_key: Vec<u8>,
    /// AgentDeskSettingsConfigKey UNSPEC, tag 270, from version 22.
    pub agent_desk_settings_config_key: Vec<u8>,
}

impl Body for ConfigKeyEvent {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut m = Self {
            config_key_status: r.fixed()?,
            ..Self::default()
        };
        while let Some(f) = r.field()? {
            match f.tag {
                177 => m.service_config_key = f.opaque(),
                178 => m.skill_group_config_key = f.opaque(),
                179 => m.agent_config_key = f.opaque(),
                180 => m.device_config_key = f.opaque(),
                209 => m.call_type_config_key = f.opaque(),
                269 => m.peripheral_config_key = f.opaque(),
                270 => m.agent_desk_settings_config_key = f.opaque(),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.config_key_status);
        w.opaque(&tags::SERVICE_CONFIG_KEY, &self.service_config_key)?;
        w.opaque(&tags::SKILL_GROUP_CONFIG_KEY, &self.skill_group_config_key)?;
        w.opaque(&tags::AGENT_CONFIG_KEY, &self.agent_config_key)?;
        w.opaque(&tags::DEVICE_CONFIG_KEY, &self.device_config_key)?;
        w.opaque(&tags::CALL_TYPE_CONFIG_KEY, &self.call_type_config_key)?;
        if w.has(22) {
            w.opaque(&tags::PERIPHERAL_CONFIG_KEY, &self.peripheral_config_key)?;
        }
        if w.has(22) {
            w.opaque(&tags::AGENT_DESK_SETTINGS_CONFIG_KEY, &self.agent_desk_settings_config_key)?;
        }
        Ok(())
    }
}

/// CONFIG_REQUEST_EVENT (232), client to server.
///
/// ConfigInformation 0 = no upload, only be ready for updates. The v25 guide inserts ConfigMsgMask UINT
/// between the two fields; a v15 capture has no such field (version of appearance unverified).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConfigRequestEvent {
    /// ConfigInformation UINT.
    pub config_information: ConfigMask,
    /// PeripheralID UINT.
    pub peripheral_id: u32,
    /// CustomerID UINT, tag 131.
    pub customer_id: Option<u32>,
}

impl Body for ConfigRequestEvent {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut m = Self {
            config_information: r.fixed()?,
            peripheral_id: r.fixed()?,
            ..Self::default()
        };
        while let Some(f) = r.field()? {
            match f.tag {
                131 => m.customer_id = Some(f.number()?),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.config_information);
        w.fixed(self.peripheral_id);
        w.number(&tags::CUSTOMER_ID, self.customer_id);
        Ok(())
    }
}

/// CONFIG_BEGIN_EVENT (233), server to client.
///
/// The server may also repeat BEGIN after END only to publish new keys (seen in a v15 capture).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConfigBeginEvent {
    /// ConfigType USHORT.
    pub config_type: ConfigType,
    /// ConfigInformation UINT.
    pub config_information: ConfigMask,
    /// ServiceConfigKey UNSPEC, tag 177.
    pub service_config_key: Vec<u8>,
    /// SkillGroupConfigKey UNSPEC, tag 178.
    pub skill_group_config_key: Vec<u8>,
    /// AgentConfigKey UNSPEC, tag 179.
    pub agent_config_key: Vec<u8>,
    /// DeviceConfigKey UNSPEC, tag 180.
    pub device_config_key: Vec<u8>,
    /// CallTypeConfigKey UNSPEC, tag 209.
    pub call_type_config_key: Vec<u8>,
    /// PeripheralConfigKey UNSPEC, tag 269, from version 22.
    pub peripheral_config_key: Vec<u8>,
    /// AgentDeskSettingsConfigKey UNSPEC, tag 270, from version 22.
    pub agent_desk_settings_config_key: Vec<u8>,
}

impl Body for ConfigBeginEvent {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut m = Self {
            config_type: r.fixed()?,
            config_information: r.fixed()?,
            ..Self::default()
        };
        while let Some(f) = r.field()? {
            match f.tag {
                177 => m.service_config_key = f.opaque(),
                178 => m.skill_group_config_key = f.opaque(),
                179 => m.agent_config_key = f.opaque(),
                180 => m.device_config_key = f.opaque(),
                209 => m.call_type_config_key = f.opaque(),
                269 => m.peripheral_config_key = f.opaque(),
                270 => m.agent_desk_settings_config_key = f.opaque(),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.config_type);
        w.fixed(self.config_information);
        w.opaque(&tags::SERVICE_CONFIG_KEY, &self.service_config_key)?;
        w.opaque(&tags::SKILL_GROUP_CONFIG_KEY, &self.skill_group_config_key)?;
        w.opaque(&tags::AGENT_CONFIG_KEY, &self.agent_config_key)?;
        w.opaque(&tags::DEVICE_CONFIG_KEY, &self.device_config_key)?;
        w.opaque(&tags::CALL_TYPE_CONFIG_KEY, &self.call_type_config_key)?;
        if w.has(22) {
            w.opaque(&tags::PERIPHERAL_CONFIG_KEY, &self.peripheral_config_key)?;
        }
        if w.has(22) {
            w.opaque(&tags::AGENT_DESK_SETTINGS_CONFIG_KEY, &self.agent_desk_settings_config_key)?;
        }
        Ok(())
    }
}

/// CONFIG_END_EVENT (234), server to client.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConfigEndEvent {
    /// ConfigEndStatus UINT.
    pub config_end_status: ConfigEndStatus,
    /// Text STRING, tag 7.
    pub text: String,
}

impl Body for ConfigEndEvent {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut m = Self {
            config_end_status: r.fixed()?,
            ..Self::default()
        };
        while let Some(f) = r.field()? {
            match f.tag {
                7 => m.text = f.text(),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.config_end_status);
        w.text(&tags::TEXT, &self.text)?;
        Ok(())
    }
}

/// One element of the list that NumServiceMembers counts in CONFIG_SERVICE_EVENT.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConfigServiceEventServiceMembersItem {
    /// ServiceMember UINT, tag 187.
    pub service_member: Option<u32>,
    /// ServicePriority USHORT, tag 188.
    pub service_priority: Option<u16>,
}

/// One element of the list that NumRecords counts in CONFIG_SERVICE_EVENT.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConfigServiceEventRecordsItem {
    /// RecordType USHORT, tag 183.
    pub record_type: Option<RecordType>,
    /// FltPeripheralID UINT, tag 208.
    pub flt_peripheral_id: Option<u32>,
    /// PeripheralNumber UINT, tag 184.
    pub peripheral_number: Option<u32>,
    /// OldPeripheralNumber UINT, tag 213.
    pub old_peripheral_number: Option<u32>,
    /// MaxQueued UINT, tag 129.
    pub max_queued: Option<u32>,
    /// Extension STRING, tag 173.
    pub extension: String,
    /// ServiceSkillTargetID UINT, tag 132.
    pub service_skill_target_id: Option<u32>,
    /// PeripheralName STRING, tag 133.
    pub peripheral_name: String,
    /// Description STRING, tag 134.
    pub description: String,
    /// ServiceLevelThreshold UINT, tag 174.
    pub service_level_threshold: Option<u32>,
    /// ServiceLevelType UINT, tag 175.
    pub service_level_type: Option<u32>,
    /// ConfigParam STRING, tag 176.
    pub config_param: String,
    /// FltMRDomainID INT, tag 216.
    pub flt_mr_domain_id: Option<i32>,
    /// Counted by NumServiceMembers.
    pub service_members: Vec<ConfigServiceEventServiceMembersItem>,
}

/// CONFIG_SERVICE_EVENT (235), server to client.
///
/// At most 10 records per message.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConfigServiceEvent {
    /// Counted by NumRecords.
    pub records: Vec<ConfigServiceEventRecordsItem>,
}

impl Body for ConfigServiceEvent {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        r.fixed::<u16>()?;
        let mut m = Self::default();
        let mut records_group = Group::default();
        let mut service_members_group = Group::default();
        while let Some(f) = r.field()? {
            match f.tag {
                183 => records_group.element(&mut m.records, 0).record_type = Some(f.number()?),
                208 => records_group.element(&mut m.records, 1).flt_peripheral_id = Some(f.number()?),
                184 => records_group.element(&mut m.records, 2).peripheral_number = Some(f.number()?),
                213 => records_group.element(&mut m.records, 3).old_peripheral_number = Some(f.number()?),
                129 => records_group.element(&mut m.records, 4).max_queued = Some(f.number()?),
                173 => records_group.element(&mut m.records, 5).extension = f.text(),
                132 => records_group.element(&mut m.records, 6).service_skill_target_id = Some(f.number()?),
                133 => records_group.element(&mut m.records, 7).peripheral_name = f.text(),
                134 => records_group.element(&mut m.records, 8).description = f.text(),
                174 => records_group.element(&mut m.records, 9).service_level_threshold = Some(f.number()?),
                175 => records_group.element(&mut m.records, 10).service_level_type = Some(f.number()?),
                176 => records_group.element(&mut m.records, 11).config_param = f.text(),
                216 => records_group.element(&mut m.records, 12).flt_mr_domain_id = Some(f.number()?),
                186 => drop(records_group.element(&mut m.records, 13)),
                187 => service_members_group.element(&mut current(&mut m.records).service_members, 0).service_member = Some(f.number()?),
                188 => service_members_group.element(&mut current(&mut m.records).service_members, 1).service_priority = Some(f.number()?),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.count::<u16>(self.records.len(), 0);
        for item in &self.records {
            w.first_number(&tags::RECORD_TYPE, item.record_type)?;
            w.number(&tags::FLT_PERIPHERAL_ID, item.flt_peripheral_id);
            w.number(&tags::PERIPHERAL_NUMBER, item.peripheral_number);
            w.number(&tags::OLD_PERIPHERAL_NUMBER, item.old_peripheral_number);
            w.number(&tags::MAX_QUEUED, item.max_queued);
            w.text(&tags::EXTENSION, &item.extension)?;
            w.number(&tags::SERVICE_SKILL_TARGET_ID, item.service_skill_target_id);
            w.text(&tags::PERIPHERAL_NAME, &item.peripheral_name)?;
            w.text(&tags::DESCRIPTION, &item.description)?;
            w.number(&tags::SERVICE_LEVEL_THRESHOLD, item.service_level_threshold);
            w.number(&tags::SERVICE_LEVEL_TYPE, item.service_level_type);
            w.text(&tags::CONFIG_PARAM, &item.config_param)?;
            w.number(&tags::FLT_MR_DOMAIN_ID, item.flt_mr_domain_id);
            w.floating_count::<u16>(&tags::NUM_SERVICE_MEMBERS, item.service_members.len());
            for item in &item.service_members {
                w.first_number(&tags::SERVICE_MEMBER, item.service_member)?;
                w.number(&tags::SERVICE_PRIORITY, item.service_priority);
            }
        }
        Ok(())
    }
}

/// One element of the list that NumRecords counts in CONFIG_SKILL_GROUP_EVENT.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConfigSkillGroupEventRecordsItem {
    /// RecordType USHORT, tag 183.
    pub record_type: Option<RecordType>,
    /// FltPeripheralID UINT, tag 208.
    pub flt_peripheral_id: Option<u32>,
    /// PeripheralNumber UINT, tag 184.
    pub peripheral_number: Option<u32>,
    /// OldPeripheralNumber UINT, tag 213.
    pub old_peripheral_number: Option<u32>,
    /// FltSkillGroupPriority USHORT, tag 64.
    pub flt_skill_group_priority: Option<u16>,
    /// SkillGroupSkillTargetID UINT, tag 192.
    pub skill_group_skill_target_id: Option<u32>,
    /// AutoWork USHORT, tag 185.
    pub auto_work: Option<u16>,
    /// Extension STRING, tag 173.
    pub extension: String,
    /// PeripheralName STRING, tag 133.
    pub peripheral_name: String,
    /// Description STRING, tag 134.
    pub description: String,
    /// FltMRDomainID INT, tag 216.
    pub flt_mr_domain_id: Option<i32>,
    /// FltPrecisionQueueID UINT, tag 264, from version 22.
    pub flt_precision_queue_id: Option<u32>,
    /// FltPrecisionQueueName STRING, tag 265, from version 22.
    pub flt_precision_queue_name: String,
    /// ConfigParam STRING, tag 176.
    pub config_param: String,
}

/// CONFIG_SKILL_GROUP_EVENT (236), server to client.
///
/// v15 capture order per record: RecordType, FltPeripheralID, PeripheralNumber, FltSkillGroupPriority,
/// SkillGroupSkillTargetID, AutoWork, Extension, PeripheralName, Description, FltMRDomainID, ConfigParam.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConfigSkillGroupEvent {
    /// Counted by NumRecords.
    pub records: Vec<ConfigSkillGroupEventRecordsItem>,
}

impl Body for ConfigSkillGroupEvent {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        r.fixed::<u16>()?;
        let mut m = Self::default();
        let mut records_group = Group::default();
        while let Some(f) = r.field()? {
            match f.tag {
                183 => records_group.element(&mut m.records, 0).record_type = Some(f.number()?),
                208 => records_group.element(&mut m.records, 1).flt_peripheral_id = Some(f.number()?),
                184 => records_group.element(&mut m.records, 2).peripheral_number = Some(f.number()?),
                213 => records_group.element(&mut m.records, 3).old_peripheral_number = Some(f.number()?),
                64 => records_group.element(&mut m.records, 4).flt_skill_group_priority = Some(f.number()?),
                192 => records_group.element(&mut m.records, 5).skill_group_skill_target_id = Some(f.number()?),
                185 => records_group.element(&mut m.records, 6).auto_work = Some(f.number()?),
                173 => records_group.element(&mut m.records, 7).extension = f.text(),
                133 => records_group.element(&mut m.records, 8).peripheral_name = f.text(),
                134 => records_group.element(&mut m.records, 9).description = f.text(),
                216 => records_group.element(&mut m.records, 10).flt_mr_domain_id = Some(f.number()?),
                264 => records_group.element(&mut m.records, 11).flt_precision_queue_id = Some(f.number()?),
                265 => records_group.element(&mut m.records, 12).flt_precision_queue_name = f.text(),
                176 => records_group.element(&mut m.records, 13).config_param = f.text(),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.count::<u16>(self.records.len(), 0);
        for item in &self.records {
            w.first_number(&tags::RECORD_TYPE, item.record_type)?;
            w.number(&tags::FLT_PERIPHERAL_ID, item.flt_peripheral_id);
            w.number(&tags::PERIPHERAL_NUMBER, item.peripheral_number);
            w.number(&tags::OLD_PERIPHERAL_NUMBER, item.old_peripheral_number);
            w.number(&tags::FLT_SKILL_GROUP_PRIORITY, item.flt_skill_group_priority);
            w.number(&tags::SKILL_GROUP_SKILL_TARGET_ID, item.skill_group_skill_target_id);
            w.number(&tags::AUTO_WORK, item.auto_work);
            w.text(&tags::EXTENSION, &item.extension)?;
            w.text(&tags::PERIPHERAL_NAME, &item.peripheral_name)?;
            w.text(&tags::DESCRIPTION, &item.description)?;
            w.number(&tags::FLT_MR_DOMAIN_ID, item.flt_mr_domain_id);
            if w.has(22) {
                w.number(&tags::FLT_PRECISION_QUEUE_ID, item.flt_precision_queue_id);
            }
            if w.has(22) {
                w.text(&tags::FLT_PRECISION_QUEUE_NAME, &item.flt_precision_queue_name)?;
            }
            w.text(&tags::CONFIG_PARAM, &item.config_param)?;
        }
        Ok(())
    }
}

/// One element of the list that NumSkills counts in CONFIG_AGENT_EVENT.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConfigAgentEventSkillsItem {
    /// FltSkillGroupNumber UINT, tag 62.
    pub flt_skill_group_number: Option<u32>,
    /// FltSkillGroupPriority USHORT, tag 64.
    pub flt_skill_group_priority: Option<u16>,
}

/// One element of the list that NumMRDs counts in CONFIG_AGENT_EVENT.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConfigAgentEventMrdsItem {
    /// FltAgentMRDID INT, tag 262, from version 21.
    pub flt_agent_mrd_id: Option<i32>,
    /// FltAgentMRDState USHORT, tag 263, from version 21.
    pub flt_agent_mrd_state: Option<u16>,
}

/// One element of the list that NumRecords counts in CONFIG_AGENT_EVENT.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConfigAgentEventRecordsItem {
    /// RecordType USHORT, tag 183.
    pub record_type: Option<RecordType>,
    /// FltPeripheralID UINT, tag 208.
    pub flt_peripheral_id: Option<u32>,
    /// ActiveTerminal STRING, tag 303, from version 24.
    pub active_terminal: String,
    /// AgentType USHORT, tag 189.
    pub agent_type: Option<AgentType>,
    /// AgentDeskSettingsID UINT, tag 267, from version 22.
    pub agent_desk_settings_id: Option<u32>,
    /// LoginID STRING, tag 190.
    pub login_id: String,
    /// OldLoginID STRING, tag 214.
    pub old_login_id: String,
    /// LoginName STRING, tag 207.
    pub login_name: String,
    /// LastName STRING, tag 138.
    pub last_name: String,
    /// FirstName STRING, tag 137.
    pub first_name: String,
    /// Extension STRING, tag 173.
    pub extension: String,
    /// Description STRING, tag 134.
    pub description: String,
    /// AgentSkillTargetID UINT, tag 141.
    pub agent_skill_target_id: Option<u32>,
    /// SSOEnabled USHORT, tag 257, from version 20.
    pub sso_enabled: Option<u16>,
    /// Counted by NumSkills.
    pub skills: Vec<ConfigAgentEventSkillsItem>,
    /// Counted by NumMRDs, from version 21.
    pub mrds: Vec<ConfigAgentEventMrdsItem>,
}

/// CONFIG_AGENT_EVENT (237), server to client.
///
/// NumSkills at most 100. A v15 capture repeats (FltSkillGroupNumber, FltSkillGroupPriority) once per
/// skill; the newest guides describe arrays of NumSkills.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConfigAgentEvent {
    /// Counted by NumRecords.
    pub records: Vec<ConfigAgentEventRecordsItem>,
}

impl Body for ConfigAgentEvent {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        r.fixed::<u16>()?;
        let mut m = Self::default();
        let mut records_group = Group::default();
        let mut skills_group = Group::default();
        let mut mrds_group = Group::default();
        while let Some(f) = r.field()? {
            match f.tag {
                183 => records_group.element(&mut m.records, 0).record_type = Some(f.number()?),
                208 => records_group.element(&mut m.records, 1).flt_peripheral_id = Some(f.number()?),
                303 => records_group.element(&mut m.records, 2).active_terminal = f.text(),
                189 => records_group.element(&mut m.records, 3).agent_type = Some(f.number()?),
                267 => records_group.element(&mut m.records, 4).agent_desk_settings_id = Some(f.number()?),
                190 => records_group.element(&mut m.records, 5).login_id = f.text(),
                214 => records_group.element(&mut m.records, 6).old_login_id = f.text(),
                207 => records_group.element(&mut m.records, 7).login_name = f.text(),
                138 => records_group.element(&mut m.records, 8).last_name = f.text(),
                137 => records_group.element(&mut m.records, 9).first_name = f.text(),
                173 => records_group.element(&mut m.records, 10).extension = f.text(),
                134 => records_group.element(&mut m.records, 11).description = f.text(),
                141 => records_group.element(&mut m.records, 12).agent_skill_target_id = Some(f.number()?),
                257 => records_group.element(&mut m.records, 13).sso_enabled = Some(f.number()?),
                191 => drop(records_group.element(&mut m.records, 14)),
                62 => skills_group.element(&mut current(&mut m.records).skills, 0).flt_skill_group_number = Some(f.number()?),
                64 => skills_group.element(&mut current(&mut m.records).skills, 1).flt_skill_group_priority = Some(f.number()?),
                261 => drop(records_group.element(&mut m.records, 15)),
                262 => mrds_group.element(&mut current(&mut m.records).mrds, 0).flt_agent_mrd_id = Some(f.number()?),
                263 => mrds_group.element(&mut current(&mut m.records).mrds, 1).flt_agent_mrd_state = Some(f.number()?),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.count::<u16>(self.records.len(), 0);
        for item in &self.records {
            w.first_number(&tags::RECORD_TYPE, item.record_type)?;
            w.number(&tags::FLT_PERIPHERAL_ID, item.flt_peripheral_id);
            if w.has(24) {
                w.text(&tags::ACTIVE_TERMINAL, &item.active_terminal)?;
            }
            w.number(&tags::AGENT_TYPE, item.agent_type);
            if w.has(22) {
                w.number(&tags::AGENT_DESK_SETTINGS_ID, item.agent_desk_settings_id);
            }
            w.text(&tags::LOGIN_ID, &item.login_id)?;
            w.text(&tags::OLD_LOGIN_ID, &item.old_login_id)?;
            w.text(&tags::LOGIN_NAME, &item.login_name)?;
            w.text(&tags::LAST_NAME, &item.last_name)?;
            w.text(&tags::FIRST_NAME, &item.first_name)?;
            w.text(&tags::EXTENSION, &item.extension)?;
            w.text(&tags::DESCRIPTION, &item.description)?;
            w.number(&tags::AGENT_SKILL_TARGET_ID, item.agent_skill_target_id);
            if w.has(20) {
                w.number(&tags::SSO_ENABLED, item.sso_enabled);
            }
            w.floating_count::<u16>(&tags::NUM_SKILLS, item.skills.len());
            for item in &item.skills {
                w.first_number(&tags::FLT_SKILL_GROUP_NUMBER, item.flt_skill_group_number)?;
                w.number(&tags::FLT_SKILL_GROUP_PRIORITY, item.flt_skill_group_priority);
            }
            if w.has(21) {
                w.floating_count::<u16>(&tags::NUM_MRDS, item.mrds.len());
                for item in &item.mrds {
                    w.first_number(&tags::FLT_AGENT_MRD_ID, item.flt_agent_mrd_id)?;
                    w.number(&tags::FLT_AGENT_MRD_STATE, item.flt_agent_mrd_state);
                }
            }
        }
        Ok(())
    }
}

/// One element of the list that NumRecords counts in CONFIG_DEVICE_EVENT.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConfigDeviceEventRecordsItem {
    /// RecordType USHORT, tag 183.
    pub record_type: Option<RecordType>,
    /// FltPeripheralID UINT, tag 208.
    pub flt_peripheral_id: Option<u32>,
    /// PeripheralNumber UINT, tag 184.
    pub peripheral_number: Option<u32>,
    /// DeviceType USHORT, tag 195.
    pub device_type: Option<ConfigDeviceType>,
    /// MaxQueued UINT, tag 129.
    pub max_queued: Option<u32>,
    /// FltServiceID UINT, tag 193.
    pub flt_service_id: Option<u32>,
    /// DialedNumber STRING, tag 11.
    pub dialed_number: String,
    /// DNIS STRING, tag 10.
    pub dnis: String,
    /// Extension STRING, tag 173.
    pub extension: String,
    /// Description STRING, tag 134.
    pub description: String,
}

/// CONFIG_DEVICE_EVENT (238), server to client.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConfigDeviceEvent {
    /// Counted by NumRecords.
    pub records: Vec<ConfigDeviceEventRecordsItem>,
}

impl Body for ConfigDeviceEvent {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        r.fixed::<u16>()?;
        let mut m = Self::default();
        let mut records_group = Group::default();
        while let Some(f) = r.field()? {
            match f.tag {
                183 => records_group.element(&mut m.records, 0).record_type = Some(f.number()?),
                208 => records_group.element(&mut m.records, 1).flt_peripheral_id = Some(f.number()?),
                184 => records_group.element(&mut m.records, 2).peripheral_number = Some(f.number()?),
                195 => records_group.element(&mut m.records, 3).device_type = Some(f.number()?),
                129 => records_group.element(&mut m.records, 4).max_queued = Some(f.number()?),
                193 => records_group.element(&mut m.records, 5).flt_service_id = Some(f.number()?),
                11 => records_group.element(&mut m.records, 6).dialed_number = f.text(),
                10 => records_group.element(&mut m.records, 7).dnis = f.text(),
                173 => records_group.element(&mut m.records, 8).extension = f.text(),
                134 => records_group.element(&mut m.records, 9).description = f.text(),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.count::<u16>(self.records.len(), 0);
        for item in &self.records {
            w.first_number(&tags::RECORD_TYPE, item.record_type)?;
            w.number(&tags::FLT_PERIPHERAL_ID, item.flt_peripheral_id);
            w.number(&tags::PERIPHERAL_NUMBER, item.peripheral_number);
            w.number(&tags::DEVICE_TYPE, item.device_type);
            w.number(&tags::MAX_QUEUED, item.max_queued);
            w.number(&tags::FLT_SERVICE_ID, item.flt_service_id);
            w.text(&tags::DIALED_NUMBER, &item.dialed_number)?;
            w.text(&tags::DNIS, &item.dnis)?;
            w.text(&tags::EXTENSION, &item.extension)?;
            w.text(&tags::DESCRIPTION, &item.description)?;
        }
        Ok(())
    }
}

/// TEAM_CONFIG_REQ (242), client to server.
///
/// CCX only.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TeamConfigReq {
    /// InvokeID UINT.
    pub invoke_id: u32,
    /// ConfigParam USHORT.
    pub config_param: TeamConfigParam,
    /// Reserved UNSPEC.
    pub reserved: [u8; 8],
}

impl Body for TeamConfigReq {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let m = Self {
            invoke_id: r.fixed()?,
            config_param: r.fixed()?,
            reserved: r.fixed_bytes()?,
        };
        while r.field()?.is_some() {
            r.skip_unknown();
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.invoke_id);
        w.fixed(self.config_param);
        w.fixed_bytes(&self.reserved);
        Ok(())
    }

    fn invoke_id(&self) -> Option<u32> {
        Some(self.invoke_id)
    }

    fn invoke_id_mut(&mut self) -> Option<&mut u32> {
        Some(&mut self.invoke_id)
    }
}

/// One element of the list that NumRecords counts in TEAM_CONFIG_EVENT.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TeamConfigEventRecordsItem {
    /// AgentIDLong STRING, tag 194.
    pub agent_id_long: String,
    /// AgentFlags USHORT, tag 87.
    pub agent_flags: Option<AgentFlags>,
    /// RecordType USHORT, tag 183.
    pub record_type: Option<RecordType>,
    /// MemberType USHORT, tag 205.
    pub member_type: Option<u16>,
}

/// TEAM_CONFIG_EVENT (243), server to client.
///
/// CCX only. NumRecords at most 64.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TeamConfigEvent {
    /// TeamID UINT.
    pub team_id: u32,
    /// Operation USHORT.
    pub operation: TeamEventOperation,
    /// Reserved UNSPEC.
    pub reserved: [u8; 8],
    /// TeamName STRING, tag 204.
    pub team_name: String,
    /// Counted by NumRecords.
    pub records: Vec<TeamConfigEventRecordsItem>,
}

impl Body for TeamConfigEvent {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let team_id = r.fixed()?;
        r.fixed::<u16>()?;
        let operation = r.fixed()?;
        let reserved = r.fixed_bytes()?;
        let mut m = Self {
            team_id,
            operation,
            reserved,
            ..Self::default()
        };
        let mut records_group = Group::default();
        while let Some(f) = r.field()? {
            match f.tag {
                204 => m.team_name = f.text(),
                194 => records_group.element(&mut m.records, 0).agent_id_long = f.text(),
                87 => records_group.element(&mut m.records, 1).agent_flags = Some(f.number()?),
                183 => records_group.element(&mut m.records, 2).record_type = Some(f.number()?),
                205 => records_group.element(&mut m.records, 3).member_type = Some(f.number()?),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.team_id);
        w.count::<u16>(self.records.len(), 0);
        w.fixed(self.operation);
        w.fixed_bytes(&self.reserved);
        w.text(&tags::TEAM_NAME, &self.team_name)?;
        for item in &self.records {
            w.required_text(&tags::AGENT_ID_LONG, &item.agent_id_long)?;
            w.number(&tags::AGENT_FLAGS, item.agent_flags);
            w.number(&tags::RECORD_TYPE, item.record_type);
            w.number(&tags::MEMBER_TYPE, item.member_type);
        }
        Ok(())
    }
}

/// TEAM_CONFIG_CONF (244), server to client.
///
/// CCX only.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TeamConfigConf {
    /// InvokeID UINT.
    pub invoke_id: u32,
    /// Status UINT.
    pub status: StatusCode,
    /// Text STRING, tag 7.
    pub text: String,
}

impl Body for TeamConfigConf {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut m = Self {
            invoke_id: r.fixed()?,
            status: r.fixed()?,
            ..Self::default()
        };
        while let Some(f) = r.field()? {
            match f.tag {
                7 => m.text = f.text(),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.invoke_id);
        w.fixed(self.status);
        w.text(&tags::TEXT, &self.text)?;
        Ok(())
    }

    fn invoke_id(&self) -> Option<u32> {
        Some(self.invoke_id)
    }

    fn invoke_id_mut(&mut self) -> Option<&mut u32> {
        Some(&mut self.invoke_id)
    }
}

/// One element of the list that NumRecords counts in CONFIG_CALL_TYPE_EVENT.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConfigCallTypeEventRecordsItem {
    /// RecordType USHORT, tag 183.
    pub record_type: Option<RecordType>,
    /// FltCallTypeID UINT, tag 210.
    pub flt_call_type_id: Option<u32>,
    /// CustomerDefinitionID UINT, tag 211.
    pub customer_definition_id: Option<u32>,
    /// EnterpriseName STRING, tag 212.
    pub enterprise_name: String,
    /// Description STRING, tag 134.
    pub description: String,
    /// ServiceLevelThreshold UINT, tag 174.
    pub service_level_threshold: Option<u32>,
    /// ServiceLevelType UINT, tag 175.
    pub service_level_type: Option<u32>,
}

/// CONFIG_CALL_TYPE_EVENT (245), server to client.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConfigCallTypeEvent {
    /// Counted by NumRecords.
    pub records: Vec<ConfigCallTypeEventRecordsItem>,
}

impl Body for ConfigCallTypeEvent {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        r.fixed::<u16>()?;
        let mut m = Self::default();
        let mut records_group = Group::default();
        while let Some(f) = r.field()? {
            match f.tag {
                183 => records_group.element(&mut m.records, 0).record_type = Some(f.number()?),
                210 => records_group.element(&mut m.records, 1).flt_call_type_id = Some(f.number()?),
                211 => records_group.element(&mut m.records, 2).customer_definition_id = Some(f.number()?),
                212 => records_group.element(&mut m.records, 3).enterprise_name = f.text(),
                134 => records_group.element(&mut m.records, 4).description = f.text(),
                174 => records_group.element(&mut m.records, 5).service_level_threshold = Some(f.number()?),
                175 => records_group.element(&mut m.records, 6).service_level_type = Some(f.number()?),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.count::<u16>(self.records.len(), 0);
        for item in &self.records {
            w.first_number(&tags::RECORD_TYPE, item.record_type)?;
            w.number(&tags::FLT_CALL_TYPE_ID, item.flt_call_type_id);
            w.number(&tags::CUSTOMER_DEFINITION_ID, item.customer_definition_id);
            w.text(&tags::ENTERPRISE_NAME, &item.enterprise_name)?;
            w.text(&tags::DESCRIPTION, &item.description)?;
            w.number(&tags::SERVICE_LEVEL_THRESHOLD, item.service_level_threshold);
            w.number(&tags::SERVICE_LEVEL_TYPE, item.service_level_type);
        }
        Ok(())
    }
}

/// One element of the list that NumRecords counts in CONFIG_MRD_EVENT.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConfigMrdEventRecordsItem {
    /// RecordType USHORT, tag 183.
    pub record_type: Option<RecordType>,
    /// FltMRDomainID INT, tag 216.
    pub flt_mr_domain_id: Option<i32>,
    /// EnterpriseName STRING, tag 212.
    pub enterprise_name: String,
    /// Description STRING, tag 134.
    pub description: String,
    /// MaxTaskDuration UINT, tag 250, from version 18.
    pub max_task_duration: Option<u32>,
    /// Interruptible BOOL, tag 251, from version 18.
    pub interruptible: Option<bool>,
}

/// CONFIG_MRD_EVENT (254), server to client, from version 20.
///
/// One guide table prints type 245; the overview list gives 254.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConfigMrdEvent {
    /// Counted by NumRecords.
    pub records: Vec<ConfigMrdEventRecordsItem>,
}

impl Body for ConfigMrdEvent {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        r.fixed::<u16>()?;
        let mut m = Self::default();
        let mut records_group = Group::default();
        while let Some(f) = r.field()? {
            match f.tag {
                183 => records_group.element(&mut m.records, 0).record_type = Some(f.number()?),
                216 => records_group.element(&mut m.records, 1).flt_mr_domain_id = Some(f.number()?),
                212 => records_group.element(&mut m.records, 2).enterprise_name = f.text(),
                134 => records_group.element(&mut m.records, 3).description = f.text(),
                250 => records_group.element(&mut m.records, 4).max_task_duration = Some(f.number()?),
                251 => records_group.element(&mut m.records, 5).interruptible = Some(f.number()?),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.count::<u16>(self.records.len(), 0);
        for item in &self.records {
            w.first_number(&tags::RECORD_TYPE, item.record_type)?;
            w.number(&tags::FLT_MR_DOMAIN_ID, item.flt_mr_domain_id);
            w.text(&tags::ENTERPRISE_NAME, &item.enterprise_name)?;
            w.text(&tags::DESCRIPTION, &item.description)?;
            if w.has(18) {
                w.number(&tags::MAX_TASK_DURATION, item.max_task_duration);
            }
            if w.has(18) {
                w.number(&tags::INTERRUPTIBLE, item.interruptible);
            }
        }
        Ok(())
    }
}

/// One element of the list that NumRecords counts in CONFIG_PERIPHERAL_EVENT.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConfigPeripheralEventRecordsItem {
    /// RecordType USHORT, tag 183.
    pub record_type: Option<RecordType>,
    /// ConfigPeripheralID UINT, tag 271, from version 22.
    pub config_peripheral_id: Option<u32>,
    /// DefaultAgentDeskSettingsID UINT, tag 272, from version 22.
    pub default_agent_desk_settings_id: Option<u32>,
}

/// CONFIG_PERIPHERAL_EVENT (260), server to client, from version 22.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConfigPeripheralEvent {
    /// Counted by NumRecords.
    pub records: Vec<ConfigPeripheralEventRecordsItem>,
}

impl Body for ConfigPeripheralEvent {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        r.fixed::<u16>()?;
        let mut m = Self::default();
        let mut records_group = Group::default();
        while let Some(f) = r.field()? {
            match f.tag {
                183 => records_group.element(&mut m.records, 0).record_type = Some(f.number()?),
                271 => records_group.element(&mut m.records, 1).config_peripheral_id = Some(f.number()?),
                272 => records_group.element(&mut m.records, 2).default_agent_desk_settings_id = Some(f.number()?),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.count::<u16>(self.records.len(), 0);
        for item in &self.records {
            w.first_number(&tags::RECORD_TYPE, item.record_type)?;
            if w.has(22) {
                w.number(&tags::CONFIG_PERIPHERAL_ID, item.config_peripheral_id);
            }
            if w.has(22) {
                w.number(&tags::DEFAULT_AGENT_DESK_SETTINGS_ID, item.default_agent_desk_settings_id);
            }
        }
        Ok(())
    }
}

/// One element of the list that NumRecords counts in CONFIG_AGENT_DESK_SETTINGS_EVENT.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConfigAgentDeskSettingsEventRecordsItem {
    /// RecordType USHORT, tag 183.
    pub record_type: Option<RecordType>,
    /// AgentDeskSettingsID UINT, tag 267, from version 22.
    pub agent_desk_settings_id: Option<u32>,
    /// FltDeskSettingsMask UINT, tag 273, from version 22.
    pub flt_desk_settings_mask: Option<DeskSettingsMask>,
    /// FltWrapupDataIncomingMode UINT, tag 274, from version 22.
    pub flt_wrapup_data_incoming_mode: Option<WrapupDataMode>,
    /// FltWrapupDataOutgoingMode UINT, tag 275, from version 22.
    pub flt_wrapup_data_outgoing_mode: Option<WrapupDataMode>,
    /// FltLogoutNonActivityTime UINT, tag 276, from version 22.
    pub flt_logout_non_activity_time: Option<u32>,
    /// FltQualityRecordingRate UINT, tag 277, from version 22.
    pub flt_quality_recording_rate: Option<u32>,
    /// FltRingNoAnswerTime UINT, tag 278, from version 22.
    pub flt_ring_no_answer_time: Option<u32>,
    /// FltSilentMonitorWarningMessage UINT, tag 279, from version 22.
    pub flt_silent_monitor_warning_message: Option<u32>,
    /// FltSilentMonitorAudibleIndication UINT, tag 280, from version 22.
    pub flt_silent_monitor_audible_indication: Option<u32>,
    /// FltSupervisorAssistCallMethod UINT, tag 281, from version 22.
    pub flt_supervisor_assist_call_method: Option<u32>,
    /// FltEmergencyCallMethod UINT, tag 282, from version 22.
    pub flt_emergency_call_method: Option<u32>,
    /// FltAutoRecordOnEmergency UINT, tag 283, from version 22.
    pub flt_auto_record_on_emergency: Option<u32>,
    /// FltRecordingMode UINT, tag 284, from version 22.
    pub flt_recording_mode: Option<u32>,
    /// FltWorkModeTimer UINT, tag 285, from version 22.
    pub flt_work_mode_timer: Option<u32>,
    /// FltRingNoAnswerDN UINT, tag 286, from version 22.
    pub flt_ring_no_answer_dn: Option<u32>,
    /// FltDefaultDevicePortAddress STRING, tag 287, from version 22.
    pub flt_default_device_port_address: String,
    /// PlayZipTone UINT, tag 307, from version 24.
    pub play_zip_tone: Option<u32>,
    /// ACDSharedLineUsage UINT, tag 306, from version 24.
    pub acd_shared_line_usage: Option<u32>,
}

/// CONFIG_AGENT_DESK_SETTINGS_EVENT (261), server to client, from version 22.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConfigAgentDeskSettingsEvent {
    /// Counted by NumRecords.
    pub records: Vec<ConfigAgentDeskSettingsEventRecordsItem>,
}

impl Body for ConfigAgentDeskSettingsEvent {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        r.fixed::<u16>()?;
        let mut m = Self::default();
        let mut records_group = Group::default();
        while let Some(f) = r.field()? {
            match f.tag {
                183 => records_group.element(&mut m.records, 0).record_type = Some(f.number()?),
                267 => records_group.element(&mut m.records, 1).agent_desk_settings_id = Some(f.number()?),
                273 => records_group.element(&mut m.records, 2).flt_desk_settings_mask = Some(f.number()?),
                274 => records_group.element(&mut m.records, 3).flt_wrapup_data_incoming_mode = Some(f.number()?),
                275 => records_group.element(&mut m.records, 4).flt_wrapup_data_outgoing_mode = Some(f.number()?),
                276 => records_group.element(&mut m.records, 5).flt_logout_non_activity_time = Some(f.number()?),
                277 => records_group.element(&mut m.records, 6).flt_quality_recording_rate = Some(f.number()?),
                278 => records_group.element(&mut m.records, 7).flt_ring_no_answer_time = Some(f.number()?),
                279 => records_group.element(&mut m.records, 8).flt_silent_monitor_warning_message = Some(f.number()?),
                280 => records_group.element(&mut m.records, 9).flt_silent_monitor_audible_indication = Some(f.number()?),
                281 => records_group.element(&mut m.records, 10).flt_supervisor_assist_call_method = Some(f.number()?),
                282 => records_group.element(&mut m.records, 11).flt_emergency_call_method = Some(f.number()?),
                283 => records_group.element(&mut m.records, 12).flt_auto_record_on_emergency = Some(f.number()?),
                284 => records_group.element(&mut m.records, 13).flt_recording_mode = Some(f.number()?),
                285 => records_group.element(&mut m.records, 14).flt_work_mode_timer = Some(f.number()?),
                286 => records_group.element(&mut m.records, 15).flt_ring_no_answer_dn = Some(f.number()?),
                287 => records_group.element(&mut m.records, 16).flt_default_device_port_address = f.text(),
                307 => records_group.element(&mut m.records, 17).play_zip_tone = Some(f.number()?),
                306 => records_group.element(&mut m.records, 18).acd_shared_line_usage = Some(f.number()?),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.count::<u16>(self.records.len(), 0);
        for item in &self.records {
            w.first_number(&tags::RECORD_TYPE, item.record_type)?;
            if w.has(22) {
                w.number(&tags::AGENT_DESK_SETTINGS_ID, item.agent_desk_settings_id);
            }
            if w.has(22) {
                w.number(&tags::FLT_DESK_SETTINGS_MASK, item.flt_desk_settings_mask);
            }
            if w.has(22) {
                w.number(&tags::FLT_WRAPUP_DATA_INCOMING_MODE, item.flt_wrapup_data_incoming_mode);
            }
            if w.has(22) {
                w.number(&tags::FLT_WRAPUP_DATA_OUTGOING_MODE, item.flt_wrapup_data_outgoing_mode);
            }
            if w.has(22) {
                w.number(&tags::FLT_LOGOUT_NON_ACTIVITY_TIME, item.flt_logout_non_activity_time);
            }
            if w.has(22) {
                w.number(&tags::FLT_QUALITY_RECORDING_RATE, item.flt_quality_recording_rate);
            }
            if w.has(22) {
                w.number(&tags::FLT_RING_NO_ANSWER_TIME, item.flt_ring_no_answer_time);
            }
            if w.has(22) {
                w.number(&tags::FLT_SILENT_MONITOR_WARNING_MESSAGE, item.flt_silent_monitor_warning_message);
            }
            if w.has(22) {
                w.number(&tags::FLT_SILENT_MONITOR_AUDIBLE_INDICATION, item.flt_silent_monitor_audible_indication);
            }
            if w.has(22) {
                w.number(&tags::FLT_SUPERVISOR_ASSIST_CALL_METHOD, item.flt_supervisor_assist_call_method);
            }
            if w.has(22) {
                w.number(&tags::FLT_EMERGENCY_CALL_METHOD, item.flt_emergency_call_method);
            }
            if w.has(22) {
                w.number(&tags::FLT_AUTO_RECORD_ON_EMERGENCY, item.flt_auto_record_on_emergency);
            }
            if w.has(22) {
                w.number(&tags::FLT_RECORDING_MODE, item.flt_recording_mode);
            }
            if w.has(22) {
                w.number(&tags::FLT_WORK_MODE_TIMER, item.flt_work_mode_timer);
            }
            if w.has(22) {
                w.number(&tags::FLT_RING_NO_ANSWER_DN, item.flt_ring_no_answer_dn);
            }
            if w.has(22) {
                w.text(&tags::FLT_DEFAULT_DEVICE_PORT_ADDRESS, &item.flt_default_device_port_address)?;
            }
            if w.has(24) {
                w.number(&tags::PLAY_ZIP_TONE, item.play_zip_tone);
            }
            if w.has(24) {
                w.number(&tags::ACD_SHARED_LINE_USAGE, item.acd_shared_line_usage);
            }
        }
        Ok(())
    }
}

/// One element of the list that NumInstruments counts in CONFIG_TERMINAL_EVENT.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConfigTerminalEventInstrumentsItem {
    /// AgentInstrument STRING, tag 6.
    pub agent_instrument: String,
}

/// One element of the list that NumRecords counts in CONFIG_TERMINAL_EVENT.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConfigTerminalEventRecordsItem {
    /// RecordType USHORT, tag 183.
    pub record_type: Option<RecordType>,
    /// TerminalType USHORT, tag 302, from version 24.
    pub terminal_type: Option<u16>,
    /// ActiveTerminal STRING, tag 303, from version 24.
    pub active_terminal: String,
    /// TerminalTypeName STRING, tag 304, from version 24.
    pub terminal_type_name: String,
    /// Counted by NumInstruments.
    pub instruments: Vec<ConfigTerminalEventInstrumentsItem>,
}

/// CONFIG_TERMINAL_EVENT (276), server to client, from version 24.
///
/// First version (unverified).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConfigTerminalEvent {
    /// Counted by NumRecords.
    pub records: Vec<ConfigTerminalEventRecordsItem>,
}

impl Body for ConfigTerminalEvent {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        r.fixed::<u16>()?;
        let mut m = Self::default();
        let mut records_group = Group::default();
        let mut instruments_group = Group::default();
        while let Some(f) = r.field()? {
            match f.tag {
                183 => records_group.element(&mut m.records, 0).record_type = Some(f.number()?),
                302 => records_group.element(&mut m.records, 1).terminal_type = Some(f.number()?),
                303 => records_group.element(&mut m.records, 2).active_terminal = f.text(),
                304 => records_group.element(&mut m.records, 3).terminal_type_name = f.text(),
                305 => drop(records_group.element(&mut m.records, 4)),
                6 => instruments_group.element(&mut current(&mut m.records).instruments, 0).agent_instrument = f.text(),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.count::<u16>(self.records.len(), 0);
        for item in &self.records {
            w.first_number(&tags::RECORD_TYPE, item.record_type)?;
            if w.has(24) {
                w.number(&tags::TERMINAL_TYPE, item.terminal_type);
            }
            if w.has(24) {
                w.text(&tags::ACTIVE_TERMINAL, &item.active_terminal)?;
            }
            if w.has(24) {
                w.text(&tags::TERMINAL_TYPE_NAME, &item.terminal_type_name)?;
            }
            w.floating_count::<u16>(&tags::NUM_INSTRUMENTS, item.instruments.len());
            for item in &item.instruments {
                w.required_text(&tags::AGENT_INSTRUMENT, &item.agent_instrument)?;
            }
        }
        Ok(())
    }
}

/// One element of the list that NumOfEnabledServices counts in CONFIG_AGENT_SERVICE_EVENT.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConfigAgentServiceEventEnabledServicesItem {
    /// FltEnabledServices UINT, tag 309, from version 24.
    pub flt_enabled_services: Option<u32>,
}

/// One element of the list that NumRecords counts in CONFIG_AGENT_SERVICE_EVENT.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConfigAgentServiceEventRecordsItem {
    /// AgentSkillTargetID UINT, tag 141.
    pub agent_skill_target_id: Option<u32>,
    /// Counted by NumOfEnabledServices, from version 24.
    pub enabled_services: Vec<ConfigAgentServiceEventEnabledServicesItem>,
    /// RecordType USHORT, tag 183.
    pub record_type: Option<RecordType>,
}

/// CONFIG_AGENT_SERVICE_EVENT (282), server to client, from version 24.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConfigAgentServiceEvent {
    /// Counted by NumRecords.
    pub records: Vec<ConfigAgentServiceEventRecordsItem>,
}

impl Body for ConfigAgentServiceEvent {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        r.fixed::<u16>()?;
        let mut m = Self::default();
        let mut records_group = Group::default();
        let mut enabled_services_group = Group::default();
        while let Some(f) = r.field()? {
            match f.tag {
                141 => records_group.element(&mut m.records, 0).agent_skill_target_id = Some(f.number()?),
                310 => drop(records_group.element(&mut m.records, 1)),
                309 => enabled_services_group.element(&mut current(&mut m.records).enabled_services, 0).flt_enabled_services = Some(f.number()?),
                183 => records_group.element(&mut m.records, 2).record_type = Some(f.number()?),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.count::<u16>(self.records.len(), 0);
        for item in &self.records {
            w.first_number(&tags::AGENT_SKILL_TARGET_ID, item.agent_skill_target_id)?;
            if w.has(24) {
                w.floating_count::<u16>(&tags::NUM_OF_ENABLED_SERVICES, item.enabled_services.len());
                for item in &item.enabled_services {
                    w.first_number(&tags::FLT_ENABLED_SERVICES, item.flt_enabled_services)?;
                }
            }
            w.number(&tags::RECORD_TYPE, item.record_type);
        }
        Ok(())
    }
}
