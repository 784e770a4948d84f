//! What a phone can do.

use ged188::{
    CallControlMask, CallEventMask, ClassOfDevice, FeatureMask, LineType, Message, PeripheralType,
    QueryDeviceInfoConf, QueryDeviceInfoConfLinesItem, QueryDeviceInfoReq, StatusCode,
    TransferConferenceSetup, TypeOfDevice,
};

use crate::call::PARTIES_MAX;
use crate::calls::CALLS_OF_DEVICE_MAX;
use crate::refusal::Refusal;
use crate::switch::Switch;

impl Switch {
    /// # Errors
    /// 7 other peripheral, 87 unknown device.
    pub(super) fn device_info(&self, request: &QueryDeviceInfoReq) -> Result<Message, Refusal> {
        self.check_peripheral(request.peripheral_id)?;
        if !self.is_phone(&request.agent_instrument) {
            return Err(Refusal::Failure(StatusCode::INVALID_DEVICE));
        }
        Ok(Message::QueryDeviceInfoConf(QueryDeviceInfoConf {
            peripheral_type: PeripheralType::ENTERPRISE_AGENT,
            type_of_device: TypeOfDevice(0),
            class_of_device: ClassOfDevice(0),
            max_active_calls: 1,
            max_held_calls: narrow(CALLS_OF_DEVICE_MAX - 1),
            max_devices_in_conference: narrow(PARTIES_MAX),
            make_call_setup: 0,
            transfer_conference_setup: TransferConferenceSetup(0),
            call_events_supported: supported_events(),
            call_control_supported: supported_control(),
            other_features_supported: FeatureMask(0),
            lines: vec![QueryDeviceInfoConfLinesItem {
                flt_line_handle: Some(0),
                flt_line_type: Some(LineType::INSIDE),
            }],
            ..QueryDeviceInfoConf::default()
        }))
    }
}

fn narrow(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}

fn supported_events() -> CallEventMask {
    let unsupported = CallEventMask::RTP_STARTED.0 | CallEventMask::RTP_STOPPED.0;
    CallEventMask(0x001F_FFFF & !unsupported)
}

fn supported_control() -> CallControlMask {
    let supported = [
        CallControlMask::QUERY_AGENT_STATE,
        CallControlMask::SET_AGENT_STATE,
        CallControlMask::ALTERNATE_CALL,
        CallControlMask::ANSWER_CALL,
        CallControlMask::CLEAR_CALL,
        CallControlMask::CLEAR_CONNECTION,
        CallControlMask::CONFERENCE_CALL,
        CallControlMask::CONSULTATION_CALL,
        CallControlMask::HOLD_CALL,
        CallControlMask::MAKE_CALL,
        CallControlMask::RECONNECT_CALL,
        CallControlMask::RETRIEVE_CALL,
        CallControlMask::TRANSFER_CALL,
        CallControlMask::QUERY_DEVICE_INFO,
        CallControlMask::SNAPSHOT_CALL,
        CallControlMask::SNAPSHOT_DEVICE,
        CallControlMask::SEND_DTMF_SIGNAL,
    ];
    CallControlMask(supported.iter().fold(0, |mask, bit| mask | bit.0))
}
