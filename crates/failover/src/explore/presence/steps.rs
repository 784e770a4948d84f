//! What can happen next, until the disturbances end and after that.

use super::pair::{NODES, Pair};
use super::{At, Calm, ON_THE_WAY, Step};
use crate::presence::Stage;

impl Pair {
    /// Whether this counts as a disturbance: what only goes on does not, nor does what an end of the link sees late.
    pub(super) fn disturbs(&self, step: Step) -> bool {
        match step {
            Step::Open(_)
            | Step::Close(_)
            | Step::Crash(_)
            | Step::Return(_)
            | Step::SignIn(_)
            | Step::Call
            | Step::CtiLost(_)
            | Step::CtiBack(_)
            | Step::Restart(_) => true,
            Step::Cut(at) => self.is_linked(at),
            Step::Connect
            | Step::Deliver(_)
            | Step::CtiTakes(_)
            | Step::CtiAnswers(_)
            | Step::Tick
            | Step::Calm(_) => false,
        }
    }

    pub(super) fn all_steps(&self) -> Vec<Step> {
        let mut steps: Vec<Step> = [Calm::Gone, Calm::Here(0), Calm::Here(1)].map(Step::Calm).to_vec();
        steps.extend(self.on_the_way());
        let arrives = |at: &At| self.node(*at).ordered.is_none_or(|ordered| ordered.age < ON_THE_WAY);
        steps.extend(NODES.iter().all(arrives).then_some(Step::Tick));
        steps.extend((!self.linked).then_some(Step::Connect));
        steps.extend(NODES.into_iter().filter(|at| self.end(*at).is_some()).map(Step::Cut));
        steps.push(Step::Call);
        NODES.into_iter().for_each(|at| steps.extend(self.steps_at(at)));
        steps.retain(|step| self.left > 0 || !self.disturbs(*step));
        steps
    }

    fn steps_at(&self, at: At) -> Vec<Step> {
        let node = self.node(at);
        let cti = if node.around.cti { Step::CtiLost(at) } else { Step::CtiBack(at) };
        let mut steps = vec![Step::Restart(at), cti];
        steps.extend(match (node.session.is_some(), node.around.heard) {
            (true, true) => vec![Step::Close(at), Step::Crash(at)],
            (true, false) => vec![Step::Return(at), Step::Open(at)],
            (false, _) => vec![Step::Open(at)],
        });
        steps
    }

    fn on_the_way(&self) -> Vec<Step> {
        let of = |at: At| {
            let node = self.node(at);
            let said = (!node.said.is_empty()).then_some(Step::Deliver(at));
            let ordered = node.ordered.is_some().then_some(Step::CtiTakes(at));
            [said, ordered, node.answered.map(|_| Step::CtiAnswers(at))]
        };
        NODES.into_iter().flat_map(of).flatten().collect()
    }

    /// First all that was broken is mended and the desktop goes where it stays; then all that is on the way arrives, in any
    /// order; then time passes.
    pub(super) fn calm_steps(&self, calm: Calm) -> Vec<Step> {
        if let Some(step) = self.mends().or_else(|| self.settles(calm)) {
            return vec![step];
        }
        let steps = self.on_the_way();
        if steps.is_empty() { vec![Step::Tick] } else { steps }
    }

    fn mends(&self) -> Option<Step> {
        let dark = NODES.into_iter().find(|at| !self.node(*at).around.cti);
        let half = NODES.into_iter().find(|at| self.end(*at).is_some() && !self.is_linked(*at));
        let call = self.on_call.then_some(Step::Call);
        let link = (!self.linked).then_some(Step::Connect);
        dark.map(Step::CtiBack).or(call).or(half.map(Step::Cut)).or(link)
    }

    /// The agent signs in again when he sees that he is signed out.
    fn settles(&self, calm: Calm) -> Option<Step> {
        let heard = |at: At| self.node(at).around.heard;
        let elsewhere = NODES.into_iter().find(|at| heard(*at) && calm != Calm::Here(*at));
        let Calm::Here(at) = calm else { return elsewhere.map(Step::Close) };
        let open = (!heard(at)).then_some(Step::Open(at));
        let under_way = self.nodes.iter().any(|node| node.ordered.is_some() || node.answered.is_some());
        let out = !self.signed_in && self.node(at).ticket.is_none() && !under_way;
        elsewhere.map(Step::Close).or(open).or(out.then_some(Step::SignIn(at)))
    }

    /// Who is gone is signed out, who is there is signed in, and nobody waits for anything.
    pub(super) fn is_well(&self, calm: Calm) -> bool {
        let stages = NODES.map(|at| self.stage(at));
        let stays = match calm {
            Calm::Gone => stages == [None, None] && !self.signed_in,
            Calm::Here(0) => stages == [Some(Stage::Online), None] && self.signed_in,
            Calm::Here(_) => stages == [None, Some(Stage::Online)] && self.signed_in,
        };
        stays && self.is_idle() && self.on_the_way().is_empty() && self.mends().is_none()
    }
}
