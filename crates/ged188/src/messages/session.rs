// Made from spec/ged188.toml by `cargo run -p ged188 --example generate`. Do not edit.

//! Session.

use super::tags;
use super::{NamedArray, NamedVariable};
use crate::hidden::Hidden;
use crate::message::Body;
use crate::reader::Group;
use crate::reader::Reader;
use crate::values::{AgentState, AgentStateMask, CallEventMask, CallVariableMask, ClientEventReportState, ConfigMask, ControlFailureCode, DeviceIdType, MultilineAgentControl, PeripheralType, PgStatus, ServiceMask, SessionType, StatusCode, SystemEventId};
use crate::writer::Writer;
use crate::{DecodeError, EncodeError};

/// FAILURE_CONF (1), server to client.
///
/// Negative answer to any request whose own CONF exists. Guides v9, v13, v14, v15 and v17 print this
/// 8-byte body; the v24 guide prints the CONTROL_FAILURE_CONF body (InvokeID UINT, FailureCode USHORT,
/// PeripheralErrorCode UINT = 10 bytes). Decode with the 8-byte layout; if exactly 10 body bytes remain,
/// treat as the 10-byte form (unverified on the wire). CCX adds Text\[7\].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FailureConf {
    /// InvokeID UINT.
    pub invoke_id: u32,
    /// Status UINT.
    pub status: StatusCode,
    /// CtiOsCilClientID STRING, tag 217.
    pub cti_os_cil_client_id: String,
}

impl Body for FailureConf {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        if let Some(m) = crate::quirks::long_failure_conf(r)? {
            return Ok(m);
        }
        let mut m = Self {
            invoke_id: r.fixed()?,
            status: r.fixed()?,
            ..Self::default()
        };
        while let Some(f) = r.field()? {
            match f.tag {
                217 => m.cti_os_cil_client_id = f.text(),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.invoke_id);
        w.fixed(self.status);
        w.text(&tags::CTI_OS_CIL_CLIENT_ID, &self.cti_os_cil_client_id)?;
        Ok(())
    }

    fn invoke_id(&self) -> Option<u32> {
        Some(self.invoke_id)
    }

    fn invoke_id_mut(&mut self) -> Option<&mut u32> {
        Some(&mut self.invoke_id)
    }
}

/// FAILURE_EVENT (2), server to client.
///
/// Unsolicited. CTI_SERVER_OFFLINE (15) here means: close the session.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FailureEvent {
    /// Status UINT.
    pub status: StatusCode,
}

impl Body for FailureEvent {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let m = Self {
            status: r.fixed()?,
        };
        while r.field()?.is_some() {
            r.skip_unknown();
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.status);
        Ok(())
    }
}

/// OPEN_REQ (3), client to server.
///
/// IdleTimeout in seconds, 0xFFFFFFFF = never, minimum 20 else status 18. PeripheralID 0xFFFFFFFF unless
/// CLIENT_EVENTS is requested; CLIENT_EVENTS needs PeripheralID plus at least one agent identifier.
/// Reserved fields 0. Unknown bits in a mask are refused with 19, 20, 21 or 95. The floating part is
/// framed according to the VersionNumber in the same message. v25 adds UniqueInstanceID (STRING 64, tag
/// not published).
#[derive(Clone, Default, PartialEq)]
pub struct OpenReq {
    /// InvokeID UINT.
    pub invoke_id: u32,
    /// VersionNumber UINT.
    pub version_number: u32,
    /// IdleTimeout UINT.
    pub idle_timeout: u32,
    /// PeripheralID UINT.
    pub peripheral_id: u32,
    /// ServicesRequested UINT.
    pub services_requested: ServiceMask,
    /// CallMsgMask UINT.
    pub call_msg_mask: CallEventMask,
    /// AgentStateMask UINT.
    pub agent_state_mask: AgentStateMask,
    /// ConfigMsgMask UINT.
    pub config_msg_mask: ConfigMask,
    /// Reserved1 UINT.
    pub reserved1: u32,
    /// Reserved2 UINT.
    pub reserved2: u32,
    /// Reserved3 UINT.
    pub reserved3: u32,
    /// ClientID STRING, tag 1, required.
    pub client_id: String,
    /// ClientPassword UNSPEC, tag 2, required.
    pub client_password: Vec<u8>,
    /// ClientSignature STRING, tag 3.
    pub client_signature: String,
    /// AgentExtension STRING, tag 4.
    pub agent_extension: String,
    /// AgentID STRING, tag 5.
    pub agent_id: String,
    /// AgentInstrument STRING, tag 6.
    pub agent_instrument: String,
    /// ApplicationPathID INT, tag 97.
    pub application_path_id: Option<i32>,
}

