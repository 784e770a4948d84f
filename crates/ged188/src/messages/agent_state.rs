// Made from spec/ged188.toml by `cargo run -p ged188 --example generate`. Do not edit.

//! Agent state.

use super::tags;
use crate::hidden::Hidden;
use crate::message::Body;
use crate::reader::Group;
use crate::reader::Reader;
use crate::values::{AgentAvailabilityStatus, AgentGreetingAction, AgentServiceReq, AgentState, AgentWorkMode, CallDirection, ConnectionDeviceIdType, DeskSettingsMask, ForcedFlag, InternalAgentState, PeripheralType, WrapupDataMode};
use crate::writer::Writer;
use crate::{DecodeError, EncodeError};

/// One element of the list that NumFltSkillGroups counts in AGENT_STATE_EVENT.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AgentStateEventFltSkillGroupsItem {
    /// FltSkillGroupNumber UINT, tag 62.
    pub flt_skill_group_number: Option<u32>,
    /// FltSkillGroupID UINT, tag 63.
    pub flt_skill_group_id: Option<u32>,
    /// FltSkillGroupPriority USHORT, tag 64.
    pub flt_skill_group_priority: Option<u16>,
    /// FltSkillGroupState USHORT, tag 65.
    pub flt_skill_group_state: Option<AgentState>,
}

/// AGENT_STATE_EVENT (30), server to client.
///
/// The signature of the client that manages the agent is documented as CTIClientSignature, and both tags
/// 23 and 3 are in use for it: accept either. NumFltSkillGroups at most 99; 0 means that only the skill
/// group of the fixed part is reported. EventReasonCode is meaningful for NOT_READY and LOGOUT only, 0 =
/// none. AgentMode 1 = routable, 0 = not routable (the v14 guide prints the reverse).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AgentStateEvent {
    /// MonitorID UINT.
    pub monitor_id: u32,
    /// PeripheralID UINT.
    pub peripheral_id: u32,
    /// SessionID UINT.
    pub session_id: u32,
    /// PeripheralType USHORT.
    pub peripheral_type: PeripheralType,
    /// SkillGroupState USHORT.
    pub skill_group_state: AgentState,
    /// StateDuration UINT.
    pub state_duration: u32,
    /// SkillGroupNumber UINT.
    pub skill_group_number: u32,
    /// SkillGroupID UINT.
    pub skill_group_id: u32,
    /// SkillGroupPriority USHORT.
    pub skill_group_priority: u16,
    /// AgentState USHORT.
    pub agent_state: AgentState,
    /// EventReasonCode USHORT.
    pub event_reason_code: u16,
    /// MRDID INT.
    pub mrd_id: i32,
    /// NumTasks UINT.
    pub num_tasks: u32,
    /// AgentMode USHORT.
    pub agent_mode: u16,
    /// MaxTaskLimit UINT.
    pub max_task_limit: u32,
    /// ICMAgentID INT.
    pub icm_agent_id: i32,
    /// AgentAvailabilityStatus UINT.
    pub agent_availability_status: AgentAvailabilityStatus,
    /// DepartmentID INT, from version 19.
    pub department_id: i32,
    /// CTIClientSignature STRING, tag 23.
    pub cti_client_signature: String,
    /// ClientSignature STRING, tag 3.
    pub client_signature: String,
    /// AgentID STRING, tag 5.
    pub agent_id: String,
    /// AgentExtension STRING, tag 4.
    pub agent_extension: String,
    /// ActiveTerminal STRING, tag 303, from version 24.
    pub active_terminal: String,
    /// AgentInstrument STRING, tag 6.
    pub agent_instrument: String,
    /// Duration UINT, tag 150.
    pub duration: Option<u32>,
    /// NextAgentState USHORT, tag 123.
    pub next_agent_state: Option<AgentState>,
    /// Direction UINT, tag 244, from version 16.
    pub direction: Option<CallDirection>,
    /// Counted by NumFltSkillGroups.
    pub flt_skill_groups: Vec<AgentStateEventFltSkillGroupsItem>,
    /// MaxBeyondTaskLimit UINT, tag 266, from version 22.
    pub max_beyond_task_limit: Option<u32>,
}

impl Body for AgentStateEvent {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let monitor_id = r.fixed()?;
        let peripheral_id = r.fixed()?;
        let session_id = r.fixed()?;
        let peripheral_type = r.fixed()?;
        let skill_group_state = r.fixed()?;
        let state_duration = r.fixed()?;
        let skill_group_number = r.fixed()?;
        let skill_group_id = r.fixed()?;
        let skill_group_priority = r.fixed()?;
        let agent_state = r.fixed()?;
        let event_reason_code = r.fixed()?;
        let mrd_id = r.fixed()?;
        let num_tasks = r.fixed()?;
        let agent_mode = r.fixed()?;
        let max_task_limit = r.fixed()?;
        let icm_agent_id = r.fixed()?;
        let agent_availability_status = r.fixed()?;
        r.fixed::<u16>()?;
        let department_id = r.fixed_since(19)?;
        let mut m = Self {
            monitor_id,
            peripheral_id,
            session_id,
            peripheral_type,
            skill_group_state,
            state_duration,
            skill_group_number,
            skill_group_id,
            skill_group_priority,
            agent_state,
            event_reason_code,
            mrd_id,
            num_tasks,
            agent_mode,
            max_task_limit,
            icm_agent_id,
            agent_availability_status,
            department_id,
            ..Self::default()
        };
        let mut flt_skill_groups_group = Group::default();
        while let Some(f) = r.field()? {
            match f.tag {
                23 => m.cti_client_signature = f.text(),
                3 => m.client_signature = f.text(),
                5 => m.agent_id = f.text(),
                4 => m.agent_extension = f.text(),
                303 => m.active_terminal = f.text(),
                6 => m.agent_instrument = f.text(),
                150 => m.duration = Some(f.number()?),
                123 => m.next_agent_state = Some(f.number()?),
                244 => m.direction = Some(f.number()?),
                62 => flt_skill_groups_group.element(&mut m.flt_skill_groups, 0).flt_skill_group_number = Some(f.number()?),
                63 => flt_skill_groups_group.element(&mut m.flt_skill_groups, 1).flt_skill_group_id = Some(f.number()?),
                64 => flt_skill_groups_group.element(&mut m.flt_skill_groups, 2).flt_skill_group_priority = Some(f.number()?),
                65 => flt_skill_groups_group.element(&mut m.flt_skill_groups, 3).flt_skill_group_state = Some(f.number()?),
                266 => m.max_beyond_task_limit = Some(f.number()?),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.monitor_id);
        w.fixed(self.peripheral_id);
        w.fixed(self.session_id);
        w.fixed(self.peripheral_type);
        w.fixed(self.skill_group_state);
        w.fixed(self.state_duration);
        w.fixed(self.skill_group_number);
        w.fixed(self.skill_group_id);
        w.fixed(self.skill_group_priority);
        w.fixed(self.agent_state);
        w.fixed(self.event_reason_code);
        w.fixed(self.mrd_id);
        w.fixed(self.num_tasks);
        w.fixed(self.agent_mode);
        w.fixed(self.max_task_limit);
        w.fixed(self.icm_agent_id);
        w.fixed(self.agent_availability_status);
        w.count::<u16>(self.flt_skill_groups.len(), 0);
        if w.has(19) {
            w.fixed(self.department_id);
        }
        w.text(&tags::CTI_CLIENT_SIGNATURE, &self.cti_client_signature)?;
        w.text(&tags::CLIENT_SIGNATURE, &self.client_signature)?;
        w.text(&tags::AGENT_ID, &self.agent_id)?;
        w.text(&tags::AGENT_EXTENSION, &self.agent_extension)?;
        if w.has(24) {
            w.text(&tags::ACTIVE_TERMINAL, &self.active_terminal)?;
        }
        w.text(&tags::AGENT_INSTRUMENT, &self.agent_instrument)?;
        w.number(&tags::DURATION, self.duration);
        w.number(&tags::NEXT_AGENT_STATE, self.next_agent_state);
        if w.has(16) {
            w.number(&tags::DIRECTION, self.direction);
        }
        for item in &self.flt_skill_groups {
            w.first_number(&tags::FLT_SKILL_GROUP_NUMBER, item.flt_skill_group_number)?;
            w.number(&tags::FLT_SKILL_GROUP_ID, item.flt_skill_group_id);
            w.number(&tags::FLT_SKILL_GROUP_PRIORITY, item.flt_skill_group_priority);
            w.number(&tags::FLT_SKILL_GROUP_STATE, item.flt_skill_group_state);
        }
        if w.has(22) {
            w.number(&tags::MAX_BEYOND_TASK_LIMIT, self.max_beyond_task_limit);
        }
        Ok(())
    }

    fn monitor_id(&self) -> Option<u32> {
        Some(self.monitor_id)
    }
}

/// QUERY_AGENT_STATE_REQ (36), client to server.
///
/// At least one identifier, or ICMAgentID. Voice is MRDID 1.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct QueryAgentStateReq {
    /// InvokeID UINT.
    pub invoke_id: u32,
    /// PeripheralID UINT.
    pub peripheral_id: u32,
    /// MRDID INT.
    pub mrd_id: i32,
    /// ICMAgentID INT.
    pub icm_agent_id: i32,
    /// AgentExtension STRING, tag 4.
    pub agent_extension: String,
    /// AgentID STRING, tag 5.
    pub agent_id: String,
    /// AgentInstrument STRING, tag 6.
    pub agent_instrument: String,
}

impl Body for QueryAgentStateReq {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut m = Self {
            invoke_id: r.fixed()?,
            peripheral_id: r.fixed()?,
            mrd_id: r.fixed()?,
            icm_agent_id: r.fixed()?,
            ..Self::default()
        };
        while let Some(f) = r.field()? {
            match f.tag {
                4 => m.agent_extension = f.text(),
                5 => m.agent_id = f.text(),
                6 => m.agent_instrument = f.text(),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.invoke_id);
        w.fixed(self.peripheral_id);
        w.fixed(self.mrd_id);
        w.fixed(self.icm_agent_id);
        w.text(&tags::AGENT_EXTENSION, &self.agent_extension)?;
        w.text(&tags::AGENT_ID, &self.agent_id)?;
        w.text(&tags::AGENT_INSTRUMENT, &self.agent_instrument)?;
        Ok(())
    }

    fn invoke_id(&self) -> Option<u32> {
        Some(self.invoke_id)
    }

