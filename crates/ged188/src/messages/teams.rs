// Made from spec/ged188.toml by `cargo run -p ged188 --example generate`. Do not edit.

//! Teams and supervisor.

use super::tags;
use crate::message::Body;
use crate::reader::Group;
use crate::reader::Reader;
use crate::values::{AgentFlags, AgentState, ConnectionDeviceIdType, Distribution, LineType, SupervisoryAction, TeamConfigOperation};
use crate::writer::Writer;
use crate::{DecodeError, EncodeError};

/// USER_MESSAGE_REQ (107), client to server.
///
/// ClientID when Distribution is CLIENT.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UserMessageReq {
    /// InvokeID UINT.
    pub invoke_id: u32,
    /// PeripheralID UINT.
    pub peripheral_id: u32,
    /// Distribution USHORT.
    pub distribution: Distribution,
    /// ClientID STRING, tag 1.
    pub client_id: String,
    /// AgentExtension STRING, tag 4.
    pub agent_extension: String,
    /// AgentID STRING, tag 5.
    pub agent_id: String,
    /// AgentInstrument STRING, tag 6.
    pub agent_instrument: String,
    /// Text STRING, tag 7, required.
    pub text: String,
}

impl Body for UserMessageReq {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut m = Self {
            invoke_id: r.fixed()?,
            peripheral_id: r.fixed()?,
            distribution: r.fixed()?,
            ..Self::default()
        };
        while let Some(f) = r.field()? {
            match f.tag {
                1 => m.client_id = f.text(),
                4 => m.agent_extension = f.text(),
                5 => m.agent_id = f.text(),
                6 => m.agent_instrument = f.text(),
                7 => m.text = f.text(),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.invoke_id);
        w.fixed(self.peripheral_id);
        w.fixed(self.distribution);
        w.text(&tags::CLIENT_ID, &self.client_id)?;
        w.text(&tags::AGENT_EXTENSION, &self.agent_extension)?;
        w.text(&tags::AGENT_ID, &self.agent_id)?;
        w.text(&tags::AGENT_INSTRUMENT, &self.agent_instrument)?;
        w.required_text(&tags::TEXT, &self.text)?;
        Ok(())
    }

    fn invoke_id(&self) -> Option<u32> {
        Some(self.invoke_id)
    }

    fn invoke_id_mut(&mut self) -> Option<&mut u32> {
        Some(&mut self.invoke_id)
    }
}

/// USER_MESSAGE_CONF (108), server to client.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UserMessageConf {
    /// InvokeID UINT.
    pub invoke_id: u32,
}

impl Body for UserMessageConf {
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

/// USER_MESSAGE_EVENT (109), server to client.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UserMessageEvent {
    /// ICMCentralControllerTime TIME.
    pub icm_central_controller_time: u32,
    /// Distribution USHORT.
    pub distribution: Distribution,
    /// ClientID STRING, tag 1, required.
    pub client_id: String,
    /// Text STRING, tag 7, required.
    pub text: String,
}

impl Body for UserMessageEvent {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut m = Self {
            icm_central_controller_time: r.fixed()?,
            distribution: r.fixed()?,
            ..Self::default()
        };
        while let Some(f) = r.field()? {
            match f.tag {
                1 => m.client_id = f.text(),
                7 => m.text = f.text(),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.icm_central_controller_time);
        w.fixed(self.distribution);
        w.required_text(&tags::CLIENT_ID, &self.client_id)?;
        w.required_text(&tags::TEXT, &self.text)?;
        Ok(())
    }
}

/// SUPERVISOR_ASSIST_REQ (118), client to server.
///
/// ConnectionCallID 0xFFFFFFFF when no call.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SupervisorAssistReq {
    /// InvokeID UINT.
    pub invoke_id: u32,
    /// PeripheralID UINT.
    pub peripheral_id: u32,
    /// ConnectionCallID UINT.
    pub connection_call_id: u32,
    /// ConnectionDeviceIDType USHORT.
    pub connection_device_id_type: ConnectionDeviceIdType,
    /// ConnectionDeviceID STRING, tag 25.
    pub connection_device_id: String,
    /// AgentExtension STRING, tag 4.
    pub agent_extension: String,
    /// AgentID STRING, tag 5.
    pub agent_id: String,
    /// AgentInstrument STRING, tag 6.
    pub agent_instrument: String,
}

