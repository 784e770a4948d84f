//! What goes on changing while the desktop server is cut off: a few calls begin, change and end, agents go to lunch
//! and come back. Each agent moves once, so that one event must tell of it.

use std::time::Duration;

use sim::switch::{Command, Truth};

use super::crowd::Seat;
use super::judge::Judge;
use super::stage::{A_CALL_EVERY, Play, Stage, hand, state};

/// One group of ten in so many sees its calls change.
const A_STIR_EVERY: usize = 10;
/// Between two agents who move.
const A_MOVE_EVERY: Duration = Duration::from_millis(10);
/// The agents of a group of ten who get a new call, miss one, and move.
const NEW_CALL: usize = 4;
const MISSED_CALL: usize = 5;
const MOVES: usize = 6;

/// Changes the calls of some groups. Agents whom a loss moves are left to it: with `ends` false no call ends.
pub(super) async fn calls(stage: &Stage, seats: &[Seat], truth: &Truth, ends: bool) -> Result<(), String> {
    let judge = Judge::new(truth);
    for (n, group) in seats.chunks(A_CALL_EVERY).enumerate().step_by(A_STIR_EVERY) {
        // Neighbours, so that the plays take turns whatever the steps are.
        let n = n + n / A_STIR_EVERY % A_STIR_EVERY;
        let group = seats.chunks(A_CALL_EVERY).nth(n).unwrap_or(group);
        change(stage, Play::of(n), group, &judge, ends).await?;
        begin(stage, group).await?;
        come_and_go(stage, group).await?;
    }
    Ok(())
}

/// Agents move one after another, for ever; whoever is the last moves no more.
pub(super) async fn states(stage: Stage, moves: Vec<Command>) {
    for command in moves {
        // An agent whom the loss has signed out stays where he is.
        let _ = stage.act(command).await;
        tokio::time::sleep(A_MOVE_EVERY).await;
    }
}

/// Who moves, and where to: the other way round than they wait.
pub(super) fn moves(seats: &[Seat]) -> Vec<Command> {
    let groups = seats.chunks(A_CALL_EVERY).enumerate();
    let moves = groups.filter_map(|(n, group)| {
        let seat = group.get(MOVES)?;
        let (_, to) = state(n * A_CALL_EVERY + MOVES + 1);
        Some(Command::AgentState { agent: seat.agent.clone(), to })
    });
    moves.collect()
}

async fn change(
    stage: &Stage,
    play: Play,
    group: &[Seat],
    judge: &Judge<'_>,
    ends: bool,
) -> Result<(), String> {
    let Some(seat) = group.first() else { return Ok(()) };
    let Some(call) = judge.calls_at(&seat.extension).first() else { return Ok(()) };
    let hand = hand(&seat.extension, call.id);
    let command = match play {
        Play::Talk | Play::Conference if ends => Command::HangUp(hand),
        Play::Talk | Play::Inside | Play::Conference => Command::Hold(hand),
        Play::Hold => Command::Retrieve(hand),
    };
    stage.act(command).await.map(drop)
}

async fn begin(stage: &Stage, group: &[Seat]) -> Result<(), String> {
    match group.get(NEW_CALL) {
        Some(seat) => stage.call(seat).await.map(drop),
        None => Ok(()),
    }
}

/// A call that nobody will ever hear of (failover.md CTI-15).
async fn come_and_go(stage: &Stage, group: &[Seat]) -> Result<(), String> {
    let Some(seat) = group.get(MISSED_CALL) else { return Ok(()) };
    let call = stage.ring(seat).await?;
    stage.act(Command::HangUp(hand(&format!("03{:0>8}", seat.agent), call))).await.map(drop)
}
