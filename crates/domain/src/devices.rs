//! Which agent is signed in at a device. Two may claim one for a while, because a sign-out and a sign-in come in either
//! order: the later has it, and when he goes, the other.

use std::collections::{BTreeMap, BTreeSet};

use crate::ids::AgentId;

/// Extensions and instruments of signed-in agents.
#[derive(Default)]
pub(crate) struct Devices {
    holders: BTreeMap<String, AgentId>,
    /// Of every device, all who say that they are there.
    claims: BTreeMap<String, BTreeSet<AgentId>>,
}

impl Devices {
    pub(crate) fn get(&self, device: &str) -> Option<&AgentId> {
        self.holders.get(device)
    }

    pub(crate) fn contains_key(&self, device: &str) -> bool {
        self.holders.contains_key(device)
    }

    /// The agent is there now, whoever was before.
    pub(crate) fn claim(&mut self, device: &str, agent: &AgentId) {
        self.claims.entry(device.to_owned()).or_default().insert(agent.clone());
        self.holders.insert(device.to_owned(), agent.clone());
    }

    /// The agent is there no more; if he had the device, one of the others has it.
    pub(crate) fn release(&mut self, device: &str, agent: &AgentId) {
        let Some(claims) = self.claims.get_mut(device) else { return };
        claims.remove(agent);
        let other = claims.first().cloned();
        if other.is_none() {
            self.claims.remove(device);
        }
        if self.holders.get(device) == Some(agent) {
            self.holders.remove(device);
            self.holders.extend(other.map(|other| (device.to_owned(), other)));
        }
    }

    pub(crate) fn clear(&mut self) {
        self.holders.clear();
        self.claims.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_later_claim_has_the_device_and_the_earlier_gets_it_back() {
        let (first, second) = (AgentId::from("1001"), AgentId::from("1002"));
        let mut devices = Devices::default();
        devices.claim("6001", &first);
        devices.claim("6001", &second);
        assert_eq!(devices.get("6001"), Some(&second));
        devices.release("6001", &second);
        assert_eq!(devices.get("6001"), Some(&first));
        devices.release("6001", &first);
        assert!(!devices.contains_key("6001") && devices.claims.is_empty());
    }

    #[test]
    fn who_no_longer_has_the_device_takes_it_from_nobody() {
        let (first, second) = (AgentId::from("1001"), AgentId::from("1002"));
        let mut devices = Devices::default();
        devices.claim("6001", &first);
        devices.claim("6001", &second);
        devices.release("6001", &first);
        assert_eq!(devices.get("6001"), Some(&second));
        devices.release("6001", &second);
        assert!(!devices.contains_key("6001"), "the first has gone before");
    }
}
