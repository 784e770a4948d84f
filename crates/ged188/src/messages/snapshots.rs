// Made from spec/ged188.toml by `cargo run -p ged188 --example generate`. Do not edit.

//! Snapshots and devices.

use super::tags;
use super::{NamedArray, NamedVariable};
use crate::message::Body;
use crate::reader::Group;
use crate::reader::Reader;
use crate::values::{CallControlMask, CallEventMask, CallType, ClassOfDevice, ConnectionDeviceIdType, DeviceIdType, DispositionCode, FeatureMask, LineType, LocalConnectionState, PeripheralType, SilentMonitorStatus, TransferConferenceSetup, TypeOfDevice};
use crate::writer::Writer;
use crate::{DecodeError, EncodeError};

/// QUERY_DEVICE_INFO_REQ (78), client to server.
///
/// Reserved is USHORT in the guides, 4 bytes in one implementation: accept both (the floating part starts
/// with tag 6).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct QueryDeviceInfoReq {
    /// InvokeID UINT.
    pub invoke_id: u32,
    /// PeripheralID UINT.
    pub peripheral_id: u32,
    /// Reserved USHORT.
    pub reserved: u16,
    /// AgentInstrument STRING, tag 6, required.
    pub agent_instrument: String,
}

impl Body for QueryDeviceInfoReq {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut m = Self {
            invoke_id: r.fixed()?,
            peripheral_id: r.fixed()?,
            reserved: r.fixed()?,
            ..Self::default()
        };
        crate::quirks::skip_wide_reserved(r)?;
        while let Some(f) = r.field()? {
            match f.tag {
                6 => m.agent_instrument = f.text(),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.invoke_id);
        w.fixed(self.peripheral_id);
        w.fixed(self.reserved);
        w.required_text(&tags::AGENT_INSTRUMENT, &self.agent_instrument)?;
        Ok(())
    }

    fn invoke_id(&self) -> Option<u32> {
        Some(self.invoke_id)
    }

    fn invoke_id_mut(&mut self) -> Option<&mut u32> {
        Some(&mut self.invoke_id)
    }
}

/// One element of the list that NumLines counts in QUERY_DEVICE_INFO_CONF.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct QueryDeviceInfoConfLinesItem {
    /// FltLineHandle USHORT, tag 70.
    pub flt_line_handle: Option<u16>,
    /// FltLineType USHORT, tag 71.
    pub flt_line_type: Option<LineType>,
}

/// QUERY_DEVICE_INFO_CONF (79), server to client.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct QueryDeviceInfoConf {
    /// InvokeID UINT.
    pub invoke_id: u32,
    /// PeripheralType USHORT.
    pub peripheral_type: PeripheralType,
    /// TypeOfDevice USHORT.
    pub type_of_device: TypeOfDevice,
    /// ClassOfDevice USHORT.
    pub class_of_device: ClassOfDevice,
    /// Reserved USHORT.
    pub reserved: u16,
    /// MaxActiveCalls USHORT.
    pub max_active_calls: u16,
    /// MaxHeldCalls USHORT.
    pub max_held_calls: u16,
    /// MaxDevicesInConference USHORT.
    pub max_devices_in_conference: u16,
    /// MakeCallSetup UINT.
    pub make_call_setup: u32,
    /// TransferConferenceSetup UINT.
    pub transfer_conference_setup: TransferConferenceSetup,
    /// CallEventsSupported UINT.
    pub call_events_supported: CallEventMask,
    /// CallControlSupported UINT.
    pub call_control_supported: CallControlMask,
    /// OtherFeaturesSupported UINT.
    pub other_features_supported: FeatureMask,
    /// Counted by NumLines.
    pub lines: Vec<QueryDeviceInfoConfLinesItem>,
}

