// Made from spec/ged188.toml by `cargo run -p ged188 --example generate`. Do not edit.

//! Call control.

use super::tags;
use super::{NamedArray, NamedVariable};
use crate::message::Body;
use crate::reader::Group;
use crate::reader::Reader;
use crate::values::{AllocationState, AnswerDetectMode, AnsweringMachine, CallMannerType, CallOption, CallPlacementType, ConnectionDeviceIdType, ConsultType, DestinationCountry, DeviceIdType, FacilityType, LineType, RtpDirection, RtpType};
use crate::writer::Writer;
use crate::{DecodeError, EncodeError};

/// ALTERNATE_CALL_REQ (40), client to server.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AlternateCallReq {
    /// InvokeID UINT.
    pub invoke_id: u32,
    /// PeripheralID UINT.
    pub peripheral_id: u32,
    /// ActiveConnectionCallID UINT.
    pub active_connection_call_id: u32,
    /// OtherConnectionCallID UINT.
    pub other_connection_call_id: u32,
    /// ActiveConnectionDeviceIDType USHORT.
    pub active_connection_device_id_type: ConnectionDeviceIdType,
    /// OtherConnectionDeviceIDType USHORT.
    pub other_connection_device_id_type: ConnectionDeviceIdType,
    /// ActiveConnectionDeviceID STRING, tag 50, required.
    pub active_connection_device_id: String,
    /// OtherConnectionDeviceID STRING, tag 52, required.
    pub other_connection_device_id: String,
    /// AgentInstrument STRING, tag 6.
    pub agent_instrument: String,
}

impl Body for AlternateCallReq {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut m = Self {
            invoke_id: r.fixed()?,
            peripheral_id: r.fixed()?,
            active_connection_call_id: r.fixed()?,
            other_connection_call_id: r.fixed()?,
            active_connection_device_id_type: r.fixed()?,
            other_connection_device_id_type: r.fixed()?,
            ..Self::default()
        };
        while let Some(f) = r.field()? {
            match f.tag {
                50 => m.active_connection_device_id = f.text(),
                52 => m.other_connection_device_id = f.text(),
                6 => m.agent_instrument = f.text(),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.invoke_id);
        w.fixed(self.peripheral_id);
        w.fixed(self.active_connection_call_id);
        w.fixed(self.other_connection_call_id);
        w.fixed(self.active_connection_device_id_type);
        w.fixed(self.other_connection_device_id_type);
        w.required_text(&tags::ACTIVE_CONNECTION_DEVICE_ID, &self.active_connection_device_id)?;
        w.required_text(&tags::OTHER_CONNECTION_DEVICE_ID, &self.other_connection_device_id)?;
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

/// ALTERNATE_CALL_CONF (41), server to client.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AlternateCallConf {
    /// InvokeID UINT.
    pub invoke_id: u32,
}

impl Body for AlternateCallConf {
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

/// ANSWER_CALL_REQ (42), client to server.
///
/// ConnectionCallID 0xFFFFFFFF is accepted where the instrument has a single alerting call.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AnswerCallReq {
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
    /// AgentInstrument STRING, tag 6.
    pub agent_instrument: String,
}

impl Body for AnswerCallReq {
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

/// ANSWER_CALL_CONF (43), server to client.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AnswerCallConf {
    /// InvokeID UINT.
    pub invoke_id: u32,
}

impl Body for AnswerCallConf {
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

/// CLEAR_CALL_REQ (44), client to server.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ClearCallReq {
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
    /// AgentInstrument STRING, tag 6.
    pub agent_instrument: String,
}

impl Body for ClearCallReq {
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

/// CLEAR_CALL_CONF (45), server to client.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ClearCallConf {
    /// InvokeID UINT.
    pub invoke_id: u32,
}

impl Body for ClearCallConf {
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

/// CLEAR_CONNECTION_REQ (46), client to server.
///
/// Some guides print RequestingDeviceIDType in the fixed part, but it has a tag and one implementation
/// sends it as floating: treat as floating. To drop another party, ConnectionDeviceID names that party
/// and RequestingDeviceID the requester.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ClearConnectionReq {
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
    /// AgentInstrument STRING, tag 6.
    pub agent_instrument: String,
    /// RequestingDeviceIDType USHORT, tag 220, from version 14.
    pub requesting_device_id_type: Option<DeviceIdType>,
    /// RequestingDeviceID STRING, tag 219, from version 14.
    pub requesting_device_id: String,
}

impl Body for ClearConnectionReq {
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
                6 => m.agent_instrument = f.text(),
                220 => m.requesting_device_id_type = Some(f.number()?),
                219 => m.requesting_device_id = f.text(),
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
        w.text(&tags::AGENT_INSTRUMENT, &self.agent_instrument)?;
        if w.has(14) {
            w.number(&tags::REQUESTING_DEVICE_ID_TYPE, self.requesting_device_id_type);
        }
        if w.has(14) {
            w.text(&tags::REQUESTING_DEVICE_ID, &self.requesting_device_id)?;
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

/// CLEAR_CONNECTION_CONF (47), server to client.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ClearConnectionConf {
    /// InvokeID UINT.
    pub invoke_id: u32,
}

impl Body for ClearConnectionConf {
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

/// CONFERENCE_CALL_REQ (48), client to server.
///
/// HeldConnectionDeviceID for a consulted conference, DialedNumber for a single-step one. The held pair
/// precedes the active pair here, the reverse of TRANSFER_CALL_REQ.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConferenceCallReq {
    /// InvokeID UINT.
    pub invoke_id: u32,
    /// PeripheralID UINT.
    pub peripheral_id: u32,
    /// HeldConnectionCallID UINT.
    pub held_connection_call_id: u32,
    /// ActiveConnectionCallID UINT.
    pub active_connection_call_id: u32,
    /// HeldConnectionDeviceIDType USHORT.
    pub held_connection_device_id_type: ConnectionDeviceIdType,
    /// ActiveConnectionDeviceIDType USHORT.
    pub active_connection_device_id_type: ConnectionDeviceIdType,
    /// CallPlacementType USHORT.
    pub call_placement_type: CallPlacementType,
    /// CallMannerType USHORT.
    pub call_manner_type: CallMannerType,
    /// AlertRings USHORT.
    pub alert_rings: u16,
    /// CallOption USHORT.
    pub call_option: CallOption,
    /// FacilityType USHORT.
    pub facility_type: FacilityType,
    /// AnsweringMachine USHORT.
    pub answering_machine: AnsweringMachine,
    /// Priority BOOL.
    pub priority: bool,
    /// PostRoute BOOL.
    pub post_route: bool,
    /// ActiveConnectionDeviceID STRING, tag 50, required.
    pub active_connection_device_id: String,
    /// HeldConnectionDeviceID STRING, tag 53.
    pub held_connection_device_id: String,
    /// AgentInstrument STRING, tag 6.
    pub agent_instrument: String,
    /// DialedNumber STRING, tag 11.
    pub dialed_number: String,
    /// UserToUserInfo UNSPEC, tag 9.
    pub user_to_user_info: Vec<u8>,
    /// CallVariable1 to CallVariable10, at most 40 bytes each.
    pub call_variables: [String; 10],
    /// CallWrapupData STRING, tag 46.
    pub call_wrapup_data: String,
    /// Counted by NumNamedVariables.
    pub named_variables: Vec<NamedVariable>,
    /// Counted by NumNamedArrays.
    pub named_arrays: Vec<NamedArray>,
    /// FacilityCode STRING, tag 51.
    pub facility_code: String,
    /// AuthorizationCode STRING, tag 77.
    pub authorization_code: String,
    /// AccountCode STRING, tag 78.
    pub account_code: String,
}

impl Body for ConferenceCallReq {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let invoke_id = r.fixed()?;
        let peripheral_id = r.fixed()?;
        let held_connection_call_id = r.fixed()?;
        let active_connection_call_id = r.fixed()?;
        let held_connection_device_id_type = r.fixed()?;
        let active_connection_device_id_type = r.fixed()?;
        let call_placement_type = r.fixed()?;
        let call_manner_type = r.fixed()?;
        let alert_rings = r.fixed()?;
        let call_option = r.fixed()?;
        let facility_type = r.fixed()?;
        let answering_machine = r.fixed()?;
        let priority = r.fixed()?;
        let post_route = r.fixed()?;
        r.fixed::<u16>()?;
        r.fixed::<u16>()?;
        let mut m = Self {
            invoke_id,
            peripheral_id,
            held_connection_call_id,
            active_connection_call_id,
            held_connection_device_id_type,
            active_connection_device_id_type,
            call_placement_type,
            call_manner_type,
            alert_rings,
            call_option,
            facility_type,
            answering_machine,
            priority,
            post_route,
            ..Self::default()
        };
        while let Some(f) = r.field()? {
            match f.tag {
                50 => m.active_connection_device_id = f.text(),
                53 => m.held_connection_device_id = f.text(),
                6 => m.agent_instrument = f.text(),
                11 => m.dialed_number = f.text(),
                9 => m.user_to_user_info = f.opaque(),
                13..=22 => f.call_variable(&mut m.call_variables),
                46 => m.call_wrapup_data = f.text(),
                82 => m.named_variables.push(f.named_variable()),
                83 => m.named_arrays.push(f.named_array()?),
                51 => m.facility_code = f.text(),
                77 => m.authorization_code = f.text(),
                78 => m.account_code = f.text(),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.invoke_id);
        w.fixed(self.peripheral_id);
        w.fixed(self.held_connection_call_id);
        w.fixed(self.active_connection_call_id);
        w.fixed(self.held_connection_device_id_type);
        w.fixed(self.active_connection_device_id_type);
        w.fixed(self.call_placement_type);
        w.fixed(self.call_manner_type);
        w.fixed(self.alert_rings);
        w.fixed(self.call_option);
        w.fixed(self.facility_type);
        w.fixed(self.answering_machine);
        w.fixed(self.priority);
        w.fixed(self.post_route);
        w.count::<u16>(self.named_variables.len(), 0);
        w.count::<u16>(self.named_arrays.len(), 0);
        w.required_text(&tags::ACTIVE_CONNECTION_DEVICE_ID, &self.active_connection_device_id)?;
        w.text(&tags::HELD_CONNECTION_DEVICE_ID, &self.held_connection_device_id)?;
        w.text(&tags::AGENT_INSTRUMENT, &self.agent_instrument)?;
        w.text(&tags::DIALED_NUMBER, &self.dialed_number)?;
        w.opaque(&tags::USER_TO_USER_INFO, &self.user_to_user_info)?;
        w.call_variables(&self.call_variables)?;
        w.text(&tags::CALL_WRAPUP_DATA, &self.call_wrapup_data)?;
        for item in &self.named_variables {
            w.named_variable(&tags::NAMED_VARIABLE, item)?;
        }
        for item in &self.named_arrays {
            w.named_array(&tags::NAMED_ARRAY, item)?;
        }
        w.text(&tags::FACILITY_CODE, &self.facility_code)?;
        w.text(&tags::AUTHORIZATION_CODE, &self.authorization_code)?;
        w.text(&tags::ACCOUNT_CODE, &self.account_code)?;
        Ok(())
    }