impl std::fmt::Debug for OpenReq {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OpenReq")
            .field("invoke_id", &self.invoke_id)
            .field("version_number", &self.version_number)
            .field("idle_timeout", &self.idle_timeout)
            .field("peripheral_id", &self.peripheral_id)
            .field("services_requested", &self.services_requested)
            .field("call_msg_mask", &self.call_msg_mask)
            .field("agent_state_mask", &self.agent_state_mask)
            .field("config_msg_mask", &self.config_msg_mask)
            .field("reserved1", &self.reserved1)
            .field("reserved2", &self.reserved2)
            .field("reserved3", &self.reserved3)
            .field("client_id", &self.client_id)
            .field("client_password", &Hidden(&self.client_password))
            .field("client_signature", &self.client_signature)
            .field("agent_extension", &self.agent_extension)
            .field("agent_id", &self.agent_id)
            .field("agent_instrument", &self.agent_instrument)
            .field("application_path_id", &self.application_path_id)
            .finish()
    }
}

impl Body for OpenReq {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut m = Self {
            invoke_id: r.fixed()?,
            version_number: r.fixed()?,
            idle_timeout: r.fixed()?,
            peripheral_id: r.fixed()?,
            services_requested: r.fixed()?,
            call_msg_mask: r.fixed()?,
            agent_state_mask: r.fixed()?,
            config_msg_mask: r.fixed()?,
            reserved1: r.fixed()?,
            reserved2: r.fixed()?,
            reserved3: r.fixed()?,
            ..Self::default()
        };
        r.framed_by(m.version_number);
        while let Some(f) = r.field()? {
            match f.tag {
                1 => m.client_id = f.text(),
                2 => m.client_password = f.opaque(),
                3 => m.client_signature = f.text(),
                4 => m.agent_extension = f.text(),
                5 => m.agent_id = f.text(),
                6 => m.agent_instrument = f.text(),
                97 => m.application_path_id = Some(f.number()?),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.invoke_id);
        w.fixed(self.version_number);
        w.fixed(self.idle_timeout);
        w.fixed(self.peripheral_id);
        w.fixed(self.services_requested);
        w.fixed(self.call_msg_mask);
        w.fixed(self.agent_state_mask);
        w.fixed(self.config_msg_mask);
        w.fixed(self.reserved1);
        w.fixed(self.reserved2);
        w.fixed(self.reserved3);
        w.framed_by(self.version_number);
        w.required_text(&tags::CLIENT_ID, &self.client_id)?;
        w.required_opaque(&tags::CLIENT_PASSWORD, &self.client_password)?;
        w.text(&tags::CLIENT_SIGNATURE, &self.client_signature)?;
        w.text(&tags::AGENT_EXTENSION, &self.agent_extension)?;
        w.text(&tags::AGENT_ID, &self.agent_id)?;
        w.text(&tags::AGENT_INSTRUMENT, &self.agent_instrument)?;
        w.number(&tags::APPLICATION_PATH_ID, self.application_path_id);
        Ok(())
    }

