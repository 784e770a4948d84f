// Made from spec/ged188.toml by `cargo run -p ged188 --example generate`. Do not edit.

//! Active/standby (v24).

use crate::message::Body;
use crate::reader::Reader;
use crate::writer::Writer;
use crate::{DecodeError, EncodeError};

/// STANDBY_ACTIVE_EVENT (277), server to client, from version 24.
///
/// No body. The standby server became active.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StandbyActiveEvent {
}

impl Body for StandbyActiveEvent {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let m = Self {};
        while r.field()?.is_some() {
            r.skip_unknown();
        }
        Ok(m)
    }

    fn encode(&self, _w: &mut Writer) -> Result<(), EncodeError> {
        Ok(())
    }
}

/// ACTIVE_MAINTENANCE_REQ (278), server to client, from version 24.
///
/// Client must answer with 279 within 5 seconds; silence counts as no.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ActiveMaintenanceReq {
    /// InvokeID UINT.
    pub invoke_id: u32,
}

impl Body for ActiveMaintenanceReq {
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

/// ACTIVE_MAINTENANCE_RESP (279), client to server, from version 24.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ActiveMaintenanceResp {
    /// InvokeID UINT.
    pub invoke_id: u32,
    /// MaintenanceModeAccepted BOOL.
    pub maintenance_mode_accepted: bool,
}

impl Body for ActiveMaintenanceResp {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let m = Self {
            invoke_id: r.fixed()?,
            maintenance_mode_accepted: r.fixed()?,
        };
        while r.field()?.is_some() {
            r.skip_unknown();
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.invoke_id);
        w.fixed(self.maintenance_mode_accepted);
        Ok(())
    }

    fn invoke_id(&self) -> Option<u32> {
        Some(self.invoke_id)
    }

    fn invoke_id_mut(&mut self) -> Option<&mut u32> {
        Some(&mut self.invoke_id)
    }
}

/// ACTIVE_MAINTENANCE_EVENT (280), server to client, from version 24.
///
/// 1 go on, 0 cancelled. On 1 the client sends 281 within 5 seconds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ActiveMaintenanceEvent {
    /// MaintenanceModeContinue BOOL.
    pub maintenance_mode_continue: bool,
}

impl Body for ActiveMaintenanceEvent {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let m = Self {
            maintenance_mode_continue: r.fixed()?,
        };
        while r.field()?.is_some() {
            r.skip_unknown();
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.maintenance_mode_continue);
        Ok(())
    }
}

/// STOPPING_REQUESTS_TO_THIS_SIDE_IND (281), client to server, from version 24.
///
/// No body.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StoppingRequestsToThisSideInd {
}

impl Body for StoppingRequestsToThisSideInd {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let m = Self {};
        while r.field()?.is_some() {
            r.skip_unknown();
        }
        Ok(m)
    }

    fn encode(&self, _w: &mut Writer) -> Result<(), EncodeError> {
        Ok(())
    }
}
