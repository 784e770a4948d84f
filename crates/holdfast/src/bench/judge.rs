//! Whether what is shown is what the switch holds (invariant 2 of a failover: nothing is shown wrong).

use std::collections::BTreeMap;

use sim::rows::truth::{participant, user};
use sim::seen::Document;
use sim::switch::{AgentTruth, CallTruth, Truth};

use super::screen::Screen;

/// The switch's truth, to be looked up by agent and by device.
pub(super) struct Judge<'a> {
    agents: BTreeMap<&'a str, &'a AgentTruth>,
    calls: BTreeMap<&'a str, Vec<&'a CallTruth>>,
}

impl<'a> Judge<'a> {
    /// Everything that is true.
    pub(super) fn new(truth: &'a Truth) -> Self {
        let mut calls: BTreeMap<&str, Vec<&CallTruth>> = BTreeMap::new();
        for call in truth.calls.iter().filter(|call| call.told) {
            for party in &call.parties {
                calls.entry(&party.device).or_default().push(call);
            }
        }
        Self { agents: truth.agents.iter().map(|agent| (agent.id.as_str(), agent)).collect(), calls }
    }

    /// One agent.
    pub(super) fn agent(&self, id: &str) -> Option<&'a AgentTruth> {
        self.agents.get(id).copied()
    }

    /// The calls at a device.
    pub(super) fn calls_at(&self, device: &str) -> &[&'a CallTruth] {
        self.calls.get(device).map_or(&[], Vec::as_slice)
    }

    /// What a screen shows wrong, in words; none if all is true.
    pub(super) fn wrongs(&self, agent: &str, screen: &Screen) -> Vec<String> {
        let Some(truth) = self.agent(agent) else {
            return vec![format!("{agent} is no agent of the switch")];
        };
        let user = user_wrong(truth, screen.user.as_ref());
        let calls = self.calls_at(&truth.extension);
        let missing = calls
            .iter()
            .filter(|call| !screen.dialogs.contains_key(&call.id.to_string()))
            .map(|call| format!("{agent}: call {} is not shown", call.id));
        let shown = screen.dialogs.values().filter_map(|dialog| {
            let call = calls.iter().find(|call| call.id.to_string() == dialog.id);
            let wrong = match call {
                Some(call) => parties_wrong(call, dialog),
                None => Some(format!("it is over, and shown as {}", dialog.state)),
            };
            wrong.map(|wrong| format!("{agent}: dialog {}: {wrong}", dialog.id))
        });
        user.into_iter().chain(missing).chain(shown).collect()
    }
}

fn user_wrong(truth: &AgentTruth, shown: Option<&Document>) -> Option<String> {
    let (state, extension) = (user(truth.state), truth.extension.as_str());
    match shown {
        None => Some(format!("{}: nothing is shown", truth.id)),
        Some(shown) if shown.state != state => {
            Some(format!("{}: shown as {}, is {state}", truth.id, shown.state))
        }
        Some(shown) if state != "LOGOUT" && shown.text("extension") != extension => {
            Some(format!("{}: shown at {}, is at {extension}", truth.id, shown.text("extension")))
        }
        Some(_) => None,
    }
}

/// Everybody on the call is shown with the state of his leg, and nobody else but those who have left.
fn parties_wrong(call: &CallTruth, dialog: &Document) -> Option<String> {
    let mut shown = legs(dialog);
    shown.retain(|_, state| !matches!(state.as_str(), "DROPPED" | "WRAP_UP"));
    let is: BTreeMap<String, String> = call
        .parties
        .iter()
        .map(|party| (party.device.clone(), participant(call, party).to_owned()))
        .collect();
    (shown != is).then(|| format!("shown with {shown:?}, is {is:?}"))
}

/// Address and state of every participant.
fn legs(dialog: &Document) -> BTreeMap<String, String> {
    let participants = dialog.element.child("participants").into_iter().flat_map(|all| all.children());
    let text = |leg: &lab::xml::Element, name: &str| leg.child_text(name).unwrap_or_default();
    participants.map(|leg| (text(leg, "mediaAddress"), text(leg, "state"))).collect()
}

#[cfg(test)]
mod tests {
    use sim::seen::Seen;
    use sim::switch::{Command, CtiPair, Hand, OnClientLoss, PairConfig, PairMode, PhoneState, SwitchConfig};
    use std::time::Duration;

    use super::*;

    /// Agent 1001 on an answered call.
    fn truth() -> (Truth, u32) {
        let config = PairConfig {
            mode: PairMode::BothActive,
            on_client_loss: OnClientLoss::Keep,
            versions: 13..=20,
            switch: SwitchConfig::demo(1, "pw"),
        };
        let mut pair = CtiPair::new(config, Duration::ZERO, 0);
        let mut tell = |command| pair.command(command, Duration::ZERO).unwrap();
        let phone = switch_phone("1001");
        tell(Command::AgentState { agent: "1001".into(), to: PhoneState::Login { extension: None } });
        let call =
            Command::CallIn { from: "0311112222".into(), to: phone.clone(), variables: BTreeMap::new() };
        let sim::switch::Outcome::Call(call) = tell(call) else { panic!("no call") };
        tell(Command::Answer(Hand { device: phone, call: None }));
        (pair.truth(Duration::ZERO), call)
    }

    fn switch_phone(agent: &str) -> String {
        SwitchConfig::demo(1, "pw").agent(agent).unwrap().extension.clone()
    }

    fn screen(state: &str, call: u32, caller: &str) -> Screen {
        let mut screen = Screen::default();
        let mut show = |data: &str| {
            let payload = format!("<Update><data>{data}</data><event>PUT</event></Update>");
            screen.show(Seen::read(Duration::ZERO, "n", &payload).unwrap());
        };
        show(&format!(
            "<user><loginId>1001</loginId><state>{state}</state><extension>{}</extension></user>",
            switch_phone("1001")
        ));
        let leg = |address: &str, state: &str| {
            format!("<Participant><mediaAddress>{address}</mediaAddress><state>{state}</state></Participant>")
        };
        let legs = [leg("0311112222", caller), leg(&switch_phone("1001"), "ACTIVE"), leg("9", "DROPPED")];
        show(&format!("<dialog><id>{call}</id><participants>{}</participants></dialog>", legs.concat()));
        screen
    }

    #[test]
    fn what_is_true_is_not_wrong() {
        let (truth, call) = truth();
        assert_eq!(Judge::new(&truth).wrongs("1001", &screen("TALKING", call, "ACTIVE")), [""; 0]);
    }

    #[test]
    fn states_legs_and_calls_can_each_be_wrong() {
        let (truth, call) = truth();
        let judge = Judge::new(&truth);
        let wrongs = |screen: &Screen| judge.wrongs("1001", screen);
        assert_eq!(wrongs(&screen("READY", call, "ACTIVE")), ["1001: shown as READY, is TALKING"]);
        assert!(wrongs(&screen("TALKING", call, "HELD"))[0].contains("shown with"));
        let other = wrongs(&screen("TALKING", call + 1, "ACTIVE"));
        assert!(other[0].contains("is not shown") && other[1].contains("is over"), "{other:?}");
        assert!(wrongs(&Screen::default())[0].contains("nothing is shown"));
    }
}