    fn invoke_id(&self) -> Option<u32> {
        Some(self.invoke_id)
    }

    fn invoke_id_mut(&mut self) -> Option<&mut u32> {
        Some(&mut self.invoke_id)
    }
}

/// One element of the list that NumPeripherals counts in OPEN_CONF.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OpenConfPeripheralsItem {
    /// FltPeripheralID UINT, tag 208, from version 14.
    pub flt_peripheral_id: Option<u32>,
    /// MultilineAgentControl USHORT, tag 224, from version 14.
    pub multiline_agent_control: Option<MultilineAgentControl>,
}

/// OPEN_CONF (4), server to client.
///
/// MonitorID is 0 unless CLIENT_EVENTS was granted. PeripheralOnline and PeripheralType describe the
/// OPEN_REQ peripheral; from v21 PeripheralType is meaningful for all-events sessions too. NumPeripherals
/// is followed by pairs (FltPeripheralID, MultilineAgentControl).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OpenConf {
    /// InvokeID UINT.
    pub invoke_id: u32,
    /// ServicesGranted UINT.
    pub services_granted: ServiceMask,
    /// MonitorID UINT.
    pub monitor_id: u32,
    /// PGStatus UINT.
    pub pg_status: PgStatus,
    /// ICMCentralControllerTime TIME.
    pub icm_central_controller_time: u32,
    /// PeripheralOnline BOOL.
    pub peripheral_online: bool,
    /// PeripheralType USHORT.
    pub peripheral_type: PeripheralType,
    /// AgentState USHORT.
    pub agent_state: AgentState,
    /// DepartmentID INT, from version 19.
    pub department_id: i32,
    /// SessionType USHORT, from version 24.
    pub session_type: SessionType,
    /// AgentExtension STRING, tag 4.
    pub agent_extension: String,
    /// AgentID STRING, tag 5.
    pub agent_id: String,
    /// AgentInstrument STRING, tag 6.
    pub agent_instrument: String,
    /// Counted by NumPeripherals, from version 14.
    pub peripherals: Vec<OpenConfPeripheralsItem>,
}

impl Body for OpenConf {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut m = Self {
            invoke_id: r.fixed()?,
            services_granted: r.fixed()?,
            monitor_id: r.fixed()?,
            pg_status: r.fixed()?,
            icm_central_controller_time: r.fixed()?,
            peripheral_online: r.fixed()?,
            peripheral_type: r.fixed()?,
            agent_state: r.fixed()?,
            department_id: r.fixed_since(19)?,
            session_type: r.fixed_since(24)?,
            ..Self::default()
        };
        let mut peripherals_group = Group::default();
        while let Some(f) = r.field()? {
            match f.tag {
                4 => m.agent_extension = f.text(),
                5 => m.agent_id = f.text(),
                6 => m.agent_instrument = f.text(),
                228 => {}
                208 => peripherals_group.element(&mut m.peripherals, 0).flt_peripheral_id = Some(f.number()?),
                224 => peripherals_group.element(&mut m.peripherals, 1).multiline_agent_control = Some(f.number()?),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.invoke_id);
        w.fixed(self.services_granted);
        w.fixed(self.monitor_id);
        w.fixed(self.pg_status);
        w.fixed(self.icm_central_controller_time);
        w.fixed(self.peripheral_online);
        w.fixed(self.peripheral_type);
        w.fixed(self.agent_state);
        if w.has(19) {
            w.fixed(self.department_id);
        }
        if w.has(24) {
            w.fixed(self.session_type);
        }
        w.text(&tags::AGENT_EXTENSION, &self.agent_extension)?;
        w.text(&tags::AGENT_ID, &self.agent_id)?;
        w.text(&tags::AGENT_INSTRUMENT, &self.agent_instrument)?;
        if w.has(14) {
            w.floating_count::<u16>(&tags::NUM_PERIPHERALS, self.peripherals.len());
            for item in &self.peripherals {
                w.first_number(&tags::FLT_PERIPHERAL_ID, item.flt_peripheral_id)?;
                w.number(&tags::MULTILINE_AGENT_CONTROL, item.multiline_agent_control);
            }
        }
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

/// HEARTBEAT_REQ (5), both ways.
///
/// Sent by the client in practice. A server that receives one answers 6, or FAILURE_CONF when it is going
/// offline.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HeartbeatReq {
    /// InvokeID UINT.
    pub invoke_id: u32,
}

impl Body for HeartbeatReq {
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

/// HEARTBEAT_CONF (6), both ways.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HeartbeatConf {
    /// InvokeID UINT.
    pub invoke_id: u32,
}

impl Body for HeartbeatConf {
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

/// CLOSE_REQ (7), both ways.
///
/// Status normally 0 (NO_ERROR); 15 when leaving because the server is offline; 16 after a timeout.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CloseReq {
    /// InvokeID UINT.
    pub invoke_id: u32,
    /// Status UINT.
    pub status: StatusCode,
}

impl Body for CloseReq {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let m = Self {
            invoke_id: r.fixed()?,
            status: r.fixed()?,
        };
        while r.field()?.is_some() {
            r.skip_unknown();
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.invoke_id);
        w.fixed(self.status);
        Ok(())
    }

