// Made from spec/ged188.toml by `cargo run -p ged188 --example generate`. Do not edit.

//! Session monitoring.

use super::tags;
use crate::message::Body;
use crate::reader::Reader;
use crate::values::{AgentStateMask, CallEventMask, ConnectionDeviceIdType, DeviceIdType, ServiceMask, StatusCode};
use crate::writer::Writer;
use crate::{DecodeError, EncodeError};

/// MONITOR_START_REQ (93), client to server.
///
/// Device monitor: call id 0, ConnectionDeviceIDType NONE, MonitoredDeviceID given. Call monitor:
/// MonitoredDeviceType NONE, ConnectionDeviceID given. Needs PERIPHERAL_MONITOR.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MonitorStartReq {
    /// InvokeID UINT.
    pub invoke_id: u32,
    /// PeripheralID UINT.
    pub peripheral_id: u32,
    /// ConnectionCallID UINT.
    pub connection_call_id: u32,
    /// CallMsgMask UINT.
    pub call_msg_mask: CallEventMask,
    /// AgentStateMask UINT.
    pub agent_state_mask: AgentStateMask,
    /// ConnectionDeviceIDType USHORT.
    pub connection_device_id_type: ConnectionDeviceIdType,
    /// MonitoredDeviceType USHORT.
    pub monitored_device_type: DeviceIdType,
    /// ConnectionDeviceID STRING, tag 25.
    pub connection_device_id: String,
    /// MonitoredDeviceID STRING, tag 76.
    pub monitored_device_id: String,
}

impl Body for MonitorStartReq {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut m = Self {
            invoke_id: r.fixed()?,
            peripheral_id: r.fixed()?,
            connection_call_id: r.fixed()?,
            call_msg_mask: r.fixed()?,
            agent_state_mask: r.fixed()?,
            connection_device_id_type: r.fixed()?,
            monitored_device_type: r.fixed()?,
            ..Self::default()
        };
        while let Some(f) = r.field()? {
            match f.tag {
                25 => m.connection_device_id = f.text(),
                76 => m.monitored_device_id = f.text(),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.invoke_id);
        w.fixed(self.peripheral_id);
        w.fixed(self.connection_call_id);
        w.fixed(self.call_msg_mask);
        w.fixed(self.agent_state_mask);
        w.fixed(self.connection_device_id_type);
        w.fixed(self.monitored_device_type);
        w.text(&tags::CONNECTION_DEVICE_ID, &self.connection_device_id)?;
        w.text(&tags::MONITORED_DEVICE_ID, &self.monitored_device_id)?;
        Ok(())
    }

    fn invoke_id(&self) -> Option<u32> {
        Some(self.invoke_id)
    }

    fn invoke_id_mut(&mut self) -> Option<&mut u32> {
        Some(&mut self.invoke_id)
    }
}

/// MONITOR_START_CONF (94), server to client.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MonitorStartConf {
    /// InvokeID UINT.
    pub invoke_id: u32,
    /// MonitorID UINT.
    pub monitor_id: u32,
}

impl Body for MonitorStartConf {
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

/// MONITOR_STOP_REQ (95), client to server.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MonitorStopReq {
    /// InvokeID UINT.
    pub invoke_id: u32,
    /// MonitorID UINT.
    pub monitor_id: u32,
}

impl Body for MonitorStopReq {
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

/// MONITOR_STOP_CONF (96), server to client.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MonitorStopConf {
    /// InvokeID UINT.
    pub invoke_id: u32,
}

impl Body for MonitorStopConf {
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

/// CHANGE_MONITOR_MASK_REQ (97), client to server.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChangeMonitorMaskReq {
    /// InvokeID UINT.
    pub invoke_id: u32,
    /// MonitorID UINT.
    pub monitor_id: u32,
    /// CallMsgMask UINT.
    pub call_msg_mask: CallEventMask,
    /// AgentStateMask UINT.
    pub agent_state_mask: AgentStateMask,
}

impl Body for ChangeMonitorMaskReq {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let m = Self {
            invoke_id: r.fixed()?,
            monitor_id: r.fixed()?,
            call_msg_mask: r.fixed()?,
            agent_state_mask: r.fixed()?,
        };
        while r.field()?.is_some() {
            r.skip_unknown();
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.invoke_id);
        w.fixed(self.monitor_id);
        w.fixed(self.call_msg_mask);
        w.fixed(self.agent_state_mask);
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

/// CHANGE_MONITOR_MASK_CONF (98), server to client.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChangeMonitorMaskConf {
    /// InvokeID UINT.
    pub invoke_id: u32,
}

impl Body for ChangeMonitorMaskConf {
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

/// CLIENT_SESSION_OPENED_EVENT (99), server to client.
///
/// Needs CLIENT_MONITOR.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ClientSessionOpenedEvent {
    /// SessionID UINT.
    pub session_id: u32,
    /// PeripheralID UINT.
    pub peripheral_id: u32,
    /// ServicesGranted UINT.
    pub services_granted: ServiceMask,
    /// CallMsgMask UINT.
    pub call_msg_mask: CallEventMask,
    /// AgentStateMask UINT.
    pub agent_state_mask: AgentStateMask,
    /// ClientPort UINT.
    pub client_port: u32,
    /// ClientAddress STRING, tag 81, required.
    pub client_address: String,
    /// ClientAddressIPV6 STRING, tag 226, from version 14.
    pub client_address_ipv6: String,
    /// ClientID STRING, tag 1, required.
    pub client_id: String,
    /// ClientSignature STRING, tag 3, required.
    pub client_signature: String,
    /// AgentExtension STRING, tag 4.
    pub agent_extension: String,
    /// AgentID STRING, tag 5.
    pub agent_id: String,
    /// AgentInstrument STRING, tag 6.
    pub agent_instrument: String,
}

