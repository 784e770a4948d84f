//! The node tree (notifications.md section 6.1) and who may see what (section 6.2).

use crate::stream::StanzaError;

/// A node, read from its name. The names of users are in lower case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Node {
    /// `/finesse/api/SystemInfo`
    SystemInfo,
    /// `/finesse/api/User/{id}` and what is below.
    User {
        id: String,
        /// Every session of the user gets it without asking.
        automatic: bool,
    },
    /// `/finesse/api/Team/{id}/Users` or `/TeamMessages`
    Team,
    /// `/finesse/api/Queue/{id}`
    Queue,
}

/// Who gets the events of a node without an explicit subscription.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Audience<'a> {
    /// All bound sessions.
    Everyone,
    /// The sessions of one user.
    User(&'a str),
    /// Nobody.
    Nobody,
}

impl Node {
    /// The node called `name`; `None` if there is none.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        let path: Vec<&str> = name.strip_prefix("/finesse/api/")?.split('/').collect();
        match *path.as_slice() {
            ["SystemInfo"] => Some(Self::SystemInfo),
            ["User", id] | ["User", id, "Dialogs" | "Media"] | ["User", id, "Dialogs", "Media"] => {
                Self::user(id, true)
            }
            ["User", id, "Queues" | "ClientLog"] | ["User", id, "Media", _] => Self::user(id, false),
            ["Team", id, "Users" | "TeamMessages"] => (!id.is_empty()).then_some(Self::Team),
            ["Queue", id] => (!id.is_empty()).then_some(Self::Queue),
            _ => None,
        }
    }

    fn user(id: &str, automatic: bool) -> Option<Self> {
        (!id.is_empty()).then(|| Self::User { id: id.to_lowercase(), automatic })
    }

    pub(crate) fn audience(&self) -> Audience<'_> {
        match self {
            Self::SystemInfo => Audience::Everyone,
            Self::User { id, automatic: true } => Audience::User(id),
            Self::User { automatic: false, .. } | Self::Team | Self::Queue => Audience::Nobody,
        }
    }

    /// Whether only the driver knows who may subscribe: it is asked before [`Node::admit`].
    pub(crate) fn is_for_the_driver(&self) -> bool {
        match self {
            Self::Queue => true,
            Self::SystemInfo | Self::User { .. } | Self::Team => false,
        }
    }

    /// The access rules that need nobody else: a user may subscribe to its own nodes.
    ///
    /// # Errors
    /// `forbidden`.
    pub(crate) fn admit(&self, user: &str) -> Result<(), StanzaError> {
        match self {
            Self::SystemInfo | Self::Queue => Ok(()),
            Self::User { id, .. } if id == user => Ok(()),
            Self::User { .. } | Self::Team => Err(StanzaError::Forbidden),
        }
    }
}

/// The names of the nodes that a session of `user` is subscribed to by itself.
pub(crate) fn automatic_nodes(user: &str) -> [String; 5] {
    [
        format!("/finesse/api/User/{user}"),
        format!("/finesse/api/User/{user}/Dialogs"),
        format!("/finesse/api/User/{user}/Media"),
        format!("/finesse/api/User/{user}/Dialogs/Media"),
        "/finesse/api/SystemInfo".to_owned(),
    ]
}

/// The names of all nodes of `user`, those that have to be subscribed to last.
pub(crate) fn own_nodes(user: &str) -> Vec<String> {
    let mut nodes = Vec::from(automatic_nodes(user));
    nodes.extend(["Queues", "ClientLog"].map(|below| format!("/finesse/api/User/{user}/{below}")));
    nodes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_automatic_nodes_exist_and_are_open_to_their_user_only() {
        for name in automatic_nodes("1042") {
            let node = Node::parse(&name).expect(&name);
            assert_ne!(node.audience(), Audience::Nobody, "{name}");
            assert_eq!(node.admit("1042"), Ok(()), "{name}");
            assert_eq!(node.admit("1043").is_ok(), name == "/finesse/api/SystemInfo", "{name}");
        }
    }

    #[test]
    fn other_nodes_exist_but_are_closed() {
        for name in ["/finesse/api/Team/5001/Users", "/finesse/api/Team/5001/TeamMessages"] {
            assert_eq!(Node::parse(name).expect(name).admit("1042"), Err(StanzaError::Forbidden), "{name}");
        }
        assert_eq!(Node::parse("/finesse/api/User/1042/Queues").unwrap().admit("1042"), Ok(()));
    }

    #[test]
    fn names_outside_the_tree_are_no_nodes() {
        for name in
            ["", "/", "/finesse/api/", "/finesse/api/User/", "/finesse/api/User/1042/", "/finesse/api/Team/1"]
        {
            assert_eq!(Node::parse(name), None, "{name}");
        }
    }
}
