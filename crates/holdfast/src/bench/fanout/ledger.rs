//! What each desktop must be told, in order, and what it was told: nothing lost, doubled, out of order or for somebody
//! else.
//!
//! An entry is made when the CTI server's message leaves, and settled when the desktop has read the notification.

use std::collections::{BTreeMap, VecDeque};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use lab::Lab;
use sim::node::ged188::{AgentState, AgentStateEvent, Message, Version};
use sim::switch::AgentConfig;

/// What the lab's CTI servers and the desktop server agree on.
const VERSION: Version = Version::V20;
/// MessageLength and MessageType.
const HEADER: usize = 8;
/// How the payload of a notification says what state an agent is in, and where its document is.
const STATE: &str = "&lt;state&gt;";
const SOURCE: &str = "&lt;source&gt;/finesse/api/User/";
const END: &str = "&lt;/";

/// The accounts of all desktops; clones are the same ledger.
#[derive(Clone, Debug)]
pub(super) struct Ledger(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    open: AtomicBool,
    places: BTreeMap<String, usize>,
    accounts: Vec<Mutex<Account>>,
}

/// One desktop.
#[derive(Debug, Default)]
struct Account {
    due: VecDeque<(Duration, &'static str)>,
    settled: Settled,
}

/// What came of the entries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Settled {
    /// What each delivery took, in microseconds.
    pub(super) took_us: Vec<u32>,
    /// Entries that nobody settled.
    pub(super) lost: usize,
    /// Notifications that were not the next entry: doubled, out of order, or for somebody else.
    pub(super) odd: usize,
}

impl Ledger {
    /// Makes entries of what this lab's CTI servers tell, while the ledger is open.
    pub(super) fn follow(lab: &Lab, agents: &[AgentConfig]) -> Result<Self, String> {
        let ledger = Self::of(agents.iter().map(|agent| agent.id.clone()));
        let told = ledger.clone();
        match lab.tap(move |at, bytes| told.told(at, bytes)) {
            true => Ok(ledger),
            false => Err("somebody else follows this lab".into()),
        }
    }

    fn of(agents: impl Iterator<Item = String>) -> Self {
        let places: BTreeMap<String, usize> = agents.enumerate().map(|(n, agent)| (agent, n)).collect();
        let accounts = places.iter().map(|_| Mutex::default()).collect();
        Self(Arc::new(Inner { open: AtomicBool::new(false), places, accounts }))
    }

    /// Entries are made and settled from now on.
    pub(super) fn open(&self) {
        self.0.open.store(true, Ordering::SeqCst);
    }

    /// No more of that; what came of all entries.
    pub(super) fn close(&self) -> Settled {
        self.0.open.store(false, Ordering::SeqCst);
        let mut sum = Settled::default();
        for account in &self.0.accounts {
            let Account { due, settled } = std::mem::take(&mut *lock(account));
            sum.took_us.extend(settled.took_us);
            sum.odd += settled.odd;
            sum.lost += due.len();
        }
        sum
    }

    /// Entries that wait.
    pub(super) fn waiting(&self) -> usize {
        self.0.accounts.iter().map(|account| lock(account).due.len()).sum()
    }

    /// A desktop, by its number, has read this.
    pub(super) fn heard(&self, desktop: usize, at: Duration, text: &str) {
        let Some(account) = self.0.accounts.get(desktop).filter(|_| self.is_open()) else { return };
        for (state, agent) in notifications(text) {
            let own = self.0.places.get(agent) == Some(&desktop);
            lock(account).settle(at, state, own);
        }
    }

    /// These messages leave the CTI server.
    fn told(&self, at: Duration, bytes: &[u8]) {
        if self.is_open() {
            messages(bytes).for_each(|(kind, body)| self.tell(at, kind, body));
        }
    }

    fn tell(&self, at: Duration, kind: u32, body: &[u8]) {
        if kind != AgentStateEvent::KIND {
            return;
        }
        let Ok(Message::AgentStateEvent(event)) = Message::decode(kind, body, VERSION) else { return };
        let account = self.0.places.get(event.agent_id.as_str()).and_then(|n| self.0.accounts.get(*n));
        if let (Some(account), Some(state)) = (account, name(event.agent_state)) {
            lock(account).due.push_back((at, state));
        }
    }

    fn is_open(&self) -> bool {
        self.0.open.load(Ordering::SeqCst)
    }
}

