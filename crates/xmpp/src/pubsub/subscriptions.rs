//! Explicit subscriptions, by user. They outlive the session that made them (notifications.md section 6.4) and are
//! bounded for each user; a full JID counts only while that resource is online (section 6.3).

use std::collections::{BTreeMap, BTreeSet};

use xml::Writer;

use super::{Command, Node, automatic_nodes};
use crate::jid::FullJid;
use crate::ns;
use crate::stream::StanzaError;

/// Node, and the resource if the subscription is for one only.
type Key = (String, Option<String>);

/// All explicit subscriptions, indexed both ways: by user for the bound, by node for publishing.
#[derive(Clone, Debug)]
pub(crate) struct Subscriptions {
    by_user: BTreeMap<String, BTreeSet<Key>>,
    by_node: BTreeMap<String, BTreeSet<(String, Option<String>)>>,
    per_user_max: usize,
}

impl Subscriptions {
    pub(crate) fn new(per_user_max: usize) -> Self {
        Self { by_user: BTreeMap::new(), by_node: BTreeMap::new(), per_user_max }
    }

    /// Performs `command` for `by` and gives the payload of the result. `online` tells of the user's resources.
    ///
    /// # Errors
    /// Those of XEP-0060 for a node that does not exist, is not open to the user, or a JID that is not its own.
    pub(crate) fn execute(
        &mut self,
        by: &FullJid,
        command: &Command,
        online: impl Fn(&str) -> bool,
    ) -> Result<String, StanzaError> {
        match command {
            Command::Subscribe { node, jid } => {
                self.add(by, key(by, node, jid)?, online)?;
                Ok(subscribed(node, jid))
            }
            Command::Unsubscribe { node, jid } => {
                self.take_back(by, &key(by, node, jid)?)?;
                Ok(String::new())
            }
            Command::List => Ok(self.list(by)),
        }
    }

    /// The users with an explicit subscription to `node`, and the resource it is for.
    pub(crate) fn of(&self, node: &str) -> impl Iterator<Item = (&str, Option<&str>)> {
        self.by_node
            .get(node)
            .into_iter()
            .flatten()
            .map(|(user, resource)| (user.as_str(), resource.as_deref()))
    }

    /// Ends every subscription of `user` to `node`.
    pub(crate) fn revoke(&mut self, user: &str, node: &str) {
        let keys: Vec<Key> =
            self.by_user.get(user).into_iter().flatten().filter(|key| key.0 == node).cloned().collect();
        for key in keys {
            self.remove(user, &key);
        }
    }

    fn add(&mut self, by: &FullJid, key: Key, online: impl Fn(&str) -> bool) -> Result<(), StanzaError> {
        if self.holds(by, &key) {
            return Ok(());
        }
        if self.count(by) >= self.per_user_max {
            self.forget_offline(by, online);
        }
        if self.count(by) >= self.per_user_max {
            return Err(StanzaError::ResourceConstraint);
        }
        let (node, resource) = key.clone();
        self.by_node.entry(node).or_default().insert((by.user().to_owned(), resource));
        self.by_user.entry(by.user().to_owned()).or_default().insert(key);
        Ok(())
    }

    /// An automatic subscription stays, and taking it back is no error: clients unsubscribe from all that they were
    /// listed (notifications.md section 11).
    fn take_back(&mut self, by: &FullJid, key: &Key) -> Result<(), StanzaError> {
        if !self.holds(by, key) && !automatic_nodes(by.user()).contains(&key.0) {
            return Err(StanzaError::NotSubscribed);
        }
        self.remove(by.user(), key);
        Ok(())
    }

    fn holds(&self, by: &FullJid, key: &Key) -> bool {
        self.by_user.get(by.user()).is_some_and(|keys| keys.contains(key))
    }

    fn count(&self, by: &FullJid) -> usize {
        self.by_user.get(by.user()).map_or(0, BTreeSet::len)
    }

    fn forget_offline(&mut self, by: &FullJid, online: impl Fn(&str) -> bool) {
        let keys = self.by_user.get(by.user()).cloned().unwrap_or_default();
        for key in keys.iter().filter(|key| key.1.as_deref().is_some_and(|resource| !online(resource))) {
            self.remove(by.user(), key);
        }
    }

    fn remove(&mut self, user: &str, key: &Key) {
        remove_from(&mut self.by_user, user, key);
        remove_from(&mut self.by_node, &key.0, &(user.to_owned(), key.1.clone()));
    }

    fn list(&self, by: &FullJid) -> String {
        let mut all: BTreeSet<Key> =
            automatic_nodes(by.user()).into_iter().map(|node| (node, None)).collect();
        all.extend(self.by_user.get(by.user()).into_iter().flatten().cloned());
        let mut w = Writer::new();
        w.open("pubsub").attr("xmlns", ns::PUBSUB).open("subscriptions");
        for (node, resource) in all {
            w.open("subscription").attr("node", node);
            match resource {
                Some(resource) => w.attr("jid", format_args!("{}/{resource}", by.bare())),
                None => w.attr("jid", by.bare()),
            };
            w.attr("subscription", "subscribed").close();
        }
        w.finish()
    }
}

/// Takes `member` out of the set at `key`; no empty set stays behind.
fn remove_from<T: Ord>(sets: &mut BTreeMap<String, BTreeSet<T>>, key: &str, member: &T) {
    let Some(set) = sets.get_mut(key) else { return };
    set.remove(member);
    if set.is_empty() {
        sets.remove(key);
    }
}

fn key(by: &FullJid, node: &str, jid: &str) -> Result<Key, StanzaError> {
    let resource = by.own_resource(jid).ok_or(StanzaError::InvalidJid)?;
    Node::parse(node).ok_or(StanzaError::ItemNotFound)?;
    Ok((node.to_owned(), resource.map(str::to_owned)))
}

fn subscribed(node: &str, jid: &str) -> String {
    let mut w = Writer::new();
    w.open("pubsub").attr("xmlns", ns::PUBSUB);
    w.open("subscription").attr("node", node).attr("jid", jid);
    // One subscription for each node and JID: that pair is its name.
    w.attr("subid", format_args!("{node}__{jid}")).attr("subscription", "subscribed");
    w.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NODE: &str = "/finesse/api/User/1042/Queues";

    fn jid(resource: &str) -> FullJid {
        FullJid::new("1042", "fin-a.example.test", resource)
    }

    fn subscribe(jid: &str) -> Command {
        Command::Subscribe { node: NODE.to_owned(), jid: jid.to_owned() }
    }

    #[test]
    fn subscribing_twice_is_one_subscription() {
        let mut all = Subscriptions::new(4);
        for _ in 0..2 {
            all.execute(&jid("a"), &subscribe("1042@fin-a.example.test"), |_| true).unwrap();
        }
        assert_eq!(all.of(NODE).collect::<Vec<_>>(), [("1042", None)]);
    }

    #[test]
    fn a_full_table_drops_what_is_offline_and_then_refuses() {
        let mut all = Subscriptions::new(2);
        for resource in ["a", "b"] {
            let command = subscribe(jid(resource).full());
            all.execute(&jid(resource), &command, |_| true).unwrap();
        }
        let third = subscribe(jid("c").full());
        assert_eq!(all.execute(&jid("c"), &third, |_| true), Err(StanzaError::ResourceConstraint));
        all.execute(&jid("c"), &third, |resource| resource != "a").unwrap();
        assert_eq!(all.of(NODE).collect::<Vec<_>>(), [("1042", Some("b")), ("1042", Some("c"))]);
    }
}