impl Body for QueryDeviceInfoConf {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let invoke_id = r.fixed()?;
        let peripheral_type = r.fixed()?;
        let type_of_device = r.fixed()?;
        let class_of_device = r.fixed()?;
        r.fixed::<u16>()?;
        let reserved = r.fixed()?;
        let max_active_calls = r.fixed()?;
        let max_held_calls = r.fixed()?;
        let max_devices_in_conference = r.fixed()?;
        let make_call_setup = r.fixed()?;
        let transfer_conference_setup = r.fixed()?;
        let call_events_supported = r.fixed()?;
        let call_control_supported = r.fixed()?;
        let other_features_supported = r.fixed()?;
        let mut m = Self {
            invoke_id,
            peripheral_type,
            type_of_device,
            class_of_device,
            reserved,
            max_active_calls,
            max_held_calls,
            max_devices_in_conference,
            make_call_setup,
            transfer_conference_setup,
            call_events_supported,
            call_control_supported,
            other_features_supported,
            ..Self::default()
        };
        let mut lines_group = Group::default();
        while let Some(f) = r.field()? {
            match f.tag {
                70 => lines_group.element(&mut m.lines, 0).flt_line_handle = Some(f.number()?),
                71 => lines_group.element(&mut m.lines, 1).flt_line_type = Some(f.number()?),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.invoke_id);
        w.fixed(self.peripheral_type);
        w.fixed(self.type_of_device);
        w.fixed(self.class_of_device);
        w.count::<u16>(self.lines.len(), 0);
        w.fixed(self.reserved);
        w.fixed(self.max_active_calls);
        w.fixed(self.max_held_calls);
        w.fixed(self.max_devices_in_conference);
        w.fixed(self.make_call_setup);
        w.fixed(self.transfer_conference_setup);
        w.fixed(self.call_events_supported);
        w.fixed(self.call_control_supported);
        w.fixed(self.other_features_supported);
        for item in &self.lines {
            w.first_number(&tags::FLT_LINE_HANDLE, item.flt_line_handle)?;
            w.number(&tags::FLT_LINE_TYPE, item.flt_line_type);
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

/// SNAPSHOT_CALL_REQ (82), client to server.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SnapshotCallReq {
    /// InvokeID UINT.
    pub invoke_id: u32,
    /// PeripheralID UINT.
    pub peripheral_id: u32,
    /// ConnectionCallID UINT.
    pub connection_call_id: u32,
    /// ConnectionDeviceIDType USHORT.
    pub connection_device_id_type: ConnectionDeviceIdType,
    /// ConnectionDeviceID STRING, tag 25, required.
    pub connection_device_id: String,
}

impl Body for SnapshotCallReq {
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
        w.required_text(&tags::CONNECTION_DEVICE_ID, &self.connection_device_id)?;
        Ok(())
    }

    fn invoke_id(&self) -> Option<u32> {
        Some(self.invoke_id)
    }

    fn invoke_id_mut(&mut self) -> Option<&mut u32> {
        Some(&mut self.invoke_id)
    }
}

/// One element of the list that NumCTIClients counts in SNAPSHOT_CALL_CONF.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SnapshotCallConfCtiClientsItem {
    /// CTIClientSignature STRING, tag 23.
    pub cti_client_signature: String,
    /// CTIClientTimestamp TIME, tag 24.
    pub cti_client_timestamp: Option<u32>,
}

/// One element of the list that NumCallDevices counts in SNAPSHOT_CALL_CONF.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SnapshotCallConfCallDevicesItem {
    /// CallConnectionCallID UINT, tag 56.
    pub call_connection_call_id: Option<u32>,
    /// CallConnectionDeviceIDType USHORT, tag 57.
    pub call_connection_device_id_type: Option<ConnectionDeviceIdType>,
    /// CallConnectionDeviceID STRING, tag 58.
    pub call_connection_device_id: String,
    /// CallDeviceType USHORT, tag 59.
    pub call_device_type: Option<DeviceIdType>,
    /// CallDeviceID STRING, tag 60.
    pub call_device_id: String,
    /// CallDeviceConnectionState USHORT, tag 61.
    pub call_device_connection_state: Option<LocalConnectionState>,
}

/// One element of the list that NumOfEnabledServices counts in SNAPSHOT_CALL_CONF.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SnapshotCallConfEnabledServicesItem {
    /// FltEnabledServices UINT, tag 309, from version 24.
    pub flt_enabled_services: Option<u32>,
}

