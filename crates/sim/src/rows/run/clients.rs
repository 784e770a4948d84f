//! What a desktop of two servers did, as its log tells (failover.md CLIENT-1 to CLIENT-18).

use std::time::Duration;

use node::failover::client::{self, Banner, BannerKind, Output, Settings};

use super::{Outcome, Run, ensure, millis};
use crate::rows::driver::Trouble;
use crate::rows::step::{Claim, Server};

/// A timer of a busy machine comes so much late.
const LATE: Duration = Duration::from_millis(500);
/// Polls nearer to each other belong together, or answer a trigger: regular ones are at least 2.5 s apart.
const TOGETHER: Duration = Duration::from_millis(50);
/// Regular polls that make a rhythm.
const POLLS: usize = 3;

type Log = Vec<(Duration, Output)>;

impl Run<'_> {
    // Conditions ----------------------------------------------------------------------------------------------

    pub(super) fn works(&mut self, agent: &str, server: Server) -> Result<bool, Trouble> {
        Ok(self.driver.client(agent)?.works_on == Some(of(server)))
    }

    pub(super) fn was_told(
        &mut self,
        agent: &str,
        kind: BannerKind,
        server: Server,
    ) -> Result<bool, Trouble> {
        Ok(banners(&self.log(agent)?).any(|(_, banner)| banner.kind == kind && banner.server == of(server)))
    }

    pub(super) fn polls(&mut self, agent: &str, server: Server) -> Result<Vec<Duration>, Trouble> {
        Ok(polls(&self.log(agent)?, of(server)))
    }

    // Expectations --------------------------------------------------------------------------------------------

    pub(super) fn claim(&mut self, agent: &str, claim: Claim) -> Outcome {
        let log = self.log(agent)?;
        let evidence = self.story(&log);
        self.evidence.add("desktop", evidence);
        match claim {
            Claim::Told(kind, server, reason) => {
                let told = |banner: Banner| {
                    (banner.kind, banner.server, banner.reason) == (kind, of(server), reason)
                };
                ensure(banners(&log).any(|(_, banner)| told(banner)), || {
                    format!("{agent} was not told {kind:?} of the {server:?}: {reason:?}")
                })
            }
            Claim::FirstToldWithin(limit) => {
                let first = banners(&log).next().map(|(at, _)| at.saturating_sub(self.mark.at));
                self.evidence.add("told_after_ms", first.map(millis));
                ensure(first.is_some_and(|after| after <= limit), || {
                    format!("{agent} was told after {first:?}, expected within {limit:?}")
                })
            }
            Claim::AskedAtOnce => {
                let told = banners(&log).next().map(|(at, _)| at);
                let asked = polls(&log, client::Server::Primary).first().copied();
                let after = told.zip(asked).map(|(told, asked)| asked.abs_diff(told));
                ensure(after.is_some_and(|after| after <= TOGETHER), || {
                    format!("told at {told:?}, polled at {asked:?}")
                })
            }
            Claim::PolledEvery(server, interval) => self.polled_every(&log, server, interval),
            Claim::PolledTogether => polled_together(&log),
            Claim::Tries(count) => self.tries(&log, count),
            Claim::TriesBeforePolls => {
                let third = connects(&log, client::Server::Primary).get(2).copied();
                let poll = polls(&log, client::Server::Primary).first().copied();
                ensure(third.zip(poll).is_some_and(|(third, poll)| third <= poll), || {
                    format!("third try at {third:?}, first poll at {poll:?}")
                })
            }
            Claim::Connects(server, expected) => {
                let count = connects(&log, of(server)).len();
                self.evidence.add("transports_asked_for", count);
                ensure(count == expected, || {
                    format!("{count} transports asked of the {server:?}, expected {expected}")
                })
            }
            Claim::CheckedAgain => checked_again(&log),
            Claim::NotLeftBefore(time) => {
                let left = connects(&log, client::Server::Secondary)
                    .first()
                    .map(|at| at.saturating_sub(self.mark.at));
                self.evidence.add("left_after_ms", left.map(millis));
                ensure(left.is_some_and(|left| left >= time), || {
                    format!("left after {left:?}, expected {time:?} at least")
                })
            }
            Claim::Refreshed(server) => {
                let read = |output: &Output| matches!(output, Output::Refresh { server: from, .. } if *from == of(server));
                ensure(log.iter().any(|(_, output)| read(output)), || {
                    format!("nothing was read from the {server:?}")
                })
            }
            Claim::SignIns(expected) => {
                let count = log.iter().filter(|(_, output)| matches!(output, Output::SignIn { .. })).count();
                self.evidence.add("sign_ins", count);
                ensure(count == expected, || format!("signed in {count} times, expected {expected}"))
            }
            Claim::ShowsCall(expected) => {
                let shows = self.driver.client(agent)?.shows_calls;
                self.evidence.add("shows_call", shows);
                ensure(shows == expected, || format!("a call is shown: {shows}"))
            }
        }
    }

    fn polled_every(&mut self, log: &Log, server: Server, interval: Duration) -> Outcome {
        let regular = regular(log);
        let regular: Vec<Duration> = polls(log, of(server))
            .into_iter()
            .filter(|at| regular.iter().any(|it| it.abs_diff(*at) <= TOGETHER))
            .collect();
        let gaps: Vec<Duration> =
            regular.iter().zip(regular.iter().skip(1)).map(|(a, b)| b.saturating_sub(*a)).collect();
        self.evidence.add("polls_apart_ms", gaps.iter().map(|gap| millis(*gap)).collect::<Vec<_>>());
        let right = |gap: &Duration| gap.abs_diff(interval) <= LATE;
        ensure(regular.len() >= POLLS && gaps.iter().all(right), || {
            format!("{} regular polls, {gaps:?} apart, expected {interval:?}", regular.len())
        })
    }

    /// Tries are what is asked for before the first poll.
    fn tries(&mut self, log: &Log, count: usize) -> Outcome {
        let first_poll = polls(log, client::Server::Primary).first().copied().unwrap_or(Duration::MAX);
        let tries: Vec<Duration> =
            connects(log, client::Server::Primary).into_iter().filter(|at| *at <= first_poll).collect();
        let lost = banners(log).find(|(_, banner)| banner.kind == BannerKind::Lost).map(|(at, _)| at);
        let before = lost.into_iter().chain(tries.iter().copied());
        let pauses: Vec<Duration> = before.zip(&tries).map(|(from, to)| to.saturating_sub(from)).collect();
        self.evidence.add("tries_after_ms", pauses.iter().map(|pause| millis(*pause)).collect::<Vec<_>>());
        let paused = pauses.iter().zip(Settings::default().tries).all(|(is, least)| *is + TOGETHER >= least);
        ensure(tries.len() == count && pauses.len() == count && paused, || {
            format!("{} tries after {pauses:?}, expected {count}", tries.len())
        })
    }

    fn log(&mut self, agent: &str) -> Result<Log, Trouble> {
        let at = self.mark.at;
        Ok(self.driver.client(agent)?.log.into_iter().filter(|(when, _)| *when >= at).collect())
    }

    /// Each thing that the desktop did, with the milliseconds since the mark.
    fn story(&self, log: &Log) -> Vec<String> {
        let line = |(at, output): &(Duration, Output)| {
            let what = match output {
                Output::Connect { server, .. } => format!("connects to the {server}"),
                Output::Disconnect(_) => "disconnects".into(),
                Output::Poll { server, .. } => format!("polls the {server}"),
                Output::SignIn { server, .. } => format!("signs in on the {server}"),
                Output::Refresh { server, .. } => format!("reads all from the {server}"),
                Output::Show(banner) => {
                    format!("shows {} of the {}: {}", banner.kind.word(), banner.server, banner.reason.word())
                }
            };
            format!("{} {what}", millis(at.saturating_sub(self.mark.at)))
        };
        log.iter().map(line).collect()
    }
}