    fn invoke_id(&self) -> Option<u32> {
        Some(self.invoke_id)
    }

    fn invoke_id_mut(&mut self) -> Option<&mut u32> {
        Some(&mut self.invoke_id)
    }
}

/// One element of the list that NumParties counts in CONFERENCE_CALL_CONF.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConferenceCallConfPartiesItem {
    /// ConnectedPartyCallID UINT, tag 39.
    pub connected_party_call_id: Option<u32>,
    /// ConnectedPartyDeviceIDType USHORT, tag 40.
    pub connected_party_device_id_type: Option<ConnectionDeviceIdType>,
    /// ConnectedPartyDeviceID STRING, tag 41.
    pub connected_party_device_id: String,
}

/// CONFERENCE_CALL_CONF (49), server to client.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConferenceCallConf {
    /// InvokeID UINT.
    pub invoke_id: u32,
    /// NewConnectionCallID UINT.
    pub new_connection_call_id: u32,
    /// NewConnectionDeviceIDType USHORT.
    pub new_connection_device_id_type: ConnectionDeviceIdType,
    /// LineHandle USHORT.
    pub line_handle: u16,
    /// LineType USHORT.
    pub line_type: LineType,
    /// NewConnectionDeviceID STRING, tag 47, required.
    pub new_connection_device_id: String,
    /// Counted by NumParties.
    pub parties: Vec<ConferenceCallConfPartiesItem>,
}

