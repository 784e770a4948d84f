// Made from spec/ged188.toml by `cargo run -p ged188 --example generate`. Do not edit.

//! Agent services (v24).

use super::tags;
use crate::message::Body;
use crate::reader::Group;
use crate::reader::Reader;
use crate::values::{StatusCode};
use crate::writer::Writer;
use crate::{DecodeError, EncodeError};

/// One element of the list that NumOfEnabledServices counts in SET_AGENT_SERVICE_DATA_REQ.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SetAgentServiceDataReqEnabledServicesItem {
    /// FltEnabledServices UINT, tag 309, from version 24.
    pub flt_enabled_services: Option<u32>,
}

/// SET_AGENT_SERVICE_DATA_REQ (283), client to server, from version 24.
///
/// Further counters (answer suggestions) have no published tag.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SetAgentServiceDataReq {
    /// InvokeID UINT.
    pub invoke_id: u32,
    /// RouterCallKeyDay UINT.
    pub router_call_key_day: u32,
    /// RouterCallKeyCallID UINT.
    pub router_call_key_call_id: u32,
    /// RouterCallKeySequenceNumber UINT.
    pub router_call_key_sequence_number: u32,
    /// AgentSkillTargetID UINT.
    pub agent_skill_target_id: u32,
    /// Counted by NumOfEnabledServices, from version 24.
    pub enabled_services: Vec<SetAgentServiceDataReqEnabledServicesItem>,
}

impl Body for SetAgentServiceDataReq {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut m = Self {
            invoke_id: r.fixed()?,
            router_call_key_day: r.fixed()?,
            router_call_key_call_id: r.fixed()?,
            router_call_key_sequence_number: r.fixed()?,
            agent_skill_target_id: r.fixed()?,
            ..Self::default()
        };
        let mut enabled_services_group = Group::default();
        while let Some(f) = r.field()? {
            match f.tag {
                310 => {}
                309 => enabled_services_group.element(&mut m.enabled_services, 0).flt_enabled_services = Some(f.number()?),
                _ => r.skip_unknown(),
            }
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.invoke_id);
        w.fixed(self.router_call_key_day);
        w.fixed(self.router_call_key_call_id);
        w.fixed(self.router_call_key_sequence_number);
        w.fixed(self.agent_skill_target_id);
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

/// SET_AGENT_SERVICE_DATA_CONF (284), server to client, from version 24.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SetAgentServiceDataConf {
    /// InvokeID UINT.
    pub invoke_id: u32,
    /// Status UINT.
    pub status: StatusCode,
}

impl Body for SetAgentServiceDataConf {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let m = Self {
            invoke_id: r.fixed()?,
            status: r.fixed()?,
        };
        while r.field()?.is_some() {
            r.skip_unknown();
        }
        Ok(m)
    }

    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.fixed(self.invoke_id);
        w.fixed(self.status);
        Ok(())
    }

    fn invoke_id(&self) -> Option<u32> {
        Some(self.invoke_id)
    }

    fn invoke_id_mut(&mut self) -> Option<&mut u32> {
        Some(&mut self.invoke_id)
    }
}
