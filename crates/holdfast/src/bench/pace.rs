//! Agents who move at their phones, one after the other, so many times a second.

use std::time::Duration;

use lab::Lab;
use sim::switch::{AgentConfig, Command, PhoneState};

/// A reason code of the lab.
const LUNCH: u16 = 11;
/// Between two looks at the clock; what has become due since then is done at once.
const TICK: Duration = Duration::from_millis(1);

/// How it went.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Pace {
    /// Moves.
    pub(super) moves: u64,
    /// Time from the first to the last.
    pub(super) took: Duration,
}

/// Everybody signs in at the phone, and is not ready.
pub(super) async fn sign_in(lab: &Lab, agents: &[AgentConfig]) -> Result<(), String> {
    for agent in agents {
        let to = PhoneState::Login { extension: Some(agent.extension.clone()) };
        act(lab, Command::AgentState { agent: agent.id.clone(), to }).await?;
        act(lab, Command::AgentState { agent: agent.id.clone(), to: PhoneState::NotReady(LUNCH) }).await?;
    }
    Ok(())
}

/// The agents move in turn, all of them to ready, all of them back, and so on. So many moves were made before; this goes on
/// from there.
pub(super) async fn keep(
    lab: Lab,
    agents: Vec<String>,
    rate: u32,
    time: Duration,
    moved: u64,
) -> Result<Pace, String> {
    let began = lab.clock().now();
    let mut pace = Pace::default();
    while pace.took < time {
        let due = (pace.took.as_secs_f64() * f64::from(rate)) as u64;
        while pace.moves < due {
            act(&lab, step(&agents, moved + pace.moves)?).await?;
            pace.moves += 1;
        }
        tokio::time::sleep(TICK).await;
        pace.took = lab.clock().now().saturating_sub(began);
    }
    Ok(pace)
}

/// The `n`th move of all.
fn step(agents: &[String], n: u64) -> Result<Command, String> {
    let all = agents.len().max(1) as u64;
    let agent = agents.get(usize::try_from(n % all).unwrap_or_default()).ok_or("there are no agents")?;
    let to = if (n / all).is_multiple_of(2) { PhoneState::Ready } else { PhoneState::NotReady(LUNCH) };
    Ok(Command::AgentState { agent: agent.clone(), to })
}

async fn act(lab: &Lab, command: Command) -> Result<(), String> {
    let said = format!("{command:?}");
    lab.command(command).await.map(drop).map_err(|reason| format!("{said}: {reason}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_agent_goes_to_and_fro() {
        let agents = ["1001", "1002"].map(String::from);
        let moves: Vec<String> = (0..5)
            .map(|n| match step(&agents, n).unwrap() {
                Command::AgentState { agent, to: PhoneState::Ready } => format!("{agent}+"),
                Command::AgentState { agent, .. } => format!("{agent}-"),
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(moves, ["1001+", "1002+", "1001-", "1002-", "1001+"]);
    }
}
