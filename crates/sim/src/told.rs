//! What is said in a world, in words for a recording: each kind of thing by its name and what matters of it. Never a
//! secret: what may be told is picked, and all else is left out.

mod command;
mod cti;
mod http;
mod peer;

pub(crate) use command::{Doing, kind_of};
pub(crate) use cti::Cti;
pub(crate) use http::{Answered, Asking};
pub(crate) use peer::Fencing;
