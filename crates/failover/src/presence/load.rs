/// "Logout on Agent Disconnect" of Unified CCE (DESK-2): the CTI server decides by it what 255 does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Load {
    /// 0, the default (DESK-3).
    #[default]
    NotReady,
    /// 1.
    Logout,
}

/// What an agent was doing when 255 arrived, as far as DESK-X1 tells agents apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Activity {
    /// Signed out.
    SignedOut,
    /// Not Ready, Ready or Wrap-up.
    Idle,
    /// Talking.
    Talking,
}

/// What 255 does to an agent (DESK-X1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Result255 {
    /// Nothing: the request is refused, harmlessly (DESK-5r1).
    Nothing,
    /// Not Ready - Force Not Ready.
    NotReady,
    /// The same, after the call.
    NotReadyAfterCall,
    /// Logged Out - System Failure, at once, although a call may go on.
    LoggedOut,
}

impl Load {
    /// The table of DESK-X1.
    pub fn result(self, activity: Activity) -> Result255 {
        match (self, activity) {
            (Self::NotReady | Self::Logout, Activity::SignedOut) => Result255::Nothing,
            (Self::NotReady, Activity::Idle) => Result255::NotReady,
            (Self::NotReady, Activity::Talking) => Result255::NotReadyAfterCall,
            (Self::Logout, Activity::Idle | Activity::Talking) => Result255::LoggedOut,
        }
    }
}
