// Made from spec/ged188.toml by `cargo run -p ged188 --example generate`. Do not edit.

//! Call events.

use super::tags;
use super::{NamedArray, NamedVariable};
use crate::message::Body;
use crate::reader::Group;
use crate::reader::Reader;
use crate::values::{CallType, ConnectionDeviceIdType, DeviceIdType, DispositionCode, EventCause, GreetingEventCode, LineType, LocalConnectionState, PeripheralType, RtpDirection, RtpType};
use crate::writer::Writer;
use crate::{DecodeError, EncodeError};

/// CALL_DELIVERED_EVENT (9), server to client.
///
/// LocalConnectionState ALERTING for the alerting device. LineHandle 0xFFFF when unknown.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CallDeliveredEvent {
    /// MonitorID UINT.
    pub monitor_id: u32,
    /// PeripheralID UINT.
    pub peripheral_id: u32,
    /// PeripheralType USHORT.
    pub peripheral_type: PeripheralType,
    /// ConnectionDeviceIDType USHORT.
    pub connection_device_id_type: ConnectionDeviceIdType,
    /// ConnectionCallID UINT.
    pub connection_call_id: u32,
    /// LineHandle USHORT.
    pub line_handle: u16,
    /// LineType USHORT.
    pub line_type: LineType,
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
    /// AlertingDeviceType USHORT.
    pub alerting_device_type: DeviceIdType,
    /// CallingDeviceType USHORT.
    pub calling_device_type: DeviceIdType,
    /// CalledDeviceType USHORT.
    pub called_device_type: DeviceIdType,
    /// LastRedirectDeviceType USHORT.
    pub last_redirect_device_type: DeviceIdType,
    /// LocalConnectionState USHORT.
    pub local_connection_state: LocalConnectionState,
    /// EventCause USHORT.
    pub event_cause: EventCause,
    /// ConnectionDeviceID STRING, tag 25, required.
    pub connection_device_id: String,
    /// AlertingDeviceID STRING, tag 26.
    pub alerting_device_id: String,
    /// CallingDeviceID STRING, tag 27.
    pub calling_device_id: String,
    /// CalledDeviceID STRING, tag 28.
    pub called_device_id: String,
    /// LastRedirectDeviceID STRING, tag 29.
    pub last_redirect_device_id: String,
    /// TrunkNumber UINT, tag 121.
    pub trunk_number: Option<u32>,
    /// TrunkGroupNumber UINT, tag 122.
    pub trunk_group_number: Option<u32>,
    /// SecondaryConnectionCallID UINT, tag 202.
    pub secondary_connection_call_id: Option<u32>,
    /// ANI STRING, tag 8.
    pub ani: String,
    /// ANI_II STRING, tag 215.
    pub ani_ii: String,
    /// UserToUserInfo UNSPEC, tag 9.
    pub user_to_user_info: Vec<u8>,
    /// DNIS STRING, tag 10.
    pub dnis: String,
    /// DialedNumber STRING, tag 11.
    pub dialed_number: String,
    /// CallerEnteredDigits STRING, tag 12.
    pub caller_entered_digits: String,
    /// CallVariable1 to CallVariable10, at most 40 bytes each.
    pub call_variables: [String; 10],
    /// CallWrapupData STRING, tag 46.
    pub call_wrapup_data: String,
    /// Counted by NumNamedVariables.
    pub named_variables: Vec<NamedVariable>,
    /// Counted by NumNamedArrays.
    pub named_arrays: Vec<NamedArray>,
}

impl Body for CallDeliveredEvent {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let monitor_id = r.fixed()?;
        let peripheral_id = r.fixed()?;
        let peripheral_type = r.fixed()?;
        let connection_device_id_type = r.fixed()?;
        let connection_call_id = r.fixed()?;
        let line_handle = r.fixed()?;
        let line_type = r.fixed()?;
        let service_number = r.fixed()?;
        let service_id = r.fixed()?;
        let skill_group_number = r.fixed()?;
        let skill_group_id = r.fixed()?;
        let skill_group_priority = r.fixed()?;
        let alerting_device_type = r.fixed()?;
        let calling_device_type = r.fixed()?;
        let called_device_type = r.fixed()?;
        let last_redirect_device_type = r.fixed()?;
        let local_connection_state = r.fixed()?;
        let event_cause = r.fixed()?;
        r.fixed::<u16>()?;
        r.fixed::<u16>()?;
        let mut m = Self {
            monitor_id,
            peripheral_id,
            peripheral_type,
            connection_device_id_type,
            connection_call_id,
            line_handle,
            line_type,
            service_number,
            service_id,
            skill_group_number,
            skill_group_id,
            skill_group_priority,
            alerting_device_type,
            calling_device_type,
            called_device_type,
            last_redirect_device_type,
            local_connection_state,
            event_cause,
            ..Self::default()
        };
        while let Some(f) = r.field()? {
            match f.tag {
                25 => m.connection_device_id = f.text(),
                26 => m.alerting_device_id = f.text(),
                27 => m.calling_device_id = f.text(),
                28 => m.called_device_id = f.text(),
                29 => m.last_redirect_device_id = f.text(),
                121 => m.trunk_number = Some(f.number()?),
                122 => m.trunk_group_number = Some(f.number()?),
                202 => m.secondary_connection_call_id = Some(f.number()?),
                8 => m.ani = f.text(),
                215 => m.ani_ii = f.text(),
                9 => m.user_to_user_info = f.opaque(),
                10 => m.dnis = f.text(),
                11 => m.dialed_number = f.text(),
                12 => m.caller_entered_digits = f.text(),
                13..=22 => f.call_variable(&mut m.call_variables),
                46 => m.call_wrapup_data = f.text(),
                82 => m.named_variables.push(f.named_variable()),
                83 => m.named_arrays.push(f.named_array()?),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.monitor_id);
        w.fixed(self.peripheral_id);
        w.fixed(self.peripheral_type);
        w.fixed(self.connection_device_id_type);
        w.fixed(self.connection_call_id);
        w.fixed(self.line_handle);
        w.fixed(self.line_type);
        w.fixed(self.service_number);
        w.fixed(self.service_id);
        w.fixed(self.skill_group_number);
        w.fixed(self.skill_group_id);
        w.fixed(self.skill_group_priority);
        w.fixed(self.alerting_device_type);
        w.fixed(self.calling_device_type);
        w.fixed(self.called_device_type);
        w.fixed(self.last_redirect_device_type);
        w.fixed(self.local_connection_state);
        w.fixed(self.event_cause);
        w.count::<u16>(self.named_variables.len(), 0);
        w.count::<u16>(self.named_arrays.len(), 0);
        w.required_text(&tags::CONNECTION_DEVICE_ID, &self.connection_device_id)?;
        w.text(&tags::ALERTING_DEVICE_ID, &self.alerting_device_id)?;
        w.text(&tags::CALLING_DEVICE_ID, &self.calling_device_id)?;
        w.text(&tags::CALLED_DEVICE_ID, &self.called_device_id)?;
        w.text(&tags::LAST_REDIRECT_DEVICE_ID, &self.last_redirect_device_id)?;
        w.number(&tags::TRUNK_NUMBER, self.trunk_number);
        w.number(&tags::TRUNK_GROUP_NUMBER, self.trunk_group_number);
        w.number(&tags::SECONDARY_CONNECTION_CALL_ID, self.secondary_connection_call_id);
        w.text(&tags::ANI, &self.ani)?;
        w.text(&tags::ANI_II, &self.ani_ii)?;
        w.opaque(&tags::USER_TO_USER_INFO, &self.user_to_user_info)?;
        w.text(&tags::DNIS, &self.dnis)?;
        w.text(&tags::DIALED_NUMBER, &self.dialed_number)?;
        w.text(&tags::CALLER_ENTERED_DIGITS, &self.caller_entered_digits)?;
        w.call_variables(&self.call_variables)?;
        w.text(&tags::CALL_WRAPUP_DATA, &self.call_wrapup_data)?;
        for item in &self.named_variables {
            w.named_variable(&tags::NAMED_VARIABLE, item)?;
        }
        for item in &self.named_arrays {
            w.named_array(&tags::NAMED_ARRAY, item)?;
        }
        Ok(())
    }

    fn monitor_id(&self) -> Option<u32> {
        Some(self.monitor_id)
    }
}

/// CALL_ESTABLISHED_EVENT (10), server to client.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CallEstablishedEvent {
    /// MonitorID UINT.
    pub monitor_id: u32,
    /// PeripheralID UINT.
    pub peripheral_id: u32,
    /// PeripheralType USHORT.
    pub peripheral_type: PeripheralType,
    /// ConnectionDeviceIDType USHORT.
    pub connection_device_id_type: ConnectionDeviceIdType,
    /// ConnectionCallID UINT.
    pub connection_call_id: u32,
    /// LineHandle USHORT.
    pub line_handle: u16,
    /// LineType USHORT.
    pub line_type: LineType,
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
    /// AnsweringDeviceType USHORT.
    pub answering_device_type: DeviceIdType,
    /// CallingDeviceType USHORT.
    pub calling_device_type: DeviceIdType,
    /// CalledDeviceType USHORT.
    pub called_device_type: DeviceIdType,
    /// LastRedirectDeviceType USHORT.
    pub last_redirect_device_type: DeviceIdType,
    /// LocalConnectionState USHORT.
    pub local_connection_state: LocalConnectionState,
    /// EventCause USHORT.
    pub event_cause: EventCause,
    /// ConnectionDeviceID STRING, tag 25, required.
    pub connection_device_id: String,
    /// AnsweringDeviceID STRING, tag 30.
    pub answering_device_id: String,
    /// CallingDeviceID STRING, tag 27.
    pub calling_device_id: String,
    /// CalledDeviceID STRING, tag 28.
    pub called_device_id: String,
    /// LastRedirectDeviceID STRING, tag 29.
    pub last_redirect_device_id: String,
    /// TrunkNumber UINT, tag 121.
    pub trunk_number: Option<u32>,
    /// TrunkGroupNumber UINT, tag 122.
    pub trunk_group_number: Option<u32>,
}

impl Body for CallEstablishedEvent {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut m = Self {
            monitor_id: r.fixed()?,
            peripheral_id: r.fixed()?,
            peripheral_type: r.fixed()?,
            connection_device_id_type: r.fixed()?,
            connection_call_id: r.fixed()?,
            line_handle: r.fixed()?,
            line_type: r.fixed()?,
            service_number: r.fixed()?,
            service_id: r.fixed()?,
            skill_group_number: r.fixed()?,
            skill_group_id: r.fixed()?,
            skill_group_priority: r.fixed()?,
            answering_device_type: r.fixed()?,
            calling_device_type: r.fixed()?,
            called_device_type: r.fixed()?,
            last_redirect_device_type: r.fixed()?,
            local_connection_state: r.fixed()?,
            event_cause: r.fixed()?,
            ..Self::default()
        };
        while let Some(f) = r.field()? {
            match f.tag {
                25 => m.connection_device_id = f.text(),
                30 => m.answering_device_id = f.text(),
                27 => m.calling_device_id = f.text(),
                28 => m.called_device_id = f.text(),
                29 => m.last_redirect_device_id = f.text(),
                121 => m.trunk_number = Some(f.number()?),
                122 => m.trunk_group_number = Some(f.number()?),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.monitor_id);
        w.fixed(self.peripheral_id);
        w.fixed(self.peripheral_type);
        w.fixed(self.connection_device_id_type);
        w.fixed(self.connection_call_id);
        w.fixed(self.line_handle);
        w.fixed(self.line_type);
        w.fixed(self.service_number);
        w.fixed(self.service_id);
        w.fixed(self.skill_group_number);
        w.fixed(self.skill_group_id);
        w.fixed(self.skill_group_priority);
        w.fixed(self.answering_device_type);
        w.fixed(self.calling_device_type);
        w.fixed(self.called_device_type);
        w.fixed(self.last_redirect_device_type);
        w.fixed(self.local_connection_state);
        w.fixed(self.event_cause);
        w.required_text(&tags::CONNECTION_DEVICE_ID, &self.connection_device_id)?;
        w.text(&tags::ANSWERING_DEVICE_ID, &self.answering_device_id)?;
        w.text(&tags::CALLING_DEVICE_ID, &self.calling_device_id)?;
        w.text(&tags::CALLED_DEVICE_ID, &self.called_device_id)?;
        w.text(&tags::LAST_REDIRECT_DEVICE_ID, &self.last_redirect_device_id)?;
        w.number(&tags::TRUNK_NUMBER, self.trunk_number);
        w.number(&tags::TRUNK_GROUP_NUMBER, self.trunk_group_number);
        Ok(())
    }

