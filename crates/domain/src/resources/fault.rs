//! Why an object cannot be so.

use std::borrow::Cow;

/// Why a change of the settings is refused; then nothing has changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// There is no object of this id.
    #[error("there is no object of this id")]
    Unknown,
    /// A value that cannot be.
    #[error("{why}")]
    Value {
        /// The element.
        name: &'static str,
        /// One sentence.
        why: Cow<'static, str>,
    },
    /// Another object has this value, and no two may have the same.
    #[error("another one has this {name}")]
    Taken {
        /// The element.
        name: &'static str,
    },
    /// There is no room for one more.
    #[error("no more than {max} {of}")]
    Full {
        /// How many there may be.
        max: usize,
        /// Of what.
        of: &'static str,
    },
    /// A team uses it.
    #[error("it is assigned to a team")]
    InUse,
    /// It names an object that is not there, or that cannot be assigned.
    #[error("{0} is not there, or is for everybody")]
    Stale(String),
    /// It can be changed, but not removed.
    #[error("the default cannot be removed")]
    Default,
}

impl Fault {
    pub(super) fn value(name: &'static str, why: impl Into<Cow<'static, str>>) -> Self {
        Self::Value { name, why: why.into() }
    }
}

/// A text of one line with so many characters.
pub(super) fn line(name: &'static str, text: &str, min: usize, max: usize) -> Result<(), Fault> {
    let fits = (min..=max).contains(&text.chars().count());
    if fits && !text.chars().any(char::is_control) {
        return Ok(());
    }
    Err(Fault::value(name, format!("{name} must be {min} to {max} printable characters")))
}

/// A text of any number of lines with so many characters at most.
pub(super) fn lines(name: &'static str, text: &str, max: usize) -> Result<(), Fault> {
    let printable = |c: char| !c.is_control() || matches!(c, '\n' | '\r' | '\t');
    if text.chars().count() <= max && text.chars().all(printable) {
        return Ok(());
    }
    Err(Fault::value(name, format!("{name} must be up to {max} characters")))
}

/// Room for one more beside so many.
pub(super) fn room(there: usize, max: usize, of: &'static str) -> Result<(), Fault> {
    if there < max { Ok(()) } else { Err(Fault::Full { max, of }) }
}