impl Body for ClientSessionOpenedEvent {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut m = Self {
            session_id: r.fixed()?,
            peripheral_id: r.fixed()?,
            services_granted: r.fixed()?,
            call_msg_mask: r.fixed()?,
            agent_state_mask: r.fixed()?,
            client_port: r.fixed()?,
            ..Self::default()
        };
        while let Some(f) = r.field()? {
            match f.tag {
                81 => m.client_address = f.text(),
                226 => m.client_address_ipv6 = f.text(),
                1 => m.client_id = f.text(),
                3 => m.client_signature = f.text(),
                4 => m.agent_extension = f.text(),
                5 => m.agent_id = f.text(),
                6 => m.agent_instrument = f.text(),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.session_id);
        w.fixed(self.peripheral_id);
        w.fixed(self.services_granted);
        w.fixed(self.call_msg_mask);
        w.fixed(self.agent_state_mask);
        w.fixed(self.client_port);
        w.required_text(&tags::CLIENT_ADDRESS, &self.client_address)?;
        if w.has(14) {
            w.text(&tags::CLIENT_ADDRESS_IPV6, &self.client_address_ipv6)?;
        }
        w.required_text(&tags::CLIENT_ID, &self.client_id)?;
        w.required_text(&tags::CLIENT_SIGNATURE, &self.client_signature)?;
        w.text(&tags::AGENT_EXTENSION, &self.agent_extension)?;
        w.text(&tags::AGENT_ID, &self.agent_id)?;
        w.text(&tags::AGENT_INSTRUMENT, &self.agent_instrument)?;
        Ok(())
    }
}

/// CLIENT_SESSION_CLOSED_EVENT (100), server to client.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ClientSessionClosedEvent {
    /// SessionID UINT.
    pub session_id: u32,
    /// PeripheralID UINT.
    pub peripheral_id: u32,
    /// Status UINT.
    pub status: StatusCode,
    /// ClientPort UINT.
    pub client_port: u32,
    /// ClientAddress STRING, tag 81, required.
    pub client_address: String,
    /// ClientAddressIPV6 STRING, tag 226, from version 14.
    pub client_address_ipv6: String,
    /// ClientID STRING, tag 1, required.
    pub client_id: String,
    /// ClientSignature STRING, tag 3, required.
    pub client_signature: String,
    /// AgentExtension STRING, tag 4.
    pub agent_extension: String,
    /// AgentID STRING, tag 5.
    pub agent_id: String,
    /// AgentInstrument STRING, tag 6.
    pub agent_instrument: String,
}

impl Body for ClientSessionClosedEvent {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut m = Self {
            session_id: r.fixed()?,
            peripheral_id: r.fixed()?,
            status: r.fixed()?,
            client_port: r.fixed()?,
            ..Self::default()
        };
        while let Some(f) = r.field()? {
            match f.tag {
                81 => m.client_address = f.text(),
                226 => m.client_address_ipv6 = f.text(),
                1 => m.client_id = f.text(),
                3 => m.client_signature = f.text(),
                4 => m.agent_extension = f.text(),
                5 => m.agent_id = f.text(),
                6 => m.agent_instrument = f.text(),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.session_id);
        w.fixed(self.peripheral_id);
        w.fixed(self.status);
        w.fixed(self.client_port);
        w.required_text(&tags::CLIENT_ADDRESS, &self.client_address)?;
        if w.has(14) {
            w.text(&tags::CLIENT_ADDRESS_IPV6, &self.client_address_ipv6)?;
        }
        w.required_text(&tags::CLIENT_ID, &self.client_id)?;
        w.required_text(&tags::CLIENT_SIGNATURE, &self.client_signature)?;
        w.text(&tags::AGENT_EXTENSION, &self.agent_extension)?;
        w.text(&tags::AGENT_ID, &self.agent_id)?;
        w.text(&tags::AGENT_INSTRUMENT, &self.agent_instrument)?;
        Ok(())
    }
}

/// SESSION_MONITOR_START_REQ (101), client to server.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SessionMonitorStartReq {
    /// InvokeID UINT.
    pub invoke_id: u32,
    /// SessionID UINT.
    pub session_id: u32,
}

impl Body for SessionMonitorStartReq {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let m = Self {
            invoke_id: r.fixed()?,
            session_id: r.fixed()?,
        };
        while r.field()?.is_some() {
            r.skip_unknown();
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.invoke_id);
        w.fixed(self.session_id);
        Ok(())
    }

    fn invoke_id(&self) -> Option<u32> {
        Some(self.invoke_id)
    }

    fn invoke_id_mut(&mut self) -> Option<&mut u32> {
        Some(&mut self.invoke_id)
    }
}

/// SESSION_MONITOR_START_CONF (102), server to client.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SessionMonitorStartConf {
    /// InvokeID UINT.
    pub invoke_id: u32,
    /// MonitorID UINT.
    pub monitor_id: u32,
}

impl Body for SessionMonitorStartConf {
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

/// SESSION_MONITOR_STOP_REQ (103), client to server.
///
/// One implementation names the second field SessionID; guides say MonitorID. Width is the same.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SessionMonitorStopReq {
    /// InvokeID UINT.
    pub invoke_id: u32,
    /// MonitorID UINT.
    pub monitor_id: u32,
}

impl Body for SessionMonitorStopReq {
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

/// SESSION_MONITOR_STOP_CONF (104), server to client.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SessionMonitorStopConf {
    /// InvokeID UINT.
    pub invoke_id: u32,
}

impl Body for SessionMonitorStopConf {
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