    fn monitor_id(&self) -> Option<u32> {
        Some(self.monitor_id)
    }
}

/// CALL_HELD_EVENT (11), server to client.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CallHeldEvent {
    /// MonitorID UINT.
    pub monitor_id: u32,
    /// PeripheralID UINT.
    pub peripheral_id: u32,
    /// PeripheralType USHORT.
    pub peripheral_type: PeripheralType,
    /// ConnectionDeviceIDType USHORT.
    pub connection_device_id_type: ConnectionDeviceIdType,
    /// ConnectionCallID UINT.
    pub connection_call_id: u32,
    /// HoldingDeviceType USHORT.
    pub holding_device_type: DeviceIdType,
    /// LocalConnectionState USHORT.
    pub local_connection_state: LocalConnectionState,
    /// EventCause USHORT.
    pub event_cause: EventCause,
    /// ConnectionDeviceID STRING, tag 25, required.
    pub connection_device_id: String,
    /// HoldingDeviceID STRING, tag 31.
    pub holding_device_id: String,
}

impl Body for CallHeldEvent {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut m = Self {
            monitor_id: r.fixed()?,
            peripheral_id: r.fixed()?,
            peripheral_type: r.fixed()?,
            connection_device_id_type: r.fixed()?,
            connection_call_id: r.fixed()?,
            holding_device_type: r.fixed()?,
            local_connection_state: r.fixed()?,
            event_cause: r.fixed()?,
            ..Self::default()
        };
        while let Some(f) = r.field()? {
            match f.tag {
                25 => m.connection_device_id = f.text(),
                31 => m.holding_device_id = f.text(),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.monitor_id);
        w.fixed(self.peripheral_id);
        w.fixed(self.peripheral_type);
        w.fixed(self.connection_device_id_type);
        w.fixed(self.connection_call_id);
        w.fixed(self.holding_device_type);
        w.fixed(self.local_connection_state);
        w.fixed(self.event_cause);
        w.required_text(&tags::CONNECTION_DEVICE_ID, &self.connection_device_id)?;
        w.text(&tags::HOLDING_DEVICE_ID, &self.holding_device_id)?;
        Ok(())
    }

    fn monitor_id(&self) -> Option<u32> {
        Some(self.monitor_id)
    }
}

/// CALL_RETRIEVED_EVENT (12), server to client.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CallRetrievedEvent {
    /// MonitorID UINT.
    pub monitor_id: u32,
    /// PeripheralID UINT.
    pub peripheral_id: u32,
    /// PeripheralType USHORT.
    pub peripheral_type: PeripheralType,
    /// ConnectionDeviceIDType USHORT.
    pub connection_device_id_type: ConnectionDeviceIdType,
    /// ConnectionCallID UINT.
    pub connection_call_id: u32,
    /// RetrievingDeviceType USHORT.
    pub retrieving_device_type: DeviceIdType,
    /// LocalConnectionState USHORT.
    pub local_connection_state: LocalConnectionState,
    /// EventCause USHORT.
    pub event_cause: EventCause,
    /// ConnectionDeviceID STRING, tag 25, required.
    pub connection_device_id: String,
    /// RetrievingDeviceID STRING, tag 32.
    pub retrieving_device_id: String,
}

impl Body for CallRetrievedEvent {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut m = Self {
            monitor_id: r.fixed()?,
            peripheral_id: r.fixed()?,
            peripheral_type: r.fixed()?,
            connection_device_id_type: r.fixed()?,
            connection_call_id: r.fixed()?,
            retrieving_device_type: r.fixed()?,
            local_connection_state: r.fixed()?,
            event_cause: r.fixed()?,
            ..Self::default()
        };
        while let Some(f) = r.field()? {
            match f.tag {
                25 => m.connection_device_id = f.text(),
                32 => m.retrieving_device_id = f.text(),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.monitor_id);
        w.fixed(self.peripheral_id);
        w.fixed(self.peripheral_type);
        w.fixed(self.connection_device_id_type);
        w.fixed(self.connection_call_id);
        w.fixed(self.retrieving_device_type);
        w.fixed(self.local_connection_state);
        w.fixed(self.event_cause);
        w.required_text(&tags::CONNECTION_DEVICE_ID, &self.connection_device_id)?;
        w.text(&tags::RETRIEVING_DEVICE_ID, &self.retrieving_device_id)?;
        Ok(())
    }

    fn monitor_id(&self) -> Option<u32> {
        Some(self.monitor_id)
    }
}

/// CALL_CLEARED_EVENT (13), server to client.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CallClearedEvent {
    /// MonitorID UINT.
    pub monitor_id: u32,
    /// PeripheralID UINT.
    pub peripheral_id: u32,
    /// PeripheralType USHORT.
    pub peripheral_type: PeripheralType,
    /// ConnectionDeviceIDType USHORT.
    pub connection_device_id_type: ConnectionDeviceIdType,
    /// ConnectionCallID UINT.
    pub connection_call_id: u32,
    /// LocalConnectionState USHORT.
    pub local_connection_state: LocalConnectionState,
    /// EventCause USHORT.
    pub event_cause: EventCause,
    /// ConnectionDeviceID STRING, tag 25, required.
    pub connection_device_id: String,
}

impl Body for CallClearedEvent {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut m = Self {
            monitor_id: r.fixed()?,
            peripheral_id: r.fixed()?,
            peripheral_type: r.fixed()?,
            connection_device_id_type: r.fixed()?,
            connection_call_id: r.fixed()?,
            local_connection_state: r.fixed()?,
            event_cause: r.fixed()?,
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
        w.fixed(self.monitor_id);
        w.fixed(self.peripheral_id);
        w.fixed(self.peripheral_type);
        w.fixed(self.connection_device_id_type);
        w.fixed(self.connection_call_id);
        w.fixed(self.local_connection_state);
        w.fixed(self.event_cause);
        w.required_text(&tags::CONNECTION_DEVICE_ID, &self.connection_device_id)?;
        Ok(())
    }

    fn monitor_id(&self) -> Option<u32> {
        Some(self.monitor_id)
    }
}

/// CALL_CONNECTION_CLEARED_EVENT (14), server to client.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CallConnectionClearedEvent {
    /// MonitorID UINT.
    pub monitor_id: u32,
    /// PeripheralID UINT.
    pub peripheral_id: u32,
    /// PeripheralType USHORT.
    pub peripheral_type: PeripheralType,
    /// ConnectionDeviceIDType USHORT.
    pub connection_device_id_type: ConnectionDeviceIdType,
    /// ConnectionCallID UINT.
    pub connection_call_id: u32,
    /// ReleasingDeviceType USHORT.
    pub releasing_device_type: DeviceIdType,
    /// LocalConnectionState USHORT.
    pub local_connection_state: LocalConnectionState,
    /// EventCause USHORT.
    pub event_cause: EventCause,
    /// ConnectionDeviceID STRING, tag 25, required.
    pub connection_device_id: String,
    /// ReleasingDeviceID STRING, tag 33.
    pub releasing_device_id: String,
}

impl Body for CallConnectionClearedEvent {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut m = Self {
            monitor_id: r.fixed()?,
            peripheral_id: r.fixed()?,
            peripheral_type: r.fixed()?,
            connection_device_id_type: r.fixed()?,
            connection_call_id: r.fixed()?,
            releasing_device_type: r.fixed()?,
            local_connection_state: r.fixed()?,
            event_cause: r.fixed()?,
            ..Self::default()
        };
        while let Some(f) = r.field()? {
            match f.tag {
                25 => m.connection_device_id = f.text(),
                33 => m.releasing_device_id = f.text(),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.monitor_id);
        w.fixed(self.peripheral_id);
        w.fixed(self.peripheral_type);
        w.fixed(self.connection_device_id_type);
        w.fixed(self.connection_call_id);
        w.fixed(self.releasing_device_type);
        w.fixed(self.local_connection_state);
        w.fixed(self.event_cause);
        w.required_text(&tags::CONNECTION_DEVICE_ID, &self.connection_device_id)?;
        w.text(&tags::RELEASING_DEVICE_ID, &self.releasing_device_id)?;
        Ok(())
    }

    fn monitor_id(&self) -> Option<u32> {
        Some(self.monitor_id)
    }
}

/// CALL_ORIGINATED_EVENT (15), server to client.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CallOriginatedEvent {
    /// MonitorID UINT.
    pub monitor_id: u32,
    /// PeripheralID UINT.
    pub peripheral_id: u32,
    /// PeripheralType USHORT.
    pub peripheral_type: PeripheralType,
    /// ConnectionDeviceIDType USHORT.
    pub connection_device_id_type: ConnectionDeviceIdType,
    /// ConnectionCallID UINT.
    pub connection_call_id: u32,
    /// LineHandle USHORT.
    pub line_handle: u16,
    /// LineType USHORT.
    pub line_type: LineType,
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
    /// CallingDeviceType USHORT.
    pub calling_device_type: DeviceIdType,
    /// CalledDeviceType USHORT.
    pub called_device_type: DeviceIdType,
    /// LocalConnectionState USHORT.
    pub local_connection_state: LocalConnectionState,
    /// EventCause USHORT.
    pub event_cause: EventCause,
    /// ConnectionDeviceID STRING, tag 25, required.
    pub connection_device_id: String,
    /// CallingDeviceID STRING, tag 27.
    pub calling_device_id: String,
    /// CalledDeviceID STRING, tag 28.
    pub called_device_id: String,
}

impl Body for CallOriginatedEvent {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut m = Self {
            monitor_id: r.fixed()?,
            peripheral_id: r.fixed()?,
            peripheral_type: r.fixed()?,
            connection_device_id_type: r.fixed()?,
            connection_call_id: r.fixed()?,
            line_handle: r.fixed()?,
            line_type: r.fixed()?,
            service_number: r.fixed()?,
            service_id: r.fixed()?,
            skill_group_number: r.fixed()?,
            skill_group_id: r.fixed()?,
            skill_group_priority: r.fixed()?,
            calling_device_type: r.fixed()?,
            called_device_type: r.fixed()?,
            local_connection_state: r.fixed()?,
            event_cause: r.fixed()?,
            ..Self::default()
        };
        while let Some(f) = r.field()? {
            match f.tag {
                25 => m.connection_device_id = f.text(),
                27 => m.calling_device_id = f.text(),
                28 => m.called_device_id = f.text(),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.monitor_id);
        w.fixed(self.peripheral_id);
        w.fixed(self.peripheral_type);
        w.fixed(self.connection_device_id_type);
        w.fixed(self.connection_call_id);
        w.fixed(self.line_handle);
        w.fixed(self.line_type);
        w.fixed(self.service_number);
        w.fixed(self.service_id);
        w.fixed(self.skill_group_number);
        w.fixed(self.skill_group_id);
        w.fixed(self.skill_group_priority);
        w.fixed(self.calling_device_type);
        w.fixed(self.called_device_type);
        w.fixed(self.local_connection_state);
        w.fixed(self.event_cause);
        w.required_text(&tags::CONNECTION_DEVICE_ID, &self.connection_device_id)?;
        w.text(&tags::CALLING_DEVICE_ID, &self.calling_device_id)?;
        w.text(&tags::CALLED_DEVICE_ID, &self.called_device_id)?;
        Ok(())
    }

