//! The services of a node, which people stop and start one by one (failover.md CLIENT-18).

use std::fmt;

/// One service of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ServiceName {
    /// HTTP: REST and pages. Without it the web application does not run either.
    Platform,
    /// The web application: CTI, REST's answers, the user `finesse`.
    Webapp,
    /// XMPP on all transports.
    Notification,
}

impl fmt::Display for ServiceName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Platform => "platform",
            Self::Webapp => "webapp",
            Self::Notification => "notification",
        })
    }
}

/// Which services people want to run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Services {
    /// The shell listens for HTTP while this is set.
    pub platform: bool,
    /// The web application; it runs only while `platform` runs too.
    pub webapp: bool,
    /// The shell listens for XMPP while this is set.
    pub notification: bool,
}

impl Default for Services {
    /// All run.
    fn default() -> Self {
        Self { platform: true, webapp: true, notification: true }
    }
}

impl Services {
    /// Whether the web application runs: it lives in the platform.
    pub fn webapp_runs(&self) -> bool {
        self.platform && self.webapp
    }

    /// Whether people want this one to run.
    pub fn runs(&self, name: ServiceName) -> bool {
        match name {
            ServiceName::Platform => self.platform,
            ServiceName::Webapp => self.webapp,
            ServiceName::Notification => self.notification,
        }
    }

    pub(crate) fn set(&mut self, name: ServiceName, run: bool) {
        match name {
            ServiceName::Platform => self.platform = run,
            ServiceName::Webapp => self.webapp = run,
            ServiceName::Notification => self.notification = run,
        }
    }
}