    fn invoke_id_mut(&mut self) -> Option<&mut u32> {
        Some(&mut self.invoke_id)
    }
}

/// One element of the list that NumSkillGroups counts in QUERY_AGENT_STATE_CONF.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct QueryAgentStateConfSkillGroupsItem {
    /// FltSkillGroupNumber UINT, tag 62.
    pub flt_skill_group_number: Option<u32>,
    /// FltSkillGroupID UINT, tag 63.
    pub flt_skill_group_id: Option<u32>,
    /// FltSkillGroupPriority USHORT, tag 64.
    pub flt_skill_group_priority: Option<u16>,
    /// FltSkillGroupState USHORT, tag 65.
    pub flt_skill_group_state: Option<AgentState>,
}

/// QUERY_AGENT_STATE_CONF (37), server to client.
///
/// NumSkillGroups at most 20. An agent who is not signed in is answered with AgentState LOGOUT or with
/// FAILURE_CONF 9 AGENT_NOT_LOGGED_ON, depending on the peripheral (unverified which).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct QueryAgentStateConf {
    /// InvokeID UINT.
    pub invoke_id: u32,
    /// AgentState USHORT.
    pub agent_state: AgentState,
    /// MRDID INT.
    pub mrd_id: i32,
    /// NumTasks UINT.
    pub num_tasks: u32,
    /// AgentMode USHORT.
    pub agent_mode: u16,
    /// MaxTaskLimit UINT.
    pub max_task_limit: u32,
    /// ICMAgentID INT.
    pub icm_agent_id: i32,
    /// AgentAvailabilityStatus UINT.
    pub agent_availability_status: AgentAvailabilityStatus,
    /// DepartmentID INT, from version 19.
    pub department_id: i32,
    /// AgentID STRING, tag 5.
    pub agent_id: String,
    /// AgentExtension STRING, tag 4.
    pub agent_extension: String,
    /// AgentInstrument STRING, tag 6.
    pub agent_instrument: String,
    /// Counted by NumSkillGroups.
    pub skill_groups: Vec<QueryAgentStateConfSkillGroupsItem>,
    /// InternalAgentState USHORT, tag 255, from version 19.
    pub internal_agent_state: Option<InternalAgentState>,
    /// MaxBeyondTaskLimit UINT, tag 266, from version 22.
    pub max_beyond_task_limit: Option<u32>,
}

impl Body for QueryAgentStateConf {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let invoke_id = r.fixed()?;
        let agent_state = r.fixed()?;
        r.fixed::<u16>()?;
        let mrd_id = r.fixed()?;
        let num_tasks = r.fixed()?;
        let agent_mode = r.fixed()?;
        let max_task_limit = r.fixed()?;
        let icm_agent_id = r.fixed()?;
        let agent_availability_status = r.fixed()?;
        let department_id = r.fixed_since(19)?;
        let mut m = Self {
            invoke_id,
            agent_state,
            mrd_id,
            num_tasks,
            agent_mode,
            max_task_limit,
            icm_agent_id,
            agent_availability_status,
            department_id,
            ..Self::default()
        };
        let mut skill_groups_group = Group::default();
        while let Some(f) = r.field()? {
            match f.tag {
                5 => m.agent_id = f.text(),
                4 => m.agent_extension = f.text(),
                6 => m.agent_instrument = f.text(),
                62 => skill_groups_group.element(&mut m.skill_groups, 0).flt_skill_group_number = Some(f.number()?),
                63 => skill_groups_group.element(&mut m.skill_groups, 1).flt_skill_group_id = Some(f.number()?),
                64 => skill_groups_group.element(&mut m.skill_groups, 2).flt_skill_group_priority = Some(f.number()?),
                65 => skill_groups_group.element(&mut m.skill_groups, 3).flt_skill_group_state = Some(f.number()?),
                255 => m.internal_agent_state = Some(f.number()?),
                266 => m.max_beyond_task_limit = Some(f.number()?),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.invoke_id);
        w.fixed(self.agent_state);
        w.count::<u16>(self.skill_groups.len(), 0);
        w.fixed(self.mrd_id);
        w.fixed(self.num_tasks);
        w.fixed(self.agent_mode);
        w.fixed(self.max_task_limit);
        w.fixed(self.icm_agent_id);
        w.fixed(self.agent_availability_status);
        if w.has(19) {
            w.fixed(self.department_id);
        }
        w.text(&tags::AGENT_ID, &self.agent_id)?;
        w.text(&tags::AGENT_EXTENSION, &self.agent_extension)?;
        w.text(&tags::AGENT_INSTRUMENT, &self.agent_instrument)?;
        for item in &self.skill_groups {
            w.first_number(&tags::FLT_SKILL_GROUP_NUMBER, item.flt_skill_group_number)?;
            w.number(&tags::FLT_SKILL_GROUP_ID, item.flt_skill_group_id);
            w.number(&tags::FLT_SKILL_GROUP_PRIORITY, item.flt_skill_group_priority);
            w.number(&tags::FLT_SKILL_GROUP_STATE, item.flt_skill_group_state);
        }
        if w.has(19) {
            w.number(&tags::INTERNAL_AGENT_STATE, self.internal_agent_state);
        }
        if w.has(22) {
            w.number(&tags::MAX_BEYOND_TASK_LIMIT, self.max_beyond_task_limit);
        }
        Ok(())
    }

    fn invoke_id(&self) -> Option<u32> {
        Some(self.invoke_id)
    }

    fn invoke_id_mut(&mut self) -> Option<&mut u32> {
        Some(&mut self.invoke_id)
    }
}

/// One element of the list that NumSkillGroups counts in SET_AGENT_STATE_REQ.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SetAgentStateReqSkillGroupsItem {
    /// FltSkillGroupNumber UINT, tag 62.
    pub flt_skill_group_number: Option<u32>,
    /// FltSkillGroupPriority USHORT, tag 64.
    pub flt_skill_group_priority: Option<u16>,
}

/// SET_AGENT_STATE_REQ (38), client to server.
///
/// Fixed body is 21 bytes (ForcedFlag is one byte, so AgentServiceReq is unaligned). AgentID is required
/// for LOGIN and LOGOUT, AgentPassword for LOGIN (not with SSO); guides print it as required for LOGOUT
/// too, but supervisor and forced logouts have none: send it empty, accept it empty. NumSkillGroups at
/// most 10, normally 0 in UCCE. Mobile agent: AgentInstrument holds 'instrument;phone number' and
/// AgentWorkMode is RA_CALL_BY_CALL or RA_NAILED_CONNECTION.
#[derive(Clone, Default, PartialEq)]
pub struct SetAgentStateReq {
    /// InvokeID UINT.
    pub invoke_id: u32,
    /// PeripheralID UINT.
    pub peripheral_id: u32,
    /// AgentState USHORT.
    pub agent_state: AgentState,
    /// AgentWorkMode USHORT.
    pub agent_work_mode: AgentWorkMode,
    /// EventReasonCode USHORT.
    pub event_reason_code: u16,
    /// ForcedFlag UCHAR.
    pub forced_flag: ForcedFlag,
    /// AgentServiceReq UINT.
    pub agent_service_req: AgentServiceReq,
    /// AgentInstrument STRING, tag 6, required.
    pub agent_instrument: String,
    /// ActiveTerminal STRING, tag 303, from version 24.
    pub active_terminal: String,
    /// AgentID STRING, tag 5.
    pub agent_id: String,
    /// AgentPassword STRING, tag 49.
    pub agent_password: String,
    /// PositionID STRING, tag 68.
    pub position_id: String,
    /// SupervisorID STRING, tag 69.
    pub supervisor_id: String,
    /// SSOEnabled USHORT, tag 257, from version 20.
    pub sso_enabled: Option<u16>,
    /// Counted by NumSkillGroups.
    pub skill_groups: Vec<SetAgentStateReqSkillGroupsItem>,
}

impl std::fmt::Debug for SetAgentStateReq {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SetAgentStateReq")
            .field("invoke_id", &self.invoke_id)
            .field("peripheral_id", &self.peripheral_id)
            .field("agent_state", &self.agent_state)
            .field("agent_work_mode", &self.agent_work_mode)
            .field("event_reason_code", &self.event_reason_code)
            .field("forced_flag", &self.forced_flag)
            .field("agent_service_req", &self.agent_service_req)
            .field("agent_instrument", &self.agent_instrument)
            .field("active_terminal", &self.active_terminal)
            .field("agent_id", &self.agent_id)
            .field("agent_password", &Hidden(&self.agent_password))
            .field("position_id", &self.position_id)
            .field("supervisor_id", &self.supervisor_id)
            .field("sso_enabled", &self.sso_enabled)
            .field("skill_groups", &self.skill_groups)
            .finish()
    }
}

impl Body for SetAgentStateReq {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let invoke_id = r.fixed()?;
        let peripheral_id = r.fixed()?;
        let agent_state = r.fixed()?;
        let agent_work_mode = r.fixed()?;
        r.fixed::<u16>()?;
        let event_reason_code = r.fixed()?;
        let forced_flag = r.fixed()?;
        let agent_service_req = r.fixed()?;
        let mut m = Self {
            invoke_id,
            peripheral_id,
            agent_state,
            agent_work_mode,
            event_reason_code,
            forced_flag,
            agent_service_req,
            ..Self::default()
        };
        let mut skill_groups_group = Group::default();
        while let Some(f) = r.field()? {
            match f.tag {
                6 => m.agent_instrument = f.text(),
                303 => m.active_terminal = f.text(),
                5 => m.agent_id = f.text(),
                49 => m.agent_password = f.text(),
                68 => m.position_id = f.text(),
                69 => m.supervisor_id = f.text(),
                257 => m.sso_enabled = Some(f.number()?),
                62 => skill_groups_group.element(&mut m.skill_groups, 0).flt_skill_group_number = Some(f.number()?),
                64 => skill_groups_group.element(&mut m.skill_groups, 1).flt_skill_group_priority = Some(f.number()?),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.invoke_id);
        w.fixed(self.peripheral_id);
        w.fixed(self.agent_state);
        w.fixed(self.agent_work_mode);
        w.count::<u16>(self.skill_groups.len(), 0);
        w.fixed(self.event_reason_code);
        w.fixed(self.forced_flag);
        w.fixed(self.agent_service_req);
        w.required_text(&tags::AGENT_INSTRUMENT, &self.agent_instrument)?;
        if w.has(24) {
            w.text(&tags::ACTIVE_TERMINAL, &self.active_terminal)?;
        }
        w.text(&tags::AGENT_ID, &self.agent_id)?;
        w.text(&tags::AGENT_PASSWORD, &self.agent_password)?;
        w.text(&tags::POSITION_ID, &self.position_id)?;
        w.text(&tags::SUPERVISOR_ID, &self.supervisor_id)?;
        if w.has(20) {
            w.number(&tags::SSO_ENABLED, self.sso_enabled);
        }
        for item in &self.skill_groups {
            w.first_number(&tags::FLT_SKILL_GROUP_NUMBER, item.flt_skill_group_number)?;
            w.number(&tags::FLT_SKILL_GROUP_PRIORITY, item.flt_skill_group_priority);
        }
        Ok(())
    }

