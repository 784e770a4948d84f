//! A contact center to look at: a sales and a support queue, people with Japanese and English names.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::config::{
    AgentConfig, AgentEvents, DeskSettings, OutsideLine, SkillGroupConfig, SwitchConfig, TeamConfig, WrapUp,
};

/// Members of one demo team, unless somebody wants other teams.
const TEAM_SIZE: usize = 10;
/// AgentID of the first agent.
const FIRST_AGENT: usize = 1001;
/// Team id of the first team; skill target ids follow the same habit of a stock installation.
const FIRST_TEAM: u32 = 5000;

/// What an outbound campaign carries with a call (rest-api.md section 6.1).
const CAMPAIGN_VARIABLES: [&str; 8] = [
    "BAAccountNumber",
    "BABuddyName",
    "BACampaign",
    "BACustomerNumber",
    "BADialedListID",
    "BAResponse",
    "BAStatus",
    "BATimeZone",
];

/// Family and given names; the login name is made of the Latin spelling.
const PEOPLE: [(&str, &str, &str); 16] = [
    ("花子", "佐藤", "hanako"),
    ("Alice", "Walker", "alice"),
    ("太郎", "鈴木", "taro"),
    ("Robert", "Miller", "robert"),
    ("美咲", "高橋", "misaki"),
    ("Grace", "Cooper", "grace"),
    ("健太", "田中", "kenta"),
    ("Henry", "Clark", "henry"),
    ("陽子", "伊藤", "yoko"),
    ("Emma", "Davis", "emma"),
    ("大輔", "渡辺", "daisuke"),
    ("Oliver", "Young", "oliver"),
    ("由美", "山本", "yumi"),
    ("Sophie", "Turner", "sophie"),
    ("翔", "中村", "sho"),
    ("George", "Baker", "george"),
];

impl SwitchConfig {
    /// The demo with agents 1001, 1002 …, all with the same password.
    ///
    /// The first agent of each team of ten is its supervisor, and the very first one supervises the second team, too.
    /// Every second agent has an extension other than the id (6xxxx), and may be a mobile agent. Dialed numbers: 7200 Sales, 7201 Support, 7202
    /// Japanese desk.
    pub fn demo(agents: usize, password: &str) -> Self {
        Self::demo_in_teams(agents, TEAM_SIZE, password)
    }

    /// The same with teams of another size; of 0 is read as of 1.
    pub fn demo_in_teams(agents: usize, team_size: usize, password: &str) -> Self {
        let size = team_size.max(1);
        Self {
            peripheral_id: 5000,
            agents: (0..agents).map(|index| agent(index, size, password)).collect(),
            teams: (0..agents.div_ceil(size)).map(|index| team(index, size)).collect(),
            skill_groups: skill_groups(),
            dialer: "7900".into(),
            dialed_numbers: [("7200", 21), ("7201", 22), ("7202", 23)].map(|(dn, g)| (dn.into(), g)).into(),
            spare_extensions: (99_001..=99_004).map(|number| number.to_string()).collect(),
            desk: DeskSettings::default(),
            outside: outside_lines(),
            outside_default: OutsideLine::Answers(Duration::from_secs(2)),
            ecc_variables: ["user.customer", "user.order", "user.Layout"]
                .into_iter()
                .chain(CAMPAIGN_VARIABLES)
                .map(String::from)
                .collect(),
            ecc_arrays: vec!["user.history".into()],
            call_data_window: Duration::from_secs(120),
            reserve_delay: Duration::ZERO,
            agent_events: AgentEvents::OnePerChange,
            query_refuses_signed_out: false,
            seed: 1,
        }
    }
}

impl Default for DeskSettings {
    fn default() -> Self {
        Self {
            wrap_up_incoming: WrapUp::Optional,
            wrap_up_outgoing: WrapUp::NotAllowed,
            work_mode_timer: Duration::from_secs(30),
            ring_no_answer_time: Duration::from_secs(12),
            available_after_incoming: true,
            not_ready_reason_required: false,
            logout_reason_required: false,
        }
    }
}

