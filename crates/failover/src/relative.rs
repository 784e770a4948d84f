//! Machines as the exhaustive walks compare them: a list of numbers, in which moments are told as the time until them,
//! and names by their order among all names of their kind. Two worlds with the same list behave the same from now on.

use std::collections::BTreeMap;
use std::time::Duration;

/// What a name is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// An order of the primary.
    OrderOfPrimary,
    /// An order of the secondary.
    OrderOfSecondary,
    /// The number of an epoch.
    Epoch,
    /// A connection between the nodes.
    Link,
    /// A request to sign in.
    Ticket,
    /// A session of a desktop.
    Session,
}

/// One number of the list.
#[derive(Clone, Copy, Debug)]
enum Token {
    Plain(u64),
    Name(Kind, u64),
}

/// The list while it is made.
#[derive(Clone, Debug)]
pub(crate) struct Relative {
    now: Duration,
    tokens: Vec<Token>,
}

impl Relative {
    pub(crate) fn new(now: Duration) -> Self {
        Self { now, tokens: Vec::with_capacity(64) }
    }

    pub(crate) fn plain(&mut self, number: u64) {
        self.tokens.push(Token::Plain(number));
    }

    pub(crate) fn flag(&mut self, flag: bool) {
        self.plain(u64::from(flag));
    }

    pub(crate) fn count(&mut self, count: usize) {
        self.plain(u64::try_from(count).unwrap_or(u64::MAX));
    }

    /// In whole seconds: the unit of the walks.
    pub(crate) fn until(&mut self, moment: Duration) {
        self.plain(moment.saturating_sub(self.now).as_secs());
    }

    pub(crate) fn name(&mut self, kind: Kind, name: u64) {
        self.tokens.push(Token::Name(kind, name));
    }

    /// The list, with names told by their order. A byte for each number: what is counted in a walk stays far below.
    pub(crate) fn list(&self) -> Vec<u8> {
        let mut names: BTreeMap<(Kind, u64), u64> = BTreeMap::new();
        for token in &self.tokens {
            if let Token::Name(kind, name) = token {
                names.insert((*kind, *name), 0);
            }
        }
        names.values_mut().zip(1..).for_each(|(place, number)| *place = number);
        let number = |token: &Token| match token {
            Token::Plain(number) => *number,
            Token::Name(kind, name) => names.get(&(*kind, *name)).copied().unwrap_or(0),
        };
        self.tokens.iter().map(number).map(|number| u8::try_from(number).unwrap_or(u8::MAX)).collect()
    }
}