    fn invoke_id(&self) -> Option<u32> {
        Some(self.invoke_id)
    }

    fn invoke_id_mut(&mut self) -> Option<&mut u32> {
        Some(&mut self.invoke_id)
    }
}

/// SET_AGENT_STATE_CONF (39), server to client.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SetAgentStateConf {
    /// InvokeID UINT.
    pub invoke_id: u32,
}

impl Body for SetAgentStateConf {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let m = Self {
            invoke_id: r.fixed()?,
        };
        while r.field()?.is_some() {
            r.skip_unknown();
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.invoke_id);
        Ok(())
    }

    fn invoke_id(&self) -> Option<u32> {
        Some(self.invoke_id)
    }

    fn invoke_id_mut(&mut self) -> Option<&mut u32> {
        Some(&mut self.invoke_id)
    }
}

/// QUERY_AGENT_STATISTICS_REQ (112), client to server.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct QueryAgentStatisticsReq {
    /// InvokeID UINT.
    pub invoke_id: u32,
    /// PeripheralID UINT.
    pub peripheral_id: u32,
    /// AgentExtension STRING, tag 4.
    pub agent_extension: String,
    /// AgentID STRING, tag 5.
    pub agent_id: String,
    /// AgentInstrument STRING, tag 6.
    pub agent_instrument: String,
}

impl Body for QueryAgentStatisticsReq {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut m = Self {
            invoke_id: r.fixed()?,
            peripheral_id: r.fixed()?,
            ..Self::default()
        };
        while let Some(f) = r.field()? {
            match f.tag {
                4 => m.agent_extension = f.text(),
                5 => m.agent_id = f.text(),
                6 => m.agent_instrument = f.text(),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.invoke_id);
        w.fixed(self.peripheral_id);
        w.text(&tags::AGENT_EXTENSION, &self.agent_extension)?;
        w.text(&tags::AGENT_ID, &self.agent_id)?;
        w.text(&tags::AGENT_INSTRUMENT, &self.agent_instrument)?;
        Ok(())
    }

    fn invoke_id(&self) -> Option<u32> {
        Some(self.invoke_id)
    }

    fn invoke_id_mut(&mut self) -> Option<&mut u32> {
        Some(&mut self.invoke_id)
    }
}

/// QUERY_AGENT_STATISTICS_CONF (113), server to client.
///
/// 84 UINT counters as transcribed by one implementation from the v14-16 guides: 42 with suffix Session,
/// then the same 42 with suffix Today. The printed maximum message size (434) fits 80 counters, so verify
/// on the wire. Unknown = 0xFFFFFFFF.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct QueryAgentStatisticsConf {
    /// InvokeID UINT.
    pub invoke_id: u32,
    /// PeripheralID UINT.
    pub peripheral_id: u32,
    /// AvailTimeSession UINT.
    pub avail_time_session: u32,
    /// LoggedOnTimeSession UINT.
    pub logged_on_time_session: u32,
    /// NotReadyTimeSession UINT.
    pub not_ready_time_session: u32,
    /// ICMAvailableTimeSession UINT.
    pub icm_available_time_session: u32,
    /// RoutableTimeSession UINT.
    pub routable_time_session: u32,
    /// AgentOutCallsSession UINT.
    pub agent_out_calls_session: u32,
    /// AgentOutCallsTalkTimeSession UINT.
    pub agent_out_calls_talk_time_session: u32,
    /// AgentOutCallsTimeSession UINT.
    pub agent_out_calls_time_session: u32,
    /// AgentOutCallsHeldSession UINT.
    pub agent_out_calls_held_session: u32,
    /// AgentOutCallsHeldTimeSession UINT.
    pub agent_out_calls_held_time_session: u32,
    /// HandledCallsSession UINT.
    pub handled_calls_session: u32,
    /// HandledCallsTalkTimeSession UINT.
    pub handled_calls_talk_time_session: u32,
    /// HandledCallsAfterCallTimeSession UINT.
    pub handled_calls_after_call_time_session: u32,
    /// HandledCallsTimeSession UINT.
    pub handled_calls_time_session: u32,
    /// IncomingCallsHeldSession UINT.
    pub incoming_calls_held_session: u32,
    /// IncomingCallsHeldTimeSession UINT.
    pub incoming_calls_held_time_session: u32,
    /// InternalCallsSession UINT.
    pub internal_calls_session: u32,
    /// InternalCallsTimeSession UINT.
    pub internal_calls_time_session: u32,
    /// InternalCallsRcvdSession UINT.
    pub internal_calls_rcvd_session: u32,
    /// InternalCallsRcvdTimeSession UINT.
    pub internal_calls_rcvd_time_session: u32,
    /// InternalCallsHeldSession UINT.
    pub internal_calls_held_session: u32,
    /// InternalCallsHeldTimeSession UINT.
    pub internal_calls_held_time_session: u32,
    /// AutoOutCallsSession UINT.
    pub auto_out_calls_session: u32,
    /// AutoOutCallsTalkTimeSession UINT.
    pub auto_out_calls_talk_time_session: u32,
    /// AutoOutCallsTimeSession UINT.
    pub auto_out_calls_time_session: u32,
    /// AutoOutCallsHeldSession UINT.
    pub auto_out_calls_held_session: u32,
    /// AutoOutCallsHeldTimeSession UINT.
    pub auto_out_calls_held_time_session: u32,
    /// PreviewCallsSession UINT.
    pub preview_calls_session: u32,
    /// PreviewCallsTalkTimeSession UINT.
    pub preview_calls_talk_time_session: u32,
    /// PreviewCallsTimeSession UINT.
    pub preview_calls_time_session: u32,
    /// PreviewCallsHeldSession UINT.
    pub preview_calls_held_session: u32,
    /// PreviewCallsHeldTimeSession UINT.
    pub preview_calls_held_time_session: u32,
    /// ReservationCallsSession UINT.
    pub reservation_calls_session: u32,
    /// ReservationCallsTalkTimeSession UINT.
    pub reservation_calls_talk_time_session: u32,
    /// ReservationCallsTimeSession UINT.
    pub reservation_calls_time_session: u32,
    /// ReservationCallsHeldSession UINT.
    pub reservation_calls_held_session: u32,
    /// ReservationCallsHeldTimeSession UINT.
    pub reservation_calls_held_time_session: u32,
    /// BargeInCallsSession UINT.
    pub barge_in_calls_session: u32,
    /// InterceptCallsSession UINT.
    pub intercept_calls_session: u32,
    /// MonitorCallsSession UINT.
    pub monitor_calls_session: u32,
    /// WhisperCallsSession UINT.
    pub whisper_calls_session: u32,
    /// EmergencyCallsSession UINT.
    pub emergency_calls_session: u32,
    /// AvailTimeToday UINT.
    pub avail_time_today: u32,
    /// LoggedOnTimeToday UINT.
    pub logged_on_time_today: u32,
    /// NotReadyTimeToday UINT.
    pub not_ready_time_today: u32,
    /// ICMAvailableTimeToday UINT.
    pub icm_available_time_today: u32,
    /// RoutableTimeToday UINT.
    pub routable_time_today: u32,
    /// AgentOutCallsToday UINT.
    pub agent_out_calls_today: u32,
    /// AgentOutCallsTalkTimeToday UINT.
    pub agent_out_calls_talk_time_today: u32,
    /// AgentOutCallsTimeToday UINT.
    pub agent_out_calls_time_today: u32,
    /// AgentOutCallsHeldToday UINT.
    pub agent_out_calls_held_today: u32,
    /// AgentOutCallsHeldTimeToday UINT.
    pub agent_out_calls_held_time_today: u32,
    /// HandledCallsToday UINT.
    pub handled_calls_today: u32,
    /// HandledCallsTalkTimeToday UINT.
    pub handled_calls_talk_time_today: u32,
    /// HandledCallsAfterCallTimeToday UINT.
    pub handled_calls_after_call_time_today: u32,
    /// HandledCallsTimeToday UINT.
    pub handled_calls_time_today: u32,
    /// IncomingCallsHeldToday UINT.
    pub incoming_calls_held_today: u32,
    /// IncomingCallsHeldTimeToday UINT.
    pub incoming_calls_held_time_today: u32,
    /// InternalCallsToday UINT.
    pub internal_calls_today: u32,
    /// InternalCallsTimeToday UINT.
    pub internal_calls_time_today: u32,
    /// InternalCallsRcvdToday UINT.
    pub internal_calls_rcvd_today: u32,
    /// InternalCallsRcvdTimeToday UINT.
    pub internal_calls_rcvd_time_today: u32,
    /// InternalCallsHeldToday UINT.
    pub internal_calls_held_today: u32,
    /// InternalCallsHeldTimeToday UINT.
    pub internal_calls_held_time_today: u32,
    /// AutoOutCallsToday UINT.
    pub auto_out_calls_today: u32,
    /// AutoOutCallsTalkTimeToday UINT.
    pub auto_out_calls_talk_time_today: u32,
    /// AutoOutCallsTimeToday UINT.
    pub auto_out_calls_time_today: u32,
    /// AutoOutCallsHeldToday UINT.
    pub auto_out_calls_held_today: u32,
    /// AutoOutCallsHeldTimeToday UINT.
    pub auto_out_calls_held_time_today: u32,
    /// PreviewCallsToday UINT.
    pub preview_calls_today: u32,
    /// PreviewCallsTalkTimeToday UINT.
    pub preview_calls_talk_time_today: u32,
    /// PreviewCallsTimeToday UINT.
    pub preview_calls_time_today: u32,
    /// PreviewCallsHeldToday UINT.
    pub preview_calls_held_today: u32,
    /// PreviewCallsHeldTimeToday UINT.
    pub preview_calls_held_time_today: u32,
    /// ReservationCallsToday UINT.
    pub reservation_calls_today: u32,
    /// ReservationCallsTalkTimeToday UINT.
    pub reservation_calls_talk_time_today: u32,
    /// ReservationCallsTimeToday UINT.
    pub reservation_calls_time_today: u32,
    /// ReservationCallsHeldToday UINT.
    pub reservation_calls_held_today: u32,
    /// ReservationCallsHeldTimeToday UINT.
    pub reservation_calls_held_time_today: u32,
    /// BargeInCallsToday UINT.
    pub barge_in_calls_today: u32,
    /// InterceptCallsToday UINT.
    pub intercept_calls_today: u32,
    /// MonitorCallsToday UINT.
    pub monitor_calls_today: u32,
    /// WhisperCallsToday UINT.
    pub whisper_calls_today: u32,
    /// EmergencyCallsToday UINT.
    pub emergency_calls_today: u32,
    /// AgentExtension STRING, tag 4.
    pub agent_extension: String,
    /// AgentID STRING, tag 5.
    pub agent_id: String,
    /// AgentInstrument STRING, tag 6.
    pub agent_instrument: String,
}

