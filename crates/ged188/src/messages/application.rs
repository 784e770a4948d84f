// Made from spec/ged188.toml by `cargo run -p ged188 --example generate`. Do not edit.

//! Application data and services.

use super::tags;
use crate::message::Body;
use crate::reader::Reader;
use crate::values::{ServerMode};
use crate::writer::Writer;
use crate::{DecodeError, EncodeError};

/// SET_APP_DATA_REQ (129), client to server.
///
/// Fixed part may be longer in practice (single published table).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SetAppDataReq {
    /// InvokeID UINT.
    pub invoke_id: u32,
    /// ApplicationPathID INT, tag 97.
    pub application_path_id: Option<i32>,
    /// CallVariable1 to CallVariable10, at most 40 bytes each.
    pub call_variables: [String; 10],
    /// FltCallTypeID UINT, tag 210, from version 14.
    pub flt_call_type_id: Option<u32>,
    /// PreCallInvokeID UINT, tag 221, from version 14.
    pub pre_call_invoke_id: Option<u32>,
}

impl Body for SetAppDataReq {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut m = Self {
            invoke_id: r.fixed()?,
            ..Self::default()
        };
        while let Some(f) = r.field()? {
            match f.tag {
                97 => m.application_path_id = Some(f.number()?),
                13..=22 => f.call_variable(&mut m.call_variables),
                210 => m.flt_call_type_id = Some(f.number()?),
                221 => m.pre_call_invoke_id = Some(f.number()?),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.invoke_id);
        w.number(&tags::APPLICATION_PATH_ID, self.application_path_id);
        w.call_variables(&self.call_variables)?;
        if w.has(14) {
            w.number(&tags::FLT_CALL_TYPE_ID, self.flt_call_type_id);
        }
        if w.has(14) {
            w.number(&tags::PRE_CALL_INVOKE_ID, self.pre_call_invoke_id);
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

/// SET_APP_DATA_CONF (130), server to client.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SetAppDataConf {
    /// InvokeID UINT.
    pub invoke_id: u32,
}

impl Body for SetAppDataConf {
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

/// REGISTER_SERVICE_REQ (143), client to server.
///
/// ServiceName 'Cisco:CallRecording' is the documented one. Needs SERVER service.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RegisterServiceReq {
    /// InvokeID UINT.
    pub invoke_id: u32,
    /// ServerMode USHORT.
    pub server_mode: ServerMode,
    /// ServiceName STRING, tag 94, required.
    pub service_name: String,
}

impl Body for RegisterServiceReq {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut m = Self {
            invoke_id: r.fixed()?,
            server_mode: r.fixed()?,
            ..Self::default()
        };
        while let Some(f) = r.field()? {
            match f.tag {
                94 => m.service_name = f.text(),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.invoke_id);
        w.fixed(self.server_mode);
        w.required_text(&tags::SERVICE_NAME, &self.service_name)?;
        Ok(())
    }

    fn invoke_id(&self) -> Option<u32> {
        Some(self.invoke_id)
    }

    fn invoke_id_mut(&mut self) -> Option<&mut u32> {
        Some(&mut self.invoke_id)
    }
}

/// REGISTER_SERVICE_CONF (144), server to client.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RegisterServiceConf {
    /// InvokeID UINT.
    pub invoke_id: u32,
    /// RegisteredServiceID UINT.
    pub registered_service_id: u32,
}

impl Body for RegisterServiceConf {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let m = Self {
            invoke_id: r.fixed()?,
            registered_service_id: r.fixed()?,
        };
        while r.field()?.is_some() {
            r.skip_unknown();
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.invoke_id);
        w.fixed(self.registered_service_id);
        Ok(())
    }

    fn invoke_id(&self) -> Option<u32> {
        Some(self.invoke_id)
    }

    fn invoke_id_mut(&mut self) -> Option<&mut u32> {
        Some(&mut self.invoke_id)
    }
}

/// UNREGISTER_SERVICE_REQ (145), client to server.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UnregisterServiceReq {
    /// InvokeID UINT.
    pub invoke_id: u32,
    /// RegisteredServiceID UINT.
    pub registered_service_id: u32,
}

impl Body for UnregisterServiceReq {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let m = Self {
            invoke_id: r.fixed()?,
            registered_service_id: r.fixed()?,
        };
        while r.field()?.is_some() {
            r.skip_unknown();
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.invoke_id);
        w.fixed(self.registered_service_id);
        Ok(())
    }

    fn invoke_id(&self) -> Option<u32> {
        Some(self.invoke_id)
    }

    fn invoke_id_mut(&mut self) -> Option<&mut u32> {
        Some(&mut self.invoke_id)
    }
}

/// UNREGISTER_SERVICE_CONF (146), server to client.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UnregisterServiceConf {
    /// InvokeID UINT.
    pub invoke_id: u32,
}

impl Body for UnregisterServiceConf {
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