fn agent(index: usize, team_size: usize, password: &str) -> AgentConfig {
    let number = FIRST_AGENT + index;
    let (first, last, login) =
        PEOPLE.get(index % PEOPLE.len()).copied().unwrap_or(("Agent", "Agent", "agent"));
    let round = index / PEOPLE.len();
    AgentConfig {
        id: number.to_string(),
        skill_target_id: narrow(5000 + index),
        login_name: if round == 0 { login.into() } else { format!("{login}{}", round + 1) },
        first_name: first.into(),
        last_name: last.into(),
        password: password.into(),
        extension: if index.is_multiple_of(2) { number.to_string() } else { (60_000 + number).to_string() },
        supervisor: index.is_multiple_of(team_size),
        mobile: !index.is_multiple_of(2),
        team: Some(FIRST_TEAM + narrow(index / team_size)),
        skill_groups: if index % 3 == 2 { vec![21, 22] } else { vec![21, 22, 23] },
    }
}

fn team(index: usize, size: usize) -> TeamConfig {
    let second = (index == 1).then(|| FIRST_AGENT.to_string());
    TeamConfig {
        id: FIRST_TEAM + narrow(index),
        name: if index == 0 { "Team Harbor".into() } else { format!("Team Harbor {}", index + 1) },
        supervisors: std::iter::once((FIRST_AGENT + index * size).to_string()).chain(second).collect(),
    }
}

fn skill_groups() -> Vec<SkillGroupConfig> {
    [(21, "Sales 営業"), (22, "Support サポート"), (23, "Japanese desk 日本語窓口")]
        .map(|(number, name)| SkillGroupConfig { number, id: 5_000 + number, name: name.into() })
        .into()
}

fn outside_lines() -> BTreeMap<String, OutsideLine> {
    [
        ("0312345678", OutsideLine::Answers(Duration::from_secs(1))),
        ("0398765432", OutsideLine::Rings),
        ("0300000486", OutsideLine::Busy),
        ("0300000404", OutsideLine::Unknown),
    ]
    .map(|(number, line)| (number.into(), line))
    .into()
}

fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_second_agent_has_another_extension() {
        let demo = SwitchConfig::demo(12, "secret");
        let extensions: Vec<_> = demo.agents.iter().take(4).map(|agent| agent.extension.as_str()).collect();
        assert_eq!(extensions, ["1001", "61002", "1003", "61004"]);
    }

    #[test]
    fn login_names_and_extensions_are_unique() {
        let demo = SwitchConfig::demo(300, "secret");
        let logins: std::collections::BTreeSet<_> = demo.agents.iter().map(|a| &a.login_name).collect();
        let extensions: std::collections::BTreeSet<_> = demo.agents.iter().map(|a| &a.extension).collect();
        assert_eq!((logins.len(), extensions.len()), (300, 300));
    }

    #[test]
    fn every_team_has_its_supervisor_among_its_agents() {
        let demo = SwitchConfig::demo(25, "secret");
        assert_eq!(demo.teams.len(), 3);
        let lists = demo.team_lists();
        for team in &demo.teams {
            assert!(lists[&team.id].iter().any(|agent| team.supervisors.contains(agent)));
        }
        let first_in_two = 1;
        assert_eq!(lists.values().map(Vec::len).sum::<usize>(), 25 + first_in_two);
    }

    #[test]
    fn one_team_can_be_as_large_as_the_site() {
        let demo = SwitchConfig::demo_in_teams(500, 500, "secret");
        assert_eq!((demo.teams.len(), demo.team_lists()[&FIRST_TEAM].len()), (1, 500));
        assert_eq!(demo.agents.iter().filter(|agent| agent.supervisor).count(), 1);
    }
}