impl Body for QueryAgentStatisticsConf {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut m = Self {
            invoke_id: r.fixed()?,
            peripheral_id: r.fixed()?,
            avail_time_session: r.fixed()?,
            logged_on_time_session: r.fixed()?,
            not_ready_time_session: r.fixed()?,
            icm_available_time_session: r.fixed()?,
            routable_time_session: r.fixed()?,
            agent_out_calls_session: r.fixed()?,
            agent_out_calls_talk_time_session: r.fixed()?,
            agent_out_calls_time_session: r.fixed()?,
            agent_out_calls_held_session: r.fixed()?,
            agent_out_calls_held_time_session: r.fixed()?,
            handled_calls_session: r.fixed()?,
            handled_calls_talk_time_session: r.fixed()?,
            handled_calls_after_call_time_session: r.fixed()?,
            handled_calls_time_session: r.fixed()?,
            incoming_calls_held_session: r.fixed()?,
            incoming_calls_held_time_session: r.fixed()?,
            internal_calls_session: r.fixed()?,
            internal_calls_time_session: r.fixed()?,
            internal_calls_rcvd_session: r.fixed()?,
            internal_calls_rcvd_time_session: r.fixed()?,
            internal_calls_held_session: r.fixed()?,
            internal_calls_held_time_session: r.fixed()?,
            auto_out_calls_session: r.fixed()?,
            auto_out_calls_talk_time_session: r.fixed()?,
            auto_out_calls_time_session: r.fixed()?,
            auto_out_calls_held_session: r.fixed()?,
            auto_out_calls_held_time_session: r.fixed()?,
            preview_calls_session: r.fixed()?,
            preview_calls_talk_time_session: r.fixed()?,
            preview_calls_time_session: r.fixed()?,
            preview_calls_held_session: r.fixed()?,
            preview_calls_held_time_session: r.fixed()?,
            reservation_calls_session: r.fixed()?,
            reservation_calls_talk_time_session: r.fixed()?,
            reservation_calls_time_session: r.fixed()?,
            reservation_calls_held_session: r.fixed()?,
            reservation_calls_held_time_session: r.fixed()?,
            barge_in_calls_session: r.fixed()?,
            intercept_calls_session: r.fixed()?,
            monitor_calls_session: r.fixed()?,
            whisper_calls_session: r.fixed()?,
            emergency_calls_session: r.fixed()?,
            avail_time_today: r.fixed()?,
            logged_on_time_today: r.fixed()?,
            not_ready_time_today: r.fixed()?,
            icm_available_time_today: r.fixed()?,
            routable_time_today: r.fixed()?,
            agent_out_calls_today: r.fixed()?,
            agent_out_calls_talk_time_today: r.fixed()?,
            agent_out_calls_time_today: r.fixed()?,
            agent_out_calls_held_today: r.fixed()?,
            agent_out_calls_held_time_today: r.fixed()?,
            handled_calls_today: r.fixed()?,
            handled_calls_talk_time_today: r.fixed()?,
            handled_calls_after_call_time_today: r.fixed()?,
            handled_calls_time_today: r.fixed()?,
            incoming_calls_held_today: r.fixed()?,
            incoming_calls_held_time_today: r.fixed()?,
            internal_calls_today: r.fixed()?,
            internal_calls_time_today: r.fixed()?,
            internal_calls_rcvd_today: r.fixed()?,
            internal_calls_rcvd_time_today: r.fixed()?,
            internal_calls_held_today: r.fixed()?,
            internal_calls_held_time_today: r.fixed()?,
            auto_out_calls_today: r.fixed()?,
            auto_out_calls_talk_time_today: r.fixed()?,
            auto_out_calls_time_today: r.fixed()?,
            auto_out_calls_held_today: r.fixed()?,
            auto_out_calls_held_time_today: r.fixed()?,
            preview_calls_today: r.fixed()?,
            preview_calls_talk_time_today: r.fixed()?,
            preview_calls_time_today: r.fixed()?,
            preview_calls_held_today: r.fixed()?,
            preview_calls_held_time_today: r.fixed()?,
            reservation_calls_today: r.fixed()?,
            reservation_calls_talk_time_today: r.fixed()?,
            reservation_calls_time_today: r.fixed()?,
            reservation_calls_held_today: r.fixed()?,
            reservation_calls_held_time_today: r.fixed()?,
            barge_in_calls_today: r.fixed()?,
            intercept_calls_today: r.fixed()?,
            monitor_calls_today: r.fixed()?,
            whisper_calls_today: r.fixed()?,
            emergency_calls_today: r.fixed()?,
            ..Self::default()
        };
        while let Some(f) = r.field()? {
            match f.tag {
                4 => m.agent_extension = f.text(),
                5 => m.agent_id = f.text(),
                6 => m.agent_instrument = f.text(),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.invoke_id);
        w.fixed(self.peripheral_id);
        w.fixed(self.avail_time_session);
        w.fixed(self.logged_on_time_session);
        w.fixed(self.not_ready_time_session);
        w.fixed(self.icm_available_time_session);
        w.fixed(self.routable_time_session);
        w.fixed(self.agent_out_calls_session);
        w.fixed(self.agent_out_calls_talk_time_session);
        w.fixed(self.agent_out_calls_time_session);
        w.fixed(self.agent_out_calls_held_session);
        w.fixed(self.agent_out_calls_held_time_session);
        w.fixed(self.handled_calls_session);
        w.fixed(self.handled_calls_talk_time_session);
        w.fixed(self.handled_calls_after_call_time_session);
        w.fixed(self.handled_calls_time_session);
        w.fixed(self.incoming_calls_held_session);
        w.fixed(self.incoming_calls_held_time_session);
        w.fixed(self.internal_calls_session);
        w.fixed(self.internal_calls_time_session);
        w.fixed(self.internal_calls_rcvd_session);
        w.fixed(self.internal_calls_rcvd_time_session);
        w.fixed(self.internal_calls_held_session);
        w.fixed(self.internal_calls_held_time_session);
        w.fixed(self.auto_out_calls_session);
        w.fixed(self.auto_out_calls_talk_time_session);
        w.fixed(self.auto_out_calls_time_session);
        w.fixed(self.auto_out_calls_held_session);
        w.fixed(self.auto_out_calls_held_time_session);
        w.fixed(self.preview_calls_session);
        w.fixed(self.preview_calls_talk_time_session);
        w.fixed(self.preview_calls_time_session);
        w.fixed(self.preview_calls_held_session);
        w.fixed(self.preview_calls_held_time_session);
        w.fixed(self.reservation_calls_session);
        w.fixed(self.reservation_calls_talk_time_session);
        w.fixed(self.reservation_calls_time_session);
        w.fixed(self.reservation_calls_held_session);
        w.fixed(self.reservation_calls_held_time_session);
        w.fixed(self.barge_in_calls_session);
        w.fixed(self.intercept_calls_session);
        w.fixed(self.monitor_calls_session);
        w.fixed(self.whisper_calls_session);
        w.fixed(self.emergency_calls_session);
        w.fixed(self.avail_time_today);
        w.fixed(self.logged_on_time_today);
        w.fixed(self.not_ready_time_today);
        w.fixed(self.icm_available_time_today);
        w.fixed(self.routable_time_today);
        w.fixed(self.agent_out_calls_today);
        w.fixed(self.agent_out_calls_talk_time_today);
        w.fixed(self.agent_out_calls_time_today);
        w.fixed(self.agent_out_calls_held_today);
        w.fixed(self.agent_out_calls_held_time_today);
        w.fixed(self.handled_calls_today);
        w.fixed(self.handled_calls_talk_time_today);
        w.fixed(self.handled_calls_after_call_time_today);
        w.fixed(self.handled_calls_time_today);
        w.fixed(self.incoming_calls_held_today);
        w.fixed(self.incoming_calls_held_time_today);
        w.fixed(self.internal_calls_today);
        w.fixed(self.internal_calls_time_today);
        w.fixed(self.internal_calls_rcvd_today);
        w.fixed(self.internal_calls_rcvd_time_today);
        w.fixed(self.internal_calls_held_today);
        w.fixed(self.internal_calls_held_time_today);
        w.fixed(self.auto_out_calls_today);
        w.fixed(self.auto_out_calls_talk_time_today);
        w.fixed(self.auto_out_calls_time_today);
        w.fixed(self.auto_out_calls_held_today);
        w.fixed(self.auto_out_calls_held_time_today);
        w.fixed(self.preview_calls_today);
        w.fixed(self.preview_calls_talk_time_today);
        w.fixed(self.preview_calls_time_today);
        w.fixed(self.preview_calls_held_today);
        w.fixed(self.preview_calls_held_time_today);
        w.fixed(self.reservation_calls_today);
        w.fixed(self.reservation_calls_talk_time_today);
        w.fixed(self.reservation_calls_time_today);
        w.fixed(self.reservation_calls_held_today);
        w.fixed(self.reservation_calls_held_time_today);
        w.fixed(self.barge_in_calls_today);
        w.fixed(self.intercept_calls_today);
        w.fixed(self.monitor_calls_today);
        w.fixed(self.whisper_calls_today);
        w.fixed(self.emergency_calls_today);
        w.text(&tags::AGENT_EXTENSION, &self.agent_extension)?;
        w.text(&tags::AGENT_ID, &self.agent_id)?;
        w.text(&tags::AGENT_INSTRUMENT, &self.agent_instrument)?;
        Ok(())
    }

