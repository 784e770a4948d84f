use std::time::Duration;

/// The numbers of desktop presence. [`Default`] gives those of the product that we stay compatible with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// How long a desktop may be silent before it counts as gone (DESK-4a).
    pub detection: Duration,
    /// How long a desktop that is gone may take to come back (DESK-4b, DESK-5, DESK-6).
    pub grace: Duration,
    /// How long desktops may take to come back before their grace begins, after the node was out of service or
    /// did not see presence: as long as a crash may go unseen, since one may lie in that time.
    pub comeback: Duration,
    /// Pause before an order is asked for again whose permission came too late.
    pub retry: Duration,
    /// How long CTI may take to answer an order; longer than the deadline of any CTI request.
    pub answer: Duration,
    /// A deadline that is noticed this late proves that the node itself stood still and saw nothing.
    pub standstill: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            detection: Duration::from_secs(120),
            grace: Duration::from_secs(60),
            comeback: Duration::from_secs(120),
            retry: Duration::from_secs(5),
            answer: Duration::from_secs(10),
            standstill: Duration::from_secs(5),
        }
    }
}