    fn monitor_id(&self) -> Option<u32> {
        Some(self.monitor_id)
    }
}

/// CALL_FAILED_EVENT (16), server to client.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CallFailedEvent {
    /// MonitorID UINT.
    pub monitor_id: u32,
    /// PeripheralID UINT.
    pub peripheral_id: u32,
    /// PeripheralType USHORT.
    pub peripheral_type: PeripheralType,
    /// ConnectionDeviceIDType USHORT.
    pub connection_device_id_type: ConnectionDeviceIdType,
    /// ConnectionCallID UINT.
    pub connection_call_id: u32,
    /// FailingDeviceType USHORT.
    pub failing_device_type: DeviceIdType,
    /// CalledDeviceType USHORT.
    pub called_device_type: DeviceIdType,
    /// LocalConnectionState USHORT.
    pub local_connection_state: LocalConnectionState,
    /// EventCause USHORT.
    pub event_cause: EventCause,
    /// ConnectionDeviceID STRING, tag 25, required.
    pub connection_device_id: String,
    /// FailingDeviceID STRING, tag 34.
    pub failing_device_id: String,
    /// CalledDeviceID STRING, tag 28.
    pub called_device_id: String,
}

impl Body for CallFailedEvent {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut m = Self {
            monitor_id: r.fixed()?,
            peripheral_id: r.fixed()?,
            peripheral_type: r.fixed()?,
            connection_device_id_type: r.fixed()?,
            connection_call_id: r.fixed()?,
            failing_device_type: r.fixed()?,
            called_device_type: r.fixed()?,
            local_connection_state: r.fixed()?,
            event_cause: r.fixed()?,
            ..Self::default()
        };
        while let Some(f) = r.field()? {
            match f.tag {
                25 => m.connection_device_id = f.text(),
                34 => m.failing_device_id = f.text(),
                28 => m.called_device_id = f.text(),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.monitor_id);
        w.fixed(self.peripheral_id);
        w.fixed(self.peripheral_type);
        w.fixed(self.connection_device_id_type);
        w.fixed(self.connection_call_id);
        w.fixed(self.failing_device_type);
        w.fixed(self.called_device_type);
        w.fixed(self.local_connection_state);
        w.fixed(self.event_cause);
        w.required_text(&tags::CONNECTION_DEVICE_ID, &self.connection_device_id)?;
        w.text(&tags::FAILING_DEVICE_ID, &self.failing_device_id)?;
        w.text(&tags::CALLED_DEVICE_ID, &self.called_device_id)?;
        Ok(())
    }

    fn monitor_id(&self) -> Option<u32> {
        Some(self.monitor_id)
    }
}

/// One element of the list that NumParties counts in CALL_CONFERENCED_EVENT.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CallConferencedEventPartiesItem {
    /// ConnectedPartyCallID UINT, tag 39.
    pub connected_party_call_id: Option<u32>,
    /// ConnectedPartyDeviceIDType USHORT, tag 40.
    pub connected_party_device_id_type: Option<ConnectionDeviceIdType>,
    /// ConnectedPartyDeviceID STRING, tag 41.
    pub connected_party_device_id: String,
}

/// CALL_CONFERENCED_EVENT (17), server to client.
///
/// NumParties at most 16; one (call id, id type, device id) triple per party, in that order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CallConferencedEvent {
    /// MonitorID UINT.
    pub monitor_id: u32,
    /// PeripheralID UINT.
    pub peripheral_id: u32,
    /// PeripheralType USHORT.
    pub peripheral_type: PeripheralType,
    /// PrimaryDeviceIDType USHORT.
    pub primary_device_id_type: ConnectionDeviceIdType,
    /// PrimaryCallID UINT.
    pub primary_call_id: u32,
    /// LineHandle USHORT.
    pub line_handle: u16,
    /// LineType USHORT.
    pub line_type: LineType,
    /// SkillGroupNumber UINT.
    pub skill_group_number: u32,
    /// SkillGroupID UINT.
    pub skill_group_id: u32,
    /// SkillGroupPriority USHORT.
    pub skill_group_priority: u16,
    /// SecondaryDeviceIDType USHORT.
    pub secondary_device_id_type: ConnectionDeviceIdType,
    /// SecondaryCallID UINT.
    pub secondary_call_id: u32,
    /// ControllerDeviceType USHORT.
    pub controller_device_type: DeviceIdType,
    /// AddedPartyDeviceType USHORT.
    pub added_party_device_type: DeviceIdType,
    /// LocalConnectionState USHORT.
    pub local_connection_state: LocalConnectionState,
    /// EventCause USHORT.
    pub event_cause: EventCause,
    /// PrimaryDeviceID STRING, tag 35, required.
    pub primary_device_id: String,
    /// SecondaryDeviceID STRING, tag 36, required.
    pub secondary_device_id: String,
    /// ControllerDeviceID STRING, tag 37.
    pub controller_device_id: String,
    /// AddedPartyDeviceID STRING, tag 38.
    pub added_party_device_id: String,
    /// Counted by NumParties.
    pub parties: Vec<CallConferencedEventPartiesItem>,
}

impl Body for CallConferencedEvent {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let monitor_id = r.fixed()?;
        let peripheral_id = r.fixed()?;
        let peripheral_type = r.fixed()?;
        let primary_device_id_type = r.fixed()?;
        let primary_call_id = r.fixed()?;
        let line_handle = r.fixed()?;
        let line_type = r.fixed()?;
        let skill_group_number = r.fixed()?;
        let skill_group_id = r.fixed()?;
        let skill_group_priority = r.fixed()?;
        r.fixed::<u16>()?;
        let secondary_device_id_type = r.fixed()?;
        let secondary_call_id = r.fixed()?;
        let controller_device_type = r.fixed()?;
        let added_party_device_type = r.fixed()?;
        let local_connection_state = r.fixed()?;
        let event_cause = r.fixed()?;
        let mut m = Self {
            monitor_id,
            peripheral_id,
            peripheral_type,
            primary_device_id_type,
            primary_call_id,
            line_handle,
            line_type,
            skill_group_number,
            skill_group_id,
            skill_group_priority,
            secondary_device_id_type,
            secondary_call_id,
            controller_device_type,
            added_party_device_type,
            local_connection_state,
            event_cause,
            ..Self::default()
        };
        let mut parties_group = Group::default();
        while let Some(f) = r.field()? {
            match f.tag {
                35 => m.primary_device_id = f.text(),
                36 => m.secondary_device_id = f.text(),
                37 => m.controller_device_id = f.text(),
                38 => m.added_party_device_id = f.text(),
                39 => parties_group.element(&mut m.parties, 0).connected_party_call_id = Some(f.number()?),
                40 => parties_group.element(&mut m.parties, 1).connected_party_device_id_type = Some(f.number()?),
                41 => parties_group.element(&mut m.parties, 2).connected_party_device_id = f.text(),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.monitor_id);
        w.fixed(self.peripheral_id);
        w.fixed(self.peripheral_type);
        w.fixed(self.primary_device_id_type);
        w.fixed(self.primary_call_id);
        w.fixed(self.line_handle);
        w.fixed(self.line_type);
        w.fixed(self.skill_group_number);
        w.fixed(self.skill_group_id);
        w.fixed(self.skill_group_priority);
        w.count::<u16>(self.parties.len(), 0);
        w.fixed(self.secondary_device_id_type);
        w.fixed(self.secondary_call_id);
        w.fixed(self.controller_device_type);
        w.fixed(self.added_party_device_type);
        w.fixed(self.local_connection_state);
        w.fixed(self.event_cause);
        w.required_text(&tags::PRIMARY_DEVICE_ID, &self.primary_device_id)?;
        w.required_text(&tags::SECONDARY_DEVICE_ID, &self.secondary_device_id)?;
        w.text(&tags::CONTROLLER_DEVICE_ID, &self.controller_device_id)?;
        w.text(&tags::ADDED_PARTY_DEVICE_ID, &self.added_party_device_id)?;
        for item in &self.parties {
            w.first_number(&tags::CONNECTED_PARTY_CALL_ID, item.connected_party_call_id)?;
            w.number(&tags::CONNECTED_PARTY_DEVICE_ID_TYPE, item.connected_party_device_id_type);
            w.text(&tags::CONNECTED_PARTY_DEVICE_ID, &item.connected_party_device_id)?;
        }
        Ok(())
    }

    fn monitor_id(&self) -> Option<u32> {
        Some(self.monitor_id)
    }
}

/// One element of the list that NumParties counts in CALL_TRANSFERRED_EVENT.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CallTransferredEventPartiesItem {
    /// ConnectedPartyCallID UINT, tag 39.
    pub connected_party_call_id: Option<u32>,
    /// ConnectedPartyDeviceIDType USHORT, tag 40.
    pub connected_party_device_id_type: Option<ConnectionDeviceIdType>,
    /// ConnectedPartyDeviceID STRING, tag 41.
    pub connected_party_device_id: String,
}

/// CALL_TRANSFERRED_EVENT (18), server to client.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CallTransferredEvent {
    /// MonitorID UINT.
    pub monitor_id: u32,
    /// PeripheralID UINT.
    pub peripheral_id: u32,
    /// PeripheralType USHORT.
    pub peripheral_type: PeripheralType,
    /// PrimaryDeviceIDType USHORT.
    pub primary_device_id_type: ConnectionDeviceIdType,
    /// PrimaryCallID UINT.
    pub primary_call_id: u32,
    /// LineHandle USHORT.
    pub line_handle: u16,
    /// LineType USHORT.
    pub line_type: LineType,
    /// SkillGroupNumber UINT.
    pub skill_group_number: u32,
    /// SkillGroupID UINT.
    pub skill_group_id: u32,
    /// SkillGroupPriority USHORT.
    pub skill_group_priority: u16,
    /// SecondaryDeviceIDType USHORT.
    pub secondary_device_id_type: ConnectionDeviceIdType,
    /// SecondaryCallID UINT.
    pub secondary_call_id: u32,
    /// TransferringDeviceType USHORT.
    pub transferring_device_type: DeviceIdType,
    /// TransferredDeviceType USHORT.
    pub transferred_device_type: DeviceIdType,
    /// LocalConnectionState USHORT.
    pub local_connection_state: LocalConnectionState,
    /// EventCause USHORT.
    pub event_cause: EventCause,
    /// PrimaryDeviceID STRING, tag 35, required.
    pub primary_device_id: String,
    /// SecondaryDeviceID STRING, tag 36, required.
    pub secondary_device_id: String,
    /// TransferringDeviceID STRING, tag 42.
    pub transferring_device_id: String,
    /// TransferredDeviceID STRING, tag 43.
    pub transferred_device_id: String,
    /// Counted by NumParties.
    pub parties: Vec<CallTransferredEventPartiesItem>,
}