/// SNAPSHOT_CALL_CONF (83), server to client.
///
/// NumCallDevices at most 16; six elements per device in this order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SnapshotCallConf {
    /// InvokeID UINT.
    pub invoke_id: u32,
    /// CallType USHORT.
    pub call_type: CallType,
    /// CalledPartyDisposition USHORT.
    pub called_party_disposition: DispositionCode,
    /// ANI STRING, tag 8.
    pub ani: String,
    /// UserToUserInfo UNSPEC, tag 9.
    pub user_to_user_info: Vec<u8>,
    /// DNIS STRING, tag 10.
    pub dnis: String,
    /// DialedNumber STRING, tag 11.
    pub dialed_number: String,
    /// CallerEnteredDigits STRING, tag 12.
    pub caller_entered_digits: String,
    /// RouterCallKeyDay UINT, tag 72.
    pub router_call_key_day: Option<u32>,
    /// RouterCallKeyCallID UINT, tag 73.
    pub router_call_key_call_id: Option<u32>,
    /// RouterCallKeySequenceNumber UINT, tag 110.
    pub router_call_key_sequence_number: Option<u32>,
    /// CallVariable1 to CallVariable10, at most 40 bytes each.
    pub call_variables: [String; 10],
    /// CallWrapupData STRING, tag 46.
    pub call_wrapup_data: String,
    /// Counted by NumNamedVariables.
    pub named_variables: Vec<NamedVariable>,
    /// Counted by NumNamedArrays.
    pub named_arrays: Vec<NamedArray>,
    /// Counted by NumCTIClients.
    pub cti_clients: Vec<SnapshotCallConfCtiClientsItem>,
    /// Counted by NumCallDevices.
    pub call_devices: Vec<SnapshotCallConfCallDevicesItem>,
    /// CallReferenceID UNSPEC, tag 223, from version 14.
    pub call_reference_id: Vec<u8>,
    /// COCConnectionCallID UINT, tag 229, from version 14.
    pub coc_connection_call_id: Option<u32>,
    /// COCCallConnectionDeviceIDType USHORT, tag 230, from version 14.
    pub coc_call_connection_device_id_type: Option<ConnectionDeviceIdType>,
    /// COCCallConnectionDeviceID STRING, tag 231, from version 14.
    pub coc_call_connection_device_id: String,
    /// ProtocolReferenceGUID STRING, tag 294, from version 24.
    pub protocol_reference_guid: String,
    /// CcaiConfigID STRING, tag 311, from version 24.
    pub ccai_config_id: String,
    /// Counted by NumOfEnabledServices, from version 24.
    pub enabled_services: Vec<SnapshotCallConfEnabledServicesItem>,
}

