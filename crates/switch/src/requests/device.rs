//! What a phone can do.

use ged188::{
    CallControlMask, CallEventMask, ClassOfDevice, FeatureMask, LineType, Message, PeripheralType,
    QueryDeviceInfoConf, QueryDeviceInfoConfLinesItem, QueryDeviceInfoReq, StatusCode,
    TransferConferenceSetup, TypeOfDevice,
};

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
            max_held_calls: 1,
            max_devices_in_conference: 0,
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

fn supported_events() -> CallEventMask {
    let unsupported = CallEventMask::CALL_CONFERENCED.0
        | CallEventMask::CALL_TRANSFERRED.0
        | CallEventMask::RTP_STARTED.0
        | CallEventMask::RTP_STOPPED.0;
    CallEventMask(0x001F_FFFF & !unsupported)
}

fn supported_control() -> CallControlMask {
    let supported = [
        CallControlMask::QUERY_AGENT_STATE,
        CallControlMask::SET_AGENT_STATE,
        CallControlMask::ANSWER_CALL,
        CallControlMask::CLEAR_CALL,
        CallControlMask::CLEAR_CONNECTION,
        CallControlMask::HOLD_CALL,
        CallControlMask::MAKE_CALL,
        CallControlMask::RETRIEVE_CALL,
        CallControlMask::QUERY_DEVICE_INFO,
        CallControlMask::SNAPSHOT_CALL,
        CallControlMask::SNAPSHOT_DEVICE,
        CallControlMask::SEND_DTMF_SIGNAL,
    ];
    CallControlMask(supported.iter().fold(0, |mask, bit| mask | bit.0))
}
