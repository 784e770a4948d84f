//! Who shows credentials, how he is answered, and which AWDB host was asked about him (failover.md AWDB-1 to AWDB-15).

use node::failover::awdb::Host;

use super::{Outcome, Run, ensure, millis};
use crate::rows::driver::{Reply, Trouble};
use crate::rows::knock::{Answer, Knock, Name, Password, Times};
use crate::rows::step::Request;

impl Run<'_> {
    pub(super) fn knock(&mut self, knock: &Knock) -> Outcome {
        let extension = self.driver.truth(knock.who.agent)?.extension;
        let fill = |text: &str| text.replace("{agent}", knock.who.agent).replace("{ext}", &extension);
        let (path, body) = (fill(knock.request.path), fill(knock.request.body));
        let request = Request { method: knock.request.method, path: &path, body: &body };
        let begun = self.driver.now();
        let reply = self.driver.knock(knock.who, request)?;
        let took = self.driver.now().saturating_sub(begun);
        let told = format!("{} {} after {} ms", describe(knock, request), outcome(&reply), millis(took));
        self.evidence.add("knocked", told.clone());
        ensure(fits(knock.answer, &reply), || format!("{told}, expected {:?}", knock.answer))?;
        ensure(knock.took.contains(&took), || format!("{told}, expected within {:?}", knock.took))?;
        ensure(knock.body.is_none_or(|body| reply.body == body), || format!("{told}: {}", reply.body))
    }

    pub(super) fn administer(&mut self, request: Request<'_>, status: u16, says: &str) -> Outcome {
        let reply = self.driver.administer(request)?;
        let told = format!("{} {}", request.short(), reply.status);
        self.evidence.add("administered", told.clone());
        ensure(reply.status == status, || format!("{told}, expected {status}"))?;
        ensure(reply.body.contains(says), || format!("{told} without {says}: {}", reply.body))
    }

    /// Questions about people since the mark.
    pub(super) fn awdb_asked(&mut self, host: Host, times: Times) -> Outcome {
        let asked = self.driver.awdb_asked(host)?.saturating_sub(self.mark.awdb(host));
        self.evidence.add(&format!("{host}_asked"), asked);
        ensure(times.are(asked), || format!("the {host} was asked {asked} times, expected {times:?}"))
    }

    /// How often each was asked so far.
    pub(super) fn awdbs_asked(&mut self) -> Result<[u64; 2], Trouble> {
        Ok([self.driver.awdb_asked(Host::Primary)?, self.driver.awdb_asked(Host::Secondary)?])
    }
}

fn fits(answer: Answer, reply: &Reply) -> bool {
    match answer {
        Answer::Accepted => matches!(reply.status, 200 | 202),
        Answer::Refused => reply.status == 401 && reply.not_checked.is_none(),
        Answer::NotChecked => reply.status == 401 && reply.not_checked.is_some(),
    }
}

/// `1002 by login name, wrong password, GET /finesse/api/User/1002`
fn describe(knock: &Knock, request: Request<'_>) -> String {
    let name = match knock.who.name {
        Name::Id => "",
        Name::Login => " by login name",
    };
    let password = match knock.who.password {
        Password::Right => "",
        Password::Wrong => ", wrong password",
    };
    format!("{}{name}{password}, {}:", knock.who.agent, request.short())
}

fn outcome(reply: &Reply) -> String {
    match &reply.not_checked {
        Some(since) => format!("{}, not checked since {since},", reply.status),
        None => reply.status.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_tells_an_outage_from_a_wrong_password() {
        let reply = |status, since: Option<&str>| Reply {
            status,
            body: String::new(),
            not_checked: since.map(Into::into),
        };
        let told = |reply: &Reply| {
            [Answer::Accepted, Answer::Refused, Answer::NotChecked].map(|answer| fits(answer, reply))
        };
        assert_eq!(told(&reply(202, None)), [true, false, false]);
        assert_eq!(told(&reply(401, None)), [false, true, false]);
        assert_eq!(told(&reply(401, Some("2026-11-23T09:00:00Z"))), [false, false, true]);
        assert_eq!(told(&reply(503, None)), [false; 3]);
    }
}