impl Body for SupervisorAssistReq {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut m = Self {
            invoke_id: r.fixed()?,
            peripheral_id: r.fixed()?,
            connection_call_id: r.fixed()?,
            connection_device_id_type: r.fixed()?,
            ..Self::default()
        };
        while let Some(f) = r.field()? {
            match f.tag {
                25 => m.connection_device_id = f.text(),
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
        w.fixed(self.connection_call_id);
        w.fixed(self.connection_device_id_type);
        w.text(&tags::CONNECTION_DEVICE_ID, &self.connection_device_id)?;
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

/// SUPERVISOR_ASSIST_CONF (119), server to client.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SupervisorAssistConf {
    /// InvokeID UINT.
    pub invoke_id: u32,
    /// ConnectionCallID UINT.
    pub connection_call_id: u32,
    /// ConnectionDeviceIDType USHORT.
    pub connection_device_id_type: ConnectionDeviceIdType,
    /// LineHandle USHORT.
    pub line_handle: u16,
    /// LineType USHORT.
    pub line_type: LineType,
    /// ConnectionDeviceID STRING, tag 25.
    pub connection_device_id: String,
}

impl Body for SupervisorAssistConf {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut m = Self {
            invoke_id: r.fixed()?,
            connection_call_id: r.fixed()?,
            connection_device_id_type: r.fixed()?,
            line_handle: r.fixed()?,
            line_type: r.fixed()?,
            ..Self::default()
        };
        while let Some(f) = r.field()? {
            match f.tag {
                25 => m.connection_device_id = f.text(),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.invoke_id);
        w.fixed(self.connection_call_id);
        w.fixed(self.connection_device_id_type);
        w.fixed(self.line_handle);
        w.fixed(self.line_type);
        w.text(&tags::CONNECTION_DEVICE_ID, &self.connection_device_id)?;
        Ok(())
    }

    fn invoke_id(&self) -> Option<u32> {
        Some(self.invoke_id)
    }

    fn invoke_id_mut(&mut self) -> Option<&mut u32> {
        Some(&mut self.invoke_id)
    }
}

/// SUPERVISOR_ASSIST_EVENT (120), server to client.
///
/// Published in the CCX protocol only; by analogy with EMERGENCY_CALL_EVENT.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SupervisorAssistEvent {
    /// PeripheralID UINT.
    pub peripheral_id: u32,
    /// ConnectionCallID UINT.
    pub connection_call_id: u32,
    /// ConnectionDeviceIDType USHORT.
    pub connection_device_id_type: ConnectionDeviceIdType,
    /// SessionID UINT.
    pub session_id: u32,
    /// ConnectionDeviceID STRING, tag 25.
    pub connection_device_id: String,
    /// ClientID STRING, tag 1.
    pub client_id: String,
    /// Text STRING, tag 7.
    pub text: String,
}

impl Body for SupervisorAssistEvent {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut m = Self {
            peripheral_id: r.fixed()?,
            connection_call_id: r.fixed()?,
            connection_device_id_type: r.fixed()?,
            session_id: r.fixed()?,
            ..Self::default()
        };
        while let Some(f) = r.field()? {
            match f.tag {
                25 => m.connection_device_id = f.text(),
                1 => m.client_id = f.text(),
                7 => m.text = f.text(),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.peripheral_id);
        w.fixed(self.connection_call_id);
        w.fixed(self.connection_device_id_type);
        w.fixed(self.session_id);
        w.text(&tags::CONNECTION_DEVICE_ID, &self.connection_device_id)?;
        w.text(&tags::CLIENT_ID, &self.client_id)?;
        w.text(&tags::TEXT, &self.text)?;
        Ok(())
    }
}

/// EMERGENCY_CALL_REQ (121), client to server.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EmergencyCallReq {
    /// InvokeID UINT.
    pub invoke_id: u32,
    /// PeripheralID UINT.
    pub peripheral_id: u32,
    /// ConnectionCallID UINT.
    pub connection_call_id: u32,
    /// ConnectionDeviceIDType USHORT.
    pub connection_device_id_type: ConnectionDeviceIdType,
    /// ConnectionDeviceID STRING, tag 25.
    pub connection_device_id: String,
    /// AgentExtension STRING, tag 4.
    pub agent_extension: String,
    /// AgentID STRING, tag 5.
    pub agent_id: String,
    /// AgentInstrument STRING, tag 6.
    pub agent_instrument: String,
}

