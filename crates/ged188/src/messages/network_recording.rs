// Made from spec/ged188.toml by `cargo run -p ged188 --example generate`. Do not edit.

//! Network recording (v23).

use super::tags;
use crate::message::Body;
use crate::reader::Reader;
use crate::values::{ConnectionDeviceIdType, DeviceIdType};
use crate::writer::Writer;
use crate::{DecodeError, EncodeError};

/// START_NETWORK_RECORDING_REQ (268), client to server, from version 23.
///
/// Numbers 268-275 follow the per-message tables; one overview list is lower by one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StartNetworkRecordingReq {
    /// InvokeID UINT.
    pub invoke_id: u32,
    /// PeripheralID UINT.
    pub peripheral_id: u32,
    /// ConnectionCallID UINT.
    pub connection_call_id: u32,
    /// ConnectionDeviceIDType USHORT.
    pub connection_device_id_type: ConnectionDeviceIdType,
    /// PlayToneDirection USHORT, tag 289, from version 23.
    pub play_tone_direction: Option<u16>,
    /// InvocationType USHORT, tag 290, from version 23.
    pub invocation_type: Option<u16>,
    /// ConnectionDeviceID STRING, tag 25, required.
    pub connection_device_id: String,
    /// AgentInstrument STRING, tag 6.
    pub agent_instrument: String,
}

impl Body for StartNetworkRecordingReq {
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
                289 => m.play_tone_direction = Some(f.number()?),
                290 => m.invocation_type = Some(f.number()?),
                25 => m.connection_device_id = f.text(),
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
        if w.has(23) {
            w.number(&tags::PLAY_TONE_DIRECTION, self.play_tone_direction);
        }
        if w.has(23) {
            w.number(&tags::INVOCATION_TYPE, self.invocation_type);
        }
        w.required_text(&tags::CONNECTION_DEVICE_ID, &self.connection_device_id)?;
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

/// START_NETWORK_RECORDING_CONF (269), server to client, from version 23.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StartNetworkRecordingConf {
    /// InvokeID UINT.
    pub invoke_id: u32,
}

impl Body for StartNetworkRecordingConf {
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

/// STOP_NETWORK_RECORDING_REQ (270), client to server, from version 23.
///
/// Numbers 268-275 follow the per-message tables; one overview list is lower by one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StopNetworkRecordingReq {
    /// InvokeID UINT.
    pub invoke_id: u32,
    /// PeripheralID UINT.
    pub peripheral_id: u32,
    /// ConnectionCallID UINT.
    pub connection_call_id: u32,
    /// ConnectionDeviceIDType USHORT.
    pub connection_device_id_type: ConnectionDeviceIdType,
    /// InvocationType USHORT, tag 290, from version 23.
    pub invocation_type: Option<u16>,
    /// ConnectionDeviceID STRING, tag 25, required.
    pub connection_device_id: String,
    /// AgentInstrument STRING, tag 6.
    pub agent_instrument: String,
}

impl Body for StopNetworkRecordingReq {
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
                290 => m.invocation_type = Some(f.number()?),
                25 => m.connection_device_id = f.text(),
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
        if w.has(23) {
            w.number(&tags::INVOCATION_TYPE, self.invocation_type);
        }
        w.required_text(&tags::CONNECTION_DEVICE_ID, &self.connection_device_id)?;
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

/// STOP_NETWORK_RECORDING_CONF (271), server to client, from version 23.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StopNetworkRecordingConf {
    /// InvokeID UINT.
    pub invoke_id: u32,
}

impl Body for StopNetworkRecordingConf {
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

/// NETWORK_RECORDING_STARTED_EVENT (272), server to client, from version 23.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NetworkRecordingStartedEvent {
    /// MonitorID UINT.
    pub monitor_id: u32,
    /// PeripheralID UINT.
    pub peripheral_id: u32,
    /// ConnectionCallID UINT.
    pub connection_call_id: u32,
    /// ConnectionDeviceIDType USHORT.
    pub connection_device_id_type: ConnectionDeviceIdType,
    /// RecordingDeviceType USHORT.
    pub recording_device_type: DeviceIdType,
    /// ConnectionDeviceID STRING, tag 25, required.
    pub connection_device_id: String,
    /// RecordingDeviceID STRING, tag 300, from version 23.
    pub recording_device_id: String,
}

