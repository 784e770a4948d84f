//! Everything that can break: to which family it belongs, how often it happens, and how it breaks and is mended.

use std::time::Duration;

use node::ServiceName;
use node::failover::awdb::Host;
use node::failover::cti::Side;
use switch::{Command, Garbage, OnClientLoss, WrongNews};

use super::Family::{
    self, Awdbs, Clocks, CtiLinks, CtiServers, Disks, Garbage as Bytes, HalfOpen, Network, Nodes, PeerLink,
    Peripheral, Services, Slowness, WrongNews as Lies,
};
use crate::net::{Gate, Way};
use crate::peer::PeerGate;
use crate::rng::Rng;
use crate::world::{AwdbFault, Glitch, KillAt, World};

/// One thing that breaks.
pub(super) struct Fault {
    pub(super) family: Family,
    /// How often it happens, beside the others of its family.
    pub(super) weight: usize,
    pub(super) breaks: Act,
    /// Of what has an end by itself, the next thing of the same kind.
    pub(super) mends: Act,
}

type Act = fn(&mut World, &mut At<'_>);

/// Where something breaks, by chance.
pub(super) struct At<'a> {
    pub(super) node: usize,
    pub(super) side: Side,
    pub(super) host: Host,
    pub(super) desktop: usize,
    pub(super) chance: &'a mut Rng,
}

impl At<'_> {
    pub(super) fn by_chance<'a>(world: &World, chance: &'a mut Rng) -> At<'a> {
        At {
            node: chance.below(world.nodes()),
            side: if chance.one_in(2) { Side::A } else { Side::B },
            host: if chance.one_in(2) { Host::Primary } else { Host::Secondary },
            desktop: chance.below(world.desktops()),
            chance,
        }
    }

    fn one<T: Copy>(&mut self, first: T, others: &[T]) -> T {
        match self.chance.below(1 + others.len()).checked_sub(1) {
            Some(other) => others.get(other).copied().unwrap_or(first),
            None => first,
        }
    }
}

const fn fault(family: Family, weight: usize, breaks: Act, mends: Act) -> Fault {
    Fault { family, weight, breaks, mends }
}

