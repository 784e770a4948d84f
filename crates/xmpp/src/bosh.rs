//! BOSH (XEP-0124, XEP-0206): a stream over pairs of HTTP requests. This transport knows request ids, windows and
//! long polling; what is inside a body it hands on in order.

mod body;
mod by_rid;
mod condition;
mod render;
mod window;

pub(crate) use body::{Body, Opening, Refusal, Request};
pub use condition::Condition;
pub(crate) use render::{Session, content, opened, terminated};
pub(crate) use window::{REQUESTS, Reply, Silence, Terms, Window};