impl Body for ConferenceCallConf {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let invoke_id = r.fixed()?;
        let new_connection_call_id = r.fixed()?;
        let new_connection_device_id_type = r.fixed()?;
        r.fixed::<u16>()?;
        let line_handle = r.fixed()?;
        let line_type = r.fixed()?;
        let mut m = Self {
            invoke_id,
            new_connection_call_id,
            new_connection_device_id_type,
            line_handle,
            line_type,
            ..Self::default()
        };
        let mut parties_group = Group::default();
        while let Some(f) = r.field()? {
            match f.tag {
                47 => m.new_connection_device_id = f.text(),
                39 => parties_group.element(&mut m.parties, 0).connected_party_call_id = Some(f.number()?),
                40 => parties_group.element(&mut m.parties, 1).connected_party_device_id_type = Some(f.number()?),
                41 => parties_group.element(&mut m.parties, 2).connected_party_device_id = f.text(),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.invoke_id);
        w.fixed(self.new_connection_call_id);
        w.fixed(self.new_connection_device_id_type);
        w.count::<u16>(self.parties.len(), 0);
        w.fixed(self.line_handle);
        w.fixed(self.line_type);
        w.required_text(&tags::NEW_CONNECTION_DEVICE_ID, &self.new_connection_device_id)?;
        for item in &self.parties {
            w.first_number(&tags::CONNECTED_PARTY_CALL_ID, item.connected_party_call_id)?;
            w.number(&tags::CONNECTED_PARTY_DEVICE_ID_TYPE, item.connected_party_device_id_type);
            w.text(&tags::CONNECTED_PARTY_DEVICE_ID, &item.connected_party_device_id)?;
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

/// CONSULTATION_CALL_REQ (50), client to server.
///
/// The active call is held by the peripheral; not allowed on an already held call.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConsultationCallReq {
    /// InvokeID UINT.
    pub invoke_id: u32,
    /// PeripheralID UINT.
    pub peripheral_id: u32,
    /// ActiveConnectionCallID UINT.
    pub active_connection_call_id: u32,
    /// ActiveConnectionDeviceIDType USHORT.
    pub active_connection_device_id_type: ConnectionDeviceIdType,
    /// CallPlacementType USHORT.
    pub call_placement_type: CallPlacementType,
    /// CallMannerType USHORT.
    pub call_manner_type: CallMannerType,
    /// ConsultType USHORT.
    pub consult_type: ConsultType,
    /// AlertRings USHORT.
    pub alert_rings: u16,
    /// CallOption USHORT.
    pub call_option: CallOption,
    /// FacilityType USHORT.
    pub facility_type: FacilityType,
    /// AnsweringMachine USHORT.
    pub answering_machine: AnsweringMachine,
    /// Priority BOOL.
    pub priority: bool,
    /// PostRoute BOOL.
    pub post_route: bool,
    /// ActiveConnectionDeviceID STRING, tag 50, required.
    pub active_connection_device_id: String,
    /// DialedNumber STRING, tag 11, required.
    pub dialed_number: String,
    /// AgentInstrument STRING, tag 6.
    pub agent_instrument: String,
    /// UserToUserInfo UNSPEC, tag 9.
    pub user_to_user_info: Vec<u8>,
    /// CallVariable1 to CallVariable10, at most 40 bytes each.
    pub call_variables: [String; 10],
    /// CallWrapupData STRING, tag 46.
    pub call_wrapup_data: String,
    /// Counted by NumNamedVariables.
    pub named_variables: Vec<NamedVariable>,
    /// Counted by NumNamedArrays.
    pub named_arrays: Vec<NamedArray>,
    /// FacilityCode STRING, tag 51.
    pub facility_code: String,
    /// AuthorizationCode STRING, tag 77.
    pub authorization_code: String,
    /// AccountCode STRING, tag 78.
    pub account_code: String,
}

impl Body for ConsultationCallReq {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let invoke_id = r.fixed()?;
        let peripheral_id = r.fixed()?;
        let active_connection_call_id = r.fixed()?;
        let active_connection_device_id_type = r.fixed()?;
        let call_placement_type = r.fixed()?;
        let call_manner_type = r.fixed()?;
        let consult_type = r.fixed()?;
        let alert_rings = r.fixed()?;
        let call_option = r.fixed()?;
        let facility_type = r.fixed()?;
        let answering_machine = r.fixed()?;
        let priority = r.fixed()?;
        let post_route = r.fixed()?;
        r.fixed::<u16>()?;
        r.fixed::<u16>()?;
        let mut m = Self {
            invoke_id,
            peripheral_id,
            active_connection_call_id,
            active_connection_device_id_type,
            call_placement_type,
            call_manner_type,
            consult_type,
            alert_rings,
            call_option,
            facility_type,
            answering_machine,
            priority,
            post_route,
            ..Self::default()
        };
        while let Some(f) = r.field()? {
            match f.tag {
                50 => m.active_connection_device_id = f.text(),
                11 => m.dialed_number = f.text(),
                6 => m.agent_instrument = f.text(),
                9 => m.user_to_user_info = f.opaque(),
                13..=22 => f.call_variable(&mut m.call_variables),
                46 => m.call_wrapup_data = f.text(),
                82 => m.named_variables.push(f.named_variable()),
                83 => m.named_arrays.push(f.named_array()?),
                51 => m.facility_code = f.text(),
                77 => m.authorization_code = f.text(),
                78 => m.account_code = f.text(),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.invoke_id);
        w.fixed(self.peripheral_id);
        w.fixed(self.active_connection_call_id);
        w.fixed(self.active_connection_device_id_type);
        w.fixed(self.call_placement_type);
        w.fixed(self.call_manner_type);
        w.fixed(self.consult_type);
        w.fixed(self.alert_rings);
        w.fixed(self.call_option);
        w.fixed(self.facility_type);
        w.fixed(self.answering_machine);
        w.fixed(self.priority);
        w.fixed(self.post_route);
        w.count::<u16>(self.named_variables.len(), 0);
        w.count::<u16>(self.named_arrays.len(), 0);
        w.required_text(&tags::ACTIVE_CONNECTION_DEVICE_ID, &self.active_connection_device_id)?;
        w.required_text(&tags::DIALED_NUMBER, &self.dialed_number)?;
        w.text(&tags::AGENT_INSTRUMENT, &self.agent_instrument)?;
        w.opaque(&tags::USER_TO_USER_INFO, &self.user_to_user_info)?;
        w.call_variables(&self.call_variables)?;
        w.text(&tags::CALL_WRAPUP_DATA, &self.call_wrapup_data)?;
        for item in &self.named_variables {
            w.named_variable(&tags::NAMED_VARIABLE, item)?;
        }
        for item in &self.named_arrays {
            w.named_array(&tags::NAMED_ARRAY, item)?;
        }
        w.text(&tags::FACILITY_CODE, &self.facility_code)?;
        w.text(&tags::AUTHORIZATION_CODE, &self.authorization_code)?;
        w.text(&tags::ACCOUNT_CODE, &self.account_code)?;
        Ok(())
    }

    fn invoke_id(&self) -> Option<u32> {
        Some(self.invoke_id)
    }

    fn invoke_id_mut(&mut self) -> Option<&mut u32> {
        Some(&mut self.invoke_id)
    }
}

/// CONSULTATION_CALL_CONF (51), server to client.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConsultationCallConf {
    /// InvokeID UINT.
    pub invoke_id: u32,
    /// NewConnectionCallID UINT.
    pub new_connection_call_id: u32,
    /// NewConnectionDeviceIDType USHORT.
    pub new_connection_device_id_type: ConnectionDeviceIdType,
    /// LineHandle USHORT.
    pub line_handle: u16,
    /// LineType USHORT.
    pub line_type: LineType,
    /// NewConnectionDeviceID STRING, tag 47, required.
    pub new_connection_device_id: String,
}

impl Body for ConsultationCallConf {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut m = Self {
            invoke_id: r.fixed()?,
            new_connection_call_id: r.fixed()?,
            new_connection_device_id_type: r.fixed()?,
            line_handle: r.fixed()?,
            line_type: r.fixed()?,
            ..Self::default()
        };
        while let Some(f) = r.field()? {
            match f.tag {
                47 => m.new_connection_device_id = f.text(),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.invoke_id);
        w.fixed(self.new_connection_call_id);
        w.fixed(self.new_connection_device_id_type);
        w.fixed(self.line_handle);
        w.fixed(self.line_type);
        w.required_text(&tags::NEW_CONNECTION_DEVICE_ID, &self.new_connection_device_id)?;
        Ok(())
    }

    fn invoke_id(&self) -> Option<u32> {
        Some(self.invoke_id)
    }

    fn invoke_id_mut(&mut self) -> Option<&mut u32> {
        Some(&mut self.invoke_id)
    }
}

/// DEFLECT_CALL_REQ (52), client to server.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeflectCallReq {
    /// InvokeID UINT.
    pub invoke_id: u32,
    /// PeripheralID UINT.
    pub peripheral_id: u32,
    /// ConnectionCallID UINT.
    pub connection_call_id: u32,
    /// ConnectionDeviceIDType USHORT.
    pub connection_device_id_type: ConnectionDeviceIdType,
    /// CalledDeviceType USHORT.
    pub called_device_type: DeviceIdType,
    /// ConnectionDeviceID STRING, tag 25, required.
    pub connection_device_id: String,
    /// CalledDeviceID STRING, tag 28, required.
    pub called_device_id: String,
    /// AgentInstrument STRING, tag 6.
    pub agent_instrument: String,
}