    fn invoke_id(&self) -> Option<u32> {
        Some(self.invoke_id)
    }

    fn invoke_id_mut(&mut self) -> Option<&mut u32> {
        Some(&mut self.invoke_id)
    }
}

/// QUERY_SKILL_GROUP_STATISTICS_REQ (114), client to server.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct QuerySkillGroupStatisticsReq {
    /// InvokeID UINT.
    pub invoke_id: u32,
    /// PeripheralID UINT.
    pub peripheral_id: u32,
    /// SkillGroupNumber UINT.
    pub skill_group_number: u32,
    /// SkillGroupID UINT.
    pub skill_group_id: u32,
}

impl Body for QuerySkillGroupStatisticsReq {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let m = Self {
            invoke_id: r.fixed()?,
            peripheral_id: r.fixed()?,
            skill_group_number: r.fixed()?,
            skill_group_id: r.fixed()?,
        };
        while r.field()?.is_some() {
            r.skip_unknown();
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.invoke_id);
        w.fixed(self.peripheral_id);
        w.fixed(self.skill_group_number);
        w.fixed(self.skill_group_id);
        Ok(())
    }

    fn invoke_id(&self) -> Option<u32> {
        Some(self.invoke_id)
    }

    fn invoke_id_mut(&mut self) -> Option<&mut u32> {
        Some(&mut self.invoke_id)
    }
}

/// QUERY_SKILL_GROUP_STATISTICS_CONF (115), server to client.
///
/// 145 UINT counters: 22 real time, then 41 for each of To5, ToHalf, Today. First counters confirmed in
/// guides v9 and v15; the whole list comes from one implementation. Unknown = 0xFFFFFFFF. Which of the
/// two skill group keys is ignored depends on the peripheral; fill both when known, NULL_SKILL_GROUP
/// otherwise.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct QuerySkillGroupStatisticsConf {
    /// InvokeID UINT.
    pub invoke_id: u32,
    /// PeripheralID UINT.
    pub peripheral_id: u32,
    /// SkillGroupNumber UINT.
    pub skill_group_number: u32,
    /// SkillGroupID UINT.
    pub skill_group_id: u32,
    /// AgentsLoggedOn UINT.
    pub agents_logged_on: u32,
    /// AgentsAvail UINT.
    pub agents_avail: u32,
    /// AgentsNotReady UINT.
    pub agents_not_ready: u32,
    /// AgentsReady UINT.
    pub agents_ready: u32,
    /// AgentsTalkingIn UINT.
    pub agents_talking_in: u32,
    /// AgentsTalkingOut UINT.
    pub agents_talking_out: u32,
    /// AgentsTalkingOther UINT.
    pub agents_talking_other: u32,
    /// AgentsWorkNotReady UINT.
    pub agents_work_not_ready: u32,
    /// AgentsWorkReady UINT.
    pub agents_work_ready: u32,
    /// AgentsBusyOther UINT.
    pub agents_busy_other: u32,
    /// AgentsReserved UINT.
    pub agents_reserved: u32,
    /// AgentsHold UINT.
    pub agents_hold: u32,
    /// AgentsICMAvailable UINT.
    pub agents_icm_available: u32,
    /// AgentsApplicationAvailable UINT.
    pub agents_application_available: u32,
    /// AgentsTalkingAutoOut UINT.
    pub agents_talking_auto_out: u32,
    /// AgentsTalkingPreview UINT.
    pub agents_talking_preview: u32,
    /// AgentsTalkingReservation UINT.
    pub agents_talking_reservation: u32,
    /// RouterCallsQNow UINT.
    pub router_calls_q_now: u32,
    /// LongestRouterCallQNow UINT.
    pub longest_router_call_q_now: u32,
    /// CallsQNow UINT.
    pub calls_q_now: u32,
    /// CallsQTimeNow UINT.
    pub calls_q_time_now: u32,
    /// LongestCallQNow UINT.
    pub longest_call_q_now: u32,
    /// AvailTimeTo5 UINT.
    pub avail_time_to5: u32,
    /// LoggedOnTimeTo5 UINT.
    pub logged_on_time_to5: u32,
    /// NotReadyTimeTo5 UINT.
    pub not_ready_time_to5: u32,
    /// AgentOutCallsTo5 UINT.
    pub agent_out_calls_to5: u32,
    /// AgentOutCallsTalkTimeTo5 UINT.
    pub agent_out_calls_talk_time_to5: u32,
    /// AgentOutCallsTimeTo5 UINT.
    pub agent_out_calls_time_to5: u32,
    /// AgentOutCallsHeldTo5 UINT.
    pub agent_out_calls_held_to5: u32,
    /// AgentOutCallsHeldTimeTo5 UINT.
    pub agent_out_calls_held_time_to5: u32,
    /// HandledCallsTo5 UINT.
    pub handled_calls_to5: u32,
    /// HandledCallsTalkTimeTo5 UINT.
    pub handled_calls_talk_time_to5: u32,
    /// HandledCallsAfterCallTimeTo5 UINT.
    pub handled_calls_after_call_time_to5: u32,
    /// HandledCallsTimeTo5 UINT.
    pub handled_calls_time_to5: u32,
    /// IncomingCallsHeldTo5 UINT.
    pub incoming_calls_held_to5: u32,
    /// IncomingCallsHeldTimeTo5 UINT.
    pub incoming_calls_held_time_to5: u32,
    /// InternalCallsRcvdTo5 UINT.
    pub internal_calls_rcvd_to5: u32,
    /// InternalCallsRcvdTimeTo5 UINT.
    pub internal_calls_rcvd_time_to5: u32,
    /// InternalCallsHeldTo5 UINT.
    pub internal_calls_held_to5: u32,
    /// InternalCallsHeldTimeTo5 UINT.
    pub internal_calls_held_time_to5: u32,
    /// AutoOutCallsTo5 UINT.
    pub auto_out_calls_to5: u32,
    /// AutoOutCallsTalkTimeTo5 UINT.
    pub auto_out_calls_talk_time_to5: u32,
    /// AutoOutCallsTimeTo5 UINT.
    pub auto_out_calls_time_to5: u32,
    /// AutoOutCallsHeldTo5 UINT.
    pub auto_out_calls_held_to5: u32,
    /// AutoOutCallsHeldTimeTo5 UINT.
    pub auto_out_calls_held_time_to5: u32,
    /// PreviewCallsTo5 UINT.
    pub preview_calls_to5: u32,
    /// PreviewCallsTalkTimeTo5 UINT.
    pub preview_calls_talk_time_to5: u32,
    /// PreviewCallsTimeTo5 UINT.
    pub preview_calls_time_to5: u32,
    /// PreviewCallsHeldTo5 UINT.
    pub preview_calls_held_to5: u32,
    /// PreviewCallsHeldTimeTo5 UINT.
    pub preview_calls_held_time_to5: u32,
    /// ReservationCallsTo5 UINT.
    pub reservation_calls_to5: u32,
    /// ReservationCallsTalkTimeTo5 UINT.
    pub reservation_calls_talk_time_to5: u32,
    /// ReservationCallsTimeTo5 UINT.
    pub reservation_calls_time_to5: u32,
    /// ReservationCallsHeldTo5 UINT.
    pub reservation_calls_held_to5: u32,
    /// ReservationCallsHeldTimeTo5 UINT.
    pub reservation_calls_held_time_to5: u32,
    /// BargeInCallsTo5 UINT.
    pub barge_in_calls_to5: u32,
    /// InterceptCallsTo5 UINT.
    pub intercept_calls_to5: u32,
    /// MonitorCallsTo5 UINT.
    pub monitor_calls_to5: u32,
    /// WhisperCallsTo5 UINT.
    pub whisper_calls_to5: u32,
    /// EmergencyCallsTo5 UINT.
    pub emergency_calls_to5: u32,
    /// CallsQ5 UINT.
    pub calls_q5: u32,
    /// CallsQTime5 UINT.
    pub calls_q_time5: u32,
    /// LongestCallQ5 UINT.
    pub longest_call_q5: u32,
    /// AvailTimeToHalf UINT.
    pub avail_time_to_half: u32,
    /// LoggedOnTimeToHalf UINT.
    pub logged_on_time_to_half: u32,
    /// NotReadyTimeToHalf UINT.
    pub not_ready_time_to_half: u32,
    /// AgentOutCallsToHalf UINT.
    pub agent_out_calls_to_half: u32,
    /// AgentOutCallsTalkTimeToHalf UINT.
    pub agent_out_calls_talk_time_to_half: u32,
    /// AgentOutCallsTimeToHalf UINT.
    pub agent_out_calls_time_to_half: u32,
    /// AgentOutCallsHeldToHalf UINT.
    pub agent_out_calls_held_to_half: u32,
    /// AgentOutCallsHeldTimeToHalf UINT.
    pub agent_out_calls_held_time_to_half: u32,
    /// HandledCallsToHalf UINT.
    pub handled_calls_to_half: u32,
    /// HandledCallsTalkTimeToHalf UINT.
    pub handled_calls_talk_time_to_half: u32,
    /// HandledCallsAfterCallTimeToHalf UINT.
    pub handled_calls_after_call_time_to_half: u32,
    /// HandledCallsTimeToHalf UINT.
    pub handled_calls_time_to_half: u32,
    /// IncomingCallsHeldToHalf UINT.
    pub incoming_calls_held_to_half: u32,
    /// IncomingCallsHeldTimeToHalf UINT.
    pub incoming_calls_held_time_to_half: u32,
    /// InternalCallsRcvdToHalf UINT.
    pub internal_calls_rcvd_to_half: u32,
    /// InternalCallsRcvdTimeToHalf UINT.
    pub internal_calls_rcvd_time_to_half: u32,
    /// InternalCallsHeldToHalf UINT.
    pub internal_calls_held_to_half: u32,
    /// InternalCallsHeldTimeToHalf UINT.
    pub internal_calls_held_time_to_half: u32,
    /// AutoOutCallsToHalf UINT.
    pub auto_out_calls_to_half: u32,
    /// AutoOutCallsTalkTimeToHalf UINT.
    pub auto_out_calls_talk_time_to_half: u32,
    /// AutoOutCallsTimeToHalf UINT.
    pub auto_out_calls_time_to_half: u32,
    /// AutoOutCallsHeldToHalf UINT.
    pub auto_out_calls_held_to_half: u32,
    /// AutoOutCallsHeldTimeToHalf UINT.
    pub auto_out_calls_held_time_to_half: u32,
    /// PreviewCallsToHalf UINT.
    pub preview_calls_to_half: u32,
    /// PreviewCallsTalkTimeToHalf UINT.
    pub preview_calls_talk_time_to_half: u32,
    /// PreviewCallsTimeToHalf UINT.
    pub preview_calls_time_to_half: u32,
    /// PreviewCallsHeldToHalf UINT.
    pub preview_calls_held_to_half: u32,
    /// PreviewCallsHeldTimeToHalf UINT.
    pub preview_calls_held_time_to_half: u32,
    /// ReservationCallsToHalf UINT.
    pub reservation_calls_to_half: u32,
    /// ReservationCallsTalkTimeToHalf UINT.
    pub reservation_calls_talk_time_to_half: u32,
    /// ReservationCallsTimeToHalf UINT.
    pub reservation_calls_time_to_half: u32,
    /// ReservationCallsHeldToHalf UINT.
    pub reservation_calls_held_to_half: u32,
    /// ReservationCallsHeldTimeToHalf UINT.
    pub reservation_calls_held_time_to_half: u32,
    /// BargeInCallsToHalf UINT.
    pub barge_in_calls_to_half: u32,
    /// InterceptCallsToHalf UINT.
    pub intercept_calls_to_half: u32,
    /// MonitorCallsToHalf UINT.
    pub monitor_calls_to_half: u32,
    /// WhisperCallsToHalf UINT.
    pub whisper_calls_to_half: u32,
    /// EmergencyCallsToHalf UINT.
    pub emergency_calls_to_half: u32,
    /// CallsQHalf UINT.
    pub calls_q_half: u32,
    /// CallsQTimeHalf UINT.
    pub calls_q_time_half: u32,
    /// LongestCallQHalf UINT.
    pub longest_call_q_half: u32,
    /// AvailTimeToday UINT.
    pub avail_time_today: u32,
    /// LoggedOnTimeToday UINT.
    pub logged_on_time_today: u32,
    /// NotReadyTimeToday UINT.
    pub not_ready_time_today: u32,
    /// AgentOutCallsToday UINT.
    pub agent_out_calls_today: u32,
    /// AgentOutCallsTalkTimeToday UINT.
    pub agent_out_calls_talk_time_today: u32,
    /// AgentOutCallsTimeToday UINT.
    pub agent_out_calls_time_today: u32,
    /// AgentOutCallsHeldToday UINT.
    pub agent_out_calls_held_today: u32,
    /// AgentOutCallsHeldTimeToday UINT.
    pub agent_out_calls_held_time_today: u32,
    /// HandledCallsToday UINT.
    pub handled_calls_today: u32,
    /// HandledCallsTalkTimeToday UINT.
    pub handled_calls_talk_time_today: u32,
    /// HandledCallsAfterCallTimeToday UINT.
    pub handled_calls_after_call_time_today: u32,
    /// HandledCallsTimeToday UINT.
    pub handled_calls_time_today: u32,
    /// IncomingCallsHeldToday UINT.
    pub incoming_calls_held_today: u32,
    /// IncomingCallsHeldTimeToday UINT.
    pub incoming_calls_held_time_today: u32,
    /// InternalCallsRcvdToday UINT.
    pub internal_calls_rcvd_today: u32,
    /// InternalCallsRcvdTimeToday UINT.
    pub internal_calls_rcvd_time_today: u32,
    /// InternalCallsHeldToday UINT.
    pub internal_calls_held_today: u32,
    /// InternalCallsHeldTimeToday UINT.
    pub internal_calls_held_time_today: u32,
    /// AutoOutCallsToday UINT.
    pub auto_out_calls_today: u32,
    /// AutoOutCallsTalkTimeToday UINT.
    pub auto_out_calls_talk_time_today: u32,
    /// AutoOutCallsTimeToday UINT.
    pub auto_out_calls_time_today: u32,
    /// AutoOutCallsHeldToday UINT.
    pub auto_out_calls_held_today: u32,
    /// AutoOutCallsHeldTimeToday UINT.
    pub auto_out_calls_held_time_today: u32,
    /// PreviewCallsToday UINT.
    pub preview_calls_today: u32,
    /// PreviewCallsTalkTimeToday UINT.
    pub preview_calls_talk_time_today: u32,
    /// PreviewCallsTimeToday UINT.
    pub preview_calls_time_today: u32,
    /// PreviewCallsHeldToday UINT.
    pub preview_calls_held_today: u32,
    /// PreviewCallsHeldTimeToday UINT.
    pub preview_calls_held_time_today: u32,
    /// ReservationCallsToday UINT.
    pub reservation_calls_today: u32,
    /// ReservationCallsTalkTimeToday UINT.
    pub reservation_calls_talk_time_today: u32,
    /// ReservationCallsTimeToday UINT.
    pub reservation_calls_time_today: u32,
    /// ReservationCallsHeldToday UINT.
    pub reservation_calls_held_today: u32,
    /// ReservationCallsHeldTimeToday UINT.
    pub reservation_calls_held_time_today: u32,
    /// BargeInCallsToday UINT.
    pub barge_in_calls_today: u32,
    /// InterceptCallsToday UINT.
    pub intercept_calls_today: u32,
    /// MonitorCallsToday UINT.
    pub monitor_calls_today: u32,
    /// WhisperCallsToday UINT.
    pub whisper_calls_today: u32,
    /// EmergencyCallsToday UINT.
    pub emergency_calls_today: u32,
    /// CallsQToday UINT.
    pub calls_q_today: u32,
    /// CallsQTimeToday UINT.
    pub calls_q_time_today: u32,
    /// LongestCallQToday UINT.
    pub longest_call_q_today: u32,
}

