//! Publish-subscribe for one publisher and many subscribers (XEP-0060 as far as notifications.md section 6 uses it):
//! which nodes there are, who may subscribe, who is subscribed, and what an event looks like.

mod command;
mod event;
mod node;
mod subscriptions;

pub(crate) use command::Command;
pub(crate) use event::Event;
pub(crate) use node::{Audience, Node, automatic_nodes, own_nodes};
pub(crate) use subscriptions::Subscriptions;
