//! The pair of CTI servers as its clients see it, through real encoded bytes.

mod campaigns;
mod conferences;
mod flows;
mod hands;
mod load;
mod mobile;
mod parties;
mod random;
mod sessions;
mod shadow;
mod sides;
mod snapshots;
mod supervise;
mod world;
