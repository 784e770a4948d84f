//! Who may see which node (notifications.md section 6.2): everybody his own, a supervisor his teams and their members,
//! and queues those who serve them or supervise those who do. Administrators have no agent and no notifications.
//!
//! A right is asked for when somebody subscribes, and looked at again when it may be gone.

use api::links;
use domain::{AgentId, TeamId};
use ged188::Message;

use super::Node;

/// A node that is not everybody's own.
enum Subject {
    Queue(domain::QueueId),
    Team { id: TeamId, for_members: bool },
    User(AgentId),
}

/// Which rights a message of CTI may end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Changed {
    Teams,
    Everything,
}

impl Changed {
    pub(super) fn by(message: &Message) -> Option<Self> {
        match message {
            Message::AgentTeamConfigEvent(_) => Some(Self::Teams),
            Message::ConfigEndEvent(_) => Some(Self::Everything),
            _ => None,
        }
    }
}

impl Node {
    /// # Errors
    /// Why the agent does not get the events of that node.
    pub(super) fn admit(&mut self, agent: &AgentId, node: &str) -> Result<(), xmpp::Denial> {
        let subject = subject(node).ok_or(xmpp::Denial::NoSuchNode)?;
        self.has_right(agent, &subject)?;
        if let Subject::Queue(queue) = subject {
            self.domain.watch_queue(queue);
        }
        Ok(())
    }

    fn has_right(&self, agent: &AgentId, subject: &Subject) -> Result<(), xmpp::Denial> {
        let (exists, allowed) = match subject {
            Subject::Queue(queue) => {
                (self.domain.queue(*queue).is_some(), self.domain.has_queue(agent, *queue))
            }
            Subject::Team { id, for_members } => {
                let is_member = *for_members && self.domain.team_of(agent) == Some(*id);
                let allowed = is_member || self.domain.supervises_team(agent, *id);
                (allowed || self.domain.has_team(*id), allowed)
            }
            Subject::User(user) => {
                (self.domain.is_known(user), user == agent || self.domain.supervises(agent, user))
            }
        };
        match (exists, allowed) {
            (false, _) => Err(xmpp::Denial::NoSuchNode),
            (true, false) => Err(xmpp::Denial::Forbidden),
            (true, true) => Ok(()),
        }
    }

    /// Ends subscriptions of those who have lost the right.
    pub(super) fn review_rights(&mut self, changed: Changed) {
        self.revoke_where(|node, user, name| node.has_lost(&AgentId::new(user), name, changed));
    }

    /// The AWDB says something new of one.
    pub(super) fn review_rights_of(&mut self, agent: &AgentId) {
        self.revoke_where(|node, user, name| {
            user == agent.as_str() && node.has_lost(agent, name, Changed::Everything)
        });
    }

    /// While the state is unknown nobody loses a right.
    fn revoke_where(&mut self, is_lost: impl Fn(&Self, &str, &str) -> bool) {
        if !self.serving() {
            return;
        }
        let subscriptions = self.xmpp.explicit();
        let lost = subscriptions.filter(|(user, node)| is_lost(self, user, node));
        let lost: Vec<(String, String)> =
            lost.map(|(user, node)| (user.to_owned(), node.to_owned())).collect();
        for (user, node) in lost {
            self.counters.revoked += 1;
            self.xmpp.revoke(&user, &node);
        }
    }

    fn has_lost(&self, agent: &AgentId, node: &str, changed: Changed) -> bool {
        match subject(node) {
            Some(Subject::Queue(_)) if changed == Changed::Teams => false,
            Some(subject) => self.has_right(agent, &subject).is_err(),
            // SystemInfo is everybody's.
            None => false,
        }
    }
}

fn subject(node: &str) -> Option<Subject> {
    let queue = links::queue_of(node).map(Subject::Queue);
    let team =
        || links::team_of(node).map(|(id, below)| Subject::Team { id, for_members: below == "TeamMessages" });
    let user = || links::user_of(node).map(Subject::User);
    queue.or_else(team).or_else(user)
}
