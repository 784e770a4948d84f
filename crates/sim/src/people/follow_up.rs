use switch::{Call, Command, Hand, Leg, Party, Phone};

use super::{Deed, People};

impl People<'_> {
    /// Somebody does at a phone what follows from the calls that it has: answers, consults, joins calls, gives one
    /// away. `None` if no phone of ours has any.
    pub fn follow_up(&mut self) -> Option<Deed> {
        let switch = self.world.pair().switch();
        let ours = |party: &Party| switch.is_phone(&party.device) && party.leg != Leg::Listened;
        let legs = |call: &Call| {
            let own = call.parties.iter().filter(|party| ours(party));
            own.map(|party| (call.id, party.device.clone(), party.leg)).collect::<Vec<_>>()
        };
        let legs: Vec<_> = switch.calls().iter().filter(|call| call.live()).flat_map(legs).collect();
        let (call, device, leg) = self.chance.pick(&legs)?.clone();
        let calls = switch.calls().legs(&device).filter(|(call, party)| call.live() && ours(party)).count();
        let call = Some(call);
        Some(Deed::Hand(match leg {
            Leg::Alerting => Command::Answer(Hand { device, call }),
            _ if calls > 1 => self.join(device),
            Leg::Held => Command::Retrieve(Hand { device, call }),
            _ => match self.chance.below(8) {
                0..5 => Command::Consult { device, to: self.number(), call },
                5 => Command::BlindTransfer { device, to: self.number(), call },
                6 => Command::Hold(Hand { device, call }),
                _ => Command::HangUp(Hand { device, call }),
            },
        }))
    }

    /// A phone with two calls makes one of them, or lets one go.
    fn join(&mut self, device: String) -> Command {
        match self.chance.below(6) {
            0..3 => Command::CompleteConference(Phone { device }),
            3..5 => Command::CompleteTransfer(Phone { device }),
            _ => Command::Reconnect(Phone { device }),
        }
    }
}