fn of(server: Server) -> client::Server {
    match server {
        Server::Primary => client::Server::Primary,
        Server::Secondary => client::Server::Secondary,
    }
}

fn banners(log: &Log) -> impl Iterator<Item = (Duration, Banner)> + '_ {
    log.iter().filter_map(|(at, output)| match output {
        Output::Show(banner) => Some((*at, *banner)),
        Output::Connect { .. }
        | Output::Disconnect(_)
        | Output::Poll { .. }
        | Output::SignIn { .. }
        | Output::Refresh { .. } => None,
    })
}

fn polls(log: &Log, of: client::Server) -> Vec<Duration> {
    times(log, |output| matches!(output, Output::Poll { server, .. } if *server == of))
}

fn connects(log: &Log, to: client::Server) -> Vec<Duration> {
    times(log, |output| matches!(output, Output::Connect { server, .. } if *server == to))
}

fn times(log: &Log, wanted: impl Fn(&Output) -> bool) -> Vec<Duration> {
    log.iter().filter(|(_, output)| wanted(output)).map(|(at, _)| *at).collect()
}

/// When both servers were polled at one time.
fn regular(log: &Log) -> Vec<Duration> {
    let current = polls(log, client::Server::Primary);
    let others = polls(log, client::Server::Secondary).into_iter();
    others.filter(|at| current.iter().any(|it| it.abs_diff(*at) <= TOGETHER)).collect()
}