impl Body for DeflectCallReq {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut m = Self {
            invoke_id: r.fixed()?,
            peripheral_id: r.fixed()?,
            connection_call_id: r.fixed()?,
            connection_device_id_type: r.fixed()?,
            called_device_type: r.fixed()?,
            ..Self::default()
        };
        while let Some(f) = r.field()? {
            match f.tag {
                25 => m.connection_device_id = f.text(),
                28 => m.called_device_id = f.text(),
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
        w.fixed(self.called_device_type);
        w.required_text(&tags::CONNECTION_DEVICE_ID, &self.connection_device_id)?;
        w.required_text(&tags::CALLED_DEVICE_ID, &self.called_device_id)?;
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

/// DEFLECT_CALL_CONF (53), server to client.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeflectCallConf {
    /// InvokeID UINT.
    pub invoke_id: u32,
}

impl Body for DeflectCallConf {
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

/// HOLD_CALL_REQ (54), client to server.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HoldCallReq {
    /// InvokeID UINT.
    pub invoke_id: u32,
    /// PeripheralID UINT.
    pub peripheral_id: u32,
    /// ConnectionCallID UINT.
    pub connection_call_id: u32,
    /// ConnectionDeviceIDType USHORT.
    pub connection_device_id_type: ConnectionDeviceIdType,
    /// Reservation BOOL.
    pub reservation: bool,
    /// ConnectionDeviceID STRING, tag 25, required.
    pub connection_device_id: String,
    /// AgentInstrument STRING, tag 6.
    pub agent_instrument: String,
}

impl Body for HoldCallReq {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut m = Self {
            invoke_id: r.fixed()?,
            peripheral_id: r.fixed()?,
            connection_call_id: r.fixed()?,
            connection_device_id_type: r.fixed()?,
            reservation: r.fixed()?,
            ..Self::default()
        };
        while let Some(f) = r.field()? {
            match f.tag {
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
        w.fixed(self.reservation);
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

/// HOLD_CALL_CONF (55), server to client.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HoldCallConf {
    /// InvokeID UINT.
    pub invoke_id: u32,
}

impl Body for HoldCallConf {
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

/// MAKE_CALL_REQ (56), client to server.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MakeCallReq {
    /// InvokeID UINT.
    pub invoke_id: u32,
    /// PeripheralID UINT.
    pub peripheral_id: u32,
    /// CallPlacementType USHORT.
    pub call_placement_type: CallPlacementType,
    /// CallMannerType USHORT.
    pub call_manner_type: CallMannerType,
    /// AlertRings USHORT.
    pub alert_rings: u16,
    /// CallOption USHORT.
    pub call_option: CallOption,
    /// FacilityType USHORT.
    pub facility_type: FacilityType,
    /// AnsweringMachine USHORT.
    pub answering_machine: AnsweringMachine,
    /// Priority BOOL.
    pub priority: bool,
    /// PostRoute BOOL.
    pub post_route: bool,
    /// SkillGroupNumber UINT, from version 14.
    pub skill_group_number: u32,
    /// AgentInstrument STRING, tag 6, required.
    pub agent_instrument: String,
    /// DialedNumber STRING, tag 11, required.
    pub dialed_number: String,
    /// UserToUserInfo UNSPEC, tag 9.
    pub user_to_user_info: Vec<u8>,
    /// CallVariable1 to CallVariable10, at most 40 bytes each.
    pub call_variables: [String; 10],
    /// CallWrapupData STRING, tag 46.
    pub call_wrapup_data: String,
    /// Counted by NumNamedVariables.
    pub named_variables: Vec<NamedVariable>,
    /// Counted by NumNamedArrays.
    pub named_arrays: Vec<NamedArray>,
    /// FacilityCode STRING, tag 51.
    pub facility_code: String,
    /// AuthorizationCode STRING, tag 77.
    pub authorization_code: String,
    /// AccountCode STRING, tag 78.
    pub account_code: String,
    /// CallControlTable STRING, tag 84.
    pub call_control_table: String,
}

impl Body for MakeCallReq {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let invoke_id = r.fixed()?;
        let peripheral_id = r.fixed()?;
        let call_placement_type = r.fixed()?;
        let call_manner_type = r.fixed()?;
        let alert_rings = r.fixed()?;
        let call_option = r.fixed()?;
        let facility_type = r.fixed()?;
        let answering_machine = r.fixed()?;
        let priority = r.fixed()?;
        let post_route = r.fixed()?;
        r.fixed::<u16>()?;
        r.fixed::<u16>()?;
        let skill_group_number = r.fixed_since(14)?;
        let mut m = Self {
            invoke_id,
            peripheral_id,
            call_placement_type,
            call_manner_type,
            alert_rings,
            call_option,
            facility_type,
            answering_machine,
            priority,
            post_route,
            skill_group_number,
            ..Self::default()
        };
        while let Some(f) = r.field()? {
            match f.tag {
                6 => m.agent_instrument = f.text(),
                11 => m.dialed_number = f.text(),
                9 => m.user_to_user_info = f.opaque(),
                13..=22 => f.call_variable(&mut m.call_variables),
                46 => m.call_wrapup_data = f.text(),
                82 => m.named_variables.push(f.named_variable()),
                83 => m.named_arrays.push(f.named_array()?),
                51 => m.facility_code = f.text(),
                77 => m.authorization_code = f.text(),
                78 => m.account_code = f.text(),
                84 => m.call_control_table = f.text(),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.invoke_id);
        w.fixed(self.peripheral_id);
        w.fixed(self.call_placement_type);
        w.fixed(self.call_manner_type);
        w.fixed(self.alert_rings);
        w.fixed(self.call_option);
        w.fixed(self.facility_type);
        w.fixed(self.answering_machine);
        w.fixed(self.priority);
        w.fixed(self.post_route);
        w.count::<u16>(self.named_variables.len(), 0);
        w.count::<u16>(self.named_arrays.len(), 0);
        if w.has(14) {
            w.fixed(self.skill_group_number);
        }
        w.required_text(&tags::AGENT_INSTRUMENT, &self.agent_instrument)?;
        w.required_text(&tags::DIALED_NUMBER, &self.dialed_number)?;
        w.opaque(&tags::USER_TO_USER_INFO, &self.user_to_user_info)?;
        w.call_variables(&self.call_variables)?;
        w.text(&tags::CALL_WRAPUP_DATA, &self.call_wrapup_data)?;
        for item in &self.named_variables {
            w.named_variable(&tags::NAMED_VARIABLE, item)?;
        }
        for item in &self.named_arrays {
            w.named_array(&tags::NAMED_ARRAY, item)?;
        }
        w.text(&tags::FACILITY_CODE, &self.facility_code)?;
        w.text(&tags::AUTHORIZATION_CODE, &self.authorization_code)?;
        w.text(&tags::ACCOUNT_CODE, &self.account_code)?;
        w.text(&tags::CALL_CONTROL_TABLE, &self.call_control_table)?;
        Ok(())
    }

    fn invoke_id(&self) -> Option<u32> {
        Some(self.invoke_id)
    }

    fn invoke_id_mut(&mut self) -> Option<&mut u32> {
        Some(&mut self.invoke_id)
    }
}

/// MAKE_CALL_CONF (57), server to client.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MakeCallConf {
    /// InvokeID UINT.
    pub invoke_id: u32,
    /// NewConnectionCallID UINT.
    pub new_connection_call_id: u32,
    /// NewConnectionDeviceIDType USHORT.
    pub new_connection_device_id_type: ConnectionDeviceIdType,
    /// LineHandle USHORT.
    pub line_handle: u16,
    /// LineType USHORT.
    pub line_type: LineType,
    /// NewConnectionDeviceID STRING, tag 47, required.
    pub new_connection_device_id: String,
}

impl Body for MakeCallConf {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut m = Self {
            invoke_id: r.fixed()?,
            new_connection_call_id: r.fixed()?,
            new_connection_device_id_type: r.fixed()?,
            line_handle: r.fixed()?,
            line_type: r.fixed()?,
            ..Self::default()
        };
        while let Some(f) = r.field()? {
            match f.tag {
                47 => m.new_connection_device_id = f.text(),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.invoke_id);
        w.fixed(self.new_connection_call_id);
        w.fixed(self.new_connection_device_id_type);
        w.fixed(self.line_handle);
        w.fixed(self.line_type);
        w.required_text(&tags::NEW_CONNECTION_DEVICE_ID, &self.new_connection_device_id)?;
        Ok(())
    }

    fn invoke_id(&self) -> Option<u32> {
        Some(self.invoke_id)
    }

    fn invoke_id_mut(&mut self) -> Option<&mut u32> {
        Some(&mut self.invoke_id)
    }
}

/// MAKE_PREDICTIVE_CALL_REQ (58), client to server.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MakePredictiveCallReq {
    /// InvokeID UINT.
    pub invoke_id: u32,
    /// PeripheralID UINT.
    pub peripheral_id: u32,
    /// CallPlacementType USHORT.
    pub call_placement_type: CallPlacementType,
    /// CallMannerType USHORT.
    pub call_manner_type: CallMannerType,
    /// AlertRings USHORT.
    pub alert_rings: u16,
    /// CallOption USHORT.
    pub call_option: CallOption,
    /// FacilityType USHORT.
    pub facility_type: FacilityType,
    /// AnsweringMachine USHORT.
    pub answering_machine: AnsweringMachine,
    /// Priority BOOL.
    pub priority: bool,
    /// AllocationState USHORT.
    pub allocation_state: AllocationState,
    /// DestinationCountry USHORT.
    pub destination_country: DestinationCountry,
    /// AnswerDetectMode USHORT.
    pub answer_detect_mode: AnswerDetectMode,
    /// AnswerDetectTime USHORT.
    pub answer_detect_time: u16,
    /// AnswerDetectControl1 UINT.
    pub answer_detect_control1: u32,
    /// AnswerDetectControl2 UINT.
    pub answer_detect_control2: u32,
    /// OriginatingDeviceID STRING, tag 79, required.
    pub originating_device_id: String,
    /// DialedNumber STRING, tag 11, required.
    pub dialed_number: String,
    /// UserToUserInfo UNSPEC, tag 9.
    pub user_to_user_info: Vec<u8>,
    /// CallVariable1 to CallVariable10, at most 40 bytes each.
    pub call_variables: [String; 10],
    /// CallWrapupData STRING, tag 46.
    pub call_wrapup_data: String,
    /// Counted by NumNamedVariables.
    pub named_variables: Vec<NamedVariable>,
    /// Counted by NumNamedArrays.
    pub named_arrays: Vec<NamedArray>,
    /// FacilityCode STRING, tag 51.
    pub facility_code: String,
    /// AuthorizationCode STRING, tag 77.
    pub authorization_code: String,
    /// AccountCode STRING, tag 78.
    pub account_code: String,
    /// OriginatingLineID STRING, tag 80.
    pub originating_line_id: String,
    /// CallControlTable STRING, tag 84.
    pub call_control_table: String,
}

impl Body for MakePredictiveCallReq {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let invoke_id = r.fixed()?;
        let peripheral_id = r.fixed()?;
        let call_placement_type = r.fixed()?;
        let call_manner_type = r.fixed()?;
        let alert_rings = r.fixed()?;
        let call_option = r.fixed()?;
        let facility_type = r.fixed()?;
        let answering_machine = r.fixed()?;
        let priority = r.fixed()?;
        let allocation_state = r.fixed()?;
        let destination_country = r.fixed()?;
        let answer_detect_mode = r.fixed()?;
        let answer_detect_time = r.fixed()?;
        let answer_detect_control1 = r.fixed()?;
        let answer_detect_control2 = r.fixed()?;
        r.fixed::<u16>()?;
        r.fixed::<u16>()?;
        let mut m = Self {
            invoke_id,
            peripheral_id,
            call_placement_type,
            call_manner_type,
            alert_rings,
            call_option,
            facility_type,
            answering_machine,
            priority,
            allocation_state,
            destination_country,
            answer_detect_mode,
            answer_detect_time,
            answer_detect_control1,
            answer_detect_control2,
            ..Self::default()
        };
        while let Some(f) = r.field()? {
            match f.tag {
                79 => m.originating_device_id = f.text(),
                11 => m.dialed_number = f.text(),
                9 => m.user_to_user_info = f.opaque(),
                13..=22 => f.call_variable(&mut m.call_variables),
                46 => m.call_wrapup_data = f.text(),
                82 => m.named_variables.push(f.named_variable()),
                83 => m.named_arrays.push(f.named_array()?),
                51 => m.facility_code = f.text(),
                77 => m.authorization_code = f.text(),
                78 => m.account_code = f.text(),
                80 => m.originating_line_id = f.text(),
                84 => m.call_control_table = f.text(),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.invoke_id);
        w.fixed(self.peripheral_id);
        w.fixed(self.call_placement_type);
        w.fixed(self.call_manner_type);
        w.fixed(self.alert_rings);
        w.fixed(self.call_option);
        w.fixed(self.facility_type);
        w.fixed(self.answering_machine);
        w.fixed(self.priority);
        w.fixed(self.allocation_state);
        w.fixed(self.destination_country);
        w.fixed(self.answer_detect_mode);
        w.fixed(self.answer_detect_time);
        w.fixed(self.answer_detect_control1);
        w.fixed(self.answer_detect_control2);
        w.count::<u16>(self.named_variables.len(), 0);
        w.count::<u16>(self.named_arrays.len(), 0);
        w.required_text(&tags::ORIGINATING_DEVICE_ID, &self.originating_device_id)?;
        w.required_text(&tags::DIALED_NUMBER, &self.dialed_number)?;
        w.opaque(&tags::USER_TO_USER_INFO, &self.user_to_user_info)?;
        w.call_variables(&self.call_variables)?;
        w.text(&tags::CALL_WRAPUP_DATA, &self.call_wrapup_data)?;
        for item in &self.named_variables {
            w.named_variable(&tags::NAMED_VARIABLE, item)?;
        }
        for item in &self.named_arrays {
            w.named_array(&tags::NAMED_ARRAY, item)?;
        }
        w.text(&tags::FACILITY_CODE, &self.facility_code)?;
        w.text(&tags::AUTHORIZATION_CODE, &self.authorization_code)?;
        w.text(&tags::ACCOUNT_CODE, &self.account_code)?;
        w.text(&tags::ORIGINATING_LINE_ID, &self.originating_line_id)?;
        w.text(&tags::CALL_CONTROL_TABLE, &self.call_control_table)?;
        Ok(())
    }

    fn invoke_id(&self) -> Option<u32> {
        Some(self.invoke_id)
    }

    fn invoke_id_mut(&mut self) -> Option<&mut u32> {
        Some(&mut self.invoke_id)
    }
}

/// MAKE_PREDICTIVE_CALL_CONF (59), server to client.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MakePredictiveCallConf {
    /// InvokeID UINT.
    pub invoke_id: u32,
    /// NewConnectionCallID UINT.
    pub new_connection_call_id: u32,
    /// NewConnectionDeviceIDType USHORT.
    pub new_connection_device_id_type: ConnectionDeviceIdType,
    /// LineHandle USHORT.
    pub line_handle: u16,
    /// LineType USHORT.
    pub line_type: LineType,
    /// NewConnectionDeviceID STRING, tag 47, required.
    pub new_connection_device_id: String,
}

impl Body for MakePredictiveCallConf {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut m = Self {
            invoke_id: r.fixed()?,
            new_connection_call_id: r.fixed()?,
            new_connection_device_id_type: r.fixed()?,
            line_handle: r.fixed()?,
            line_type: r.fixed()?,
            ..Self::default()
        };
        while let Some(f) = r.field()? {
            match f.tag {
                47 => m.new_connection_device_id = f.text(),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.invoke_id);
        w.fixed(self.new_connection_call_id);
        w.fixed(self.new_connection_device_id_type);
        w.fixed(self.line_handle);
        w.fixed(self.line_type);
        w.required_text(&tags::NEW_CONNECTION_DEVICE_ID, &self.new_connection_device_id)?;
        Ok(())
    }