    fn invoke_id(&self) -> Option<u32> {
        Some(self.invoke_id)
    }

    fn invoke_id_mut(&mut self) -> Option<&mut u32> {
        Some(&mut self.invoke_id)
    }
}

/// CLOSE_CONF (8), both ways.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CloseConf {
    /// InvokeID UINT.
    pub invoke_id: u32,
}

impl Body for CloseConf {
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

/// SYSTEM_EVENT (31), server to client.
///
/// Arg1 = PeripheralID for SystemEventID 3 and 4. EventDeviceType 0xFFFF when no device. EventDeviceType
/// and EventDeviceID are present from v10-13 on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SystemEvent {
    /// PGStatus UINT.
    pub pg_status: PgStatus,
    /// ICMCentralControllerTime TIME.
    pub icm_central_controller_time: u32,
    /// SystemEventID UINT.
    pub system_event_id: SystemEventId,
    /// SystemEventArg1 UINT.
    pub system_event_arg1: u32,
    /// SystemEventArg2 UINT.
    pub system_event_arg2: u32,
    /// SystemEventArg3 UINT.
    pub system_event_arg3: u32,
    /// EventDeviceType USHORT.
    pub event_device_type: DeviceIdType,
    /// Text STRING, tag 7.
    pub text: String,
    /// EventDeviceID STRING, tag 206.
    pub event_device_id: String,
}

impl Body for SystemEvent {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut m = Self {
            pg_status: r.fixed()?,
            icm_central_controller_time: r.fixed()?,
            system_event_id: r.fixed()?,
            system_event_arg1: r.fixed()?,
            system_event_arg2: r.fixed()?,
            system_event_arg3: r.fixed()?,
            event_device_type: r.fixed()?,
            ..Self::default()
        };
        while let Some(f) = r.field()? {
            match f.tag {
                7 => m.text = f.text(),
                206 => m.event_device_id = f.text(),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.pg_status);
        w.fixed(self.icm_central_controller_time);
        w.fixed(self.system_event_id);
        w.fixed(self.system_event_arg1);
        w.fixed(self.system_event_arg2);
        w.fixed(self.system_event_arg3);
        w.fixed(self.event_device_type);
        w.text(&tags::TEXT, &self.text)?;
        w.text(&tags::EVENT_DEVICE_ID, &self.event_device_id)?;
        Ok(())
    }
}

/// CLIENT_EVENT_REPORT_REQ (32), client to server.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ClientEventReportReq {
    /// InvokeID UINT.
    pub invoke_id: u32,
    /// State USHORT.
    pub state: ClientEventReportState,
    /// ObjectName STRING, tag 66.
    pub object_name: String,
    /// Text STRING, tag 7, required.
    pub text: String,
}

