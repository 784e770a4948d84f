//! What the switch's truth makes of the dialogs of an agent (mapping.md sections 3.2 to 3.6).
//!
//! Compared with what a desktop shows, dialog by dialog: parties with their states, dialog state, own actions, call
//! type, variables, and which two belong together. Believes nothing that a node says.

use std::collections::{BTreeMap, BTreeSet};

use switch::{AcdState, Agent, Call, CtiPair, Leg, Monitor, Party, Place, Stage};

use super::ensure;
use crate::desktop::{Person, Shown};
use crate::seen::Document;

/// A party's address and state.
type Parties = BTreeMap<String, String>;

/// How a desktop differs from the truth.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Difference {
    /// Calls that the agent is on and that are not shown, or the reverse.
    Calls { missing: BTreeSet<u32>, extra: BTreeSet<u32> },
    /// One dialog is not as it is.
    Dialog { call: u32, says: String },
}

/// One desktop beside the switch.
pub(super) struct Beside<'a> {
    pub(super) pair: &'a CtiPair,
    pub(super) person: &'a Person,
    pub(super) agent: &'a Agent,
    pub(super) shown: &'a Shown,
    /// Whether CTI tells this node from which call a consultation was made (protocol version 14 and above).
    pub(super) consults_told: bool,
}