impl Body for QuerySkillGroupStatisticsConf {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let m = Self {
            invoke_id: r.fixed()?,
            peripheral_id: r.fixed()?,
            skill_group_number: r.fixed()?,
            skill_group_id: r.fixed()?,
            agents_logged_on: r.fixed()?,
            agents_avail: r.fixed()?,
            agents_not_ready: r.fixed()?,
            agents_ready: r.fixed()?,
            agents_talking_in: r.fixed()?,
            agents_talking_out: r.fixed()?,
            agents_talking_other: r.fixed()?,
            agents_work_not_ready: r.fixed()?,
            agents_work_ready: r.fixed()?,
            agents_busy_other: r.fixed()?,
            agents_reserved: r.fixed()?,
            agents_hold: r.fixed()?,
            agents_icm_available: r.fixed()?,
            agents_application_available: r.fixed()?,
            agents_talking_auto_out: r.fixed()?,
            agents_talking_preview: r.fixed()?,
            agents_talking_reservation: r.fixed()?,
            router_calls_q_now: r.fixed()?,
            longest_router_call_q_now: r.fixed()?,
            calls_q_now: r.fixed()?,
            calls_q_time_now: r.fixed()?,
            longest_call_q_now: r.fixed()?,
            avail_time_to5: r.fixed()?,
            logged_on_time_to5: r.fixed()?,
            not_ready_time_to5: r.fixed()?,
            agent_out_calls_to5: r.fixed()?,
            agent_out_calls_talk_time_to5: r.fixed()?,
            agent_out_calls_time_to5: r.fixed()?,
            agent_out_calls_held_to5: r.fixed()?,
            agent_out_calls_held_time_to5: r.fixed()?,
            handled_calls_to5: r.fixed()?,
            handled_calls_talk_time_to5: r.fixed()?,
            handled_calls_after_call_time_to5: r.fixed()?,
            handled_calls_time_to5: r.fixed()?,
            incoming_calls_held_to5: r.fixed()?,
            incoming_calls_held_time_to5: r.fixed()?,
            internal_calls_rcvd_to5: r.fixed()?,
            internal_calls_rcvd_time_to5: r.fixed()?,
            internal_calls_held_to5: r.fixed()?,
            internal_calls_held_time_to5: r.fixed()?,
            auto_out_calls_to5: r.fixed()?,
            auto_out_calls_talk_time_to5: r.fixed()?,
            auto_out_calls_time_to5: r.fixed()?,
            auto_out_calls_held_to5: r.fixed()?,
            auto_out_calls_held_time_to5: r.fixed()?,
            preview_calls_to5: r.fixed()?,
            preview_calls_talk_time_to5: r.fixed()?,
            preview_calls_time_to5: r.fixed()?,
            preview_calls_held_to5: r.fixed()?,
            preview_calls_held_time_to5: r.fixed()?,
            reservation_calls_to5: r.fixed()?,
            reservation_calls_talk_time_to5: r.fixed()?,
            reservation_calls_time_to5: r.fixed()?,
            reservation_calls_held_to5: r.fixed()?,
            reservation_calls_held_time_to5: r.fixed()?,
            barge_in_calls_to5: r.fixed()?,
            intercept_calls_to5: r.fixed()?,
            monitor_calls_to5: r.fixed()?,
            whisper_calls_to5: r.fixed()?,
            emergency_calls_to5: r.fixed()?,
            calls_q5: r.fixed()?,
            calls_q_time5: r.fixed()?,
            longest_call_q5: r.fixed()?,
            avail_time_to_half: r.fixed()?,
            logged_on_time_to_half: r.fixed()?,
            not_ready_time_to_half: r.fixed()?,
            agent_out_calls_to_half: r.fixed()?,
            agent_out_calls_talk_time_to_half: r.fixed()?,
            agent_out_calls_time_to_half: r.fixed()?,
            agent_out_calls_held_to_half: r.fixed()?,
            agent_out_calls_held_time_to_half: r.fixed()?,
            handled_calls_to_half: r.fixed()?,
            handled_calls_talk_time_to_half: r.fixed()?,
            handled_calls_after_call_time_to_half: r.fixed()?,
            handled_calls_time_to_half: r.fixed()?,
            incoming_calls_held_to_half: r.fixed()?,
            incoming_calls_held_time_to_half: r.fixed()?,
            internal_calls_rcvd_to_half: r.fixed()?,
            internal_calls_rcvd_time_to_half: r.fixed()?,
            internal_calls_held_to_half: r.fixed()?,
            internal_calls_held_time_to_half: r.fixed()?,
            auto_out_calls_to_half: r.fixed()?,
            auto_out_calls_talk_time_to_half: r.fixed()?,
            auto_out_calls_time_to_half: r.fixed()?,
            auto_out_calls_held_to_half: r.fixed()?,
            auto_out_calls_held_time_to_half: r.fixed()?,
            preview_calls_to_half: r.fixed()?,
            preview_calls_talk_time_to_half: r.fixed()?,
            preview_calls_time_to_half: r.fixed()?,
            preview_calls_held_to_half: r.fixed()?,
            preview_calls_held_time_to_half: r.fixed()?,
            reservation_calls_to_half: r.fixed()?,
            reservation_calls_talk_time_to_half: r.fixed()?,
            reservation_calls_time_to_half: r.fixed()?,
            reservation_calls_held_to_half: r.fixed()?,
            reservation_calls_held_time_to_half: r.fixed()?,
            barge_in_calls_to_half: r.fixed()?,
            intercept_calls_to_half: r.fixed()?,
            monitor_calls_to_half: r.fixed()?,
            whisper_calls_to_half: r.fixed()?,
            emergency_calls_to_half: r.fixed()?,
            calls_q_half: r.fixed()?,
            calls_q_time_half: r.fixed()?,
            longest_call_q_half: r.fixed()?,
            avail_time_today: r.fixed()?,
            logged_on_time_today: r.fixed()?,
            not_ready_time_today: r.fixed()?,
            agent_out_calls_today: r.fixed()?,
            agent_out_calls_talk_time_today: r.fixed()?,
            agent_out_calls_time_today: r.fixed()?,
            agent_out_calls_held_today: r.fixed()?,
            agent_out_calls_held_time_today: r.fixed()?,
            handled_calls_today: r.fixed()?,
            handled_calls_talk_time_today: r.fixed()?,
            handled_calls_after_call_time_today: r.fixed()?,
            handled_calls_time_today: r.fixed()?,
            incoming_calls_held_today: r.fixed()?,
            incoming_calls_held_time_today: r.fixed()?,
            internal_calls_rcvd_today: r.fixed()?,
            internal_calls_rcvd_time_today: r.fixed()?,
            internal_calls_held_today: r.fixed()?,
            internal_calls_held_time_today: r.fixed()?,
            auto_out_calls_today: r.fixed()?,
            auto_out_calls_talk_time_today: r.fixed()?,
            auto_out_calls_time_today: r.fixed()?,
            auto_out_calls_held_today: r.fixed()?,
            auto_out_calls_held_time_today: r.fixed()?,
            preview_calls_today: r.fixed()?,
            preview_calls_talk_time_today: r.fixed()?,
            preview_calls_time_today: r.fixed()?,
            preview_calls_held_today: r.fixed()?,
            preview_calls_held_time_today: r.fixed()?,
            reservation_calls_today: r.fixed()?,
            reservation_calls_talk_time_today: r.fixed()?,
            reservation_calls_time_today: r.fixed()?,
            reservation_calls_held_today: r.fixed()?,
            reservation_calls_held_time_today: r.fixed()?,
            barge_in_calls_today: r.fixed()?,
            intercept_calls_today: r.fixed()?,
            monitor_calls_today: r.fixed()?,
            whisper_calls_today: r.fixed()?,
            emergency_calls_today: r.fixed()?,
            calls_q_today: r.fixed()?,
            calls_q_time_today: r.fixed()?,
            longest_call_q_today: r.fixed()?,
        };
        while r.field()?.is_some() {
            r.skip_unknown();
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.invoke_id);
        w.fixed(self.peripheral_id);
        w.fixed(self.skill_group_number);
        w.fixed(self.skill_group_id);
        w.fixed(self.agents_logged_on);
        w.fixed(self.agents_avail);
        w.fixed(self.agents_not_ready);
        w.fixed(self.agents_ready);
        w.fixed(self.agents_talking_in);
        w.fixed(self.agents_talking_out);
        w.fixed(self.agents_talking_other);
        w.fixed(self.agents_work_not_ready);
        w.fixed(self.agents_work_ready);
        w.fixed(self.agents_busy_other);
        w.fixed(self.agents_reserved);
        w.fixed(self.agents_hold);
        w.fixed(self.agents_icm_available);
        w.fixed(self.agents_application_available);
        w.fixed(self.agents_talking_auto_out);
        w.fixed(self.agents_talking_preview);
        w.fixed(self.agents_talking_reservation);
        w.fixed(self.router_calls_q_now);
        w.fixed(self.longest_router_call_q_now);
        w.fixed(self.calls_q_now);
        w.fixed(self.calls_q_time_now);
        w.fixed(self.longest_call_q_now);
        w.fixed(self.avail_time_to5);
        w.fixed(self.logged_on_time_to5);
        w.fixed(self.not_ready_time_to5);
        w.fixed(self.agent_out_calls_to5);
        w.fixed(self.agent_out_calls_talk_time_to5);
        w.fixed(self.agent_out_calls_time_to5);
        w.fixed(self.agent_out_calls_held_to5);
        w.fixed(self.agent_out_calls_held_time_to5);
        w.fixed(self.handled_calls_to5);
        w.fixed(self.handled_calls_talk_time_to5);
        w.fixed(self.handled_calls_after_call_time_to5);
        w.fixed(self.handled_calls_time_to5);
        w.fixed(self.incoming_calls_held_to5);
        w.fixed(self.incoming_calls_held_time_to5);
        w.fixed(self.internal_calls_rcvd_to5);
        w.fixed(self.internal_calls_rcvd_time_to5);
        w.fixed(self.internal_calls_held_to5);
        w.fixed(self.internal_calls_held_time_to5);
        w.fixed(self.auto_out_calls_to5);
        w.fixed(self.auto_out_calls_talk_time_to5);
        w.fixed(self.auto_out_calls_time_to5);
        w.fixed(self.auto_out_calls_held_to5);
        w.fixed(self.auto_out_calls_held_time_to5);
        w.fixed(self.preview_calls_to5);
        w.fixed(self.preview_calls_talk_time_to5);
        w.fixed(self.preview_calls_time_to5);
        w.fixed(self.preview_calls_held_to5);
        w.fixed(self.preview_calls_held_time_to5);
        w.fixed(self.reservation_calls_to5);
        w.fixed(self.reservation_calls_talk_time_to5);
        w.fixed(self.reservation_calls_time_to5);
        w.fixed(self.reservation_calls_held_to5);
        w.fixed(self.reservation_calls_held_time_to5);
        w.fixed(self.barge_in_calls_to5);
        w.fixed(self.intercept_calls_to5);
        w.fixed(self.monitor_calls_to5);
        w.fixed(self.whisper_calls_to5);
        w.fixed(self.emergency_calls_to5);
        w.fixed(self.calls_q5);
        w.fixed(self.calls_q_time5);
        w.fixed(self.longest_call_q5);
        w.fixed(self.avail_time_to_half);
        w.fixed(self.logged_on_time_to_half);
        w.fixed(self.not_ready_time_to_half);
        w.fixed(self.agent_out_calls_to_half);
        w.fixed(self.agent_out_calls_talk_time_to_half);
        w.fixed(self.agent_out_calls_time_to_half);
        w.fixed(self.agent_out_calls_held_to_half);
        w.fixed(self.agent_out_calls_held_time_to_half);
        w.fixed(self.handled_calls_to_half);
        w.fixed(self.handled_calls_talk_time_to_half);
        w.fixed(self.handled_calls_after_call_time_to_half);
        w.fixed(self.handled_calls_time_to_half);
        w.fixed(self.incoming_calls_held_to_half);
        w.fixed(self.incoming_calls_held_time_to_half);
        w.fixed(self.internal_calls_rcvd_to_half);
        w.fixed(self.internal_calls_rcvd_time_to_half);
        w.fixed(self.internal_calls_held_to_half);
        w.fixed(self.internal_calls_held_time_to_half);
        w.fixed(self.auto_out_calls_to_half);
        w.fixed(self.auto_out_calls_talk_time_to_half);
        w.fixed(self.auto_out_calls_time_to_half);
        w.fixed(self.auto_out_calls_held_to_half);
        w.fixed(self.auto_out_calls_held_time_to_half);
        w.fixed(self.preview_calls_to_half);
        w.fixed(self.preview_calls_talk_time_to_half);
        w.fixed(self.preview_calls_time_to_half);
        w.fixed(self.preview_calls_held_to_half);
        w.fixed(self.preview_calls_held_time_to_half);
        w.fixed(self.reservation_calls_to_half);
        w.fixed(self.reservation_calls_talk_time_to_half);
        w.fixed(self.reservation_calls_time_to_half);
        w.fixed(self.reservation_calls_held_to_half);
        w.fixed(self.reservation_calls_held_time_to_half);
        w.fixed(self.barge_in_calls_to_half);
        w.fixed(self.intercept_calls_to_half);
        w.fixed(self.monitor_calls_to_half);
        w.fixed(self.whisper_calls_to_half);
        w.fixed(self.emergency_calls_to_half);
        w.fixed(self.calls_q_half);
        w.fixed(self.calls_q_time_half);
        w.fixed(self.longest_call_q_half);
        w.fixed(self.avail_time_today);
        w.fixed(self.logged_on_time_today);
        w.fixed(self.not_ready_time_today);
        w.fixed(self.agent_out_calls_today);
        w.fixed(self.agent_out_calls_talk_time_today);
        w.fixed(self.agent_out_calls_time_today);
        w.fixed(self.agent_out_calls_held_today);
        w.fixed(self.agent_out_calls_held_time_today);
        w.fixed(self.handled_calls_today);
        w.fixed(self.handled_calls_talk_time_today);
        w.fixed(self.handled_calls_after_call_time_today);
        w.fixed(self.handled_calls_time_today);
        w.fixed(self.incoming_calls_held_today);
        w.fixed(self.incoming_calls_held_time_today);
        w.fixed(self.internal_calls_rcvd_today);
        w.fixed(self.internal_calls_rcvd_time_today);
        w.fixed(self.internal_calls_held_today);
        w.fixed(self.internal_calls_held_time_today);
        w.fixed(self.auto_out_calls_today);
        w.fixed(self.auto_out_calls_talk_time_today);
        w.fixed(self.auto_out_calls_time_today);
        w.fixed(self.auto_out_calls_held_today);
        w.fixed(self.auto_out_calls_held_time_today);
        w.fixed(self.preview_calls_today);
        w.fixed(self.preview_calls_talk_time_today);
        w.fixed(self.preview_calls_time_today);
        w.fixed(self.preview_calls_held_today);
        w.fixed(self.preview_calls_held_time_today);
        w.fixed(self.reservation_calls_today);
        w.fixed(self.reservation_calls_talk_time_today);
        w.fixed(self.reservation_calls_time_today);
        w.fixed(self.reservation_calls_held_today);
        w.fixed(self.reservation_calls_held_time_today);
        w.fixed(self.barge_in_calls_today);
        w.fixed(self.intercept_calls_today);
        w.fixed(self.monitor_calls_today);
        w.fixed(self.whisper_calls_today);
        w.fixed(self.emergency_calls_today);
        w.fixed(self.calls_q_today);
        w.fixed(self.calls_q_time_today);
        w.fixed(self.longest_call_q_today);
        Ok(())
    }

    fn invoke_id(&self) -> Option<u32> {
        Some(self.invoke_id)
    }

    fn invoke_id_mut(&mut self) -> Option<&mut u32> {
        Some(&mut self.invoke_id)
    }
}