    fn invoke_id(&self) -> Option<u32> {
        Some(self.invoke_id)
    }

    fn invoke_id_mut(&mut self) -> Option<&mut u32> {
        Some(&mut self.invoke_id)
    }
}

/// RECONNECT_CALL_REQ (60), client to server.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReconnectCallReq {
    /// InvokeID UINT.
    pub invoke_id: u32,
    /// PeripheralID UINT.
    pub peripheral_id: u32,
    /// ActiveConnectionCallID UINT.
    pub active_connection_call_id: u32,
    /// HeldConnectionCallID UINT.
    pub held_connection_call_id: u32,
    /// ActiveConnectionDeviceIDType USHORT.
    pub active_connection_device_id_type: ConnectionDeviceIdType,
    /// HeldConnectionDeviceIDType USHORT.
    pub held_connection_device_id_type: ConnectionDeviceIdType,
    /// ActiveConnectionDeviceID STRING, tag 50, required.
    pub active_connection_device_id: String,
    /// HeldConnectionDeviceID STRING, tag 53, required.
    pub held_connection_device_id: String,
    /// AgentInstrument STRING, tag 6.
    pub agent_instrument: String,
}

impl Body for ReconnectCallReq {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut m = Self {
            invoke_id: r.fixed()?,
            peripheral_id: r.fixed()?,
            active_connection_call_id: r.fixed()?,
            held_connection_call_id: r.fixed()?,
            active_connection_device_id_type: r.fixed()?,
            held_connection_device_id_type: r.fixed()?,
            ..Self::default()
        };
        while let Some(f) = r.field()? {
            match f.tag {
                50 => m.active_connection_device_id = f.text(),
                53 => m.held_connection_device_id = f.text(),
                6 => m.agent_instrument = f.text(),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.invoke_id);
        w.fixed(self.peripheral_id);
        w.fixed(self.active_connection_call_id);
        w.fixed(self.held_connection_call_id);
        w.fixed(self.active_connection_device_id_type);
        w.fixed(self.held_connection_device_id_type);
        w.required_text(&tags::ACTIVE_CONNECTION_DEVICE_ID, &self.active_connection_device_id)?;
        w.required_text(&tags::HELD_CONNECTION_DEVICE_ID, &self.held_connection_device_id)?;
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

/// RECONNECT_CALL_CONF (61), server to client.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReconnectCallConf {
    /// InvokeID UINT.
    pub invoke_id: u32,
}

impl Body for ReconnectCallConf {
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

/// RETRIEVE_CALL_REQ (62), client to server.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RetrieveCallReq {
    /// InvokeID UINT.
    pub invoke_id: u32,
    /// PeripheralID UINT.
    pub peripheral_id: u32,
    /// HeldConnectionCallID UINT.
    pub held_connection_call_id: u32,
    /// HeldConnectionDeviceIDType USHORT.
    pub held_connection_device_id_type: ConnectionDeviceIdType,
    /// HeldConnectionDeviceID STRING, tag 53, required.
    pub held_connection_device_id: String,
    /// AgentInstrument STRING, tag 6.
    pub agent_instrument: String,
}

impl Body for RetrieveCallReq {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut m = Self {
            invoke_id: r.fixed()?,
            peripheral_id: r.fixed()?,
            held_connection_call_id: r.fixed()?,
            held_connection_device_id_type: r.fixed()?,
            ..Self::default()
        };
        while let Some(f) = r.field()? {
            match f.tag {
                53 => m.held_connection_device_id = f.text(),
                6 => m.agent_instrument = f.text(),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.invoke_id);
        w.fixed(self.peripheral_id);
        w.fixed(self.held_connection_call_id);
        w.fixed(self.held_connection_device_id_type);
        w.required_text(&tags::HELD_CONNECTION_DEVICE_ID, &self.held_connection_device_id)?;
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

/// RETRIEVE_CALL_CONF (63), server to client.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RetrieveCallConf {
    /// InvokeID UINT.
    pub invoke_id: u32,
}

impl Body for RetrieveCallConf {
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

/// TRANSFER_CALL_REQ (64), client to server.
///
/// Single-step (blind) transfer: HeldConnectionCallID 0xFFFFFFFF, HeldConnectionDeviceIDType NONE,
/// DialedNumber given. Completed consult transfer: HeldConnectionDeviceID given.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TransferCallReq {
    /// InvokeID UINT.
    pub invoke_id: u32,
    /// PeripheralID UINT.
    pub peripheral_id: u32,
    /// ActiveConnectionCallID UINT.
    pub active_connection_call_id: u32,
    /// HeldConnectionCallID UINT.
    pub held_connection_call_id: u32,
    /// ActiveConnectionDeviceIDType USHORT.
    pub active_connection_device_id_type: ConnectionDeviceIdType,
    /// HeldConnectionDeviceIDType USHORT.
    pub held_connection_device_id_type: ConnectionDeviceIdType,
    /// CallPlacementType USHORT.
    pub call_placement_type: CallPlacementType,
    /// CallMannerType USHORT.
    pub call_manner_type: CallMannerType,
    /// AlertRings USHORT.
    pub alert_rings: u16,
    /// CallOption USHORT.
    pub call_option: CallOption,
    /// FacilityType USHORT.
    pub facility_type: FacilityType,
    /// AnsweringMachine USHORT.
    pub answering_machine: AnsweringMachine,
    /// Priority BOOL.
    pub priority: bool,
    /// PostRoute BOOL.
    pub post_route: bool,
    /// ActiveConnectionDeviceID STRING, tag 50, required.
    pub active_connection_device_id: String,
    /// HeldConnectionDeviceID STRING, tag 53.
    pub held_connection_device_id: String,
    /// AgentInstrument STRING, tag 6.
    pub agent_instrument: String,
    /// DialedNumber STRING, tag 11.
    pub dialed_number: String,
    /// UserToUserInfo UNSPEC, tag 9.
    pub user_to_user_info: Vec<u8>,
    /// CallVariable1 to CallVariable10, at most 40 bytes each.
    pub call_variables: [String; 10],
    /// CallWrapupData STRING, tag 46.
    pub call_wrapup_data: String,
    /// Counted by NumNamedVariables.
    pub named_variables: Vec<NamedVariable>,
    /// Counted by NumNamedArrays.
    pub named_arrays: Vec<NamedArray>,
    /// FacilityCode STRING, tag 51.
    pub facility_code: String,
    /// AuthorizationCode STRING, tag 77.
    pub authorization_code: String,
    /// AccountCode STRING, tag 78.
    pub account_code: String,
}

impl Body for TransferCallReq {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let invoke_id = r.fixed()?;
        let peripheral_id = r.fixed()?;
        let active_connection_call_id = r.fixed()?;
        let held_connection_call_id = r.fixed()?;
        let active_connection_device_id_type = r.fixed()?;
        let held_connection_device_id_type = r.fixed()?;
        let call_placement_type = r.fixed()?;
        let call_manner_type = r.fixed()?;
        let alert_rings = r.fixed()?;
        let call_option = r.fixed()?;
        let facility_type = r.fixed()?;
        let answering_machine = r.fixed()?;
        let priority = r.fixed()?;
        let post_route = r.fixed()?;
        r.fixed::<u16>()?;
        r.fixed::<u16>()?;
        let mut m = Self {
            invoke_id,
            peripheral_id,
            active_connection_call_id,
            held_connection_call_id,
            active_connection_device_id_type,
            held_connection_device_id_type,
            call_placement_type,
            call_manner_type,
            alert_rings,
            call_option,
            facility_type,
            answering_machine,
            priority,
            post_route,
            ..Self::default()
        };
        while let Some(f) = r.field()? {
            match f.tag {
                50 => m.active_connection_device_id = f.text(),
                53 => m.held_connection_device_id = f.text(),
                6 => m.agent_instrument = f.text(),
                11 => m.dialed_number = f.text(),
                9 => m.user_to_user_info = f.opaque(),
                13..=22 => f.call_variable(&mut m.call_variables),
                46 => m.call_wrapup_data = f.text(),
                82 => m.named_variables.push(f.named_variable()),
                83 => m.named_arrays.push(f.named_array()?),
                51 => m.facility_code = f.text(),
                77 => m.authorization_code = f.text(),
                78 => m.account_code = f.text(),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.invoke_id);
        w.fixed(self.peripheral_id);
        w.fixed(self.active_connection_call_id);
        w.fixed(self.held_connection_call_id);
        w.fixed(self.active_connection_device_id_type);
        w.fixed(self.held_connection_device_id_type);
        w.fixed(self.call_placement_type);
        w.fixed(self.call_manner_type);
        w.fixed(self.alert_rings);
        w.fixed(self.call_option);
        w.fixed(self.facility_type);
        w.fixed(self.answering_machine);
        w.fixed(self.priority);
        w.fixed(self.post_route);
        w.count::<u16>(self.named_variables.len(), 0);
        w.count::<u16>(self.named_arrays.len(), 0);
        w.required_text(&tags::ACTIVE_CONNECTION_DEVICE_ID, &self.active_connection_device_id)?;
        w.text(&tags::HELD_CONNECTION_DEVICE_ID, &self.held_connection_device_id)?;
        w.text(&tags::AGENT_INSTRUMENT, &self.agent_instrument)?;
        w.text(&tags::DIALED_NUMBER, &self.dialed_number)?;
        w.opaque(&tags::USER_TO_USER_INFO, &self.user_to_user_info)?;
        w.call_variables(&self.call_variables)?;
        w.text(&tags::CALL_WRAPUP_DATA, &self.call_wrapup_data)?;
        for item in &self.named_variables {
            w.named_variable(&tags::NAMED_VARIABLE, item)?;
        }
        for item in &self.named_arrays {
            w.named_array(&tags::NAMED_ARRAY, item)?;
        }
        w.text(&tags::FACILITY_CODE, &self.facility_code)?;
        w.text(&tags::AUTHORIZATION_CODE, &self.authorization_code)?;
        w.text(&tags::ACCOUNT_CODE, &self.account_code)?;
        Ok(())
    }

