//! One failover from the fault to the last desktop, its parts measured apart.
//!
//! ```text
//!  fault ──detection──▶ first dial ──take-over──▶ OPEN_CONF ──recovery──▶ IN_SERVICE ──▶ last desktop fresh
//! ```

use std::time::Duration;

use lab::Lab;
use sim::node::failover::cti::Side;
use sim::switch::letter;

use super::crowd::Crowd;
use super::fault::{ClientLoss, Fault, Links, link};
use super::judge::Judge;
use super::screen::Screen;
use super::stage::Stage;
use super::stir;
use super::told::lost;
use super::witness::{Answers, Witness};

/// Everything is quiet when nothing has come for so long. A recovery tells all in one go, and what it causes (a state
/// asked for again) takes a round trip.
const QUIET_FOR: Duration = Duration::from_millis(1_000);
/// A dialog that is over leaves its collection after five seconds; whatever is still wrong after three times that
/// stays wrong.
const RIGHT_WITHIN: Duration = Duration::from_secs(15);
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// A lab full of people.
#[derive(Debug)]
pub(super) struct Scene {
    pub(super) lab: Lab,
    pub(super) links: Links,
    pub(super) stage: Stage,
    pub(super) crowd: Crowd,
}

/// What one failover came to.
#[derive(Clone, Debug, Default)]
pub(super) struct Outage {
    /// The side that was broken.
    pub(super) side: &'static str,
    /// The dials, by letter.
    pub(super) dials: String,
    /// From the fault to the first dial.
    pub(super) detection: Option<Duration>,
    /// From there to OPEN_CONF.
    pub(super) take_over: Option<Duration>,
    /// From there to IN_SERVICE.
    pub(super) recovery: Option<Duration>,
    /// From the fault to IN_SERVICE.
    pub(super) in_service: Option<Duration>,
    /// From IN_SERVICE to the last event at any desktop.
    pub(super) fresh: Option<Duration>,
    /// Requests of agents meanwhile.
    pub(super) answers: Answers,
    /// Events of users and dialogs at all desktops.
    pub(super) events: usize,
    /// Objects that were not told of exactly once.
    pub(super) lost: Vec<String>,
    /// What is shown and is not so.
    pub(super) wrong: Vec<String>,
}

impl Scene {
    /// Everybody in place, every screen right.
    pub(super) async fn prepare(&mut self) -> Result<(), String> {
        self.stage.set(&self.crowd).await?;
        match self.settle(Duration::ZERO).await?.as_slice() {
            [] => Ok(()),
            [first, ..] => Err(format!("not all is right before the fault: {first}")),
        }
    }

    /// Breaks the active side and sees the failover to its end.
    pub(super) async fn outage(
        &mut self,
        fault: Fault,
        loss: ClientLoss,
        within: Duration,
    ) -> Result<Outage, String> {
        let side = self.links.active().await?;
        let before = self.begin();
        let witness = Witness::new(&self.lab, self.crowd.desktops());
        let at = self.break_it(fault, loss, side).await?;
        // Agents whom the loss moves are left to it: nobody moves twice.
        let moves = if loss == ClientLoss::Keep { stir::moves(&self.crowd.seats) } else { Vec::new() };
        let moving = tokio::spawn(stir::states(self.stage.clone(), moves));
        self.wait_for_service(&witness, at + within + RIGHT_WITHIN).await;
        let answers = witness.stop();
        moving.abort();
        let wrong = self.settle(QUIET_FOR).await?;
        let outage = self.measure(at, side, &witness);
        let outage = Outage { answers, wrong, ..outage };
        let outage = self.compare(&before, outage).await?;
        self.links.heal(fault, side).await?;
        Ok(outage)
    }

    fn begin(&mut self) -> Vec<Screen> {
        self.crowd.look();
        self.crowd.seats.iter_mut().for_each(|seat| seat.screen.begin());
        self.crowd.seats.iter().map(|seat| seat.screen.clone()).collect()
    }

