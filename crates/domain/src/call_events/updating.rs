//! CALL_DATA_UPDATE: what is carried with a call, and another id of it (mapping.md section 3.1).

use ged188::CallDataUpdateEvent;

use crate::call_data::told;
use crate::calls::Call;
use crate::domain::Domain;
use crate::ids::{CallId, Now};

impl Domain {
    pub(super) fn data_updated(&mut self, event: &CallDataUpdateEvent, now: Now) {
        let id = CallId(event.connection_call_id);
        if !self.calls.contains_key(&id) {
            return self.unknown_call(None, now);
        }
        self.told_of_call(id, &told!(event), now, |call| call.be_of_type(event.call_type.0));
        let new = CallId(event.new_connection_call_id);
        if new != id && new.0 != 0 && new.0 != ged188::NULL_ID {
            self.rekey(id, new);
        }
    }

    /// The call goes on under another id: DELETE and POST, and the devices are read again.
    fn rekey(&mut self, old: CallId, new: CallId) {
        self.counters.merged_calls += 1;
        let readers = self.calls.get(&old).map(Call::readers).unwrap_or_default();
        let moved = self.calls.get(&old).cloned();
        self.drop_call(old);
        if let Some(call) = moved.filter(|_| !self.calls.contains_key(&new))
            && self.open_call(new)
        {
            self.consult_instead(call.associated, old, new);
            self.change_known(new, |fresh| {
                *fresh = Call { id: new, touched: fresh.touched, ..call };
                fresh.legs.iter_mut().for_each(|leg| leg.party.connection.id = new);
            });
        }
        readers.iter().for_each(|agent| self.read_device(agent));
    }

    /// The consultation of a call is now one of the call under its new id.
    fn consult_instead(&mut self, consultation: Option<CallId>, old: CallId, new: CallId) {
        let consultation = consultation.and_then(|id| self.calls.get_mut(&id));
        if let Some(call) = consultation.filter(|call| call.consults == Some(old)) {
            call.consults = Some(new);
        }
    }
}