impl Body for EmergencyCallReq {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut m = Self {
            invoke_id: r.fixed()?,
            peripheral_id: r.fixed()?,
            connection_call_id: r.fixed()?,
            connection_device_id_type: r.fixed()?,
            ..Self::default()
        };
        while let Some(f) = r.field()? {
            match f.tag {
                25 => m.connection_device_id = f.text(),
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
        w.fixed(self.connection_call_id);
        w.fixed(self.connection_device_id_type);
        w.text(&tags::CONNECTION_DEVICE_ID, &self.connection_device_id)?;
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

/// EMERGENCY_CALL_CONF (122), server to client.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EmergencyCallConf {
    /// InvokeID UINT.
    pub invoke_id: u32,
    /// ConnectionCallID UINT.
    pub connection_call_id: u32,
    /// ConnectionDeviceIDType USHORT.
    pub connection_device_id_type: ConnectionDeviceIdType,
    /// LineHandle USHORT.
    pub line_handle: u16,
    /// LineType USHORT.
    pub line_type: LineType,
    /// ConnectionDeviceID STRING, tag 25.
    pub connection_device_id: String,
}

impl Body for EmergencyCallConf {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut m = Self {
            invoke_id: r.fixed()?,
            connection_call_id: r.fixed()?,
            connection_device_id_type: r.fixed()?,
            line_handle: r.fixed()?,
            line_type: r.fixed()?,
            ..Self::default()
        };
        while let Some(f) = r.field()? {
            match f.tag {
                25 => m.connection_device_id = f.text(),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.invoke_id);
        w.fixed(self.connection_call_id);
        w.fixed(self.connection_device_id_type);
        w.fixed(self.line_handle);
        w.fixed(self.line_type);
        w.text(&tags::CONNECTION_DEVICE_ID, &self.connection_device_id)?;
        Ok(())
    }

    fn invoke_id(&self) -> Option<u32> {
        Some(self.invoke_id)
    }

    fn invoke_id_mut(&mut self) -> Option<&mut u32> {
        Some(&mut self.invoke_id)
    }
}

/// EMERGENCY_CALL_EVENT (123), server to client.
///
/// Sent to bridge clients and recorders whether or not a monitor covers the call.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EmergencyCallEvent {
    /// PeripheralID UINT.
    pub peripheral_id: u32,
    /// ConnectionCallID UINT.
    pub connection_call_id: u32,
    /// ConnectionDeviceIDType USHORT.
    pub connection_device_id_type: ConnectionDeviceIdType,
    /// SessionID UINT.
    pub session_id: u32,
    /// ConnectionDeviceID STRING, tag 25.
    pub connection_device_id: String,
    /// ClientID STRING, tag 1.
    pub client_id: String,
    /// ClientAddress STRING, tag 81.
    pub client_address: String,
    /// ClientAddressIPV6 STRING, tag 226, from version 14.
    pub client_address_ipv6: String,
    /// AgentExtension STRING, tag 4.
    pub agent_extension: String,
    /// AgentID STRING, tag 5.
    pub agent_id: String,
    /// AgentInstrument STRING, tag 6.
    pub agent_instrument: String,
}

impl Body for EmergencyCallEvent {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut m = Self {
            peripheral_id: r.fixed()?,
            connection_call_id: r.fixed()?,
            connection_device_id_type: r.fixed()?,
            session_id: r.fixed()?,
            ..Self::default()
        };
        while let Some(f) = r.field()? {
            match f.tag {
                25 => m.connection_device_id = f.text(),
                1 => m.client_id = f.text(),
                81 => m.client_address = f.text(),
                226 => m.client_address_ipv6 = f.text(),
                4 => m.agent_extension = f.text(),
                5 => m.agent_id = f.text(),
                6 => m.agent_instrument = f.text(),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.peripheral_id);
        w.fixed(self.connection_call_id);
        w.fixed(self.connection_device_id_type);
        w.fixed(self.session_id);
        w.text(&tags::CONNECTION_DEVICE_ID, &self.connection_device_id)?;
        w.text(&tags::CLIENT_ID, &self.client_id)?;
        w.text(&tags::CLIENT_ADDRESS, &self.client_address)?;
        if w.has(14) {
            w.text(&tags::CLIENT_ADDRESS_IPV6, &self.client_address_ipv6)?;
        }
        w.text(&tags::AGENT_EXTENSION, &self.agent_extension)?;
        w.text(&tags::AGENT_ID, &self.agent_id)?;
        w.text(&tags::AGENT_INSTRUMENT, &self.agent_instrument)?;
        Ok(())
    }
}

/// SUPERVISE_CALL_REQ (124), client to server.
///
/// AgentConnectionCallID 0xFFFFFFFF = the agent's active call; SupervisorConnectionCallID 0xFFFFFFFF =
/// none. SupervisorInstrument required for ALL_EVENTS and PERIPHERAL_MONITOR clients.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SuperviseCallReq {
    /// InvokeID UINT.
    pub invoke_id: u32,
    /// PeripheralID UINT.
    pub peripheral_id: u32,
    /// AgentConnectionCallID UINT.
    pub agent_connection_call_id: u32,
    /// SupervisorConnectionCallID UINT.
    pub supervisor_connection_call_id: u32,
    /// AgentConnectionDeviceIDType USHORT.
    pub agent_connection_device_id_type: ConnectionDeviceIdType,
    /// SupervisorConnectionDeviceIDType USHORT.
    pub supervisor_connection_device_id_type: ConnectionDeviceIdType,
    /// SupervisoryAction USHORT.
    pub supervisory_action: SupervisoryAction,
    /// AgentConnectionDeviceID STRING, tag 90.
    pub agent_connection_device_id: String,
    /// SupervisorConnectionDeviceID STRING, tag 91.
    pub supervisor_connection_device_id: String,
    /// AgentExtension STRING, tag 4.
    pub agent_extension: String,
    /// AgentID STRING, tag 5.
    pub agent_id: String,
    /// AgentInstrument STRING, tag 6.
    pub agent_instrument: String,
    /// SupervisorInstrument STRING, tag 85.
    pub supervisor_instrument: String,
}