/// The other server is polled alone once at most: at once, when the current one is silent.
fn polled_together(log: &Log) -> Outcome {
    let (together, all) = (regular(log).len(), polls(log, client::Server::Secondary).len());
    ensure(together >= POLLS && all - together <= 1, || {
        format!("of {all} polls of the other server {together} were of both")
    })
}

/// CLIENT-13: other, then current, then the transport to the other.
fn checked_again(log: &Log) -> Outcome {
    let left = log
        .iter()
        .position(|(_, output)| matches!(output, Output::Connect { server: client::Server::Secondary, .. }));
    let before = log.get(..left.unwrap_or_default()).unwrap_or_default();
    let last = |of: client::Server| {
        before.iter().rposition(|(_, output)| matches!(output, Output::Poll { server, .. } if *server == of))
    };
    let (other, current) = (last(client::Server::Secondary), last(client::Server::Primary));
    ensure(other.is_some() && other < current, || {
        format!(
            "left at step {left:?} after polls of the other at {other:?} and of the current one at {current:?}"
        )
    })
}

#[cfg(test)]
mod tests {
    use node::failover::client::Ticket;

    use super::*;

    /// `p`, `s`: polls; `P`, `S`: connects to the primary and the secondary; a second after each.
    fn log(acts: &str) -> Log {
        let act = |(n, act): (usize, char)| {
            let (ticket, at) = (Ticket(n as u64), Duration::from_secs(n as u64));
            let server =
                if matches!(act, 'p' | 'P') { client::Server::Primary } else { client::Server::Secondary };
            let poll = Output::Poll { ticket, server };
            (at, if act.is_lowercase() { poll } else { Output::Connect { ticket, server } })
        };
        acts.chars().enumerate().map(act).collect()
    }

    #[test]
    fn a_desktop_that_does_not_ask_once_more_is_seen() {
        assert!(checked_again(&log("PPPpspS")).is_ok());
        assert!(checked_again(&log("PPPpsS")).is_err());
        assert!(checked_again(&log("PPPppS")).is_err());
        assert!(checked_again(&log("PPPpsp")).is_err(), "it has not left");
    }

    #[test]
    fn polls_of_one_server_alone_are_seen() {
        let both = |at: u64| {
            [Output::Poll { ticket: Ticket(0), server: client::Server::Primary }; 1]
                .into_iter()
                .chain([Output::Poll { ticket: Ticket(1), server: client::Server::Secondary }])
                .map(move |poll| (Duration::from_secs(at), poll))
        };
        let rhythm: Log = both(10).chain(both(20)).chain(both(30)).collect();
        assert!(polled_together(&rhythm).is_ok());
        assert!(polled_together(&log("psss")).is_err());
        assert!(polled_together(&rhythm[..4].to_vec()).is_err(), "two are no rhythm");
    }
}