    /// Calls change where the desktop server cannot hear it: after a reset it would be back too soon.
    async fn break_it(&self, fault: Fault, loss: ClientLoss, side: Side) -> Result<Duration, String> {
        let truth = self.stage.truth().await?;
        let (seats, ends) = (&self.crowd.seats, loss == ClientLoss::Keep);
        if fault == Fault::Reset {
            self.links.silence(side);
            stir::calls(&self.stage, seats, &truth, ends).await?;
            return self.links.apply(fault, side).await;
        }
        let at = self.links.apply(fault, side).await?;
        stir::calls(&self.stage, seats, &truth, ends).await?;
        Ok(at)
    }

    /// Until SystemInfo and every desktop say so, or the time is up.
    async fn wait_for_service(&mut self, witness: &Witness, until: Duration) {
        while self.lab.clock().now() < until {
            if witness.in_service().is_some() {
                return;
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// Waits until nothing comes any more and all screens are right; what is wrong to the last.
    async fn settle(&mut self, quiet: Duration) -> Result<Vec<String>, String> {
        let until = self.lab.clock().now() + RIGHT_WITHIN;
        loop {
            self.crowd.look();
            let truth = self.stage.truth().await?;
            let wrong = wrongs(&truth, self.crowd.seats.iter().map(|seat| (&*seat.agent, &seat.screen)));
            let now = self.lab.clock().now();
            let is_quiet = self.crowd.last().is_none_or(|last| now.saturating_sub(last) >= quiet);
            if (wrong.is_empty() && is_quiet) || now > until {
                return Ok(wrong);
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    fn measure(&self, at: Duration, side: Side, witness: &Witness) -> Outage {
        let dials: Vec<_> = self.lab.dial_log().into_iter().filter(|dial| micros(dial.at_us) >= at).collect();
        let first = dials.first().map(|dial| micros(dial.at_us));
        let opened = [Side::A, Side::B].into_iter().filter_map(|side| self.lab.tally(link(side)).opened_us);
        let opened = opened.map(micros).filter(|opened| *opened >= at).max();
        let seats = &self.crowd.seats;
        let first_told = seats.iter().filter_map(|seat| seat.screen.in_service).min();
        let in_service = witness.in_service().into_iter().chain(first_told).min();
        let all_told = seats.iter().all(|seat| seat.screen.in_service.is_some());
        let last = self.crowd.last().filter(|_| all_told);
        Outage {
            side: letter(side),
            dials: dials.iter().map(|dial| letter(dial.cti.side())).collect(),
            detection: between(Some(at), first),
            take_over: between(first, opened),
            recovery: between(opened, in_service),
            in_service: between(Some(at), in_service),
            fresh: between(in_service, last),
            events: seats.iter().flat_map(|seat| seat.screen.events.values()).sum(),
            ..Outage::default()
        }
    }

    /// Holds what REST shows against the switch, against the screens and against what was shown before.
    async fn compare(&self, before: &[Screen], mut outage: Outage) -> Result<Outage, String> {
        let finally = self.crowd.read_all().await?;
        let truth = self.stage.truth().await?;
        let agents = self.crowd.seats.iter().map(|seat| seat.agent.as_str());
        outage.wrong.extend(wrongs(&truth, agents.zip(&finally)));
        for ((seat, before), finally) in self.crowd.seats.iter().zip(before).zip(&finally) {
            outage.lost.extend(lost(&seat.agent, before, &seat.screen, finally));
            let differs =
                finally.objects().find(|object| finally.document(object) != seat.screen.document(object));
            outage
                .wrong
                .extend(differs.map(|object| format!("{}: REST shows another {object:?}", seat.agent)));
        }
        Ok(outage)
    }
}

fn wrongs<'a>(
    truth: &sim::switch::Truth,
    screens: impl Iterator<Item = (&'a str, &'a Screen)>,
) -> Vec<String> {
    let judge = Judge::new(truth);
    screens.flat_map(|(agent, screen)| judge.wrongs(agent, screen)).collect()
}

fn between(from: Option<Duration>, to: Option<Duration>) -> Option<Duration> {
    Some(to?.saturating_sub(from?))
}

fn micros(us: u64) -> Duration {
    Duration::from_micros(us)
}
