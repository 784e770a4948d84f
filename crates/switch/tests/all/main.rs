//! The pair of CTI servers as its clients see it, through real encoded bytes.

mod flows;
mod load;
mod parties;
mod random;
mod sessions;
mod shadow;
mod sides;
mod snapshots;
mod world;
