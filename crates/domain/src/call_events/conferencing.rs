//! CALL_CONFERENCED (mapping.md section 3.1): the parties of two calls talk to each other.

use ged188::{CallConferencedEvent, DeviceIdType};

use super::merging::{Leaves, Merge};
use crate::domain::Domain;
use crate::ids::{CallId, Now};

impl Domain {
    pub(super) fn conferenced(&mut self, event: &CallConferencedEvent, now: Now) {
        let primary = CallId(event.primary_call_id);
        let parties = event.parties.iter().map(|item| {
            (
                item.connected_party_call_id,
                item.connected_party_device_id_type,
                &item.connected_party_device_id,
            )
        });
        let merge = Merge {
            primary,
            secondary: super::merging::given(event.secondary_call_id),
            parties: self.listed(primary, DeviceIdType::NONE, parties),
            leaves: Leaves::Nobody,
            controller: self.controller(event),
        };
        self.merge(merge, now);
    }

    fn controller(&self, event: &CallConferencedEvent) -> Option<String> {
        let id = CallId(event.primary_call_id);
        let device = &event.controller_device_id;
        let party = self.party(device, event.controller_device_type, super::unconnected(id));
        (!device.is_empty()).then_some(party.address)
    }
}