impl Body for NetworkRecordingStartedEvent {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut m = Self {
            monitor_id: r.fixed()?,
            peripheral_id: r.fixed()?,
            connection_call_id: r.fixed()?,
            connection_device_id_type: r.fixed()?,
            recording_device_type: r.fixed()?,
            ..Self::default()
        };
        while let Some(f) = r.field()? {
            match f.tag {
                25 => m.connection_device_id = f.text(),
                300 => m.recording_device_id = f.text(),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.monitor_id);
        w.fixed(self.peripheral_id);
        w.fixed(self.connection_call_id);
        w.fixed(self.connection_device_id_type);
        w.fixed(self.recording_device_type);
        w.required_text(&tags::CONNECTION_DEVICE_ID, &self.connection_device_id)?;
        if w.has(23) {
            w.text(&tags::RECORDING_DEVICE_ID, &self.recording_device_id)?;
        }
        Ok(())
    }

    fn monitor_id(&self) -> Option<u32> {
        Some(self.monitor_id)
    }
}

/// NETWORK_RECORDING_ENDED_EVENT (273), server to client, from version 23.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NetworkRecordingEndedEvent {
    /// MonitorID UINT.
    pub monitor_id: u32,
    /// PeripheralID UINT.
    pub peripheral_id: u32,
    /// ConnectionCallID UINT.
    pub connection_call_id: u32,
    /// ConnectionDeviceIDType USHORT.
    pub connection_device_id_type: ConnectionDeviceIdType,
    /// RecordingDeviceType USHORT.
    pub recording_device_type: DeviceIdType,
    /// ConnectionDeviceID STRING, tag 25, required.
    pub connection_device_id: String,
    /// RecordingDeviceID STRING, tag 300, from version 23.
    pub recording_device_id: String,
}

impl Body for NetworkRecordingEndedEvent {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut m = Self {
            monitor_id: r.fixed()?,
            peripheral_id: r.fixed()?,
            connection_call_id: r.fixed()?,
            connection_device_id_type: r.fixed()?,
            recording_device_type: r.fixed()?,
            ..Self::default()
        };
        while let Some(f) = r.field()? {
            match f.tag {
                25 => m.connection_device_id = f.text(),
                300 => m.recording_device_id = f.text(),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.monitor_id);
        w.fixed(self.peripheral_id);
        w.fixed(self.connection_call_id);
        w.fixed(self.connection_device_id_type);
        w.fixed(self.recording_device_type);
        w.required_text(&tags::CONNECTION_DEVICE_ID, &self.connection_device_id)?;
        if w.has(23) {
            w.text(&tags::RECORDING_DEVICE_ID, &self.recording_device_id)?;
        }
        Ok(())
    }

    fn monitor_id(&self) -> Option<u32> {
        Some(self.monitor_id)
    }
}

/// NETWORK_RECORDING_FAILED_EVENT (274), server to client, from version 23.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NetworkRecordingFailedEvent {
    /// MonitorID UINT.
    pub monitor_id: u32,
    /// PeripheralID UINT.
    pub peripheral_id: u32,
    /// ConnectionCallID UINT.
    pub connection_call_id: u32,
    /// ConnectionDeviceIDType USHORT.
    pub connection_device_id_type: ConnectionDeviceIdType,
    /// RecordingDeviceType USHORT.
    pub recording_device_type: DeviceIdType,
    /// RecordFailureCause USHORT.
    pub record_failure_cause: u16,
    /// ConnectionDeviceID STRING, tag 25, required.
    pub connection_device_id: String,
    /// RecordingDeviceID STRING, tag 300, from version 23.
    pub recording_device_id: String,
}

impl Body for NetworkRecordingFailedEvent {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut m = Self {
            monitor_id: r.fixed()?,
            peripheral_id: r.fixed()?,
            connection_call_id: r.fixed()?,
            connection_device_id_type: r.fixed()?,
            recording_device_type: r.fixed()?,
            record_failure_cause: r.fixed()?,
            ..Self::default()
        };
        while let Some(f) = r.field()? {
            match f.tag {
                25 => m.connection_device_id = f.text(),
                300 => m.recording_device_id = f.text(),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.monitor_id);
        w.fixed(self.peripheral_id);
        w.fixed(self.connection_call_id);
        w.fixed(self.connection_device_id_type);
        w.fixed(self.recording_device_type);
        w.fixed(self.record_failure_cause);
        w.required_text(&tags::CONNECTION_DEVICE_ID, &self.connection_device_id)?;
        if w.has(23) {
            w.text(&tags::RECORDING_DEVICE_ID, &self.recording_device_id)?;
        }
        Ok(())
    }

    fn monitor_id(&self) -> Option<u32> {
        Some(self.monitor_id)
    }
}