impl Body for CallTransferredEvent {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let monitor_id = r.fixed()?;
        let peripheral_id = r.fixed()?;
        let peripheral_type = r.fixed()?;
        let primary_device_id_type = r.fixed()?;
        let primary_call_id = r.fixed()?;
        let line_handle = r.fixed()?;
        let line_type = r.fixed()?;
        let skill_group_number = r.fixed()?;
        let skill_group_id = r.fixed()?;
        let skill_group_priority = r.fixed()?;
        r.fixed::<u16>()?;
        let secondary_device_id_type = r.fixed()?;
        let secondary_call_id = r.fixed()?;
        let transferring_device_type = r.fixed()?;
        let transferred_device_type = r.fixed()?;
        let local_connection_state = r.fixed()?;
        let event_cause = r.fixed()?;
        let mut m = Self {
            monitor_id,
            peripheral_id,
            peripheral_type,
            primary_device_id_type,
            primary_call_id,
            line_handle,
            line_type,
            skill_group_number,
            skill_group_id,
            skill_group_priority,
            secondary_device_id_type,
            secondary_call_id,
            transferring_device_type,
            transferred_device_type,
            local_connection_state,
            event_cause,
            ..Self::default()
        };
        let mut parties_group = Group::default();
        while let Some(f) = r.field()? {
            match f.tag {
                35 => m.primary_device_id = f.text(),
                36 => m.secondary_device_id = f.text(),
                42 => m.transferring_device_id = f.text(),
                43 => m.transferred_device_id = f.text(),
                39 => parties_group.element(&mut m.parties, 0).connected_party_call_id = Some(f.number()?),
                40 => parties_group.element(&mut m.parties, 1).connected_party_device_id_type = Some(f.number()?),
                41 => parties_group.element(&mut m.parties, 2).connected_party_device_id = f.text(),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.monitor_id);
        w.fixed(self.peripheral_id);
        w.fixed(self.peripheral_type);
        w.fixed(self.primary_device_id_type);
        w.fixed(self.primary_call_id);
        w.fixed(self.line_handle);
        w.fixed(self.line_type);
        w.fixed(self.skill_group_number);
        w.fixed(self.skill_group_id);
        w.fixed(self.skill_group_priority);
        w.count::<u16>(self.parties.len(), 0);
        w.fixed(self.secondary_device_id_type);
        w.fixed(self.secondary_call_id);
        w.fixed(self.transferring_device_type);
        w.fixed(self.transferred_device_type);
        w.fixed(self.local_connection_state);
        w.fixed(self.event_cause);
        w.required_text(&tags::PRIMARY_DEVICE_ID, &self.primary_device_id)?;
        w.required_text(&tags::SECONDARY_DEVICE_ID, &self.secondary_device_id)?;
        w.text(&tags::TRANSFERRING_DEVICE_ID, &self.transferring_device_id)?;
        w.text(&tags::TRANSFERRED_DEVICE_ID, &self.transferred_device_id)?;
        for item in &self.parties {
            w.first_number(&tags::CONNECTED_PARTY_CALL_ID, item.connected_party_call_id)?;
            w.number(&tags::CONNECTED_PARTY_DEVICE_ID_TYPE, item.connected_party_device_id_type);
            w.text(&tags::CONNECTED_PARTY_DEVICE_ID, &item.connected_party_device_id)?;
        }
        Ok(())
    }

    fn monitor_id(&self) -> Option<u32> {
        Some(self.monitor_id)
    }
}

/// CALL_DIVERTED_EVENT (19), server to client.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CallDivertedEvent {
    /// MonitorID UINT.
    pub monitor_id: u32,
    /// PeripheralID UINT.
    pub peripheral_id: u32,
    /// PeripheralType USHORT.
    pub peripheral_type: PeripheralType,
    /// ConnectionDeviceIDType USHORT.
    pub connection_device_id_type: ConnectionDeviceIdType,
    /// ConnectionCallID UINT.
    pub connection_call_id: u32,
    /// ServiceNumber UINT.
    pub service_number: u32,
    /// ServiceID UINT.
    pub service_id: u32,
    /// DivertingDeviceType USHORT.
    pub diverting_device_type: DeviceIdType,
    /// CalledDeviceType USHORT.
    pub called_device_type: DeviceIdType,
    /// LocalConnectionState USHORT.
    pub local_connection_state: LocalConnectionState,
    /// EventCause USHORT.
    pub event_cause: EventCause,
    /// ConnectionDeviceID STRING, tag 25, required.
    pub connection_device_id: String,
    /// DivertingDeviceID STRING, tag 44.
    pub diverting_device_id: String,
    /// CalledDeviceID STRING, tag 28.
    pub called_device_id: String,
}

impl Body for CallDivertedEvent {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut m = Self {
            monitor_id: r.fixed()?,
            peripheral_id: r.fixed()?,
            peripheral_type: r.fixed()?,
            connection_device_id_type: r.fixed()?,
            connection_call_id: r.fixed()?,
            service_number: r.fixed()?,
            service_id: r.fixed()?,
            diverting_device_type: r.fixed()?,
            called_device_type: r.fixed()?,
            local_connection_state: r.fixed()?,
            event_cause: r.fixed()?,
            ..Self::default()
        };
        while let Some(f) = r.field()? {
            match f.tag {
                25 => m.connection_device_id = f.text(),
                44 => m.diverting_device_id = f.text(),
                28 => m.called_device_id = f.text(),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.monitor_id);
        w.fixed(self.peripheral_id);
        w.fixed(self.peripheral_type);
        w.fixed(self.connection_device_id_type);
        w.fixed(self.connection_call_id);
        w.fixed(self.service_number);
        w.fixed(self.service_id);
        w.fixed(self.diverting_device_type);
        w.fixed(self.called_device_type);
        w.fixed(self.local_connection_state);
        w.fixed(self.event_cause);
        w.required_text(&tags::CONNECTION_DEVICE_ID, &self.connection_device_id)?;
        w.text(&tags::DIVERTING_DEVICE_ID, &self.diverting_device_id)?;
        w.text(&tags::CALLED_DEVICE_ID, &self.called_device_id)?;
        Ok(())
    }

    fn monitor_id(&self) -> Option<u32> {
        Some(self.monitor_id)
    }
}

/// CALL_SERVICE_INITIATED_EVENT (20), server to client.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CallServiceInitiatedEvent {
    /// MonitorID UINT.
    pub monitor_id: u32,
    /// PeripheralID UINT.
    pub peripheral_id: u32,
    /// PeripheralType USHORT.
    pub peripheral_type: PeripheralType,
    /// ConnectionDeviceIDType USHORT.
    pub connection_device_id_type: ConnectionDeviceIdType,
    /// ConnectionCallID UINT.
    pub connection_call_id: u32,
    /// LineHandle USHORT.
    pub line_handle: u16,
    /// LineType USHORT.
    pub line_type: LineType,
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
    /// CallingDeviceType USHORT.
    pub calling_device_type: DeviceIdType,
    /// LocalConnectionState USHORT.
    pub local_connection_state: LocalConnectionState,
    /// EventCause USHORT.
    pub event_cause: EventCause,
    /// ConnectionDeviceID STRING, tag 25, required.
    pub connection_device_id: String,
    /// CallingDeviceID STRING, tag 27.
    pub calling_device_id: String,
    /// CallReferenceID UNSPEC, tag 223, from version 14.
    pub call_reference_id: Vec<u8>,
    /// COCConnectionCallID UINT, tag 229, from version 14.
    pub coc_connection_call_id: Option<u32>,
    /// COCCallConnectionDeviceIDType USHORT, tag 230, from version 14.
    pub coc_call_connection_device_id_type: Option<ConnectionDeviceIdType>,
    /// COCCallConnectionDeviceID STRING, tag 231, from version 14.
    pub coc_call_connection_device_id: String,
}

impl Body for CallServiceInitiatedEvent {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut m = Self {
            monitor_id: r.fixed()?,
            peripheral_id: r.fixed()?,
            peripheral_type: r.fixed()?,
            connection_device_id_type: r.fixed()?,
            connection_call_id: r.fixed()?,
            line_handle: r.fixed()?,
            line_type: r.fixed()?,
            service_number: r.fixed()?,
            service_id: r.fixed()?,
            skill_group_number: r.fixed()?,
            skill_group_id: r.fixed()?,
            skill_group_priority: r.fixed()?,
            calling_device_type: r.fixed()?,
            local_connection_state: r.fixed()?,
            event_cause: r.fixed()?,
            ..Self::default()
        };
        while let Some(f) = r.field()? {
            match f.tag {
                25 => m.connection_device_id = f.text(),
                27 => m.calling_device_id = f.text(),
                223 => m.call_reference_id = f.opaque(),
                229 => m.coc_connection_call_id = Some(f.number()?),
                230 => m.coc_call_connection_device_id_type = Some(f.number()?),
                231 => m.coc_call_connection_device_id = f.text(),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.monitor_id);
        w.fixed(self.peripheral_id);
        w.fixed(self.peripheral_type);
        w.fixed(self.connection_device_id_type);
        w.fixed(self.connection_call_id);
        w.fixed(self.line_handle);
        w.fixed(self.line_type);
        w.fixed(self.service_number);
        w.fixed(self.service_id);
        w.fixed(self.skill_group_number);
        w.fixed(self.skill_group_id);
        w.fixed(self.skill_group_priority);
        w.fixed(self.calling_device_type);
        w.fixed(self.local_connection_state);
        w.fixed(self.event_cause);
        w.required_text(&tags::CONNECTION_DEVICE_ID, &self.connection_device_id)?;
        w.text(&tags::CALLING_DEVICE_ID, &self.calling_device_id)?;
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
        Ok(())
    }

    fn monitor_id(&self) -> Option<u32> {
        Some(self.monitor_id)
    }
}

/// One element of the list that NumSkillGroups counts in CALL_QUEUED_EVENT.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CallQueuedEventSkillGroupsItem {
    /// FltSkillGroupNumber UINT, tag 62.
    pub flt_skill_group_number: Option<u32>,
    /// FltSkillGroupID UINT, tag 63.
    pub flt_skill_group_id: Option<u32>,
    /// FltSkillGroupPriority USHORT, tag 64.
    pub flt_skill_group_priority: Option<u16>,
}

/// CALL_QUEUED_EVENT (21), server to client.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CallQueuedEvent {
    /// MonitorID UINT.
    pub monitor_id: u32,
    /// PeripheralID UINT.
    pub peripheral_id: u32,
    /// PeripheralType USHORT.
    pub peripheral_type: PeripheralType,
    /// ConnectionDeviceIDType USHORT.
    pub connection_device_id_type: ConnectionDeviceIdType,
    /// ConnectionCallID UINT.
    pub connection_call_id: u32,
    /// ServiceNumber UINT.
    pub service_number: u32,
    /// ServiceID UINT.
    pub service_id: u32,
    /// QueueDeviceType USHORT.
    pub queue_device_type: DeviceIdType,
    /// CallingDeviceType USHORT.
    pub calling_device_type: DeviceIdType,
    /// CalledDeviceType USHORT.
    pub called_device_type: DeviceIdType,
    /// LastRedirectDeviceType USHORT.
    pub last_redirect_device_type: DeviceIdType,
    /// NumQueued USHORT.
    pub num_queued: u16,
    /// LocalConnectionState USHORT.
    pub local_connection_state: LocalConnectionState,
    /// EventCause USHORT.
    pub event_cause: EventCause,
    /// ConnectionDeviceID STRING, tag 25, required.
    pub connection_device_id: String,
    /// QueueDeviceID STRING, tag 45.
    pub queue_device_id: String,
    /// CallingDeviceID STRING, tag 27.
    pub calling_device_id: String,
    /// CalledDeviceID STRING, tag 28.
    pub called_device_id: String,
    /// LastRedirectDeviceID STRING, tag 29.
    pub last_redirect_device_id: String,
    /// Counted by NumSkillGroups.
    pub skill_groups: Vec<CallQueuedEventSkillGroupsItem>,
    /// PriorityQueueNumber UNSPEC, tag 203.
    pub priority_queue_number: Vec<u8>,
}

