//! CALL_TRANSFERRED (mapping.md section 3.1): A gives the call to B, after a consultation or in a single step.

use ged188::{CallTransferredEvent, DeviceIdType};

use super::merging::{Leaves, Merge};
use super::unconnected;
use crate::domain::Domain;
use crate::ids::{CallId, Now};

impl Domain {
    pub(super) fn transferred(&mut self, event: &CallTransferredEvent, now: Now) {
        let primary = CallId(event.primary_call_id);
        let leaver =
            self.party(&event.transferring_device_id, event.transferring_device_type, unconnected(primary));
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
            leaves: Leaves::Party(leaver),
            controller: None,
        };
        self.merge(merge, now);
    }
}