/// NETWORK_RECORDING_TARGET_INFO_EVENT (275), server to client, from version 23.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NetworkRecordingTargetInfoEvent {
    /// MonitorID UINT.
    pub monitor_id: u32,
    /// PeripheralID UINT.
    pub peripheral_id: u32,
    /// ConnectionCallID UINT.
    pub connection_call_id: u32,
    /// ConnectionDeviceIDType USHORT.
    pub connection_device_id_type: ConnectionDeviceIdType,
    /// RecordingDeviceType USHORT.
    pub recording_device_type: DeviceIdType,
    /// RecordingType USHORT.
    pub recording_type: u16,
    /// MediaForkingDeviceType USHORT.
    pub media_forking_device_type: u16,
    /// ConnectionDeviceID STRING, tag 25, required.
    pub connection_device_id: String,
    /// RecordingDeviceID STRING, tag 300, from version 23.
    pub recording_device_id: String,
    /// RecorderAddress STRING, tag 291, from version 23.
    pub recorder_address: String,
    /// TerminalName STRING, tag 292, from version 23.
    pub terminal_name: String,
    /// MediaForkingDeviceName STRING, tag 293, from version 23.
    pub media_forking_device_name: String,
    /// ProtocolReferenceGUID STRING, tag 294, from version 23.
    pub protocol_reference_guid: String,
    /// MediaForkingClusterID STRING, tag 295, from version 23.
    pub media_forking_cluster_id: String,
    /// RecorderURI STRING, tag 296, from version 23.
    pub recorder_uri: String,
    /// RecorderErrorMsg STRING, tag 297, from version 23.
    pub recorder_error_msg: String,
    /// RecorderType USHORT, tag 298, from version 23.
    pub recorder_type: Option<u16>,
    /// RecorderStatus USHORT, tag 299, from version 23.
    pub recorder_status: Option<u16>,
}

impl Body for NetworkRecordingTargetInfoEvent {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut m = Self {
            monitor_id: r.fixed()?,
            peripheral_id: r.fixed()?,
            connection_call_id: r.fixed()?,
            connection_device_id_type: r.fixed()?,
            recording_device_type: r.fixed()?,
            recording_type: r.fixed()?,
            media_forking_device_type: r.fixed()?,
            ..Self::default()
        };
        while let Some(f) = r.field()? {
            match f.tag {
                25 => m.connection_device_id = f.text(),
                300 => m.recording_device_id = f.text(),
                291 => m.recorder_address = f.text(),
                292 => m.terminal_name = f.text(),
                293 => m.media_forking_device_name = f.text(),
                294 => m.protocol_reference_guid = f.text(),
                295 => m.media_forking_cluster_id = f.text(),
                296 => m.recorder_uri = f.text(),
                297 => m.recorder_error_msg = f.text(),
                298 => m.recorder_type = Some(f.number()?),
                299 => m.recorder_status = Some(f.number()?),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.monitor_id);
        w.fixed(self.peripheral_id);
        w.fixed(self.connection_call_id);
        w.fixed(self.connection_device_id_type);
        w.fixed(self.recording_device_type);
        w.fixed(self.recording_type);
        w.fixed(self.media_forking_device_type);
        w.required_text(&tags::CONNECTION_DEVICE_ID, &self.connection_device_id)?;
        if w.has(23) {
            w.text(&tags::RECORDING_DEVICE_ID, &self.recording_device_id)?;
        }
        if w.has(23) {
            w.text(&tags::RECORDER_ADDRESS, &self.recorder_address)?;
        }
        if w.has(23) {
            w.text(&tags::TERMINAL_NAME, &self.terminal_name)?;
        }
        if w.has(23) {
            w.text(&tags::MEDIA_FORKING_DEVICE_NAME, &self.media_forking_device_name)?;
        }
        if w.has(23) {
            w.text(&tags::PROTOCOL_REFERENCE_GUID, &self.protocol_reference_guid)?;
        }
        if w.has(23) {
            w.text(&tags::MEDIA_FORKING_CLUSTER_ID, &self.media_forking_cluster_id)?;
        }
        if w.has(23) {
            w.text(&tags::RECORDER_URI, &self.recorder_uri)?;
        }
        if w.has(23) {
            w.text(&tags::RECORDER_ERROR_MSG, &self.recorder_error_msg)?;
        }
        if w.has(23) {
            w.number(&tags::RECORDER_TYPE, self.recorder_type);
        }
        if w.has(23) {
            w.number(&tags::RECORDER_STATUS, self.recorder_status);
        }
        Ok(())
    }

    fn monitor_id(&self) -> Option<u32> {
        Some(self.monitor_id)
    }
}