impl Beside<'_> {
    /// All differences.
    pub(super) fn differences(&self) -> Vec<Difference> {
        let truth: BTreeSet<u32> = self.calls().map(|call| call.id).collect();
        let shown: BTreeSet<u32> =
            self.shown.dialogs.values().filter(|it| !self.lingers(it)).map(id).collect();
        let missing: BTreeSet<u32> = truth.difference(&shown).copied().collect();
        let extra: BTreeSet<u32> = shown.difference(&truth).copied().collect();
        let calls = !(missing.is_empty() && extra.is_empty());
        let both = self.calls().filter_map(|call| Some((call, self.dialog(call.id)?)));
        let dialogs = both.filter_map(|(call, dialog)| {
            let says = self.compare(call, dialog).err()?;
            Some(Difference::Dialog { call: call.id, says })
        });
        calls.then_some(Difference::Calls { missing, extra }).into_iter().chain(dialogs).collect()
    }

    /// The shown dialog of a call.
    pub(super) fn dialog(&self, call: u32) -> Option<&Document> {
        self.shown.dialogs.get(&call.to_string())
    }

    /// A dialog that is over stays for wrap-up, or until its data can no longer change.
    pub(super) fn lingers(&self, dialog: &Document) -> bool {
        let wrap_up = matches!(self.agent.state, AcdState::WorkNotReady { .. } | AcdState::WorkReady { .. });
        let on_it = self.calls().any(|call| call.id == id(dialog));
        let own = dialog.leg(&self.extension()).unwrap_or_default();
        !on_it && (own == "DROPPED" || (wrap_up && own == "WRAP_UP"))
    }

    fn extension(&self) -> String {
        self.agent.extension.clone().unwrap_or_default()
    }

    /// The agent's living calls.
    fn calls(&self) -> impl Iterator<Item = &Call> {
        let phone = self.agent.extension.as_deref().unwrap_or_default();
        self.pair.switch().calls().of_device(phone).filter(|call| call.live())
    }

    fn compare(&self, call: &Call, dialog: &Document) -> Result<(), String> {
        let (truth, shown) = (truth(call), parties(call, dialog)?);
        same("parties", &shown, &truth)?;
        same("state", &dialog.state, &state_of(&raw_parties(dialog)))?;
        same("callType", &media(dialog, "callType"), &call_type(call).to_owned())?;
        same("variables", &variables(dialog), &carried(call))?;
        same("actions", &dialog.actions(&self.extension()), &self.actions(dialog))?;
        self.promise(call, dialog)?;
        self.association(call, dialog)
    }

    /// mapping.md section 3.4, for the agent's own leg.
    fn actions(&self, dialog: &Document) -> BTreeSet<String> {
        let phone = self.extension();
        let own = dialog.leg(&phone).unwrap_or_default();
        if is_session(dialog) {
            let listens = dialog.text("fromAddress") == phone && lives(&own);
            return listens.then(|| "DROP".to_owned()).into_iter().collect();
        }
        let others = self.shown.dialogs.values().filter(|other| other.id != dialog.id && !is_session(other));
        let others: Vec<String> =
            others.filter_map(|other| other.leg(&phone)).filter(|leg| lives(leg)).collect();
        let talks = others.iter().any(|leg| leg == "ACTIVE");
        let conference = media(dialog, "callType") == "CONFERENCE";
        let mut actions: Vec<&str> = match own.as_str() {
            "INITIATING" | "INITIATED" => vec!["UPDATE_CALL_DATA", "DROP"],
            "ALERTING" if is_reservation(dialog) => vec!["ACCEPT", "CLOSE", "REJECT"],
            "ALERTING" => vec!["ANSWER"],
            "ACTIVE" => vec!["HOLD", "DROP", "UPDATE_CALL_DATA", "SEND_DTMF", "TRANSFER_SST"],
            "HELD" => vec!["RETRIEVE", "DROP", "UPDATE_CALL_DATA"],
            "FAILED" => vec!["DROP"],
            "WRAP_UP" => vec!["UPDATE_CALL_DATA"],
            _ => vec![],
        };
        if own == "ACTIVE" && others.is_empty() {
            actions.push("CONSULT_CALL");
        }
        if is_customers(dialog) && own == "ACTIVE" {
            actions.extend(["UPDATE_SCHEDULED_CALLBACK", "CANCEL_SCHEDULED_CALLBACK", "RECLASSIFY"]);
        }
        if own == "ACTIVE" && conference && self.is_supervisor() {
            actions.push("PARTICIPANT_DROP");
        }
        if own == "HELD" && talks {
            actions.extend(["TRANSFER", "CONFERENCE"]);
        }
        actions.into_iter().map(Into::into).collect()
    }

    /// What is shown of a promised callback is in the dialer's books; and what the last word promised is shown. A node
    /// that was away hears the last word only.
    fn promise(&self, call: &Call, dialog: &Document) -> Result<(), String> {
        let info = dialog.element.child("scheduledCallbackInfo");
        let text = |name: &str| info.and_then(|info| info.child_text(name)).unwrap_or_default();
        let (time, number) = (text("callbackTime"), text("callbackNumber"));
        let record = self.pair.switch().customer_of(call.id);
        // What was consulted about a customer carries his data, and may be given away without him.
        if record.is_none() && !matches!(call.kind.0, 32..=37) {
            return Ok(());
        }
        let known = |kept: Option<&String>, shown: &String| shown.is_empty() || kept == Some(shown);
        let (kept_time, kept_number) = (
            record.and_then(|record| record.callback_time.as_ref()),
            record.and_then(|record| record.callback_number.as_ref()),
        );
        let last = call.named.get("BAResponse").map_or("", String::as_str);
        let owed_time = last.starts_with("Callback ") && kept_time.is_some() && time.is_empty();
        let owed_number = last.starts_with("P#") && kept_number.is_some() && number.is_empty();
        let fits = known(kept_time, &time) && known(kept_number, &number) && !(owed_time || owed_number);
        ensure(fits, || format!("promises {time:?} {number:?}, the dialer {kept_time:?} {kept_number:?}"))
    }

    fn is_supervisor(&self) -> bool {
        self.pair.switch().config().agents.iter().any(|it| it.id == self.person.id && it.supervisor)
    }

    /// A call and its consultation name each other, while the device that consults is on both. A call that is in more
    /// than one such pair may show any of them.
    fn association(&self, call: &Call, dialog: &Document) -> Result<(), String> {
        let shown = dialog.text("associatedDialogUri");
        let shown = shown.trim_start_matches("/finesse/api/Dialog/");
        if let Some(monitor) = &call.monitor {
            return self.listens_to(monitor, shown);
        }
        let partners = self.partners(call);
        if shown.is_empty() {
            let only = partners.first().filter(|_| partners.len() == 1);
            let alone = only.filter(|other| self.partners(other).len() == 1);
            let owed = alone.is_some_and(|other| self.consults_told && self.dialog(other.id).is_some());
            return ensure(!owed, || format!("belongs to none, the switch says {:?}", ids(&partners)));
        }
        ensure(partners.iter().any(|other| other.id.to_string() == shown), || {
            format!("belongs to {shown}, the switch says {:?}", ids(&partners))
        })
    }

    /// A session names the call that is listened to. Which of an agent's calls that is, CTI does not tell; and of a
    /// conference it may tell nothing at all.
    fn listens_to(&self, monitor: &Monitor, shown: &str) -> Result<(), String> {
        let all = self.pair.switch().calls();
        let speaks = |party: &Party| matches!(party.leg, Leg::Connected | Leg::Held);
        let legs = all.legs(&monitor.device).filter(|(_, party)| speaks(party));
        let calls: Vec<&Call> = legs.map(|(call, _)| call).collect();
        let untold = !is_agents(self.pair, &monitor.device) || calls.iter().any(|call| call.is_conference());
        let known = calls.iter().any(|call| call.id.to_string() == shown);
        ensure(known || untold, || format!("listens to {shown}, the switch says {}", monitor.about))
    }

    fn partners(&self, call: &Call) -> Vec<&Call> {
        let all = self.pair.switch().calls();
        let belongs = |other: &&Call| consults(call, other) || consults(other, call);
        let beside = call.parties.iter().flat_map(|party| all.of_device(&party.device));
        let beside: BTreeMap<u32, &Call> = beside.filter(|it| it.live()).map(|it| (it.id, it)).collect();
        beside.into_values().filter(belongs).collect()
    }
}