impl Body for SnapshotCallConf {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let invoke_id = r.fixed()?;
        let call_type = r.fixed()?;
        r.fixed::<u16>()?;
        r.fixed::<u16>()?;
        r.fixed::<u16>()?;
        r.fixed::<u16>()?;
        let called_party_disposition = r.fixed()?;
        let mut m = Self {
            invoke_id,
            call_type,
            called_party_disposition,
            ..Self::default()
        };
        let mut cti_clients_group = Group::default();
        let mut call_devices_group = Group::default();
        let mut enabled_services_group = Group::default();
        while let Some(f) = r.field()? {
            match f.tag {
                8 => m.ani = f.text(),
                9 => m.user_to_user_info = f.opaque(),
                10 => m.dnis = f.text(),
                11 => m.dialed_number = f.text(),
                12 => m.caller_entered_digits = f.text(),
                72 => m.router_call_key_day = Some(f.number()?),
                73 => m.router_call_key_call_id = Some(f.number()?),
                110 => m.router_call_key_sequence_number = Some(f.number()?),
                13..=22 => f.call_variable(&mut m.call_variables),
                46 => m.call_wrapup_data = f.text(),
                82 => m.named_variables.push(f.named_variable()),
                83 => m.named_arrays.push(f.named_array()?),
                23 => cti_clients_group.element(&mut m.cti_clients, 0).cti_client_signature = f.text(),
                24 => cti_clients_group.element(&mut m.cti_clients, 1).cti_client_timestamp = Some(f.number()?),
                56 => call_devices_group.element(&mut m.call_devices, 0).call_connection_call_id = Some(f.number()?),
                57 => call_devices_group.element(&mut m.call_devices, 1).call_connection_device_id_type = Some(f.number()?),
                58 => call_devices_group.element(&mut m.call_devices, 2).call_connection_device_id = f.text(),
                59 => call_devices_group.element(&mut m.call_devices, 3).call_device_type = Some(f.number()?),
                60 => call_devices_group.element(&mut m.call_devices, 4).call_device_id = f.text(),
                61 => call_devices_group.element(&mut m.call_devices, 5).call_device_connection_state = Some(f.number()?),
                223 => m.call_reference_id = f.opaque(),
                229 => m.coc_connection_call_id = Some(f.number()?),
                230 => m.coc_call_connection_device_id_type = Some(f.number()?),
                231 => m.coc_call_connection_device_id = f.text(),
                294 => m.protocol_reference_guid = f.text(),
                311 => m.ccai_config_id = f.text(),
                310 => {}
                309 => enabled_services_group.element(&mut m.enabled_services, 0).flt_enabled_services = Some(f.number()?),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.invoke_id);
        w.fixed(self.call_type);
        w.count::<u16>(self.cti_clients.len(), 0);
        w.count::<u16>(self.call_devices.len(), 0);
        w.count::<u16>(self.named_variables.len(), 0);
        w.count::<u16>(self.named_arrays.len(), 0);
        w.fixed(self.called_party_disposition);
        w.text(&tags::ANI, &self.ani)?;
        w.opaque(&tags::USER_TO_USER_INFO, &self.user_to_user_info)?;
        w.text(&tags::DNIS, &self.dnis)?;
        w.text(&tags::DIALED_NUMBER, &self.dialed_number)?;
        w.text(&tags::CALLER_ENTERED_DIGITS, &self.caller_entered_digits)?;
        w.number(&tags::ROUTER_CALL_KEY_DAY, self.router_call_key_day);
        w.number(&tags::ROUTER_CALL_KEY_CALL_ID, self.router_call_key_call_id);
        w.number(&tags::ROUTER_CALL_KEY_SEQUENCE_NUMBER, self.router_call_key_sequence_number);
        w.call_variables(&self.call_variables)?;
        w.text(&tags::CALL_WRAPUP_DATA, &self.call_wrapup_data)?;
        for item in &self.named_variables {
            w.named_variable(&tags::NAMED_VARIABLE, item)?;
        }
        for item in &self.named_arrays {
            w.named_array(&tags::NAMED_ARRAY, item)?;
        }
        for item in &self.cti_clients {
            w.required_text(&tags::CTI_CLIENT_SIGNATURE, &item.cti_client_signature)?;
            w.number(&tags::CTI_CLIENT_TIMESTAMP, item.cti_client_timestamp);
        }
        for item in &self.call_devices {
            w.first_number(&tags::CALL_CONNECTION_CALL_ID, item.call_connection_call_id)?;
            w.number(&tags::CALL_CONNECTION_DEVICE_ID_TYPE, item.call_connection_device_id_type);
            w.text(&tags::CALL_CONNECTION_DEVICE_ID, &item.call_connection_device_id)?;
            w.number(&tags::CALL_DEVICE_TYPE, item.call_device_type);
            w.text(&tags::CALL_DEVICE_ID, &item.call_device_id)?;
            w.number(&tags::CALL_DEVICE_CONNECTION_STATE, item.call_device_connection_state);
        }
        if w.has(14) {
            w.opaque(&tags::CALL_REFERENCE_ID, &self.call_reference_id)?;
        }
        if w.has(14) {
            w.number(&tags::COC_CONNECTION_CALL_ID, self.coc_connection_call_id);
        }
        if w.has(14) {
            w.number(&tags::COC_CALL_CONNECTION_DEVICE_ID_TYPE, self.coc_call_connection_device_id_type);
        }
        if w.has(14) {
            w.text(&tags::COC_CALL_CONNECTION_DEVICE_ID, &self.coc_call_connection_device_id)?;
        }
        if w.has(24) {
            w.text(&tags::PROTOCOL_REFERENCE_GUID, &self.protocol_reference_guid)?;
        }
        if w.has(24) {
            w.text(&tags::CCAI_CONFIG_ID, &self.ccai_config_id)?;
        }
        if w.has(24) {
            w.floating_count::<u16>(&tags::NUM_OF_ENABLED_SERVICES, self.enabled_services.len());
            for item in &self.enabled_services {
                w.first_number(&tags::FLT_ENABLED_SERVICES, item.flt_enabled_services)?;
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
}

/// SNAPSHOT_DEVICE_REQ (84), client to server.
///
/// SnapshotDeviceType exists from v10-13. AgentInstrument carries the device id.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SnapshotDeviceReq {
    /// InvokeID UINT.
    pub invoke_id: u32,
    /// PeripheralID UINT.
    pub peripheral_id: u32,
    /// SnapshotDeviceType USHORT.
    pub snapshot_device_type: DeviceIdType,
    /// AgentInstrument STRING, tag 6, required.
    pub agent_instrument: String,
}

impl Body for SnapshotDeviceReq {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut m = Self {
            invoke_id: r.fixed()?,
            peripheral_id: r.fixed()?,
            snapshot_device_type: r.fixed()?,
            ..Self::default()
        };
        while let Some(f) = r.field()? {
            match f.tag {
                6 => m.agent_instrument = f.text(),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.invoke_id);
        w.fixed(self.peripheral_id);
        w.fixed(self.snapshot_device_type);
        w.required_text(&tags::AGENT_INSTRUMENT, &self.agent_instrument)?;
        Ok(())
    }

    fn invoke_id(&self) -> Option<u32> {
        Some(self.invoke_id)
    }

    fn invoke_id_mut(&mut self) -> Option<&mut u32> {
        Some(&mut self.invoke_id)
    }
}

/// One element of the list that NumCalls counts in SNAPSHOT_DEVICE_CONF.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SnapshotDeviceConfCallsItem {
    /// CallConnectionCallID UINT, tag 56.
    pub call_connection_call_id: Option<u32>,
    /// CallConnectionDeviceIDType USHORT, tag 57.
    pub call_connection_device_id_type: Option<ConnectionDeviceIdType>,
    /// CallConnectionDeviceID STRING, tag 58.
    pub call_connection_device_id: String,
    /// CallState USHORT, tag 75.
    pub call_state: Option<LocalConnectionState>,
    /// SilentMonitorStatus USHORT, tag 218.
    pub silent_monitor_status: Option<SilentMonitorStatus>,
}

/// SNAPSHOT_DEVICE_CONF (85), server to client.
///
/// NumCalls at most 16. SilentMonitorStatus is optional.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SnapshotDeviceConf {
    /// InvokeID UINT.
    pub invoke_id: u32,
    /// Counted by NumCalls.
    pub calls: Vec<SnapshotDeviceConfCallsItem>,
}

