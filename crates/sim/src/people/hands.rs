use std::collections::BTreeMap;

use switch::{Command, Hand, Phone, PhoneState};

use super::{Deed, People};

impl People<'_> {
    /// Somebody does something at a phone, or calls from outside.
    pub fn hand(&mut self) -> Deed {
        let device = self.phone();
        let command = match self.chance.below(32) {
            0..6 => self.call_in(),
            6..11 => Command::Answer(self.any_call(device)),
            11 => Command::Answer(Hand { device: "0398765432".into(), call: None }),
            12..14 => Command::Hold(self.any_call(device)),
            14..16 => Command::Retrieve(self.any_call(device)),
            16..19 => Command::HangUp(self.any_call(device)),
            19 => Command::HangUp(Hand { device: self.outsider(), call: None }),
            20 => Command::Dial { device, to: self.number() },
            21..25 => Command::Consult { device, to: self.number(), call: None },
            25 => Command::CompleteTransfer(Phone { device }),
            26 => Command::CompleteConference(Phone { device }),
            27 if self.chance.one_in(2) => Command::Alternate(Phone { device }),
            27 => Command::Reconnect(Phone { device }),
            28 => Command::BlindTransfer { device, to: self.number(), call: None },
            29 => Command::DropParty { device, party: self.number(), call: None },
            30 => Command::SendDtmf { device, digits: "12*".into(), call: None },
            _ => self.agent_state(),
        };
        Deed::Hand(command)
    }

    /// Somebody calls from outside.
    pub fn call_in(&mut self) -> Command {
        Command::CallIn { from: self.outsider(), to: self.number(), variables: self.variables() }
    }

    /// One of the calls of a phone, if it has any.
    fn any_call(&mut self, device: String) -> Hand {
        let calls: Vec<u32> =
            self.world.pair().switch().calls().of_device(&device).map(|call| call.id).collect();
        Hand { call: self.chance.pick(&calls).copied(), device }
    }

    fn agent_state(&mut self) -> Command {
        let desktop = self.desktop();
        let to = if self.chance.one_in(2) { PhoneState::Ready } else { PhoneState::NotReady(12) };
        Command::AgentState { agent: self.id(desktop), to }
    }

    fn variables(&mut self) -> BTreeMap<String, String> {
        let value = self.chance.below(1000).to_string();
        match self.chance.below(3) {
            0 => BTreeMap::new(),
            1 => BTreeMap::from([("callVariable2".into(), value)]),
            _ => BTreeMap::from([("user.customer".into(), value.clone()), ("user.history[1]".into(), value)]),
        }
    }
}
