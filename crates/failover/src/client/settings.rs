use std::time::Duration;

/// The numbers of client failover.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// There is another server to fail over to (CLIENT-1).
    pub two_servers: bool,
    /// The pause before each of the three tries of a lost transport (CLIENT-16).
    pub tries: [Duration; 3],
    /// How long one try of a transport to the current server may take.
    pub connect_timeout: Duration,
    /// Time between two polls of SystemInfo (CLIENT-7, CLIENT-11).
    pub poll_interval: Duration,
    /// How long a server may take to answer a poll before it counts as silent.
    pub poll_timeout: Duration,
    /// How long a sign-in on the other server may take, and the transport before it.
    pub sign_in_timeout: Duration,
    /// How long reading all data again may take (CLIENT-10).
    pub refresh_timeout: Duration,
    /// The pause before data that could not be read are read again.
    pub refresh_pause: Duration,
    /// Over how long the desktops of a lost server spread their regular polls and their sign-ins on the other.
    pub spread_move: Duration,
    /// Over how long the desktops of a recovered server spread their reading.
    pub spread_return: Duration,
    /// How long a server that did not accept the sign-in is not asked for another one.
    pub refused_pause: Duration,
    /// The longest `Retry-After` that is believed: a desktop stands still no longer than for three polls.
    pub retry_after_max: Duration,
    /// A fault, so that the tests are tested: a server that answers is left as soon as the other one is available.
    #[cfg(test)]
    pub hasty: bool,
}

impl Default for Settings {
    /// Our own: quick tries, since a socket that was refused tells all within milliseconds.
    fn default() -> Self {
        Self {
            two_servers: true,
            tries: [200, 500, 1000].map(Duration::from_millis),
            connect_timeout: Duration::from_secs(2),
            poll_interval: Duration::from_secs(10),
            poll_timeout: Duration::from_secs(2),
            sign_in_timeout: Duration::from_secs(10),
            refresh_timeout: Duration::from_secs(20),
            refresh_pause: Duration::from_secs(1),
            spread_move: Duration::from_secs(1),
            spread_return: Duration::from_millis(500),
            refused_pause: Duration::from_secs(600),
            retry_after_max: Duration::from_secs(30),
            #[cfg(test)]
            hasty: false,
        }
    }
}

impl Settings {
    /// The tries of the library of the compatible product's time (CLIENT-16).
    pub fn stock() -> Self {
        Self { tries: [500, 2000, 4500].map(Duration::from_millis), ..Self::default() }
    }

    #[cfg(test)]
    pub(super) fn is_hasty(&self) -> bool {
        self.hasty
    }

    #[cfg(not(test))]
    pub(super) fn is_hasty(&self) -> bool {
        false
    }

    pub(super) fn obeyed(&self, retry_after: Option<Duration>) -> Duration {
        retry_after.unwrap_or_default().min(self.retry_after_max)
    }
}
