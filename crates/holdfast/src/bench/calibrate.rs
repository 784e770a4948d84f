//! A fixed piece of work for one core, timed: what else the machine was doing when something was measured.

use lab::clock::Clock;

/// Rounds of the loop; some fifty milliseconds on a core of our own.
const ROUNDS: u64 = 50_000_000;

/// Seconds that the loop took, on this core and now.
pub(super) fn calibrate() -> f64 {
    let clock = Clock::start();
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    for _ in 0..ROUNDS {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
    }
    std::hint::black_box(state);
    clock.now().as_secs_f64()
}