impl Body for CallQueuedEvent {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let monitor_id = r.fixed()?;
        let peripheral_id = r.fixed()?;
        let peripheral_type = r.fixed()?;
        let connection_device_id_type = r.fixed()?;
        let connection_call_id = r.fixed()?;
        let service_number = r.fixed()?;
        let service_id = r.fixed()?;
        let queue_device_type = r.fixed()?;
        let calling_device_type = r.fixed()?;
        let called_device_type = r.fixed()?;
        let last_redirect_device_type = r.fixed()?;
        let num_queued = r.fixed()?;
        r.fixed::<u16>()?;
        let local_connection_state = r.fixed()?;
        let event_cause = r.fixed()?;
        let mut m = Self {
            monitor_id,
            peripheral_id,
            peripheral_type,
            connection_device_id_type,
            connection_call_id,
            service_number,
            service_id,
            queue_device_type,
            calling_device_type,
            called_device_type,
            last_redirect_device_type,
            num_queued,
            local_connection_state,
            event_cause,
            ..Self::default()
        };
        let mut skill_groups_group = Group::default();
        while let Some(f) = r.field()? {
            match f.tag {
                25 => m.connection_device_id = f.text(),
                45 => m.queue_device_id = f.text(),
                27 => m.calling_device_id = f.text(),
                28 => m.called_device_id = f.text(),
                29 => m.last_redirect_device_id = f.text(),
                62 => skill_groups_group.element(&mut m.skill_groups, 0).flt_skill_group_number = Some(f.number()?),
                63 => skill_groups_group.element(&mut m.skill_groups, 1).flt_skill_group_id = Some(f.number()?),
                64 => skill_groups_group.element(&mut m.skill_groups, 2).flt_skill_group_priority = Some(f.number()?),
                203 => m.priority_queue_number = f.opaque(),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.monitor_id);
        w.fixed(self.peripheral_id);
        w.fixed(self.peripheral_type);
        w.fixed(self.connection_device_id_type);
        w.fixed(self.connection_call_id);
        w.fixed(self.service_number);
        w.fixed(self.service_id);
        w.fixed(self.queue_device_type);
        w.fixed(self.calling_device_type);
        w.fixed(self.called_device_type);
        w.fixed(self.last_redirect_device_type);
        w.fixed(self.num_queued);
        w.count::<u16>(self.skill_groups.len(), 0);
        w.fixed(self.local_connection_state);
        w.fixed(self.event_cause);
        w.required_text(&tags::CONNECTION_DEVICE_ID, &self.connection_device_id)?;
        w.text(&tags::QUEUE_DEVICE_ID, &self.queue_device_id)?;
        w.text(&tags::CALLING_DEVICE_ID, &self.calling_device_id)?;
        w.text(&tags::CALLED_DEVICE_ID, &self.called_device_id)?;
        w.text(&tags::LAST_REDIRECT_DEVICE_ID, &self.last_redirect_device_id)?;
        for item in &self.skill_groups {
            w.first_number(&tags::FLT_SKILL_GROUP_NUMBER, item.flt_skill_group_number)?;
            w.number(&tags::FLT_SKILL_GROUP_ID, item.flt_skill_group_id);
            w.number(&tags::FLT_SKILL_GROUP_PRIORITY, item.flt_skill_group_priority);
        }
        w.opaque(&tags::PRIORITY_QUEUE_NUMBER, &self.priority_queue_number)?;
        Ok(())
    }

    fn monitor_id(&self) -> Option<u32> {
        Some(self.monitor_id)
    }
}

/// CALL_TRANSLATION_ROUTE_EVENT (22), server to client.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CallTranslationRouteEvent {
    /// ANI STRING, tag 8.
    pub ani: String,
    /// UserToUserInfo UNSPEC, tag 9.
    pub user_to_user_info: Vec<u8>,
    /// DNIS STRING, tag 10, required.
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
}

impl Body for CallTranslationRouteEvent {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        r.fixed::<u16>()?;
        r.fixed::<u16>()?;
        let mut m = Self::default();
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
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.count::<u16>(self.named_variables.len(), 0);
        w.count::<u16>(self.named_arrays.len(), 0);
        w.text(&tags::ANI, &self.ani)?;
        w.opaque(&tags::USER_TO_USER_INFO, &self.user_to_user_info)?;
        w.required_text(&tags::DNIS, &self.dnis)?;
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
        Ok(())
    }
}

/// One element of the list that NumCTIClients counts in BEGIN_CALL_EVENT.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BeginCallEventCtiClientsItem {
    /// CTIClientSignature STRING, tag 23.
    pub cti_client_signature: String,
    /// CTIClientTimestamp TIME, tag 24.
    pub cti_client_timestamp: Option<u32>,
}

/// BEGIN_CALL_EVENT (23), server to client.
///
/// First event of a call for this client.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BeginCallEvent {
    /// MonitorID UINT.
    pub monitor_id: u32,
    /// PeripheralID UINT.
    pub peripheral_id: u32,
    /// PeripheralType USHORT.
    pub peripheral_type: PeripheralType,
    /// CallType USHORT.
    pub call_type: CallType,
    /// ConnectionDeviceIDType USHORT.
    pub connection_device_id_type: ConnectionDeviceIdType,
    /// ConnectionCallID UINT.
    pub connection_call_id: u32,
    /// CalledPartyDisposition USHORT.
    pub called_party_disposition: DispositionCode,
    /// ConnectionDeviceID STRING, tag 25, required.
    pub connection_device_id: String,
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
    pub cti_clients: Vec<BeginCallEventCtiClientsItem>,
    /// CallReferenceID UNSPEC, tag 223, from version 14.
    pub call_reference_id: Vec<u8>,
}

impl Body for BeginCallEvent {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let monitor_id = r.fixed()?;
        let peripheral_id = r.fixed()?;
        let peripheral_type = r.fixed()?;
        r.fixed::<u16>()?;
        r.fixed::<u16>()?;
        r.fixed::<u16>()?;
        let call_type = r.fixed()?;
        let connection_device_id_type = r.fixed()?;
        let connection_call_id = r.fixed()?;
        let called_party_disposition = r.fixed()?;
        let mut m = Self {
            monitor_id,
            peripheral_id,
            peripheral_type,
            call_type,
            connection_device_id_type,
            connection_call_id,
            called_party_disposition,
            ..Self::default()
        };
        let mut cti_clients_group = Group::default();
        while let Some(f) = r.field()? {
            match f.tag {
                25 => m.connection_device_id = f.text(),
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
                223 => m.call_reference_id = f.opaque(),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.monitor_id);
        w.fixed(self.peripheral_id);
        w.fixed(self.peripheral_type);
        w.count::<u16>(self.cti_clients.len(), 0);
        w.count::<u16>(self.named_variables.len(), 0);
        w.count::<u16>(self.named_arrays.len(), 0);
        w.fixed(self.call_type);
        w.fixed(self.connection_device_id_type);
        w.fixed(self.connection_call_id);
        w.fixed(self.called_party_disposition);
        w.required_text(&tags::CONNECTION_DEVICE_ID, &self.connection_device_id)?;
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
        if w.has(14) {
            w.opaque(&tags::CALL_REFERENCE_ID, &self.call_reference_id)?;
        }
        Ok(())
    }

    fn monitor_id(&self) -> Option<u32> {
        Some(self.monitor_id)
    }
}

/// END_CALL_EVENT (24), server to client.
///
/// Last event of a call for this client.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EndCallEvent {
    /// MonitorID UINT.
    pub monitor_id: u32,
    /// PeripheralID UINT.
    pub peripheral_id: u32,
    /// PeripheralType USHORT.
    pub peripheral_type: PeripheralType,
    /// ConnectionDeviceIDType USHORT.
    pub connection_device_id_type: ConnectionDeviceIdType,
    /// ConnectionCallID UINT.
    pub connection_call_id: u32,
    /// ConnectionDeviceID STRING, tag 25, required.
    pub connection_device_id: String,
}

impl Body for EndCallEvent {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut m = Self {
            monitor_id: r.fixed()?,
            peripheral_id: r.fixed()?,
            peripheral_type: r.fixed()?,
            connection_device_id_type: r.fixed()?,
            connection_call_id: r.fixed()?,
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
        w.fixed(self.monitor_id);
        w.fixed(self.peripheral_id);
        w.fixed(self.peripheral_type);
        w.fixed(self.connection_device_id_type);
        w.fixed(self.connection_call_id);
        w.required_text(&tags::CONNECTION_DEVICE_ID, &self.connection_device_id)?;
        Ok(())
    }

    fn monitor_id(&self) -> Option<u32> {
        Some(self.monitor_id)
    }
}

/// One element of the list that NumCTIClients counts in CALL_DATA_UPDATE_EVENT.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CallDataUpdateEventCtiClientsItem {
    /// CTIClientSignature STRING, tag 23.
    pub cti_client_signature: String,
    /// CTIClientTimestamp TIME, tag 24.
    pub cti_client_timestamp: Option<u32>,
}

/// CALL_DATA_UPDATE_EVENT (25), server to client.
///
/// When the New* identity differs, re-key the call. From v22 the message always carries every ECC
/// variable of the call and the client replaces its set.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CallDataUpdateEvent {
    /// MonitorID UINT.
    pub monitor_id: u32,
    /// PeripheralID UINT.
    pub peripheral_id: u32,
    /// PeripheralType USHORT.
    pub peripheral_type: PeripheralType,
    /// CallType USHORT.
    pub call_type: CallType,
    /// ConnectionDeviceIDType USHORT.
    pub connection_device_id_type: ConnectionDeviceIdType,
    /// ConnectionCallID UINT.
    pub connection_call_id: u32,
    /// NewConnectionDeviceIDType USHORT.
    pub new_connection_device_id_type: ConnectionDeviceIdType,
    /// NewConnectionCallID UINT.
    pub new_connection_call_id: u32,
    /// CalledPartyDisposition USHORT.
    pub called_party_disposition: DispositionCode,
    /// CampaignID UINT.
    pub campaign_id: u32,
    /// QueryRuleID UINT.
    pub query_rule_id: u32,
    /// ConnectionDeviceID STRING, tag 25, required.
    pub connection_device_id: String,
    /// NewConnectionDeviceID STRING, tag 47, required.
    pub new_connection_device_id: String,
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
    /// CustomerPhoneNumber STRING, tag 95.
    pub customer_phone_number: String,
    /// CustomerAccountNumber STRING, tag 96.
    pub customer_account_number: String,
    /// Counted by NumCTIClients.
    pub cti_clients: Vec<CallDataUpdateEventCtiClientsItem>,
    /// CallReferenceID UNSPEC, tag 223, from version 14.
    pub call_reference_id: Vec<u8>,
}