/// All of them.
pub(super) const FAULTS: [Fault; 42] = [
    fault(Nodes, 3, |w, at| w.crash(at.node), |w, at| w.restart(at.node)),
    fault(Nodes, 2, crash_and_start, |w, at| w.restart(at.node)),
    fault(CtiServers, 4, |w, at| w.order(Command::KillSide(at.side)), revive),
    fault(CtiServers, 2, |w, _| w.order(Command::SwitchOver), |w, _| w.order(Command::SwitchOver)),
    fault(CtiServers, 1, |w, at| w.order(Command::HangSide(at.side, true)), wake),
    fault(CtiServers, 1, |w, at| w.order(Command::MuteHeartbeats(at.side, true)), beat),
    fault(CtiServers, 1, |w, at| w.order(Command::RefuseOpens(at.side, Some(92))), open),
    fault(CtiServers, 1, lose_clients, lose_clients),
    fault(Peripheral, 2, |w, _| w.order(Command::PeripheralOffline), online),
    fault(Peripheral, 1, |w, _| w.order(Command::CentralControllerDown), online),
    fault(CtiLinks, 3, |w, at| w.reset(at.node, at.side), |w, at| w.reset(at.node, at.side)),
    fault(CtiLinks, 2, reset_both, reset_both),
    fault(CtiLinks, 2, |w, at| w.set_gate(at.node, at.side, Gate::Refuse), pass),
    fault(CtiLinks, 2, |w, at| both_gates(w, at, Gate::Refuse), |w, at| both_gates(w, at, Gate::Open)),
    fault(CtiLinks, 1, |w, at| w.set_gate(at.node, at.side, Gate::Hang), pass),
    fault(CtiLinks, 1, |w, at| w.set_gate(at.node, at.side, Gate::Blackhole), pass),
    fault(HalfOpen, 1, |w, at| w.set_gate(at.node, at.side, Gate::Half(Way::Up)), pass),
    fault(HalfOpen, 1, |w, at| w.set_gate(at.node, at.side, Gate::Half(Way::Down)), pass),
    fault(Bytes, 1, garbage, pass),
    fault(Bytes, 1, |w, at| w.set_corruption(at.node, at.side, 200), pass),
    fault(Slowness, 1, |w, _| w.order(Command::AnswersAfterEvents(true)), in_order),
    fault(Slowness, 1, |w, _| w.order(Command::DelayAnswers(Duration::from_millis(400))), in_order),
    fault(Lies, 1, lie, |w, _| w.order(Command::WrongConferences(None))),
    fault(PeerLink, 2, |w, _| w.reset_peer(), |w, _| w.reset_peer()),
    fault(PeerLink, 1, |w, at| w.reset_peer_end(at.node), |w, _| w.set_peer_gate(PeerGate::Open)),
    fault(PeerLink, 1, |w, _| w.set_peer_gate(PeerGate::Refuse), |w, _| w.set_peer_gate(PeerGate::Open)),
    fault(
        PeerLink,
        1,
        |w, _| w.set_peer_gate(PeerGate::Hold([true; 2])),
        |w, _| w.set_peer_gate(PeerGate::Open),
    ),
    fault(PeerLink, 1, hold_half, |w, _| w.set_peer_gate(PeerGate::Open)),
    fault(PeerLink, 1, take_long, |w, _| w.set_peer_latency(w.plan().peer_latency)),
    fault(Clocks, 1, turn_clock, turn_clock),
    fault(Services, 1, |w, at| run(w, at, false), |w, at| run(w, at, true)),
    fault(Awdbs, 3, |w, at| w.awdb_fault(at.host, AwdbFault::Refuse), answer),
    fault(Awdbs, 2, |w, at| w.awdb_fault(at.host, AwdbFault::Hang), answer),
    fault(Awdbs, 2, |w, at| w.awdb_fault(at.host, AwdbFault::Slow(Duration::from_millis(600))), answer),
    fault(Awdbs, 1, stand_still, distribute),
    fault(Awdbs, 1, both_awdbs, both_awdbs_answer),
    fault(Disks, 3, kill_over_disk, |w, at| w.restart(at.node)),
    fault(Disks, 1, |w, at| w.fill_disk(at.node, true), |w, at| w.fill_disk(at.node, false)),
    fault(Disks, 1, |w, _| w.set_spoiling(3), |w, _| w.set_spoiling(0)),
    fault(Network, 3, |w, at| lose_network(w, at, 2_500), |w, at| lose_network(w, at, 500)),
    fault(Network, 2, |w, at| lose_network(w, at, 9_000), |w, at| lose_network(w, at, 500)),
    fault(Network, 1, |w, at| lose_network(w, at, 130_000), |w, at| lose_network(w, at, 500)),
];

impl World {
    /// An order to the switch; what means nothing now is left undone.
    fn order(&mut self, command: Command) {
        let _ = self.command(command);
    }
}

// Nodes ---------------------------------------------------------------------------------------------------------

fn crash_and_start(world: &mut World, at: &mut At<'_>) {
    world.crash(at.node);
    world.restart(at.node);
}

fn run(world: &mut World, at: &mut At<'_>, run: bool) {
    let name = at.one(ServiceName::Platform, &[ServiceName::Webapp, ServiceName::Notification]);
    world.service(at.node, name, run);
}

fn turn_clock(world: &mut World, at: &mut At<'_>) {
    let skew = at.one(0, &[-3_600_000, -2_000, 50, 86_400_000]);
    world.set_skew(at.node, skew);
}

fn kill_over_disk(world: &mut World, at: &mut At<'_>) {
    let piece = at.one(0, &[1, 2]);
    let point = at.one(KillAt::BeforeWrite, &[KillAt::AfterWrite, KillAt::BeforeSend, KillAt::Piece(piece)]);
    world.kill_at(at.node, point);
}