impl Body for ClientEventReportReq {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut m = Self {
            invoke_id: r.fixed()?,
            state: r.fixed()?,
            ..Self::default()
        };
        while let Some(f) = r.field()? {
            match f.tag {
                66 => m.object_name = f.text(),
                7 => m.text = f.text(),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.invoke_id);
        w.fixed(self.state);
        w.text(&tags::OBJECT_NAME, &self.object_name)?;
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

/// CLIENT_EVENT_REPORT_CONF (33), server to client.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ClientEventReportConf {
    /// InvokeID UINT.
    pub invoke_id: u32,
}

impl Body for ClientEventReportConf {
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

/// CONTROL_FAILURE_CONF (35), server to client.
///
/// Negative answer to call and agent control requests that the peripheral refused. CCX adds Text\[7\].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ControlFailureConf {
    /// InvokeID UINT.
    pub invoke_id: u32,
    /// FailureCode USHORT.
    pub failure_code: ControlFailureCode,
    /// PeripheralErrorCode UINT.
    pub peripheral_error_code: u32,
    /// CtiOsCilClientID STRING, tag 217.
    pub cti_os_cil_client_id: String,
}

impl Body for ControlFailureConf {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut m = Self {
            invoke_id: r.fixed()?,
            failure_code: r.fixed()?,
            peripheral_error_code: r.fixed()?,
            ..Self::default()
        };
        while let Some(f) = r.field()? {
            match f.tag {
                217 => m.cti_os_cil_client_id = f.text(),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.invoke_id);
        w.fixed(self.failure_code);
        w.fixed(self.peripheral_error_code);
        w.text(&tags::CTI_OS_CIL_CLIENT_ID, &self.cti_os_cil_client_id)?;
        Ok(())
    }

    fn invoke_id(&self) -> Option<u32> {
        Some(self.invoke_id)
    }

    fn invoke_id_mut(&mut self) -> Option<&mut u32> {
        Some(&mut self.invoke_id)
    }
}

/// REGISTER_VARIABLES_REQ (110), client to server.
///
/// Limits the call variables and ECC variables later sent to this client. Values inside NamedVariable and
/// NamedArray are ignored. Without it a client gets all of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RegisterVariablesReq {
    /// InvokeID UINT.
    pub invoke_id: u32,
    /// CallVariableMask USHORT.
    pub call_variable_mask: CallVariableMask,
    /// Counted by NumNamedVariables.
    pub named_variables: Vec<NamedVariable>,
    /// Counted by NumNamedArrays.
    pub named_arrays: Vec<NamedArray>,
}

impl Body for RegisterVariablesReq {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let invoke_id = r.fixed()?;
        let call_variable_mask = r.fixed()?;
        r.fixed::<u16>()?;
        r.fixed::<u16>()?;
        let mut m = Self {
            invoke_id,
            call_variable_mask,
            ..Self::default()
        };
        while let Some(f) = r.field()? {
            match f.tag {
                82 => m.named_variables.push(f.named_variable()),
                83 => m.named_arrays.push(f.named_array()?),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.invoke_id);
        w.fixed(self.call_variable_mask);
        w.count::<u16>(self.named_variables.len(), 0);
        w.count::<u16>(self.named_arrays.len(), 0);
        for item in &self.named_variables {
            w.named_variable(&tags::NAMED_VARIABLE, item)?;
        }
        for item in &self.named_arrays {
            w.named_array(&tags::NAMED_ARRAY, item)?;
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

/// REGISTER_VARIABLES_CONF (111), server to client.
///
/// One guide table prints 118; the overview list and two implementations give 111.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RegisterVariablesConf {
    /// InvokeID UINT.
    pub invoke_id: u32,
}

impl Body for RegisterVariablesConf {
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
