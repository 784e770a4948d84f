//! What is configured at the other side: agents, teams, skill groups, dialed numbers, desk settings and outside lines.
//!
//! Plain values. Nothing here changes while the switch runs.

use std::collections::BTreeMap;
use std::time::Duration;

/// The whole configuration of one peripheral.
#[derive(Clone, Debug)]
pub struct SwitchConfig {
    /// PeripheralID, 5000 in a stock installation.
    pub peripheral_id: u32,
    /// Everybody who may sign in.
    pub agents: Vec<AgentConfig>,
    /// Teams; members are the agents that name the team.
    pub teams: Vec<TeamConfig>,
    /// Skill groups.
    pub skill_groups: Vec<SkillGroupConfig>,
    /// The number of the campaign dialer.
    pub dialer: String,
    /// Dialed number → SkillGroupNumber that its calls are routed to.
    pub dialed_numbers: BTreeMap<String, u32>,
    /// Phones beside the agents' own extensions at which agents may sign in.
    pub spare_extensions: Vec<String>,
    /// Desk settings, the same for every agent.
    pub desk: DeskSettings,
    /// What outside numbers do when they are called.
    pub outside: BTreeMap<String, OutsideLine>,
    /// What every other outside number does.
    pub outside_default: OutsideLine,
    /// Names of the expanded call context scalars that may be set.
    pub ecc_variables: Vec<String>,
    /// Names of the expanded call context arrays that may be set.
    pub ecc_arrays: Vec<String>,
    /// How long call data may be changed after the end of a call (2 minutes, ged188.md section 10.2).
    pub call_data_window: Duration,
    /// Time between the reservation of an agent and the ringing of the phone.
    pub reserve_delay: Duration,
    /// How a change of an agent's state is told.
    pub agent_events: AgentEvents,
    /// Answer QUERY_AGENT_STATE_REQ for an agent who is signed out with FAILURE_CONF 9, as some peripherals do,
    /// and not with the state LOGOUT (ged188.md section 6.2).
    pub query_refuses_signed_out: bool,
    /// Seed of the autopilot.
    pub seed: u64,
}

/// One agent or supervisor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgentConfig {
    /// AgentID (peripheral number), such as `1001`.
    pub id: String,
    /// AgentSkillTargetID and ICMAgentID.
    pub skill_target_id: u32,
    /// LoginName.
    pub login_name: String,
    /// FirstName.
    pub first_name: String,
    /// LastName.
    pub last_name: String,
    /// Password in clear text: these are people of a laboratory.
    pub password: String,
    /// The phone that the agent usually signs in at.
    pub extension: String,
    /// Whether the agent is a supervisor.
    pub supervisor: bool,
    /// Whether the agent may sign in as a mobile agent.
    pub mobile: bool,
    /// The team the agent is a member of.
    pub team: Option<u32>,
    /// SkillGroupNumbers, in the order in which CTI lists them.
    pub skill_groups: Vec<u32>,
}

/// One agent team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamConfig {
    /// TeamID.
    pub id: u32,
    /// AgentTeamName.
    pub name: String,
    /// AgentIDs of the supervisors, the primary one first.
    pub supervisors: Vec<String>,
}

/// One skill group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SkillGroupConfig {
    /// SkillGroupNumber (peripheral number).
    pub number: u32,
    /// SkillGroupID (skill target id).
    pub id: u32,
    /// PeripheralName.
    pub name: String,
}

/// The part of AGENT_DESK_SETTINGS_CONF that changes behaviour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskSettings {
    /// Wrap-up after routed calls.
    pub wrap_up_incoming: WrapUp,
    /// Wrap-up after calls to outside numbers.
    pub wrap_up_outgoing: WrapUp,
    /// WorkModeTimer: the longest wrap-up.
    pub work_mode_timer: Duration,
    /// RingNoAnswerTime: how long a routed call rings before it goes back to the queue.
    pub ring_no_answer_time: Duration,
    /// Agents become available after a routed call (AVAIL_AFTER_INCOMING).
    pub available_after_incoming: bool,
    /// A Not Ready request needs a reason code (IDLE_REASON_REQUIRED).
    pub not_ready_reason_required: bool,
    /// A logout needs a reason code (LOGOUT_REASON_REQUIRED).
    pub logout_reason_required: bool,
}

/// WrapupDataMode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WrapUp {
    /// Always after the call.
    Required,
    /// After the call if the agent asked for it during the call.
    Optional,
    /// Never.
    NotAllowed,
    /// Always, and wrap-up data is asked for.
    RequiredWithData,
}

impl WrapUp {
    /// WrapupDataMode on the wire.
    pub fn mode(self) -> u32 {
        match self {
            Self::Required => 0,
            Self::Optional => 1,
            Self::NotAllowed => 2,
            Self::RequiredWithData => 3,
        }
    }
    pub(crate) fn always(self) -> bool {
        matches!(self, Self::Required | Self::RequiredWithData)
    }
    pub(crate) fn allowed(self) -> bool {
        self != Self::NotAllowed
    }
}

/// What the person at an outside number does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutsideLine {
    /// Answers after this time.
    Answers(Duration),
    /// Rings until a command answers it.
    Rings,
    /// Is engaged: CALL_FAILED with cause BUSY.
    Busy,
    /// Does not exist: CALL_FAILED with cause DEST_NOT_OBTAINABLE.
    Unknown,
}

/// How a change of an agent's state is told (ged188.md section 12).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AgentEvents {
    /// One AGENT_STATE_EVENT with the list of skill groups.
    OnePerChange,
    /// One AGENT_STATE_EVENT for each skill group, without the list.
    OnePerSkillGroup,
}

impl SwitchConfig {
    /// The agent with this AgentID.
    pub fn agent(&self, id: &str) -> Option<&AgentConfig> {
        self.agents.iter().find(|agent| agent.id == id)
    }
    /// The team with this TeamID.
    pub fn team(&self, id: u32) -> Option<&TeamConfig> {
        self.teams.iter().find(|team| team.id == id)
    }
    /// The skill group with this SkillGroupNumber.
    pub fn skill_group(&self, number: u32) -> Option<&SkillGroupConfig> {
        self.skill_groups.iter().find(|group| group.number == number)
    }
    /// AgentIDs of every team: members first, then supervisors who are not members.
    pub fn team_lists(&self) -> BTreeMap<u32, Vec<String>> {
        let mut lists: BTreeMap<u32, Vec<String>> =
            self.teams.iter().map(|team| (team.id, Vec::new())).collect();
        for agent in &self.agents {
            if let Some(list) = agent.team.and_then(|team| lists.get_mut(&team)) {
                list.push(agent.id.clone());
            }
        }
        for team in &self.teams {
            if let Some(list) = lists.get_mut(&team.id) {
                let others: Vec<String> = team
                    .supervisors
                    .iter()
                    .filter(|supervisor| !list.contains(supervisor))
                    .cloned()
                    .collect();
                list.extend(others);
            }
        }
        lists
    }
    /// What the outside number does.
    pub fn outside_line(&self, number: &str) -> OutsideLine {
        self.outside.get(number).copied().unwrap_or(self.outside_default)
    }
}