/// The first is a consultation about the second.
fn consults(call: &Call, about: &Call) -> bool {
    let on_both = |device: &str| call.party(device).is_some() && about.party(device).is_some();
    call.consult.as_ref().is_some_and(|consult| consult.about == about.id && on_both(&consult.device))
}

fn ids(calls: &[&Call]) -> Vec<u32> {
    calls.iter().map(|call| call.id).collect()
}

fn id(dialog: &Document) -> u32 {
    dialog.id.parse().unwrap_or(0)
}

fn truth(call: &Call) -> Parties {
    call.parties.iter().map(|party| (party.device.clone(), leg_state(call, party).to_owned())).collect()
}

/// Participant state of a connection (mapping.md section 3.2).
fn leg_state(call: &Call, party: &Party) -> &'static str {
    match party.leg {
        Leg::Initiated => "INITIATING",
        Leg::Alerting if is_accepted(call) => "ACCEPTED",
        Leg::Alerting => "ALERTING",
        Leg::Connected if party.caller && call.stage != Stage::Up => "INITIATED",
        Leg::Connected | Leg::Listened => "ACTIVE",
        Leg::Held => "HELD",
        Leg::Failed => "FAILED",
    }
}

/// The living parties as they are shown. A snapshot does not tell whether the far end of a call that waits in a queue is
/// connected: the caller's leg is CONNECT.
fn parties(call: &Call, dialog: &Document) -> Result<Parties, String> {
    let waits = matches!(call.stage, Stage::Queued { .. } | Stage::Reserved { .. });
    let is_caller = |address: &str| call.party(address).is_some_and(|party| party.caller);
    let mut parties = Parties::new();
    for (address, state) in raw_parties(dialog) {
        let state =
            if waits && state == "ACTIVE" && is_caller(&address) { "INITIATED".into() } else { state };
        let twice = parties.insert(address.clone(), state).is_some();
        ensure(!twice, || format!("shows {address} twice"))?;
    }
    Ok(parties)
}

fn raw_parties(dialog: &Document) -> Vec<(String, String)> {
    dialog.legs().into_iter().filter(|(_, state)| lives(state)).collect()
}

pub(super) fn lives(state: &str) -> bool {
    !matches!(state, "DROPPED" | "WRAP_UP")
}