impl Body for CallDataUpdateEvent {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let monitor_id = r.fixed()?;
        let peripheral_id = r.fixed()?;
        let peripheral_type = r.fixed()?;
        r.fixed::<u16>()?;
        r.fixed::<u16>()?;
        r.fixed::<u16>()?;
        let call_type = r.fixed()?;
        let connection_device_id_type = r.fixed()?;
        let connection_call_id = r.fixed()?;
        let new_connection_device_id_type = r.fixed()?;
        let new_connection_call_id = r.fixed()?;
        let called_party_disposition = r.fixed()?;
        let campaign_id = r.fixed()?;
        let query_rule_id = r.fixed()?;
        let mut m = Self {
            monitor_id,
            peripheral_id,
            peripheral_type,
            call_type,
            connection_device_id_type,
            connection_call_id,
            new_connection_device_id_type,
            new_connection_call_id,
            called_party_disposition,
            campaign_id,
            query_rule_id,
            ..Self::default()
        };
        let mut cti_clients_group = Group::default();
        while let Some(f) = r.field()? {
            match f.tag {
                25 => m.connection_device_id = f.text(),
                47 => m.new_connection_device_id = f.text(),
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
                95 => m.customer_phone_number = f.text(),
                96 => m.customer_account_number = f.text(),
                23 => cti_clients_group.element(&mut m.cti_clients, 0).cti_client_signature = f.text(),
                24 => cti_clients_group.element(&mut m.cti_clients, 1).cti_client_timestamp = Some(f.number()?),
                223 => m.call_reference_id = f.opaque(),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.monitor_id);
        w.fixed(self.peripheral_id);
        w.fixed(self.peripheral_type);
        w.count::<u16>(self.cti_clients.len(), 0);
        w.count::<u16>(self.named_variables.len(), 0);
        w.count::<u16>(self.named_arrays.len(), 0);
        w.fixed(self.call_type);
        w.fixed(self.connection_device_id_type);
        w.fixed(self.connection_call_id);
        w.fixed(self.new_connection_device_id_type);
        w.fixed(self.new_connection_call_id);
        w.fixed(self.called_party_disposition);
        w.fixed(self.campaign_id);
        w.fixed(self.query_rule_id);
        w.required_text(&tags::CONNECTION_DEVICE_ID, &self.connection_device_id)?;
        w.required_text(&tags::NEW_CONNECTION_DEVICE_ID, &self.new_connection_device_id)?;
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
        w.text(&tags::CUSTOMER_PHONE_NUMBER, &self.customer_phone_number)?;
        w.text(&tags::CUSTOMER_ACCOUNT_NUMBER, &self.customer_account_number)?;
        for item in &self.cti_clients {
            w.required_text(&tags::CTI_CLIENT_SIGNATURE, &item.cti_client_signature)?;
            w.number(&tags::CTI_CLIENT_TIMESTAMP, item.cti_client_timestamp);
        }
        if w.has(14) {
            w.opaque(&tags::CALL_REFERENCE_ID, &self.call_reference_id)?;
        }
        Ok(())
    }

    fn monitor_id(&self) -> Option<u32> {
        Some(self.monitor_id)
    }
}

/// SET_CALL_DATA_REQ (26), client to server.
///
/// Use NULL_CALLTYPE (0xFFFF), CalledPartyDisposition 0, CampaignID 0 and QueryRuleID 0 to leave those
/// unchanged (zero convention unverified).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SetCallDataReq {
    /// InvokeID UINT.
    pub invoke_id: u32,
    /// PeripheralID UINT.
    pub peripheral_id: u32,
    /// ConnectionDeviceIDType USHORT.
    pub connection_device_id_type: ConnectionDeviceIdType,
    /// ConnectionCallID UINT.
    pub connection_call_id: u32,
    /// CallType USHORT.
    pub call_type: CallType,
    /// CalledPartyDisposition USHORT.
    pub called_party_disposition: DispositionCode,
    /// CampaignID UINT.
    pub campaign_id: u32,
    /// QueryRuleID UINT.
    pub query_rule_id: u32,
    /// ConnectionDeviceID STRING, tag 25, required.
    pub connection_device_id: String,
    /// ANI STRING, tag 8.
    pub ani: String,
    /// UserToUserInfo UNSPEC, tag 9.
    pub user_to_user_info: Vec<u8>,
    /// CallerEnteredDigits STRING, tag 12.
    pub caller_entered_digits: String,
    /// CallVariable1 to CallVariable10, at most 40 bytes each.
    pub call_variables: [String; 10],
    /// CallWrapupData STRING, tag 46.
    pub call_wrapup_data: String,
    /// Counted by NumNamedVariables.
    pub named_variables: Vec<NamedVariable>,
    /// Counted by NumNamedArrays.
    pub named_arrays: Vec<NamedArray>,
    /// CustomerPhoneNumber STRING, tag 95.
    pub customer_phone_number: String,
    /// CustomerAccountNumber STRING, tag 96.
    pub customer_account_number: String,
    /// RouterCallKeyDay UINT, tag 72, from version 14.
    pub router_call_key_day: Option<u32>,
    /// RouterCallKeyCallID UINT, tag 73, from version 14.
    pub router_call_key_call_id: Option<u32>,
    /// RouterCallKeySequenceNumber UINT, tag 110, from version 14.
    pub router_call_key_sequence_number: Option<u32>,
    /// CallOriginatedFrom UCHAR, tag 232, from version 14.
    pub call_originated_from: Option<u8>,
}

impl Body for SetCallDataReq {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let invoke_id = r.fixed()?;
        let peripheral_id = r.fixed()?;
        let connection_device_id_type = r.fixed()?;
        let connection_call_id = r.fixed()?;
        r.fixed::<u16>()?;
        r.fixed::<u16>()?;
        let call_type = r.fixed()?;
        let called_party_disposition = r.fixed()?;
        let campaign_id = r.fixed()?;
        let query_rule_id = r.fixed()?;
        let mut m = Self {
            invoke_id,
            peripheral_id,
            connection_device_id_type,
            connection_call_id,
            call_type,
            called_party_disposition,
            campaign_id,
            query_rule_id,
            ..Self::default()
        };
        while let Some(f) = r.field()? {
            match f.tag {
                25 => m.connection_device_id = f.text(),
                8 => m.ani = f.text(),
                9 => m.user_to_user_info = f.opaque(),
                12 => m.caller_entered_digits = f.text(),
                13..=22 => f.call_variable(&mut m.call_variables),
                46 => m.call_wrapup_data = f.text(),
                82 => m.named_variables.push(f.named_variable()),
                83 => m.named_arrays.push(f.named_array()?),
                95 => m.customer_phone_number = f.text(),
                96 => m.customer_account_number = f.text(),
                72 => m.router_call_key_day = Some(f.number()?),
                73 => m.router_call_key_call_id = Some(f.number()?),
                110 => m.router_call_key_sequence_number = Some(f.number()?),
                232 => m.call_originated_from = Some(f.number()?),
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
        w.count::<u16>(self.named_variables.len(), 0);
        w.count::<u16>(self.named_arrays.len(), 0);
        w.fixed(self.call_type);
        w.fixed(self.called_party_disposition);
        w.fixed(self.campaign_id);
        w.fixed(self.query_rule_id);
        w.required_text(&tags::CONNECTION_DEVICE_ID, &self.connection_device_id)?;
        w.text(&tags::ANI, &self.ani)?;
        w.opaque(&tags::USER_TO_USER_INFO, &self.user_to_user_info)?;
        w.text(&tags::CALLER_ENTERED_DIGITS, &self.caller_entered_digits)?;
        w.call_variables(&self.call_variables)?;
        w.text(&tags::CALL_WRAPUP_DATA, &self.call_wrapup_data)?;
        for item in &self.named_variables {
            w.named_variable(&tags::NAMED_VARIABLE, item)?;
        }
        for item in &self.named_arrays {
            w.named_array(&tags::NAMED_ARRAY, item)?;
        }
        w.text(&tags::CUSTOMER_PHONE_NUMBER, &self.customer_phone_number)?;
        w.text(&tags::CUSTOMER_ACCOUNT_NUMBER, &self.customer_account_number)?;
        if w.has(14) {
            w.number(&tags::ROUTER_CALL_KEY_DAY, self.router_call_key_day);
        }
        if w.has(14) {
            w.number(&tags::ROUTER_CALL_KEY_CALL_ID, self.router_call_key_call_id);
        }
        if w.has(14) {
            w.number(&tags::ROUTER_CALL_KEY_SEQUENCE_NUMBER, self.router_call_key_sequence_number);
        }
        if w.has(14) {
            w.number(&tags::CALL_ORIGINATED_FROM, self.call_originated_from);
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

/// SET_CALL_DATA_CONF (27), server to client.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SetCallDataConf {
    /// InvokeID UINT.
    pub invoke_id: u32,
}

impl Body for SetCallDataConf {
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

/// RELEASE_CALL_REQ (28), client to server.
///
/// Declares that the client no longer needs the call data; ends the 2-minute wrap-up data window early.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReleaseCallReq {
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
}

impl Body for ReleaseCallReq {
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
        Ok(())
    }

    fn invoke_id(&self) -> Option<u32> {
        Some(self.invoke_id)
    }

    fn invoke_id_mut(&mut self) -> Option<&mut u32> {
        Some(&mut self.invoke_id)
    }
}

/// RELEASE_CALL_CONF (29), server to client.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReleaseCallConf {
    /// InvokeID UINT.
    pub invoke_id: u32,
}

impl Body for ReleaseCallConf {
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

/// CALL_REACHED_NETWORK_EVENT (34), server to client.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CallReachedNetworkEvent {
    /// MonitorID UINT.
    pub monitor_id: u32,
    /// PeripheralID UINT.
    pub peripheral_id: u32,
    /// PeripheralType USHORT.
    pub peripheral_type: PeripheralType,
    /// ConnectionDeviceIDType USHORT.
    pub connection_device_id_type: ConnectionDeviceIdType,
    /// ConnectionCallID UINT.
    pub connection_call_id: u32,
    /// LineHandle USHORT.
    pub line_handle: u16,
    /// LineType USHORT.
    pub line_type: LineType,
    /// TrunkUsedDeviceType USHORT.
    pub trunk_used_device_type: DeviceIdType,
    /// CalledDeviceType USHORT.
    pub called_device_type: DeviceIdType,
    /// LocalConnectionState USHORT.
    pub local_connection_state: LocalConnectionState,
    /// EventCause USHORT.
    pub event_cause: EventCause,
    /// ConnectionDeviceID STRING, tag 25, required.
    pub connection_device_id: String,
    /// TrunkUsedDeviceID STRING, tag 48.
    pub trunk_used_device_id: String,
    /// CalledDeviceID STRING, tag 28.
    pub called_device_id: String,
    /// TrunkNumber UINT, tag 121.
    pub trunk_number: Option<u32>,
    /// TrunkGroupNumber UINT, tag 122.
    pub trunk_group_number: Option<u32>,
}

impl Body for CallReachedNetworkEvent {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut m = Self {
            monitor_id: r.fixed()?,
            peripheral_id: r.fixed()?,
            peripheral_type: r.fixed()?,
            connection_device_id_type: r.fixed()?,
            connection_call_id: r.fixed()?,
            line_handle: r.fixed()?,
            line_type: r.fixed()?,
            trunk_used_device_type: r.fixed()?,
            called_device_type: r.fixed()?,
            local_connection_state: r.fixed()?,
            event_cause: r.fixed()?,
            ..Self::default()
        };
        while let Some(f) = r.field()? {
            match f.tag {
                25 => m.connection_device_id = f.text(),
                48 => m.trunk_used_device_id = f.text(),
                28 => m.called_device_id = f.text(),
                121 => m.trunk_number = Some(f.number()?),
                122 => m.trunk_group_number = Some(f.number()?),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.monitor_id);
        w.fixed(self.peripheral_id);
        w.fixed(self.peripheral_type);
        w.fixed(self.connection_device_id_type);
        w.fixed(self.connection_call_id);
        w.fixed(self.line_handle);
        w.fixed(self.line_type);
        w.fixed(self.trunk_used_device_type);
        w.fixed(self.called_device_type);
        w.fixed(self.local_connection_state);
        w.fixed(self.event_cause);
        w.required_text(&tags::CONNECTION_DEVICE_ID, &self.connection_device_id)?;
        w.text(&tags::TRUNK_USED_DEVICE_ID, &self.trunk_used_device_id)?;
        w.text(&tags::CALLED_DEVICE_ID, &self.called_device_id)?;
        w.number(&tags::TRUNK_NUMBER, self.trunk_number);
        w.number(&tags::TRUNK_GROUP_NUMBER, self.trunk_group_number);
        Ok(())
    }