// CTI -----------------------------------------------------------------------------------------------------------

fn revive(world: &mut World, at: &mut At<'_>) {
    world.order(Command::ReviveSide(at.side));
}

fn wake(world: &mut World, at: &mut At<'_>) {
    world.order(Command::HangSide(at.side, false));
}

fn beat(world: &mut World, at: &mut At<'_>) {
    world.order(Command::MuteHeartbeats(at.side, false));
}

fn open(world: &mut World, at: &mut At<'_>) {
    world.order(Command::RefuseOpens(at.side, None));
}

fn online(world: &mut World, _: &mut At<'_>) {
    world.order(Command::PeripheralOnline);
    world.order(Command::CentralControllerUp);
}

fn in_order(world: &mut World, _: &mut At<'_>) {
    world.order(Command::AnswersAfterEvents(false));
    world.order(Command::DelayAnswers(Duration::ZERO));
}

/// What becomes of the agents of a client that is gone from now on.
fn lose_clients(world: &mut World, at: &mut At<'_>) {
    let what = at.one(OnClientLoss::Keep, &[OnClientLoss::Load0, OnClientLoss::Load1]);
    world.order(Command::OnClientLoss(what));
}

fn garbage(world: &mut World, at: &mut At<'_>) {
    let others = [Garbage::HalfMessage, Garbage::WrongLength, Garbage::EndlessStream];
    let kind = at.one(Garbage::RandomBytes, &others);
    world.order(Command::GarbageToClients(at.side, kind));
}

fn lie(world: &mut World, at: &mut At<'_>) {
    let others = [WrongNews::CallMissing, WrongNews::Inconsistent, WrongNews::Repeated];
    let kind = at.one(WrongNews::PartyMissing, &others);
    world.order(Command::WrongConferences(Some(kind)));
}

// Links ---------------------------------------------------------------------------------------------------------

fn pass(world: &mut World, at: &mut At<'_>) {
    world.set_gate(at.node, at.side, Gate::Open);
    world.set_corruption(at.node, at.side, 0);
}

fn both_gates(world: &mut World, at: &mut At<'_>, gate: Gate) {
    [Side::A, Side::B].into_iter().for_each(|side| world.set_gate(at.node, side, gate));
}

fn reset_both(world: &mut World, at: &mut At<'_>) {
    [Side::A, Side::B].into_iter().for_each(|side| world.reset(at.node, side));
}

fn hold_half(world: &mut World, at: &mut At<'_>) {
    world.set_peer_gate(PeerGate::Hold([at.node == 0, at.node == 1]));
}

fn take_long(world: &mut World, at: &mut At<'_>) {
    let millis = at.one(1, &[100, 400, 700]);
    world.set_peer_latency(Duration::from_millis(millis));
}

fn lose_network(world: &mut World, at: &mut At<'_>, end_ms: u64) {
    let time = at.chance.time_below(Duration::from_millis(end_ms));
    let (told, resumes) = (at.chance.one_in(2), at.chance.one_in(2));
    world.glitch(at.desktop, Glitch { time, told, resumes });
}

// AWDBs ---------------------------------------------------------------------------------------------------------

fn answer(world: &mut World, at: &mut At<'_>) {
    world.awdb_fault(at.host, AwdbFault::None);
}

/// What is changed does not arrive at a host.
fn stand_still(world: &mut World, at: &mut At<'_>) {
    world.awdb_distributor(at.host, false);
}

fn distribute(world: &mut World, at: &mut At<'_>) {
    world.awdb_distributor(at.host, true);
}

fn both_awdbs(world: &mut World, at: &mut At<'_>) {
    let fault = at.one(AwdbFault::Refuse, &[AwdbFault::Hang]);
    [Host::Primary, Host::Secondary].into_iter().for_each(|host| world.awdb_fault(host, fault));
}

fn both_awdbs_answer(world: &mut World, _: &mut At<'_>) {
    [Host::Primary, Host::Secondary].into_iter().for_each(|host| world.awdb_fault(host, AwdbFault::None));
}
