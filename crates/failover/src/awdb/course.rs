//! Which hosts a question is at: the diagram of the module, one value for each box.

use super::Host;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Course {
    /// One is asked; the other may be asked later.
    First {
        /// Who is asked.
        at: Host,
    },
    /// Both are asked.
    Both,
    /// One is asked, and there is no other left.
    Last {
        /// Who is asked.
        at: Host,
    },
}

/// What follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Ask this one.
    Ask(Host, Course),
    /// Wait.
    Wait(Course),
    /// Nobody is left.
    Unreachable,
}

impl Course {
    /// How a question begins.
    pub(super) fn begin(first: Host, other: Option<Host>) -> Self {
        if other.is_some() { Self::First { at: first } } else { Self::Last { at: first } }
    }

    /// The first host takes too long.
    pub(super) fn hedge(self) -> Step {
        match self {
            Self::First { at } => Step::Ask(at.other(), Self::Both),
            Self::Both | Self::Last { .. } => Step::Wait(self),
        }
    }

    /// A host has failed, by its word or by its silence.
    pub(super) fn failed(self, host: Host) -> Step {
        match self {
            Self::First { at } if at == host => Step::Ask(at.other(), Self::Last { at: at.other() }),
            Self::Both => Step::Wait(Self::Last { at: host.other() }),
            Self::Last { at } if at == host => Step::Unreachable,
            Self::First { .. } | Self::Last { .. } => Step::Wait(self),
        }
    }
}