impl Account {
    fn settle(&mut self, at: Duration, state: &str, own: bool) {
        match self.due.front() {
            Some((told, due)) if own && *due == state => {
                let took = at.saturating_sub(*told).as_micros();
                self.settled.took_us.push(u32::try_from(took).unwrap_or(u32::MAX));
                self.due.pop_front();
            }
            _ => self.settled.odd += 1,
        }
    }
}

/// The states that agents go through here, as REST names them.
fn name(state: AgentState) -> Option<&'static str> {
    match state {
        AgentState::AVAILABLE => Some("READY"),
        AgentState::NOT_READY => Some("NOT_READY"),
        _ => None,
    }
}

/// Type and body of each message.
fn messages(mut bytes: &[u8]) -> impl Iterator<Item = (u32, &[u8])> {
    std::iter::from_fn(move || {
        let (&head, rest) = bytes.split_first_chunk::<HEADER>()?;
        let [l0, l1, l2, l3, k0, k1, k2, k3] = head;
        let (body, after) = rest.split_at_checked(u32::from_be_bytes([l0, l1, l2, l3]) as usize)?;
        bytes = after;
        Some((u32::from_be_bytes([k0, k1, k2, k3]), body))
    })
}

/// State and AgentID of each user document, in the order of the text.
fn notifications(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.split(STATE).skip(1).filter_map(|rest| {
        let (state, rest) = rest.split_once(END)?;
        let (_, source) = rest.split_once(SOURCE)?;
        Some((state, source.split_once(END)?.0))
    })
}

/// Nothing that holds the lock can panic half way.
fn lock(account: &Mutex<Account>) -> MutexGuard<'_, Account> {
    account.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: fn(u64) -> Duration = Duration::from_millis;

    fn ledger() -> Ledger {
        let ledger = Ledger::of(["1001", "1002"].into_iter().map(String::from));
        ledger.open();
        ledger
    }

    fn event(agent: &str, state: AgentState) -> Vec<u8> {
        let event = AgentStateEvent { agent_state: state, agent_id: agent.into(), ..Default::default() };
        Message::from(event).encode(VERSION).unwrap()
    }

    fn notification(agent: &str, state: &str) -> String {
        format!(
            "<message><notification>&lt;Update&gt;&lt;data&gt;&lt;user&gt;&lt;state&gt;{state}&lt;/state&gt;\
             &lt;/user&gt;&lt;/data&gt;&lt;source&gt;/finesse/api/User/{agent}&lt;/source&gt;&lt;/Update&gt;\
             </notification></message>"
        )
    }

    #[test]
    fn what_was_told_and_heard_is_settled_with_its_time() {
        let ledger = ledger();
        let (ready, rest) = (event("1001", AgentState::AVAILABLE), event("1001", AgentState::NOT_READY));
        ledger.told(MS(5), &[ready, rest].concat());
        assert_eq!(ledger.waiting(), 2);
        let both = [notification("1001", "READY"), notification("1001", "NOT_READY")].concat();
        ledger.heard(0, MS(8), &format!("<body>{both}</body>"));
        assert_eq!(ledger.close(), Settled { took_us: vec![3000, 3000], lost: 0, odd: 0 });
    }

    #[test]
    fn what_is_lost_doubled_swapped_or_for_somebody_else_is_seen() {
        let told = |ledger: &Ledger| ledger.told(MS(1), &event("1001", AgentState::AVAILABLE));
        let judge = |hear: &dyn Fn(&Ledger)| {
            let ledger = ledger();
            told(&ledger);
            hear(&ledger);
            let Settled { lost, odd, .. } = ledger.close();
            (lost, odd)
        };
        let hear = |ledger: &Ledger, agent: &str, state: &str| {
            ledger.heard(0, MS(2), &notification(agent, state));
        };
        assert_eq!(judge(&|_| ()), (1, 0));
        assert_eq!(judge(&|ledger| (0..2).for_each(|_| hear(ledger, "1001", "READY"))), (0, 1));
        assert_eq!(judge(&|ledger| hear(ledger, "1001", "NOT_READY")), (1, 1));
        assert_eq!(judge(&|ledger| hear(ledger, "1002", "READY")), (1, 1));
    }

    #[test]
    fn a_closed_ledger_takes_no_entries() {
        let ledger = ledger();
        ledger.close();
        ledger.told(MS(1), &event("1001", AgentState::AVAILABLE));
        ledger.heard(0, MS(1), &notification("1001", "READY"));
        assert_eq!(ledger.close(), Settled::default());
    }
}