    fn invoke_id(&self) -> Option<u32> {
        Some(self.invoke_id)
    }

    fn invoke_id_mut(&mut self) -> Option<&mut u32> {
        Some(&mut self.invoke_id)
    }
}

/// One element of the list that NumParties counts in TRANSFER_CALL_CONF.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TransferCallConfPartiesItem {
    /// ConnectedPartyCallID UINT, tag 39.
    pub connected_party_call_id: Option<u32>,
    /// ConnectedPartyDeviceIDType USHORT, tag 40.
    pub connected_party_device_id_type: Option<ConnectionDeviceIdType>,
    /// ConnectedPartyDeviceID STRING, tag 41.
    pub connected_party_device_id: String,
}

/// TRANSFER_CALL_CONF (65), server to client.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TransferCallConf {
    /// InvokeID UINT.
    pub invoke_id: u32,
    /// NewConnectionCallID UINT.
    pub new_connection_call_id: u32,
    /// NewConnectionDeviceIDType USHORT.
    pub new_connection_device_id_type: ConnectionDeviceIdType,
    /// LineHandle USHORT.
    pub line_handle: u16,
    /// LineType USHORT.
    pub line_type: LineType,
    /// NewConnectionDeviceID STRING, tag 47, required.
    pub new_connection_device_id: String,
    /// Counted by NumParties.
    pub parties: Vec<TransferCallConfPartiesItem>,
}