/// AGENT_DESK_SETTINGS_REQ (131), client to server.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AgentDeskSettingsReq {
    /// InvokeID UINT.
    pub invoke_id: u32,
    /// PeripheralID UINT.
    pub peripheral_id: u32,
    /// AgentID STRING, tag 5.
    pub agent_id: String,
}

impl Body for AgentDeskSettingsReq {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut m = Self {
            invoke_id: r.fixed()?,
            peripheral_id: r.fixed()?,
            ..Self::default()
        };
        while let Some(f) = r.field()? {
            match f.tag {
                5 => m.agent_id = f.text(),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.invoke_id);
        w.fixed(self.peripheral_id);
        w.text(&tags::AGENT_ID, &self.agent_id)?;
        Ok(())
    }

    fn invoke_id(&self) -> Option<u32> {
        Some(self.invoke_id)
    }

    fn invoke_id_mut(&mut self) -> Option<&mut u32> {
        Some(&mut self.invoke_id)
    }
}

/// AGENT_DESK_SETTINGS_CONF (132), server to client.
///
/// Fixed body 64 bytes (confirmed in a v15 capture). Times in seconds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AgentDeskSettingsConf {
    /// InvokeID UINT.
    pub invoke_id: u32,
    /// PeripheralID UINT.
    pub peripheral_id: u32,
    /// DeskSettingsMask UINT.
    pub desk_settings_mask: DeskSettingsMask,
    /// WrapupDataIncomingMode UINT.
    pub wrapup_data_incoming_mode: WrapupDataMode,
    /// WrapupDataOutgoingMode UINT.
    pub wrapup_data_outgoing_mode: WrapupDataMode,
    /// LogoutNonActivityTime UINT.
    pub logout_non_activity_time: u32,
    /// QualityRecordingRate UINT.
    pub quality_recording_rate: u32,
    /// RingNoAnswerTime UINT.
    pub ring_no_answer_time: u32,
    /// SilentMonitorWarningMessage UINT.
    pub silent_monitor_warning_message: u32,
    /// SilentMonitorAudibleIndication UINT.
    pub silent_monitor_audible_indication: u32,
    /// SupervisorAssistCallMethod UINT.
    pub supervisor_assist_call_method: u32,
    /// EmergencyCallMethod UINT.
    pub emergency_call_method: u32,
    /// AutoRecordOnEmergency UINT.
    pub auto_record_on_emergency: u32,
    /// RecordingMode UINT.
    pub recording_mode: u32,
    /// WorkModeTimer UINT.
    pub work_mode_timer: u32,
    /// RingNoAnswerDN UINT.
    pub ring_no_answer_dn: u32,
    /// DefaultDevicePortAddress STRING, tag 93.
    pub default_device_port_address: String,
    /// PlayZipTone UINT, tag 307, from version 24.
    pub play_zip_tone: Option<u32>,
    /// ACDSharedLineUsage UINT, tag 306, from version 24.
    pub acd_shared_line_usage: Option<u32>,
}

