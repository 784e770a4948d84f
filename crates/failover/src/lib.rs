//! The failover mechanisms as pure machines. Time and inputs come in, effects come out.
//!
//! Depends on nothing of ours: which messages mean what is the business of `node`.

pub mod administrators;
pub mod awdb;
pub mod client;
pub mod cti;
pub mod explore;
pub mod fence;
pub mod presence;
mod relative;
pub mod rows;
