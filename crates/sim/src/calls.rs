//! A walk through calls in a world where nothing is broken: after every action of anybody REST, events and switch agree,
//! and what must fail fails as documented and changes nothing.

use std::collections::BTreeMap;
use std::time::Duration;

use switch::{Call, CallTruth, Command, Hand, Party};

use crate::people::{Failure, Mistake, People};
use crate::recorder::Keep;
use crate::rng::Rng;
use crate::seen::Object;
use crate::world::{Plan, World};

/// The first ConnectionCallID of the switch.
const FIRST_CALL: u32 = 16_777_217;
/// Calls at one time: as many as six people and their colleagues can be busy with.
const CROWD: usize = 7;
/// Rings this long at most, and wraps up this long at most, before a walk is over.
const UNTIL_OVER: Duration = Duration::from_secs(60);

/// One walk.
pub struct CallWalk {
    world: World,
    chance: Rng,
    last_call: u32,
    steps: u64,
    mistakes: u64,
    /// The sessions of supervisors at the last look: call, supervisor.
    listening: BTreeMap<u32, (u32, String)>,
    sessions: u64,
    joined: u64,
}

impl CallWalk {
    /// Everybody is signed in, half of them on each node.
    pub fn new(seed: u64, keep: Keep) -> Self {
        Self::in_the_world_of(Plan::new(seed), keep)
    }

    /// The same, and a campaign dialer offers customers to agents.
    pub fn outbound(seed: u64, keep: Keep) -> Self {
        Self::in_the_world_of(Plan::new(seed).with_campaigns(), keep)
    }

    fn in_the_world_of(plan: Plan, keep: Keep) -> Self {
        let seed = plan.seed;
        let mut world = World::new(plan, keep);
        world.keep_seen();
        let mut walk = Self {
            world,
            chance: Rng::new(seed ^ 0xCA11),
            last_call: FIRST_CALL - 1,
            steps: 0,
            mistakes: 0,
            listening: BTreeMap::new(),
            sessions: 0,
            joined: 0,
        };
        walk.set_out();
        walk
    }

    /// Walks until so many calls were made, or something is wrong.
    ///
    /// # Errors
    /// The broken rule.
    pub fn walk(&mut self, calls: u32) -> Result<(), String> {
        while self.calls() < calls {
            self.step()?;
        }
        self.hang_up_all()
    }

    /// Calls made.
    pub fn calls(&self) -> u32 {
        self.last_call + 1 - FIRST_CALL
    }

    /// Actions of anybody.
    pub fn steps(&self) -> u64 {
        self.steps
    }

    /// Requests that had to fail, and did.
    pub fn mistakes(&self) -> u64 {
        self.mistakes
    }

    /// Calls to which a supervisor listened.
    pub fn sessions(&self) -> u64 {
        self.sessions
    }

    /// How often he joined them.
    pub fn joined(&self) -> u64 {
        self.joined
    }

    /// The world.
    pub fn world(&self) -> &World {
        &self.world
    }

    fn set_out(&mut self) {
        for desktop in 0..self.world.desktops() {
            self.world.move_desktop(desktop, desktop % self.world.nodes());
            self.world.open_desktop(desktop);
        }
        self.world.run_for(Duration::from_secs(2));
        for desktop in 0..self.world.desktops() {
            let click = People::new(&self.world, &mut self.chance).sign_in(desktop);
            self.world.do_deed(crate::people::Deed::Click(click));
        }
        self.world.come_to_rest();
    }

    fn step(&mut self) -> Result<(), String> {
        self.steps += 1;
        match self.chance.below(20) {
            at if self.world.plan().outbound && at % 3 == 0 => self.campaign(),
            0 => self.err()?,
            1 => self.let_pass(),
            2..10 => self.click(),
            10..14 => self.call_in(),
            _ => self.hand(),
        }
        if self.live() > CROWD {
            self.somebody_hangs_up();
        }
        self.rest()
    }

    fn click(&mut self) {
        let deed = People::new(&self.world, &mut self.chance).click_in_team();
        self.world.do_deed(deed);
    }

    fn campaign(&mut self) {
        let deed = People::new(&self.world, &mut self.chance).campaign();
        self.world.do_deed(deed);
    }

    fn hand(&mut self) {
        let deed = People::new(&self.world, &mut self.chance).hand();
        self.world.do_deed(deed);
    }

    fn call_in(&mut self) {
        let command = People::new(&self.world, &mut self.chance).call_in();
        let _ = self.world.command(command);
    }

    fn live(&self) -> usize {
        self.world.pair().switch().calls().iter().filter(|call| call.live()).count()
    }

    fn somebody_hangs_up(&mut self) {
        let calls = self.world.pair().switch().calls();
        let hand = |call: &Call, party: &Party| Hand { device: party.device.clone(), call: Some(call.id) };
        let hands = calls.iter().flat_map(|call| call.parties.iter().map(move |party| hand(call, party)));
        let hands: Vec<Hand> = hands.collect();
        if let Some(hand) = self.chance.pick(&hands) {
            // Who rings for a queue only passes it on.
            let _ = self.world.command(Command::HangUp(hand.clone()));
        }
    }

