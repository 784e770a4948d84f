use std::time::Duration;

/// Where an agent stands in line when all desktops want the same thing at once: 0 (first) to 999.
///
/// It is made of the agent's id, so that it needs no random source, and so that a thousand agents spread evenly
/// (failover.md section 8, complaint 5).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place(u16);

/// Places in line: one for each millisecond of the default spread.
const PLACES: u32 = 1000;

impl Place {
    /// The place of an agent: FNV-1a of its id, 32 bits wide, modulo 1000.
    pub fn of(agent: &str) -> Self {
        let hash = agent
            .bytes()
            .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
        Self::from_seed(hash)
    }

    /// The place that a seed gives.
    pub fn from_seed(seed: u32) -> Self {
        Self(u16::try_from(seed % PLACES).unwrap_or_default())
    }

    /// The place as a number from 0 to 999.
    pub fn number(self) -> u16 {
        self.0
    }

    /// This agent's share of a spread, in whole milliseconds.
    pub(super) fn share(self, spread: Duration) -> Duration {
        let milliseconds = spread.as_millis() * u128::from(self.0) / u128::from(PLACES);
        Duration::from_millis(u64::try_from(milliseconds).unwrap_or(u64::MAX))
    }
}