impl Body for SuperviseCallReq {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut m = Self {
            invoke_id: r.fixed()?,
            peripheral_id: r.fixed()?,
            agent_connection_call_id: r.fixed()?,
            supervisor_connection_call_id: r.fixed()?,
            agent_connection_device_id_type: r.fixed()?,
            supervisor_connection_device_id_type: r.fixed()?,
            supervisory_action: r.fixed()?,
            ..Self::default()
        };
        while let Some(f) = r.field()? {
            match f.tag {
                90 => m.agent_connection_device_id = f.text(),
                91 => m.supervisor_connection_device_id = f.text(),
                4 => m.agent_extension = f.text(),
                5 => m.agent_id = f.text(),
                6 => m.agent_instrument = f.text(),
                85 => m.supervisor_instrument = f.text(),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.invoke_id);
        w.fixed(self.peripheral_id);
        w.fixed(self.agent_connection_call_id);
        w.fixed(self.supervisor_connection_call_id);
        w.fixed(self.agent_connection_device_id_type);
        w.fixed(self.supervisor_connection_device_id_type);
        w.fixed(self.supervisory_action);
        w.text(&tags::AGENT_CONNECTION_DEVICE_ID, &self.agent_connection_device_id)?;
        w.text(&tags::SUPERVISOR_CONNECTION_DEVICE_ID, &self.supervisor_connection_device_id)?;
        w.text(&tags::AGENT_EXTENSION, &self.agent_extension)?;
        w.text(&tags::AGENT_ID, &self.agent_id)?;
        w.text(&tags::AGENT_INSTRUMENT, &self.agent_instrument)?;
        w.text(&tags::SUPERVISOR_INSTRUMENT, &self.supervisor_instrument)?;
        Ok(())
    }

    fn invoke_id(&self) -> Option<u32> {
        Some(self.invoke_id)
    }

    fn invoke_id_mut(&mut self) -> Option<&mut u32> {
        Some(&mut self.invoke_id)
    }
}

/// SUPERVISE_CALL_CONF (125), server to client.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SuperviseCallConf {
    /// InvokeID UINT.
    pub invoke_id: u32,
    /// ConnectionCallID UINT.
    pub connection_call_id: u32,
    /// ConnectionDeviceIDType USHORT.
    pub connection_device_id_type: ConnectionDeviceIdType,
    /// ConnectionDeviceID STRING, tag 25.
    pub connection_device_id: String,
}