impl Body for SnapshotDeviceConf {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let invoke_id = r.fixed()?;
        r.fixed::<u16>()?;
        let mut m = Self {
            invoke_id,
            ..Self::default()
        };
        let mut calls_group = Group::default();
        while let Some(f) = r.field()? {
            match f.tag {
                56 => calls_group.element(&mut m.calls, 0).call_connection_call_id = Some(f.number()?),
                57 => calls_group.element(&mut m.calls, 1).call_connection_device_id_type = Some(f.number()?),
                58 => calls_group.element(&mut m.calls, 2).call_connection_device_id = f.text(),
                75 => calls_group.element(&mut m.calls, 3).call_state = Some(f.number()?),
                218 => calls_group.element(&mut m.calls, 4).silent_monitor_status = Some(f.number()?),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.invoke_id);
        w.count::<u16>(self.calls.len(), 0);
        for item in &self.calls {
            w.first_number(&tags::CALL_CONNECTION_CALL_ID, item.call_connection_call_id)?;
            w.number(&tags::CALL_CONNECTION_DEVICE_ID_TYPE, item.call_connection_device_id_type);
            w.text(&tags::CALL_CONNECTION_DEVICE_ID, &item.call_connection_device_id)?;
            w.number(&tags::CALL_STATE, item.call_state);
            w.number(&tags::SILENT_MONITOR_STATUS, item.silent_monitor_status);
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

/// SET_DEVICE_ATTRIBUTES_REQ (141), client to server.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SetDeviceAttributesReq {
    /// InvokeID UINT.
    pub invoke_id: u32,
    /// PeripheralID UINT.
    pub peripheral_id: u32,
    /// ServiceNumber UINT.
    pub service_number: u32,
    /// ServiceID UINT.
    pub service_id: u32,
    /// SkillGroupNumber UINT.
    pub skill_group_number: u32,
    /// SkillGroupID UINT.
    pub skill_group_id: u32,
    /// SkillGroupPriority USHORT.
    pub skill_group_priority: u16,
    /// CallType USHORT.
    pub call_type: CallType,
    /// CallingDeviceType USHORT.
    pub calling_device_type: DeviceIdType,
    /// CallingDeviceID STRING, tag 27, required.
    pub calling_device_id: String,
}

impl Body for SetDeviceAttributesReq {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut m = Self {
            invoke_id: r.fixed()?,
            peripheral_id: r.fixed()?,
            service_number: r.fixed()?,
            service_id: r.fixed()?,
            skill_group_number: r.fixed()?,
            skill_group_id: r.fixed()?,
            skill_group_priority: r.fixed()?,
            call_type: r.fixed()?,
            calling_device_type: r.fixed()?,
            ..Self::default()
        };
        while let Some(f) = r.field()? {
            match f.tag {
                27 => m.calling_device_id = f.text(),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.invoke_id);
        w.fixed(self.peripheral_id);
        w.fixed(self.service_number);
        w.fixed(self.service_id);
        w.fixed(self.skill_group_number);
        w.fixed(self.skill_group_id);
        w.fixed(self.skill_group_priority);
        w.fixed(self.call_type);
        w.fixed(self.calling_device_type);
        w.required_text(&tags::CALLING_DEVICE_ID, &self.calling_device_id)?;
        Ok(())
    }

    fn invoke_id(&self) -> Option<u32> {
        Some(self.invoke_id)
    }

    fn invoke_id_mut(&mut self) -> Option<&mut u32> {
        Some(&mut self.invoke_id)
    }
}

/// SET_DEVICE_ATTRIBUTES_CONF (142), server to client.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SetDeviceAttributesConf {
    /// InvokeID UINT.
    pub invoke_id: u32,
}

impl Body for SetDeviceAttributesConf {
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