    fn monitor_id(&self) -> Option<u32> {
        Some(self.monitor_id)
    }
}

/// One element of the list that NumSkillGroups counts in CALL_DEQUEUED_EVENT.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CallDequeuedEventSkillGroupsItem {
    /// FltSkillGroupNumber UINT, tag 62.
    pub flt_skill_group_number: Option<u32>,
    /// FltSkillGroupID UINT, tag 63.
    pub flt_skill_group_id: Option<u32>,
    /// FltSkillGroupPriority USHORT, tag 64.
    pub flt_skill_group_priority: Option<u16>,
}

/// CALL_DEQUEUED_EVENT (86), server to client.
///
/// NumSkillGroups 0 = removed from every queue. Unlike CALL_QUEUED_EVENT the QueueDeviceType comes before
/// the service pair.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CallDequeuedEvent {
    /// MonitorID UINT.
    pub monitor_id: u32,
    /// PeripheralID UINT.
    pub peripheral_id: u32,
    /// PeripheralType USHORT.
    pub peripheral_type: PeripheralType,
    /// ConnectionDeviceIDType USHORT.
    pub connection_device_id_type: ConnectionDeviceIdType,
    /// ConnectionCallID UINT.
    pub connection_call_id: u32,
    /// QueueDeviceType USHORT.
    pub queue_device_type: DeviceIdType,
    /// ServiceNumber UINT.
    pub service_number: u32,
    /// ServiceID UINT.
    pub service_id: u32,
    /// NumQueued USHORT.
    pub num_queued: u16,
    /// LocalConnectionState USHORT.
    pub local_connection_state: LocalConnectionState,
    /// EventCause USHORT.
    pub event_cause: EventCause,
    /// ConnectionDeviceID STRING, tag 25, required.
    pub connection_device_id: String,
    /// QueueDeviceID STRING, tag 45.
    pub queue_device_id: String,
    /// Counted by NumSkillGroups.
    pub skill_groups: Vec<CallDequeuedEventSkillGroupsItem>,
    /// DequeueType USHORT, tag 124.
    pub dequeue_type: Option<u16>,
}

impl Body for CallDequeuedEvent {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let monitor_id = r.fixed()?;
        let peripheral_id = r.fixed()?;
        let peripheral_type = r.fixed()?;
        let connection_device_id_type = r.fixed()?;
        let connection_call_id = r.fixed()?;
        let queue_device_type = r.fixed()?;
        let service_number = r.fixed()?;
        let service_id = r.fixed()?;
        let num_queued = r.fixed()?;
        r.fixed::<u16>()?;
        let local_connection_state = r.fixed()?;
        let event_cause = r.fixed()?;
        let mut m = Self {
            monitor_id,
            peripheral_id,
            peripheral_type,
            connection_device_id_type,
            connection_call_id,
            queue_device_type,
            service_number,
            service_id,
            num_queued,
            local_connection_state,
            event_cause,
            ..Self::default()
        };
        let mut skill_groups_group = Group::default();
        while let Some(f) = r.field()? {
            match f.tag {
                25 => m.connection_device_id = f.text(),
                45 => m.queue_device_id = f.text(),
                62 => skill_groups_group.element(&mut m.skill_groups, 0).flt_skill_group_number = Some(f.number()?),
                63 => skill_groups_group.element(&mut m.skill_groups, 1).flt_skill_group_id = Some(f.number()?),
                64 => skill_groups_group.element(&mut m.skill_groups, 2).flt_skill_group_priority = Some(f.number()?),
                124 => m.dequeue_type = Some(f.number()?),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.monitor_id);
        w.fixed(self.peripheral_id);
        w.fixed(self.peripheral_type);
        w.fixed(self.connection_device_id_type);
        w.fixed(self.connection_call_id);
        w.fixed(self.queue_device_type);
        w.fixed(self.service_number);
        w.fixed(self.service_id);
        w.fixed(self.num_queued);
        w.count::<u16>(self.skill_groups.len(), 0);
        w.fixed(self.local_connection_state);
        w.fixed(self.event_cause);
        w.required_text(&tags::CONNECTION_DEVICE_ID, &self.connection_device_id)?;
        w.text(&tags::QUEUE_DEVICE_ID, &self.queue_device_id)?;
        for item in &self.skill_groups {
            w.first_number(&tags::FLT_SKILL_GROUP_NUMBER, item.flt_skill_group_number)?;
            w.number(&tags::FLT_SKILL_GROUP_ID, item.flt_skill_group_id);
            w.number(&tags::FLT_SKILL_GROUP_PRIORITY, item.flt_skill_group_priority);
        }
        w.number(&tags::DEQUEUE_TYPE, self.dequeue_type);
        Ok(())
    }

    fn monitor_id(&self) -> Option<u32> {
        Some(self.monitor_id)
    }
}

/// One element of the list that NumOfEnabledServices counts in AGENT_PRE_CALL_EVENT.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AgentPreCallEventEnabledServicesItem {
    /// FltEnabledServices UINT, tag 309, from version 24.
    pub flt_enabled_services: Option<u32>,
}

/// AGENT_PRE_CALL_EVENT (105), server to client.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AgentPreCallEvent {
    /// MonitorID UINT.
    pub monitor_id: u32,
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
    /// MRDID INT.
    pub mrd_id: i32,
    /// AgentSkillTargetID UINT, from version 20.
    pub agent_skill_target_id: u32,
    /// AgentInstrument STRING, tag 6, required.
    pub agent_instrument: String,
    /// RouterCallKeyDay UINT, tag 72.
    pub router_call_key_day: Option<u32>,
    /// RouterCallKeyCallID UINT, tag 73.
    pub router_call_key_call_id: Option<u32>,
    /// RouterCallKeySequenceNumber UINT, tag 110.
    pub router_call_key_sequence_number: Option<u32>,
    /// ANI STRING, tag 8.
    pub ani: String,
    /// UserToUserInfo UNSPEC, tag 9.
    pub user_to_user_info: Vec<u8>,
    /// DialedNumber STRING, tag 11.
    pub dialed_number: String,
    /// CallerEnteredDigits STRING, tag 12.
    pub caller_entered_digits: String,
    /// FltCallTypeID UINT, tag 210, from version 14.
    pub flt_call_type_id: Option<u32>,
    /// PreCallInvokeID UINT, tag 221, from version 14.
    pub pre_call_invoke_id: Option<u32>,
    /// CallVariable1 to CallVariable10, at most 40 bytes each.
    pub call_variables: [String; 10],
    /// Counted by NumNamedVariables.
    pub named_variables: Vec<NamedVariable>,
    /// Counted by NumNamedArrays.
    pub named_arrays: Vec<NamedArray>,
    /// AgentID STRING, tag 5, from version 20.
    pub agent_id: String,
    /// ProtocolReferenceGUID STRING, tag 294, from version 24.
    pub protocol_reference_guid: String,
    /// Counted by NumOfEnabledServices, from version 24.
    pub enabled_services: Vec<AgentPreCallEventEnabledServicesItem>,
    /// CcaiConfigID STRING, tag 311, from version 24.
    pub ccai_config_id: String,
}

impl Body for AgentPreCallEvent {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let monitor_id = r.fixed()?;
        r.fixed::<u16>()?;
        r.fixed::<u16>()?;
        let service_number = r.fixed()?;
        let service_id = r.fixed()?;
        let skill_group_number = r.fixed()?;
        let skill_group_id = r.fixed()?;
        let skill_group_priority = r.fixed()?;
        let mrd_id = r.fixed()?;
        let agent_skill_target_id = r.fixed_since(20)?;
        let mut m = Self {
            monitor_id,
            service_number,
            service_id,
            skill_group_number,
            skill_group_id,
            skill_group_priority,
            mrd_id,
            agent_skill_target_id,
            ..Self::default()
        };
        let mut enabled_services_group = Group::default();
        while let Some(f) = r.field()? {
            match f.tag {
                6 => m.agent_instrument = f.text(),
                72 => m.router_call_key_day = Some(f.number()?),
                73 => m.router_call_key_call_id = Some(f.number()?),
                110 => m.router_call_key_sequence_number = Some(f.number()?),
                8 => m.ani = f.text(),
                9 => m.user_to_user_info = f.opaque(),
                11 => m.dialed_number = f.text(),
                12 => m.caller_entered_digits = f.text(),
                210 => m.flt_call_type_id = Some(f.number()?),
                221 => m.pre_call_invoke_id = Some(f.number()?),
                13..=22 => f.call_variable(&mut m.call_variables),
                82 => m.named_variables.push(f.named_variable()),
                83 => m.named_arrays.push(f.named_array()?),
                5 => m.agent_id = f.text(),
                294 => m.protocol_reference_guid = f.text(),
                310 => {}
                309 => enabled_services_group.element(&mut m.enabled_services, 0).flt_enabled_services = Some(f.number()?),
                311 => m.ccai_config_id = f.text(),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.monitor_id);
        w.count::<u16>(self.named_variables.len(), 0);
        w.count::<u16>(self.named_arrays.len(), 0);
        w.fixed(self.service_number);
        w.fixed(self.service_id);
        w.fixed(self.skill_group_number);
        w.fixed(self.skill_group_id);
        w.fixed(self.skill_group_priority);
        w.fixed(self.mrd_id);
        if w.has(20) {
            w.fixed(self.agent_skill_target_id);
        }
        w.required_text(&tags::AGENT_INSTRUMENT, &self.agent_instrument)?;
        w.number(&tags::ROUTER_CALL_KEY_DAY, self.router_call_key_day);
        w.number(&tags::ROUTER_CALL_KEY_CALL_ID, self.router_call_key_call_id);
        w.number(&tags::ROUTER_CALL_KEY_SEQUENCE_NUMBER, self.router_call_key_sequence_number);
        w.text(&tags::ANI, &self.ani)?;
        w.opaque(&tags::USER_TO_USER_INFO, &self.user_to_user_info)?;
        w.text(&tags::DIALED_NUMBER, &self.dialed_number)?;
        w.text(&tags::CALLER_ENTERED_DIGITS, &self.caller_entered_digits)?;
        if w.has(14) {
            w.number(&tags::FLT_CALL_TYPE_ID, self.flt_call_type_id);
        }
        if w.has(14) {
            w.number(&tags::PRE_CALL_INVOKE_ID, self.pre_call_invoke_id);
        }
        w.call_variables(&self.call_variables)?;
        for item in &self.named_variables {
            w.named_variable(&tags::NAMED_VARIABLE, item)?;
        }
        for item in &self.named_arrays {
            w.named_array(&tags::NAMED_ARRAY, item)?;
        }
        if w.has(20) {
            w.text(&tags::AGENT_ID, &self.agent_id)?;
        }
        if w.has(24) {
            w.text(&tags::PROTOCOL_REFERENCE_GUID, &self.protocol_reference_guid)?;
        }
        if w.has(24) {
            w.floating_count::<u16>(&tags::NUM_OF_ENABLED_SERVICES, self.enabled_services.len());
            for item in &self.enabled_services {
                w.first_number(&tags::FLT_ENABLED_SERVICES, item.flt_enabled_services)?;
            }
        }
        if w.has(24) {
            w.text(&tags::CCAI_CONFIG_ID, &self.ccai_config_id)?;
        }
        Ok(())
    }