impl Body for SuperviseCallConf {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut m = Self {
            invoke_id: r.fixed()?,
            connection_call_id: r.fixed()?,
            connection_device_id_type: r.fixed()?,
            ..Self::default()
        };
        while let Some(f) = r.field()? {
            match f.tag {
                25 => m.connection_device_id = f.text(),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.invoke_id);
        w.fixed(self.connection_call_id);
        w.fixed(self.connection_device_id_type);
        w.text(&tags::CONNECTION_DEVICE_ID, &self.connection_device_id)?;
        Ok(())
    }

    fn invoke_id(&self) -> Option<u32> {
        Some(self.invoke_id)
    }

    fn invoke_id_mut(&mut self) -> Option<&mut u32> {
        Some(&mut self.invoke_id)
    }
}

/// One element of the list that NumberOfAgents counts in AGENT_TEAM_CONFIG_EVENT.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AgentTeamConfigEventAgentsItem {
    /// AtcAgentID STRING, tag 86.
    pub atc_agent_id: String,
    /// AgentFlags USHORT, tag 87.
    pub agent_flags: Option<AgentFlags>,
    /// AtcAgentState USHORT, tag 88.
    pub atc_agent_state: Option<AgentState>,
    /// AtcStateDuration UINT, tag 89.
    pub atc_state_duration: Option<u32>,
}

/// AGENT_TEAM_CONFIG_EVENT (128), server to client.
///
/// NumberOfAgents at most 64 per message; per agent the four elements in this order. ConfigOperation 0 =
/// full list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AgentTeamConfigEvent {
    /// PeripheralID UINT.
    pub peripheral_id: u32,
    /// TeamID UINT.
    pub team_id: u32,
    /// ConfigOperation USHORT.
    pub config_operation: TeamConfigOperation,
    /// DepartmentID INT, from version 19.
    pub department_id: i32,
    /// AgentTeamName STRING, tag 243, from version 16.
    pub agent_team_name: String,
    /// Counted by NumberOfAgents.
    pub agents: Vec<AgentTeamConfigEventAgentsItem>,
}

impl Body for AgentTeamConfigEvent {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let peripheral_id = r.fixed()?;
        let team_id = r.fixed()?;
        r.fixed::<u16>()?;
        let config_operation = r.fixed()?;
        let department_id = r.fixed_since(19)?;
        let mut m = Self {
            peripheral_id,
            team_id,
            config_operation,
            department_id,
            ..Self::default()
        };
        let mut agents_group = Group::default();
        while let Some(f) = r.field()? {
            match f.tag {
                243 => m.agent_team_name = f.text(),
                86 => agents_group.element(&mut m.agents, 0).atc_agent_id = f.text(),
                87 => agents_group.element(&mut m.agents, 1).agent_flags = Some(f.number()?),
                88 => agents_group.element(&mut m.agents, 2).atc_agent_state = Some(f.number()?),
                89 => agents_group.element(&mut m.agents, 3).atc_state_duration = Some(f.number()?),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.peripheral_id);
        w.fixed(self.team_id);
        w.count::<u16>(self.agents.len(), 0);
        w.fixed(self.config_operation);
        if w.has(19) {
            w.fixed(self.department_id);
        }
        if w.has(16) {
            w.text(&tags::AGENT_TEAM_NAME, &self.agent_team_name)?;
        }
        for item in &self.agents {
            w.required_text(&tags::ATC_AGENT_ID, &item.atc_agent_id)?;
            w.number(&tags::AGENT_FLAGS, item.agent_flags);
            w.number(&tags::ATC_AGENT_STATE, item.atc_agent_state);
            w.number(&tags::ATC_STATE_DURATION, item.atc_state_duration);
        }
        Ok(())
    }
}

/// LIST_AGENT_TEAM_REQ (133), client to server.
///
/// SupervisorID is the skill target id of the supervisor.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListAgentTeamReq {
    /// InvokeID UINT.
    pub invoke_id: u32,
    /// SupervisorID UINT.
    pub supervisor_id: u32,
}

impl Body for ListAgentTeamReq {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let m = Self {
            invoke_id: r.fixed()?,
            supervisor_id: r.fixed()?,
        };
        while r.field()?.is_some() {
            r.skip_unknown();
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.invoke_id);
        w.fixed(self.supervisor_id);
        Ok(())
    }

    fn invoke_id(&self) -> Option<u32> {
        Some(self.invoke_id)
    }

    fn invoke_id_mut(&mut self) -> Option<&mut u32> {
        Some(&mut self.invoke_id)
    }
}