impl Body for TransferCallConf {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let invoke_id = r.fixed()?;
        let new_connection_call_id = r.fixed()?;
        let new_connection_device_id_type = r.fixed()?;
        r.fixed::<u16>()?;
        let line_handle = r.fixed()?;
        let line_type = r.fixed()?;
        let mut m = Self {
            invoke_id,
            new_connection_call_id,
            new_connection_device_id_type,
            line_handle,
            line_type,
            ..Self::default()
        };
        let mut parties_group = Group::default();
        while let Some(f) = r.field()? {
            match f.tag {
                47 => m.new_connection_device_id = f.text(),
                39 => parties_group.element(&mut m.parties, 0).connected_party_call_id = Some(f.number()?),
                40 => parties_group.element(&mut m.parties, 1).connected_party_device_id_type = Some(f.number()?),
                41 => parties_group.element(&mut m.parties, 2).connected_party_device_id = f.text(),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.invoke_id);
        w.fixed(self.new_connection_call_id);
        w.fixed(self.new_connection_device_id_type);
        w.count::<u16>(self.parties.len(), 0);
        w.fixed(self.line_handle);
        w.fixed(self.line_type);
        w.required_text(&tags::NEW_CONNECTION_DEVICE_ID, &self.new_connection_device_id)?;
        for item in &self.parties {
            w.first_number(&tags::CONNECTED_PARTY_CALL_ID, item.connected_party_call_id)?;
            w.number(&tags::CONNECTED_PARTY_DEVICE_ID_TYPE, item.connected_party_device_id_type);
            w.text(&tags::CONNECTED_PARTY_DEVICE_ID, &item.connected_party_device_id)?;
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

/// SEND_DTMF_SIGNAL_REQ (91), client to server.
///
/// Durations in milliseconds, 0 = default. PauseDuration was USHORT before v10.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SendDtmfSignalReq {
    /// InvokeID UINT.
    pub invoke_id: u32,
    /// PeripheralID UINT.
    pub peripheral_id: u32,
    /// ConnectionCallID UINT.
    pub connection_call_id: u32,
    /// ConnectionDeviceIDType USHORT.
    pub connection_device_id_type: ConnectionDeviceIdType,
    /// ToneDuration USHORT.
    pub tone_duration: u16,
    /// PauseDuration UINT.
    pub pause_duration: u32,
    /// ConnectionDeviceID STRING, tag 25, required.
    pub connection_device_id: String,
    /// DTMFString STRING, tag 67, required.
    pub dtmf_string: String,
    /// AgentInstrument STRING, tag 6.
    pub agent_instrument: String,
}

impl Body for SendDtmfSignalReq {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut m = Self {
            invoke_id: r.fixed()?,
            peripheral_id: r.fixed()?,
            connection_call_id: r.fixed()?,
            connection_device_id_type: r.fixed()?,
            tone_duration: r.fixed()?,
            pause_duration: r.fixed()?,
            ..Self::default()
        };
        while let Some(f) = r.field()? {
            match f.tag {
                25 => m.connection_device_id = f.text(),
                67 => m.dtmf_string = f.text(),
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
        w.fixed(self.tone_duration);
        w.fixed(self.pause_duration);
        w.required_text(&tags::CONNECTION_DEVICE_ID, &self.connection_device_id)?;
        w.required_text(&tags::DTMF_STRING, &self.dtmf_string)?;
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

/// SEND_DTMF_SIGNAL_CONF (92), server to client.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SendDtmfSignalConf {
    /// InvokeID UINT.
    pub invoke_id: u32,
}

impl Body for SendDtmfSignalConf {
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

/// START_RECORDING_REQ (147), both ways.
///
/// Client to server; the server forwards it to the client registered for the recording service.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StartRecordingReq {
    /// InvokeID UINT.
    pub invoke_id: u32,
    /// PeripheralID UINT.
    pub peripheral_id: u32,
    /// ConnectionCallID UINT.
    pub connection_call_id: u32,
    /// ClientPort UINT.
    pub client_port: u32,
    /// BitRate UINT.
    pub bit_rate: u32,
    /// PacketSize UINT.
    pub packet_size: u32,
    /// ConnectionDeviceIDType USHORT.
    pub connection_device_id_type: ConnectionDeviceIdType,
    /// Direction USHORT.
    pub direction: RtpDirection,
    /// RTPType USHORT.
    pub rtp_type: RtpType,
    /// EchoCancellation USHORT.
    pub echo_cancellation: u16,
    /// PayloadType USHORT.
    pub payload_type: u16,
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

impl Body for StartRecordingReq {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut m = Self {
            invoke_id: r.fixed()?,
            peripheral_id: r.fixed()?,
            connection_call_id: r.fixed()?,
            client_port: r.fixed()?,
            bit_rate: r.fixed()?,
            packet_size: r.fixed()?,
            connection_device_id_type: r.fixed()?,
            direction: r.fixed()?,
            rtp_type: r.fixed()?,
            echo_cancellation: r.fixed()?,
            payload_type: r.fixed()?,
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
        w.fixed(self.invoke_id);
        w.fixed(self.peripheral_id);
        w.fixed(self.connection_call_id);
        w.fixed(self.client_port);
        w.fixed(self.bit_rate);
        w.fixed(self.packet_size);
        w.fixed(self.connection_device_id_type);
        w.fixed(self.direction);
        w.fixed(self.rtp_type);
        w.fixed(self.echo_cancellation);
        w.fixed(self.payload_type);
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

    fn invoke_id(&self) -> Option<u32> {
        Some(self.invoke_id)
    }

    fn invoke_id_mut(&mut self) -> Option<&mut u32> {
        Some(&mut self.invoke_id)
    }
}

/// START_RECORDING_CONF (148), both ways.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StartRecordingConf {
    /// InvokeID UINT.
    pub invoke_id: u32,
    /// SessionID UINT.
    pub session_id: u32,
    /// ServerData UINT.
    pub server_data: u32,
    /// ClientID STRING, tag 1.
    pub client_id: String,
    /// ClientAddress STRING, tag 81.
    pub client_address: String,
    /// ClientAddressIPV6 STRING, tag 226, from version 14.
    pub client_address_ipv6: String,
}

impl Body for StartRecordingConf {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut m = Self {
            invoke_id: r.fixed()?,
            session_id: r.fixed()?,
            server_data: r.fixed()?,
            ..Self::default()
        };
        while let Some(f) = r.field()? {
            match f.tag {
                1 => m.client_id = f.text(),
                81 => m.client_address = f.text(),
                226 => m.client_address_ipv6 = f.text(),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.invoke_id);
        w.fixed(self.session_id);
        w.fixed(self.server_data);
        w.text(&tags::CLIENT_ID, &self.client_id)?;
        w.text(&tags::CLIENT_ADDRESS, &self.client_address)?;
        if w.has(14) {
            w.text(&tags::CLIENT_ADDRESS_IPV6, &self.client_address_ipv6)?;
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

/// STOP_RECORDING_REQ (149), both ways.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StopRecordingReq {
    /// InvokeID UINT.
    pub invoke_id: u32,
    /// PeripheralID UINT.
    pub peripheral_id: u32,
    /// ConnectionCallID UINT.
    pub connection_call_id: u32,
    /// ClientPort UINT.
    pub client_port: u32,
    /// SessionID UINT.
    pub session_id: u32,
    /// ServerData UINT.
    pub server_data: u32,
    /// ConnectionDeviceIDType USHORT.
    pub connection_device_id_type: ConnectionDeviceIdType,
    /// Direction USHORT.
    pub direction: RtpDirection,
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

impl Body for StopRecordingReq {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut m = Self {
            invoke_id: r.fixed()?,
            peripheral_id: r.fixed()?,
            connection_call_id: r.fixed()?,
            client_port: r.fixed()?,
            session_id: r.fixed()?,
            server_data: r.fixed()?,
            connection_device_id_type: r.fixed()?,
            direction: r.fixed()?,
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
        w.fixed(self.invoke_id);
        w.fixed(self.peripheral_id);
        w.fixed(self.connection_call_id);
        w.fixed(self.client_port);
        w.fixed(self.session_id);
        w.fixed(self.server_data);
        w.fixed(self.connection_device_id_type);
        w.fixed(self.direction);
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

    fn invoke_id(&self) -> Option<u32> {
        Some(self.invoke_id)
    }

    fn invoke_id_mut(&mut self) -> Option<&mut u32> {
        Some(&mut self.invoke_id)
    }
}

/// STOP_RECORDING_CONF (150), both ways.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StopRecordingConf {
    /// InvokeID UINT.
    pub invoke_id: u32,
    /// ClientID STRING, tag 1.
    pub client_id: String,
    /// ClientAddress STRING, tag 81.
    pub client_address: String,
    /// ClientAddressIPV6 STRING, tag 226, from version 14.
    pub client_address_ipv6: String,
}

impl Body for StopRecordingConf {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut m = Self {
            invoke_id: r.fixed()?,
            ..Self::default()
        };
        while let Some(f) = r.field()? {
            match f.tag {
                1 => m.client_id = f.text(),
                81 => m.client_address = f.text(),
                226 => m.client_address_ipv6 = f.text(),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.invoke_id);
        w.text(&tags::CLIENT_ID, &self.client_id)?;
        w.text(&tags::CLIENT_ADDRESS, &self.client_address)?;
        if w.has(14) {
            w.text(&tags::CLIENT_ADDRESS_IPV6, &self.client_address_ipv6)?;
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