impl Body for AgentDeskSettingsConf {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut m = Self {
            invoke_id: r.fixed()?,
            peripheral_id: r.fixed()?,
            desk_settings_mask: r.fixed()?,
            wrapup_data_incoming_mode: r.fixed()?,
            wrapup_data_outgoing_mode: r.fixed()?,
            logout_non_activity_time: r.fixed()?,
            quality_recording_rate: r.fixed()?,
            ring_no_answer_time: r.fixed()?,
            silent_monitor_warning_message: r.fixed()?,
            silent_monitor_audible_indication: r.fixed()?,
            supervisor_assist_call_method: r.fixed()?,
            emergency_call_method: r.fixed()?,
            auto_record_on_emergency: r.fixed()?,
            recording_mode: r.fixed()?,
            work_mode_timer: r.fixed()?,
            ring_no_answer_dn: r.fixed()?,
            ..Self::default()
        };
        while let Some(f) = r.field()? {
            match f.tag {
                93 => m.default_device_port_address = f.text(),
                307 => m.play_zip_tone = Some(f.number()?),
                306 => m.acd_shared_line_usage = Some(f.number()?),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.invoke_id);
        w.fixed(self.peripheral_id);
        w.fixed(self.desk_settings_mask);
        w.fixed(self.wrapup_data_incoming_mode);
        w.fixed(self.wrapup_data_outgoing_mode);
        w.fixed(self.logout_non_activity_time);
        w.fixed(self.quality_recording_rate);
        w.fixed(self.ring_no_answer_time);
        w.fixed(self.silent_monitor_warning_message);
        w.fixed(self.silent_monitor_audible_indication);
        w.fixed(self.supervisor_assist_call_method);
        w.fixed(self.emergency_call_method);
        w.fixed(self.auto_record_on_emergency);
        w.fixed(self.recording_mode);
        w.fixed(self.work_mode_timer);
        w.fixed(self.ring_no_answer_dn);
        w.text(&tags::DEFAULT_DEVICE_PORT_ADDRESS, &self.default_device_port_address)?;
        if w.has(24) {
            w.number(&tags::PLAY_ZIP_TONE, self.play_zip_tone);
        }
        if w.has(24) {
            w.number(&tags::ACD_SHARED_LINE_USAGE, self.acd_shared_line_usage);
        }
        Ok(())
    }

    fn invoke_id(&self) -> Option<u32> {
        Some(self.invoke_id)
    }

    fn invoke_id_mut(&mut self) -> Option<&mut u32> {
        Some(&mut self.invoke_id)
    }
}

/// BAD_CALL_REQ (139), client to server.
///
/// Reports a call of bad line quality.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BadCallReq {
    /// InvokeID UINT.
    pub invoke_id: u32,
    /// PeripheralID UINT.
    pub peripheral_id: u32,
    /// ConnectionDeviceIDType USHORT.
    pub connection_device_id_type: ConnectionDeviceIdType,
    /// ConnectionCallID UINT.
    pub connection_call_id: u32,
    /// ConnectionDeviceID STRING, tag 25, required.
    pub connection_device_id: String,
    /// AgentID STRING, tag 5.
    pub agent_id: String,
}

impl Body for BadCallReq {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut m = Self {
            invoke_id: r.fixed()?,
            peripheral_id: r.fixed()?,
            connection_device_id_type: r.fixed()?,
            connection_call_id: r.fixed()?,
            ..Self::default()
        };
        while let Some(f) = r.field()? {
            match f.tag {
                25 => m.connection_device_id = f.text(),
                5 => m.agent_id = f.text(),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.invoke_id);
        w.fixed(self.peripheral_id);
        w.fixed(self.connection_device_id_type);
        w.fixed(self.connection_call_id);
        w.required_text(&tags::CONNECTION_DEVICE_ID, &self.connection_device_id)?;
        w.text(&tags::AGENT_ID, &self.agent_id)?;
        Ok(())
    }

    fn invoke_id(&self) -> Option<u32> {
        Some(self.invoke_id)
    }

    fn invoke_id_mut(&mut self) -> Option<&mut u32> {
        Some(&mut self.invoke_id)
    }
}

/// BAD_CALL_CONF (140), server to client.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BadCallConf {
    /// InvokeID UINT.
    pub invoke_id: u32,
}

impl Body for BadCallConf {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let m = Self {
            invoke_id: r.fixed()?,
        };
        while r.field()?.is_some() {
            r.skip_unknown();
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.invoke_id);
        Ok(())
    }

    fn invoke_id(&self) -> Option<u32> {
        Some(self.invoke_id)
    }

    fn invoke_id_mut(&mut self) -> Option<&mut u32> {
        Some(&mut self.invoke_id)
    }
}

/// AGENT_GREETING_CONTROL_REQ (249), client to server, from version 15.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AgentGreetingControlReq {
    /// InvokeID UINT.
    pub invoke_id: u32,
    /// PeripheralID UINT.
    pub peripheral_id: u32,
    /// AgentAction USHORT.
    pub agent_action: AgentGreetingAction,
    /// AgentID STRING, tag 5, required.
    pub agent_id: String,
}

impl Body for AgentGreetingControlReq {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut m = Self {
            invoke_id: r.fixed()?,
            peripheral_id: r.fixed()?,
            agent_action: r.fixed()?,
            ..Self::default()
        };
        while let Some(f) = r.field()? {
            match f.tag {
                5 => m.agent_id = f.text(),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.invoke_id);
        w.fixed(self.peripheral_id);
        w.fixed(self.agent_action);
        w.required_text(&tags::AGENT_ID, &self.agent_id)?;
        Ok(())
    }

    fn invoke_id(&self) -> Option<u32> {
        Some(self.invoke_id)
    }

    fn invoke_id_mut(&mut self) -> Option<&mut u32> {
        Some(&mut self.invoke_id)
    }
}

/// AGENT_GREETING_CONTROL_CONF (250), server to client, from version 15.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AgentGreetingControlConf {
    /// InvokeID UINT.
    pub invoke_id: u32,
}

impl Body for AgentGreetingControlConf {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let m = Self {
            invoke_id: r.fixed()?,
        };
        while r.field()?.is_some() {
            r.skip_unknown();
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.invoke_id);
        Ok(())
    }

    fn invoke_id(&self) -> Option<u32> {
        Some(self.invoke_id)
    }

    fn invoke_id_mut(&mut self) -> Option<&mut u32> {
        Some(&mut self.invoke_id)
    }
}