    /// Long enough for outside parties to answer; sometimes for a phone to ring in vain.
    fn let_pass(&mut self) {
        let longest = if self.chance.one_in(4) { 15 } else { 3 };
        let time = self.chance.time_below(Duration::from_secs(longest));
        self.world.run_for(time);
    }

    fn err(&mut self) -> Result<(), String> {
        let Some(mistake) = People::new(&self.world, &mut self.chance).mistake() else { return Ok(()) };
        self.mistakes += 1;
        let before = self.truth();
        let undisturbed = self.world.pair().poll_timeout().map(|(due, _)| due);
        let answer = self.fails_as_documented(&mistake)?;
        let alone = undisturbed.is_none_or(|due| due > self.world.now());
        if alone && before != self.truth() {
            return Err(format!("{answer}, and something was done: {mistake:?}"));
        }
        Ok(())
    }

    fn fails_as_documented(&mut self, mistake: &Mistake) -> Result<String, String> {
        let (request, desktop) = (self.world.do_deed(mistake.deed()), mistake.click.desktop);
        self.rest_keeping()?;
        let answer = request.and_then(|id| self.world.answer(id)).ok_or("no answer")?;
        let id = request.map(|id| format!("r{}", id.0)).unwrap_or_default();
        let events = self.world.take_seen(desktop);
        let error = events.into_iter().filter(|seen| seen.request == id).find_map(|seen| match seen.object {
            Object::Error { kind, .. } => Some(kind),
            Object::System { .. } | Object::User(_) | Object::Dialog(_) | Object::Other(_) => None,
        });
        let fits = match mistake.error {
            Failure::Answer(status, kind) => {
                answer.status == status && answer.body.contains(&format!("<ErrorType>{kind}</ErrorType>"))
            }
            Failure::Event(kind) => answer.status == 202 && error.as_deref() == Some(kind),
        };
        let says = format!("answered {} {}, event {error:?}", answer.status, answer.body);
        if fits { Ok(says) } else { Err(format!("{says}: {mistake:?}")) }
    }

    /// All calls, without times that pass by themselves.
    fn truth(&self) -> Vec<CallTruth> {
        self.world.pair().truth(self.world.now()).calls
    }

    fn rest(&mut self) -> Result<(), String> {
        self.rest_keeping()?;
        for desktop in 0..self.world.desktops() {
            self.world.take_seen(desktop);
        }
        Ok(())
    }

    fn rest_keeping(&mut self) -> Result<(), String> {
        self.world.come_to_rest();
        let newest = self.world.pair().switch().calls().iter().last().map_or(0, |call| call.id);
        self.last_call = self.last_call.max(newest);
        self.note_sessions();
        self.world.broken().map_or(Ok(()), |rule| Err(rule.into()))
    }

    fn note_sessions(&mut self) {
        let calls = self.world.pair().switch().calls();
        let live = calls.iter().filter(|call| call.live());
        let session = |call: &Call| Some((call.id, (call.monitor.as_ref()?.about, call.from.clone())));
        let now: BTreeMap<u32, (u32, String)> = live.filter_map(session).collect();
        let new = now.keys().filter(|id| !self.listening.contains_key(id)).count();
        let over = self.listening.iter().filter(|(id, _)| !now.contains_key(id));
        let is_in = |about: &u32, supervisor: &str| {
            calls.get(*about).is_some_and(|it| it.party(supervisor).is_some())
        };
        let joined = over.filter(|(_, (about, supervisor))| is_in(about, supervisor)).count();
        self.sessions += u64::try_from(new).unwrap_or_default();
        self.joined += u64::try_from(joined).unwrap_or_default();
        self.listening = now;
    }

    /// Everybody hangs up; in the end no dialog is left.
    fn hang_up_all(&mut self) -> Result<(), String> {
        while let Some(hand) = self.anybody() {
            // A phone that rings for a queue goes on to the next agent.
            let _ = self.world.command(Command::HangUp(hand));
            self.rest()?;
        }
        self.world.run_for(UNTIL_OVER);
        self.rest()?;
        let left = (0..self.world.desktops()).filter_map(|desktop| self.world.desktop(desktop));
        let left: Vec<String> = left.flat_map(|desktop| desktop.shown().dialogs.keys().cloned()).collect();
        if left.is_empty() { Ok(()) } else { Err(format!("dialogs {left:?} are left over")) }
    }

    /// Whoever is on a call; callers first, so that queues empty.
    fn anybody(&self) -> Option<Hand> {
        let call = self.world.pair().switch().calls().iter().find(|call| call.live())?;
        let party = call.parties.iter().find(|party| party.caller).or(call.parties.first())?;
        Some(Hand { device: party.device.clone(), call: Some(call.id) })
    }
}
