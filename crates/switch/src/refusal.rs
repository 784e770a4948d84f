//! Why the switch does not do what it was asked (ged188.md section 9).

use ged188::{ControlFailureCode, StatusCode};

/// A negative answer to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// FAILURE_CONF: the request itself is wrong or not allowed.
    #[error("FAILURE_CONF {0}")]
    Failure(StatusCode),
    /// CONTROL_FAILURE_CONF: the peripheral refused it.
    #[error("CONTROL_FAILURE_CONF {0}, peripheral error {1}")]
    Control(ControlFailureCode, u32),
}

impl Refusal {
    /// CONTROL_FAILURE_CONF without a code of the peripheral.
    pub(crate) const fn control(code: ControlFailureCode) -> Self {
        Self::Control(code, 0)
    }
    /// CONTROL_FAILURE_CONF 22 with the peripheral's reason.
    pub(crate) const fn state(peripheral_error: u32) -> Self {
        Self::Control(ControlFailureCode::INVALID_OBJECT_STATE, peripheral_error)
    }
    /// The same refusal with the peripheral's reason, where it has none yet.
    pub(crate) fn because(self, peripheral_error: u32) -> Self {
        match self {
            Self::Control(code, 0) => Self::Control(code, peripheral_error),
            Self::Control(..) | Self::Failure(_) => self,
        }
    }
    /// The same refusal with the peripheral's reason, if it is about the connection.
    pub(crate) fn because_of_connection(self, peripheral_error: u32) -> Self {
        let unknown = Self::control(ControlFailureCode::INVALID_CSTA_CONNECTION_IDENTIFIER);
        if self == unknown { self.because(peripheral_error) } else { self }
    }
    /// While the peripheral is offline (ged188.md section 11.2).
    pub(crate) const OFFLINE: Self = Self::control(ControlFailureCode::RESOURCE_OUT_OF_SERVICE);
}

/// PeripheralErrorCode: the agent is already logged out.
pub(crate) const ALREADY_LOGGED_OUT: u32 = 10_101;
/// PeripheralErrorCode: the agent is logged in at another instrument.
pub(crate) const ALREADY_SIGNED_ON: u32 = 10_102;
/// PeripheralErrorCode: the agent is reserved for a call.
pub(crate) const AGENT_RESERVED: u32 = 10_106;
/// PeripheralErrorCode: no such change of state.
pub(crate) const BAD_TRANSITION: u32 = 10_108;
/// PeripheralErrorCode: cannot become available from here.
pub(crate) const CANT_GO_READY: u32 = 10_111;
/// PeripheralErrorCode: logout only from Not Ready.
pub(crate) const CANT_LOG_OUT: u32 = 10_112;
/// PeripheralErrorCode: unknown connection in CLEAR_CONNECTION_REQ.
pub(crate) const CLEAR_CONNECTION: u32 = 13_044;
/// PeripheralErrorCode: the active call of a conference request is not in talking state.
pub(crate) const CONFERENCE_NOT_TALKING: u32 = 13_045;
/// PeripheralErrorCode: invalid active connection of a conference request.
pub(crate) const CONFERENCE_ACTIVE: u32 = 13_046;
/// PeripheralErrorCode: invalid held connection of a conference request.
pub(crate) const CONFERENCE_HELD: u32 = 13_047;
/// PeripheralErrorCode: the held call of a conference request is not held.
pub(crate) const CONFERENCE_NOT_HELD: u32 = 13_056;
/// PeripheralErrorCode: no dialed number to consult.
pub(crate) const CONSULT_NO_NUMBER: u32 = 13_057;
/// PeripheralErrorCode: invalid ConsultType.
pub(crate) const CONSULT_TYPE: u32 = 13_062;
/// PeripheralErrorCode: no active connection to consult from.
pub(crate) const CONSULT_NOT_ACTIVE: u32 = 13_063;
/// PeripheralErrorCode: a request of a supervisor that cannot be done in his state.
pub(crate) const SUPERVISE: u32 = 13_064;
/// PeripheralErrorCode: who is to be listened to does not speak.
pub(crate) const NOT_SPEAKING: u32 = 13_145;
/// PeripheralErrorCode: the conference bridge is full.
pub(crate) const BRIDGE_LIMIT: u32 = 20_700;
/// PeripheralErrorCode: somebody other than the controller of the conference.
pub(crate) const NOT_THE_CONTROLLER: u32 = 20_999;
