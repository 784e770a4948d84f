//! Rows about AWDB hosts over a live lab: what is done to the hosts, who shows credentials, and what the hosts counted.

use std::time::Duration;

use lab::fault::LinkFault;
use lab::http::{Answer, Ask};
use lab::{
    Administrator, AwdbFault, AwdbHost, AwdbOrder, AwdbTally, DistributorOrder, Order, OrderError, Part,
    SessionFault,
};
use sim::node::api::NOT_CHECKED;
use sim::node::domain::Secret;
use sim::node::failover::awdb::Host;
use sim::rows::{Credentials, HostFault, Name, Password, Reply, Request, Trouble};

use super::{LiveDriver, PASSWORD, rest, trouble};

/// The password of the administrator.
pub(crate) const ADMIN: &str = "Drill-4711-head";
/// What nobody's password is.
pub(crate) const WRONG: &str = "Drill-4711-shut";
/// Longer than two hosts that are asked one after the other may be silent.
const ANSWERED_WITHIN: Duration = Duration::from_secs(15);
/// How the hosts name the question about one person: the view that it begins with, and its parameters.
const ABOUT_A_PERSON: &str = "Agent(2)";

impl LiveDriver {
    pub(super) fn awdb_fault(&self, host: Host, fault: HostFault) -> Result<(), Trouble> {
        let (node, awdb) = (self.node, of(host));
        match fault {
            HostFault::Kill => self.part(Order::Kill(Part::Awdb(awdb)))?,
            HostFault::Clear => self.revive(awdb)?,
            HostFault::Refuse
            | HostFault::Reset
            | HostFault::Hang
            | HostFault::HangLogin
            | HostFault::HangResult
            | HostFault::HalfPackets
            | HostFault::Blackhole => {}
        }
        let orders = faults(fault).into_iter().map(|fault| AwdbOrder { node, awdb, fault });
        orders.map(Order::Awdb).try_for_each(|order| self.part(order))
    }

    /// Most faults leave a host alive.
    fn revive(&self, awdb: AwdbHost) -> Result<(), Trouble> {
        match self.runtime.block_on(self.lab()?.order(Order::Start(Part::Awdb(awdb)))) {
            Ok(_) | Err(OrderError::Already { .. }) => Ok(()),
            Err(reason) => Err(trouble(reason)),
        }
    }

    pub(super) fn distributor(&self, host: Host, run: bool) -> Result<(), Trouble> {
        self.part(Order::Distributor(DistributorOrder { awdb: of(host), run }))
    }

    pub(super) fn show(&self, who: Credentials, request: Request<'_>) -> Result<Reply, Trouble> {
        let (name, password) = self.typed(who)?;
        self.show_as(&name, password, request)
    }

    fn show_as(&self, name: &str, password: &str, request: Request<'_>) -> Result<Reply, Trouble> {
        let lab = self.lab()?;
        let method = request.method.parse().map_err(|_| Trouble(format!("no method {}", request.method)))?;
        let url = format!("{}{}", rest(lab.net(), self.node), request.path);
        let ask = Ask::new(method, url).within(ANSWERED_WITHIN).basic(name, password);
        let ask = if request.body.is_empty() { ask } else { ask.body("application/xml", request.body) };
        self.runtime.block_on(lab.http().ask(ask)).map(reply).map_err(trouble)
    }

    pub(super) fn ask_as_administrator(&self, request: Request<'_>) -> Result<Reply, Trouble> {
        let name = &self.administrator.name;
        self.show_as(name, &self.administrator.password, request)
    }

    /// Questions about people that came, and connects that never got as far as a question.
    pub(super) fn questions(&self, host: Host) -> Result<u64, Trouble> {
        let AwdbTally { dials, logins, queries, .. } = self.lab()?.awdb_tally(self.node, of(host));
        Ok(queries.get(ABOUT_A_PERSON).copied().unwrap_or_default() + dials.saturating_sub(logins))
    }

    fn typed(&self, who: Credentials) -> Result<(String, &'static str), Trouble> {
        let agent = self.switch.agent(who.agent);
        let agent = agent.ok_or_else(|| Trouble(format!("no agent {}", who.agent)))?;
        let name = match who.name {
            Name::Id => agent.id.clone(),
            Name::Login => agent.login_name.to_uppercase(),
        };
        let password = match who.password {
            Password::Right => PASSWORD,
            Password::Wrong => WRONG,
        };
        Ok((name, password))
    }
}

/// Who may change the settings of every lab of a drill.
pub(super) fn administrator() -> Result<Administrator, String> {
    let hash = server::administrators::hash(&Secret::new(ADMIN))?;
    Ok(Administrator { name: "admin".into(), password: ADMIN.into(), hash })
}

/// What REST answered, in the words of rows.
pub(super) fn reply(answer: Answer) -> Reply {
    let not_checked = answer.header(&NOT_CHECKED.to_ascii_lowercase()).map(Into::into);
    Reply { status: answer.status, body: answer.body, not_checked }
}

fn of(host: Host) -> AwdbHost {
    match host {
        Host::Primary => AwdbHost::One,
        Host::Secondary => AwdbHost::Two,
    }
}

/// What happens on the way to the host.
///
/// Where a fault is one of connecting, those that were opened before are reset: the next question has to connect.
fn faults(fault: HostFault) -> Vec<AwdbFault> {
    match fault {
        HostFault::Kill => vec![],
        HostFault::Clear => vec![AwdbFault::Link(LinkFault::Clear)],
        HostFault::Refuse => vec![AwdbFault::Link(LinkFault::Refuse)],
        HostFault::Reset => vec![AwdbFault::Link(LinkFault::Reset)],
        HostFault::Hang => vec![AwdbFault::Link(LinkFault::Reset), AwdbFault::Link(LinkFault::Hang)],
        HostFault::HangLogin => {
            vec![AwdbFault::Link(LinkFault::Reset), AwdbFault::Session(SessionFault::HangLogin)]
        }
        HostFault::HangResult => vec![AwdbFault::Session(SessionFault::HangResult)],
        HostFault::HalfPackets => vec![AwdbFault::Session(SessionFault::HalfPackets)],
        HostFault::Blackhole => vec![AwdbFault::Link(LinkFault::Blackhole)],
    }
}
