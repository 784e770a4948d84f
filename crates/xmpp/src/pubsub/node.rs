//! The node tree (notifications.md section 6.1) and what is everybody's own in it (section 6.2).

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

    /// Whether `user` may subscribe without a word of the driver, who knows teams, queues and roles: a user has a right
    /// to its own nodes.
    pub(crate) fn is_open_to(&self, user: &str) -> bool {
        match self {
            Self::SystemInfo => true,
            Self::User { id, .. } => id == user,
            Self::Team | Self::Queue => false,
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
            assert!(node.is_open_to("1042"), "{name}");
            assert_eq!(node.is_open_to("1043"), name == "/finesse/api/SystemInfo", "{name}");
        }
    }

    #[test]
    fn other_nodes_exist_but_only_the_driver_knows_for_whom() {
        for name in
            ["/finesse/api/Team/5001/Users", "/finesse/api/Team/5001/TeamMessages", "/finesse/api/Queue/81"]
        {
            assert!(!Node::parse(name).expect(name).is_open_to("1042"), "{name}");
        }
        assert!(Node::parse("/finesse/api/User/1042/Queues").unwrap().is_open_to("1042"));
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
