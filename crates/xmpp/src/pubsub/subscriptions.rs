//! Explicit subscriptions, by user. They outlive the session that made them (notifications.md section 6.4) and are
//! bounded for each user; a full JID counts only while that resource is online (section 6.3).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use xml::Writer;

use super::{Command, automatic_nodes};
use crate::jid::FullJid;
use crate::ns;
use crate::stream::StanzaError;

/// Node, and the resource if the subscription is for one only.
type Key = (Arc<str>, Option<Arc<str>>);

/// User, and the resource if the subscription is for one only.
type Subscriber = (Arc<str>, Option<Arc<str>>);

/// All explicit subscriptions, indexed both ways: by user for the bound, by node for publishing. Names are shared.
#[derive(Clone, Debug)]
pub(crate) struct Subscriptions {
    by_user: BTreeMap<Arc<str>, BTreeSet<Key>>,
    by_node: BTreeMap<Arc<str>, BTreeSet<Subscriber>>,
    per_user_max: usize,
}

impl Subscriptions {
    pub(crate) fn new(per_user_max: usize) -> Self {
        Self { by_user: BTreeMap::new(), by_node: BTreeMap::new(), per_user_max }
    }

    /// Performs `command` for `by` and gives the payload of the result. `online` tells of the user's resources.
    ///
    /// # Errors
    /// Those of [`Command::check`], and where there is no such subscription, or no room for one more.
    pub(crate) fn execute(
        &mut self,
        by: &FullJid,
        command: &Command,
        online: impl Fn(&str) -> bool,
    ) -> Result<String, StanzaError> {
        command.check(by)?;
        match command {
            Command::Subscribe { node, jid } => {
                self.add(by, self.key(by, node, jid), online)?;
                Ok(subscribed(node, jid))
            }
            Command::Unsubscribe { node, jid } => {
                self.take_back(by, &self.key(by, node, jid))?;
                Ok(String::new())
            }
            Command::List { node } => Ok(self.list(by, node.as_deref())),
        }
    }

    /// The users with an explicit subscription to `node`, and the resource it is for.
    pub(crate) fn of(&self, node: &str) -> impl Iterator<Item = (&str, Option<&str>)> {
        self.by_node.get(node).into_iter().flatten().map(|(user, resource)| (&**user, resource.as_deref()))
    }

    /// Every user and node that there is a subscription for.
    pub(crate) fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.by_user.iter().flat_map(|(user, keys)| keys.iter().map(|(node, _)| (&**user, &**node)))
    }

    /// Ends every subscription of `user` to `node`.
    pub(crate) fn revoke(&mut self, user: &str, node: &str) {
        self.remove_all(user, |(subscribed, _)| **subscribed == *node);
    }

    /// Ends every subscription of `user`.
    pub(crate) fn forget(&mut self, user: &str) {
        self.remove_all(user, |_| true);
    }

    /// Those who have any.
    pub(crate) fn users(&self) -> impl Iterator<Item = &Arc<str>> {
        self.by_user.keys()
    }

    /// The shared name of `user`, if it has any.
    pub(crate) fn user(&self, user: &str) -> Option<&Arc<str>> {
        self.by_user.get_key_value(user).map(|(user, _)| user)
    }

    fn add(&mut self, by: &FullJid, key: Key, online: impl Fn(&str) -> bool) -> Result<(), StanzaError> {
        if self.holds(by, &key) {
            return Ok(());
        }
        if self.count(by) >= self.per_user_max {
            self.remove_all(by.user(), |(_, resource)| resource.as_deref().is_some_and(|r| !online(r)));
        }
        if self.count(by) >= self.per_user_max {
            return Err(StanzaError::ResourceConstraint);
        }
        let (node, resource) = key.clone();
        let user = self.user(by.user()).cloned().unwrap_or_else(|| by.user().into());
        self.by_node.entry(node).or_default().insert((Arc::clone(&user), resource));
        self.by_user.entry(user).or_default().insert(key);
        Ok(())
    }

    /// An automatic subscription stays, and taking it back is no error: clients unsubscribe from all that they were
    /// listed (notifications.md section 11).
    fn take_back(&mut self, by: &FullJid, key: &Key) -> Result<(), StanzaError> {
        if !self.holds(by, key) && !automatic_nodes(by.user()).iter().any(|node| **node == *key.0) {
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

    fn remove_all(&mut self, user: &str, which: impl Fn(&Key) -> bool) {
        let keys = self.by_user.get(user).into_iter().flatten();
        for key in keys.filter(|key| which(key)).cloned().collect::<Vec<_>>() {
            self.remove(user, &key);
        }
    }

    fn remove(&mut self, user: &str, key: &Key) {
        remove_from(&mut self.by_user, user, key);
        remove_from(&mut self.by_node, &key.0, &(user.into(), key.1.clone()));
    }

    /// What the subscription of `jid`, which is one of `by`, is kept under.
    fn key(&self, by: &FullJid, node: &str, jid: &str) -> Key {
        let resource = by.own_resource(jid).flatten().map(|resource| self.shared(by, resource));
        let node = self.by_node.get_key_value(node).map_or_else(|| node.into(), |(node, _)| Arc::clone(node));
        (node, resource)
    }

    fn shared(&self, by: &FullJid, resource: &str) -> Arc<str> {
        let mut known = self.by_user.get(by.user()).into_iter().flatten().filter_map(|key| key.1.as_ref());
        known.find(|known| ***known == *resource).map_or_else(|| resource.into(), Arc::clone)
    }

    /// All that `by` gets, or what of it is from `node`.
    fn list(&self, by: &FullJid, node: Option<&str>) -> String {
        let automatic = automatic_nodes(by.user()).into_iter().map(|node| (node.into(), None));
        let mut all: BTreeSet<Key> = automatic.collect();
        all.extend(self.by_user.get(by.user()).into_iter().flatten().cloned());
        all.retain(|(subscribed, _)| node.is_none_or(|node| **subscribed == *node));
        let mut w = Writer::new();
        w.open("pubsub").attr("xmlns", ns::PUBSUB).open("subscriptions");
        if let Some(node) = node {
            w.attr("node", node);
        }
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
fn remove_from<T: Ord>(sets: &mut BTreeMap<Arc<str>, BTreeSet<T>>, key: &str, member: &T) {
    let Some(set) = sets.get_mut(key) else { return };
    set.remove(member);
    if set.is_empty() {
        sets.remove(key);
    }
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
    fn quirk_19_2_6_subscribing_twice_is_one_subscription() {
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

    #[test]
    fn what_is_revoked_or_forgotten_leaves_nothing_behind() {
        let mut all = Subscriptions::new(4);
        for to in ["1042@fin-a.example.test", "1042@fin-a.example.test/a"] {
            all.execute(&jid("a"), &subscribe(to), |_| true).unwrap();
        }
        all.revoke("1042", "/finesse/api/Queue/81");
        assert_eq!(all.of(NODE).count(), 2);
        all.revoke("1042", NODE);
        assert_eq!((all.of(NODE).count(), all.users().count()), (0, 0));
        all.execute(&jid("a"), &subscribe(jid("a").full()), |_| true).unwrap();
        all.forget("1042");
        assert!(all.by_node.is_empty() && all.by_user.is_empty());
    }
}
