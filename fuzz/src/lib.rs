//! What several targets have in common.

pub mod desk;
pub mod fence;
