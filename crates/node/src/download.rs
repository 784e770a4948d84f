//! The configuration download of a CTI session (ged188.md section 4.4): keys first, records only if a key changed.
//!
//! ```text
//! Idle ──opened──▶ Keys ──changed──▶ Records ──end──▶ Done
//!                   └──same as last time────────────▶ Done      either wait ends in Failed after 30 s
//! ```

use std::time::Duration;

use ged188::{
    ConfigKeyEvent, ConfigKeyStatus, ConfigMask, ConfigRequestEvent, ConfigRequestKeyEvent, Message,
};

/// A configuration of 12,000 agents is 1,200 messages; a server that needs longer than this is not answering.
const ANSWER_WITHIN: Duration = Duration::from_secs(30);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Idle,
    Keys { until: Duration },
    Records { until: Duration },
    Done,
}

/// The download, and the keys of the last complete one.
pub(crate) struct Download {
    peripheral_id: u32,
    state: State,
    offered: Option<ConfigKeyEvent>,
    complete: Option<ConfigKeyEvent>,
}

impl Download {
    pub(crate) fn new(peripheral_id: u32) -> Self {
        Self { peripheral_id, state: State::Idle, offered: None, complete: None }
    }

    /// The session is open: the message to send.
    pub(crate) fn start(&mut self, now: Duration) -> Message {
        self.state = State::Keys { until: now + ANSWER_WITHIN };
        self.offered = None;
        Message::ConfigRequestKeyEvent(ConfigRequestKeyEvent {
            peripheral_id: self.peripheral_id,
            customer_id: Some(0),
        })
    }

    /// The server grants no configuration: what AGENT_TEAM_CONFIG and AGENT_STATE tell must do.
    pub(crate) fn skip(&mut self) {
        self.state = State::Done;
    }

    pub(crate) fn reset(&mut self) {
        self.state = State::Idle;
    }

    pub(crate) fn is_done(&self) -> bool {
        self.state == State::Done
    }

    /// Looks at an event; the next message to send, if there is one.
    pub(crate) fn event(&mut self, message: &Message, now: Duration) -> Option<Message> {
        match (self.state, message) {
            (State::Keys { .. }, Message::ConfigKeyEvent(keys)) => self.keys(keys, now),
            (State::Records { .. }, Message::ConfigEndEvent(_)) => {
                self.state = State::Done;
                self.complete = self.offered.take();
                None
            }
            (State::Records { .. }, _) => {
                self.state = State::Records { until: now + ANSWER_WITHIN };
                None
            }
            (State::Idle | State::Keys { .. } | State::Done, _) => None,
        }
    }

    fn keys(&mut self, keys: &ConfigKeyEvent, now: Duration) -> Option<Message> {
        let known = keys.config_key_status == ConfigKeyStatus::SUCCESS && !keys.agent_config_key.is_empty();
        if known && self.complete.as_ref() == Some(keys) {
            self.state = State::Done;
            return None;
        }
        self.offered = known.then(|| keys.clone());
        self.state = State::Records { until: now + ANSWER_WITHIN };
        Some(Message::ConfigRequestEvent(ConfigRequestEvent {
            config_information: ConfigMask::SKILL_GROUP | ConfigMask::AGENT,
            peripheral_id: self.peripheral_id,
            customer_id: Some(0),
        }))
    }

    pub(crate) fn poll_timeout(&self) -> Option<Duration> {
        match self.state {
            State::Keys { until } | State::Records { until } => Some(until),
            State::Idle | State::Done => None,
        }
    }
}
