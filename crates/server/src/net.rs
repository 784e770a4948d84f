//! Sockets: the link to a CTI server, and the listeners for REST and BOSH.

pub(crate) mod body;
pub(crate) mod cti;
pub(crate) mod door;
pub(crate) mod http;
pub(crate) mod listen;
pub(crate) mod web;