    fn monitor_id(&self) -> Option<u32> {
        Some(self.monitor_id)
    }
}

/// AGENT_PRE_CALL_ABORT_EVENT (106), server to client.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AgentPreCallAbortEvent {
    /// MonitorID UINT.
    pub monitor_id: u32,
    /// MRDID INT.
    pub mrd_id: i32,
    /// AgentInstrument STRING, tag 6, required.
    pub agent_instrument: String,
    /// RouterCallKeyDay UINT, tag 72.
    pub router_call_key_day: Option<u32>,
    /// RouterCallKeyCallID UINT, tag 73.
    pub router_call_key_call_id: Option<u32>,
    /// RouterCallKeySequenceNumber UINT, tag 110.
    pub router_call_key_sequence_number: Option<u32>,
}

impl Body for AgentPreCallAbortEvent {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut m = Self {
            monitor_id: r.fixed()?,
            mrd_id: r.fixed()?,
            ..Self::default()
        };
        while let Some(f) = r.field()? {
            match f.tag {
                6 => m.agent_instrument = f.text(),
                72 => m.router_call_key_day = Some(f.number()?),
                73 => m.router_call_key_call_id = Some(f.number()?),
                110 => m.router_call_key_sequence_number = Some(f.number()?),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.monitor_id);
        w.fixed(self.mrd_id);
        w.required_text(&tags::AGENT_INSTRUMENT, &self.agent_instrument)?;
        w.number(&tags::ROUTER_CALL_KEY_DAY, self.router_call_key_day);
        w.number(&tags::ROUTER_CALL_KEY_CALL_ID, self.router_call_key_call_id);
        w.number(&tags::ROUTER_CALL_KEY_SEQUENCE_NUMBER, self.router_call_key_sequence_number);
        Ok(())
    }

    fn monitor_id(&self) -> Option<u32> {
        Some(self.monitor_id)
    }
}

/// RTP_STARTED_EVENT (116), server to client.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RtpStartedEvent {
    /// MonitorID UINT.
    pub monitor_id: u32,
    /// PeripheralID UINT.
    pub peripheral_id: u32,
    /// ClientPort UINT.
    pub client_port: u32,
    /// Direction USHORT.
    pub direction: RtpDirection,
    /// RTPType USHORT.
    pub rtp_type: RtpType,
    /// BitRate UINT.
    pub bit_rate: u32,
    /// EchoCancellation USHORT.
    pub echo_cancellation: u16,
    /// PacketSize UINT.
    pub packet_size: u32,
    /// PayloadType USHORT.
    pub payload_type: u16,
    /// ConnectionDeviceIDType USHORT.
    pub connection_device_id_type: ConnectionDeviceIdType,
    /// ConnectionCallID UINT.
    pub connection_call_id: u32,
    /// ConnectionDeviceID STRING, tag 25, required.
    pub connection_device_id: String,
    /// ClientAddress STRING, tag 81, required.
    pub client_address: String,
    /// ClientAddressIPV6 STRING, tag 226, from version 14.
    pub client_address_ipv6: String,
    /// AgentID STRING, tag 5.
    pub agent_id: String,
    /// AgentExtension STRING, tag 4.
    pub agent_extension: String,
    /// AgentInstrument STRING, tag 6.
    pub agent_instrument: String,
    /// SendingAddress STRING, tag 125.
    pub sending_address: String,
    /// SendingPort UINT, tag 126.
    pub sending_port: Option<u32>,
    /// SendingAddressIPV6 STRING, tag 227, from version 14.
    pub sending_address_ipv6: String,
}

impl Body for RtpStartedEvent {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut m = Self {
            monitor_id: r.fixed()?,
            peripheral_id: r.fixed()?,
            client_port: r.fixed()?,
            direction: r.fixed()?,
            rtp_type: r.fixed()?,
            bit_rate: r.fixed()?,
            echo_cancellation: r.fixed()?,
            packet_size: r.fixed()?,
            payload_type: r.fixed()?,
            connection_device_id_type: r.fixed()?,
            connection_call_id: r.fixed()?,
            ..Self::default()
        };
        while let Some(f) = r.field()? {
            match f.tag {
                25 => m.connection_device_id = f.text(),
                81 => m.client_address = f.text(),
                226 => m.client_address_ipv6 = f.text(),
                5 => m.agent_id = f.text(),
                4 => m.agent_extension = f.text(),
                6 => m.agent_instrument = f.text(),
                125 => m.sending_address = f.text(),
                126 => m.sending_port = Some(f.number()?),
                227 => m.sending_address_ipv6 = f.text(),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.monitor_id);
        w.fixed(self.peripheral_id);
        w.fixed(self.client_port);
        w.fixed(self.direction);
        w.fixed(self.rtp_type);
        w.fixed(self.bit_rate);
        w.fixed(self.echo_cancellation);
        w.fixed(self.packet_size);
        w.fixed(self.payload_type);
        w.fixed(self.connection_device_id_type);
        w.fixed(self.connection_call_id);
        w.required_text(&tags::CONNECTION_DEVICE_ID, &self.connection_device_id)?;
        w.required_text(&tags::CLIENT_ADDRESS, &self.client_address)?;
        if w.has(14) {
            w.text(&tags::CLIENT_ADDRESS_IPV6, &self.client_address_ipv6)?;
        }
        w.text(&tags::AGENT_ID, &self.agent_id)?;
        w.text(&tags::AGENT_EXTENSION, &self.agent_extension)?;
        w.text(&tags::AGENT_INSTRUMENT, &self.agent_instrument)?;
        w.text(&tags::SENDING_ADDRESS, &self.sending_address)?;
        w.number(&tags::SENDING_PORT, self.sending_port);
        if w.has(14) {
            w.text(&tags::SENDING_ADDRESS_IPV6, &self.sending_address_ipv6)?;
        }
        Ok(())
    }

    fn monitor_id(&self) -> Option<u32> {
        Some(self.monitor_id)
    }
}

/// RTP_STOPPED_EVENT (117), server to client.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RtpStoppedEvent {
    /// MonitorID UINT.
    pub monitor_id: u32,
    /// PeripheralID UINT.
    pub peripheral_id: u32,
    /// ClientPort UINT.
    pub client_port: u32,
    /// Direction USHORT.
    pub direction: RtpDirection,
    /// ConnectionDeviceIDType USHORT.
    pub connection_device_id_type: ConnectionDeviceIdType,
    /// ConnectionCallID UINT.
    pub connection_call_id: u32,
    /// ConnectionDeviceID STRING, tag 25, required.
    pub connection_device_id: String,
    /// ClientAddress STRING, tag 81, required.
    pub client_address: String,
    /// ClientAddressIPV6 STRING, tag 226, from version 14.
    pub client_address_ipv6: String,
    /// AgentID STRING, tag 5.
    pub agent_id: String,
    /// AgentExtension STRING, tag 4.
    pub agent_extension: String,
    /// AgentInstrument STRING, tag 6.
    pub agent_instrument: String,
    /// SendingAddress STRING, tag 125.
    pub sending_address: String,
    /// SendingPort UINT, tag 126.
    pub sending_port: Option<u32>,
    /// SendingAddressIPV6 STRING, tag 227, from version 14.
    pub sending_address_ipv6: String,
}

impl Body for RtpStoppedEvent {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut m = Self {
            monitor_id: r.fixed()?,
            peripheral_id: r.fixed()?,
            client_port: r.fixed()?,
            direction: r.fixed()?,
            connection_device_id_type: r.fixed()?,
            connection_call_id: r.fixed()?,
            ..Self::default()
        };
        while let Some(f) = r.field()? {
            match f.tag {
                25 => m.connection_device_id = f.text(),
                81 => m.client_address = f.text(),
                226 => m.client_address_ipv6 = f.text(),
                5 => m.agent_id = f.text(),
                4 => m.agent_extension = f.text(),
                6 => m.agent_instrument = f.text(),
                125 => m.sending_address = f.text(),
                126 => m.sending_port = Some(f.number()?),
                227 => m.sending_address_ipv6 = f.text(),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.monitor_id);
        w.fixed(self.peripheral_id);
        w.fixed(self.client_port);
        w.fixed(self.direction);
        w.fixed(self.connection_device_id_type);
        w.fixed(self.connection_call_id);
        w.required_text(&tags::CONNECTION_DEVICE_ID, &self.connection_device_id)?;
        w.required_text(&tags::CLIENT_ADDRESS, &self.client_address)?;
        if w.has(14) {
            w.text(&tags::CLIENT_ADDRESS_IPV6, &self.client_address_ipv6)?;
        }
        w.text(&tags::AGENT_ID, &self.agent_id)?;
        w.text(&tags::AGENT_EXTENSION, &self.agent_extension)?;
        w.text(&tags::AGENT_INSTRUMENT, &self.agent_instrument)?;
        w.text(&tags::SENDING_ADDRESS, &self.sending_address)?;
        w.number(&tags::SENDING_PORT, self.sending_port);
        if w.has(14) {
            w.text(&tags::SENDING_ADDRESS_IPV6, &self.sending_address_ipv6)?;
        }
        Ok(())
    }

    fn monitor_id(&self) -> Option<u32> {
        Some(self.monitor_id)
    }
}

/// CALL_AGENT_GREETING_EVENT (248), server to client, from version 15.
///
/// Also carries GreetingType (STRING 32); its tag is not published.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CallAgentGreetingEvent {
    /// MonitorID UINT.
    pub monitor_id: u32,
    /// PeripheralID UINT.
    pub peripheral_id: u32,
    /// ConnectionDeviceIDType USHORT.
    pub connection_device_id_type: ConnectionDeviceIdType,
    /// ConnectionCallID UINT.
    pub connection_call_id: u32,
    /// EventCode USHORT.
    pub event_code: GreetingEventCode,
    /// PeripheralErrorCode UINT.
    pub peripheral_error_code: u32,
    /// ConnectionDeviceID STRING, tag 25, required.
    pub connection_device_id: String,
    /// AgentID STRING, tag 5, required.
    pub agent_id: String,
}

impl Body for CallAgentGreetingEvent {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut m = Self {
            monitor_id: r.fixed()?,
            peripheral_id: r.fixed()?,
            connection_device_id_type: r.fixed()?,
            connection_call_id: r.fixed()?,
            event_code: r.fixed()?,
            peripheral_error_code: r.fixed()?,
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
        w.fixed(self.monitor_id);
        w.fixed(self.peripheral_id);
        w.fixed(self.connection_device_id_type);
        w.fixed(self.connection_call_id);
        w.fixed(self.event_code);
        w.fixed(self.peripheral_error_code);
        w.required_text(&tags::CONNECTION_DEVICE_ID, &self.connection_device_id)?;
        w.required_text(&tags::AGENT_ID, &self.agent_id)?;
        Ok(())
    }

    fn monitor_id(&self) -> Option<u32> {
        Some(self.monitor_id)
    }
}