/// One element of the list that NumberOfAgentTeams counts in LIST_AGENT_TEAM_CONF.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListAgentTeamConfAgentTeamsItem {
    /// ListTeamID UINT, tag 92.
    pub list_team_id: Option<u32>,
}

/// LIST_AGENT_TEAM_CONF (134), server to client.
///
/// More 0 = last segment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListAgentTeamConf {
    /// InvokeID UINT.
    pub invoke_id: u32,
    /// SegmentNumber USHORT.
    pub segment_number: u16,
    /// More USHORT.
    pub more: u16,
    /// Counted by NumberOfAgentTeams.
    pub agent_teams: Vec<ListAgentTeamConfAgentTeamsItem>,
}

impl Body for ListAgentTeamConf {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let invoke_id = r.fixed()?;
        r.fixed::<u16>()?;
        let segment_number = r.fixed()?;
        let more = r.fixed()?;
        let mut m = Self {
            invoke_id,
            segment_number,
            more,
            ..Self::default()
        };
        let mut agent_teams_group = Group::default();
        while let Some(f) = r.field()? {
            match f.tag {
                92 => agent_teams_group.element(&mut m.agent_teams, 0).list_team_id = Some(f.number()?),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.invoke_id);
        w.count::<u16>(self.agent_teams.len(), 0);
        w.fixed(self.segment_number);
        w.fixed(self.more);
        for item in &self.agent_teams {
            w.first_number(&tags::LIST_TEAM_ID, item.list_team_id)?;
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

/// MONITOR_AGENT_TEAM_START_REQ (135), client to server.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MonitorAgentTeamStartReq {
    /// InvokeID UINT.
    pub invoke_id: u32,
    /// TeamID UINT.
    pub team_id: u32,
}

impl Body for MonitorAgentTeamStartReq {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let m = Self {
            invoke_id: r.fixed()?,
            team_id: r.fixed()?,
        };
        while r.field()?.is_some() {
            r.skip_unknown();
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.invoke_id);
        w.fixed(self.team_id);
        Ok(())
    }

    fn invoke_id(&self) -> Option<u32> {
        Some(self.invoke_id)
    }

    fn invoke_id_mut(&mut self) -> Option<&mut u32> {
        Some(&mut self.invoke_id)
    }
}

/// MONITOR_AGENT_TEAM_START_CONF (136), server to client.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MonitorAgentTeamStartConf {
    /// InvokeID UINT.
    pub invoke_id: u32,
    /// MonitorID UINT.
    pub monitor_id: u32,
}

impl Body for MonitorAgentTeamStartConf {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let m = Self {
            invoke_id: r.fixed()?,
            monitor_id: r.fixed()?,
        };
        while r.field()?.is_some() {
            r.skip_unknown();
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.invoke_id);
        w.fixed(self.monitor_id);
        Ok(())
    }

    fn invoke_id(&self) -> Option<u32> {
        Some(self.invoke_id)
    }

    fn invoke_id_mut(&mut self) -> Option<&mut u32> {
        Some(&mut self.invoke_id)
    }

    fn monitor_id(&self) -> Option<u32> {
        Some(self.monitor_id)
    }
}

/// MONITOR_AGENT_TEAM_STOP_REQ (137), client to server.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MonitorAgentTeamStopReq {
    /// InvokeID UINT.
    pub invoke_id: u32,
    /// MonitorID UINT.
    pub monitor_id: u32,
}

impl Body for MonitorAgentTeamStopReq {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let m = Self {
            invoke_id: r.fixed()?,
            monitor_id: r.fixed()?,
        };
        while r.field()?.is_some() {
            r.skip_unknown();
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.invoke_id);
        w.fixed(self.monitor_id);
        Ok(())
    }

    fn invoke_id(&self) -> Option<u32> {
        Some(self.invoke_id)
    }

    fn invoke_id_mut(&mut self) -> Option<&mut u32> {
        Some(&mut self.invoke_id)
    }

    fn monitor_id(&self) -> Option<u32> {
        Some(self.monitor_id)
    }
}

/// MONITOR_AGENT_TEAM_STOP_CONF (138), server to client.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MonitorAgentTeamStopConf {
    /// InvokeID UINT.
    pub invoke_id: u32,
}

impl Body for MonitorAgentTeamStopConf {
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
