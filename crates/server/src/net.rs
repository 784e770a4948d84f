//! Sockets: the link to a CTI server, and the listeners for REST and XMPP.

pub(crate) mod admission;
pub(crate) mod body;
pub(crate) mod cors;
pub(crate) mod cti;
pub(crate) mod door;
pub(crate) mod http;
pub(crate) mod line;
pub(crate) mod listen;
pub(crate) mod longpoll;
pub(crate) mod origin;
pub(crate) mod pages;
mod path;
pub(crate) mod refusals;
pub(crate) mod tcp;
pub(crate) mod web;
pub(crate) mod websocket;
pub(crate) mod wires;

pub use admission::Limits;
