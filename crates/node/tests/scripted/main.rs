//! A node against a scripted CTI server, message by message, in virtual time.

#![expect(clippy::unwrap_used, reason = "in a test, what is not there is a failure")]

mod cti;
mod errors;
mod fence;
mod matrix;
mod presence;
mod quirks;
mod resources;
mod rights;
mod roles;
mod services;
mod settings;
mod sign_out;
mod site;
mod stage;
mod supervise;
mod team;