/// mapping.md section 3.3, for a call that somebody is on.
fn state_of(parties: &[(String, String)]) -> String {
    let count = |wanted: &str| parties.iter().filter(|(_, state)| state == wanted).count();
    let connected = count("ACTIVE") + count("HELD");
    let state = if count("ACCEPTED") > 0 {
        "ACCEPTED"
    } else if count("FAILED") > 0 && connected == 0 {
        "FAILED"
    } else if count("ALERTING") > 0 && connected <= 1 {
        "ALERTING"
    } else if connected > 0 {
        "ACTIVE"
    } else if count("INITIATED") > 0 {
        "INITIATED"
    } else {
        "INITIATING"
    };
    state.into()
}

/// mapping.md section 3.6: the types that the switch gives.
fn call_type(call: &Call) -> &'static str {
    match call.kind.0 {
        1 => "ACD_IN",
        2 => "PREROUTE_ACD_IN",
        4 => "TRANSFER",
        6 => "OTHER_IN",
        9 => "OUT",
        10 => "AGENT_INSIDE",
        12 => "CONSULT",
        15 => "CONFERENCE",
        21 => "SUPERVISOR_MONITOR",
        27 => "OUTBOUND_PREVIEW",
        28 => "OUTBOUND_DIRECT_PREVIEW",
        30 => "OUTBOUND_CALLBACK_PREVIEW",
        31 => "OUTBOUND_PERSONAL_CALLBACK_PREVIEW",
        32 | 33 => "OUTBOUND",
        35 => "OUTBOUND_CALLBACK",
        36 => "OUTBOUND_PERSONAL_CALLBACK",
        _ => "another type",
    }
}

fn is_session(dialog: &Document) -> bool {
    media(dialog, "callType") == "SUPERVISOR_MONITOR"
}

/// The agent has said yes to the dialer, who calls the customer.
fn is_accepted(call: &Call) -> bool {
    matches!(call.kind.0, 27..=31) && call.named.get("BAResponse").is_some_and(|word| word == "Accept")
}

fn is_reservation(dialog: &Document) -> bool {
    media(dialog, "callType").ends_with("_PREVIEW")
}

/// The call of a campaign's customer, also after it was transferred or became a conference.
fn is_customers(dialog: &Document) -> bool {
    let carried = dialog.variable("BAStatus").is_some_and(|status| !status.is_empty());
    match media(dialog, "callType").as_str() {
        "OUTBOUND" | "OUTBOUND_CALLBACK" | "OUTBOUND_PERSONAL_CALLBACK" => true,
        "TRANSFER" | "CONFERENCE" => carried,
        _ => false,
    }
}

fn media(dialog: &Document, name: &str) -> String {
    dialog.element.child("mediaProperties").and_then(|media| media.child_text(name)).unwrap_or_default()
}

/// Variables that have a value.
fn variables(dialog: &Document) -> BTreeMap<String, String> {
    dialog.variables().into_iter().filter(|(_, value)| !value.is_empty()).collect()
}

fn carried(call: &Call) -> BTreeMap<String, String> {
    let ten = call.variables.iter().enumerate();
    let ten = ten.map(|(at, value)| (format!("callVariable{}", at + 1), value.clone()));
    let named = call.named.iter().map(|(name, value)| (name.clone(), value.clone()));
    let arrays = call.arrays.iter().map(|((name, at), value)| (format!("{name}[{at}]"), value.clone()));
    ten.chain(named).chain(arrays).filter(|(_, value)| !value.is_empty()).collect()
}

fn same<T: PartialEq + std::fmt::Debug>(what: &str, shown: &T, truth: &T) -> Result<(), String> {
    ensure(shown == truth, || format!("{what} {shown:?}, the switch says {truth:?}"))
}

/// No agent is signed in at that party's device, and perhaps it is not even a phone of the switch.
pub(super) fn is_nobodys(pair: &CtiPair, party: &Party) -> bool {
    party.place == Place::Outside || !is_agents(pair, &party.device)
}

/// An agent is signed in on this device.
pub(super) fn is_agents(pair: &CtiPair, device: &str) -> bool {
    pair.switch().agents().any(|agent| agent.extension.as_deref() == Some(device))
}
