//! What a participant may do now (mapping.md section 3.4).

use crate::view::{Action, LegState};

/// The other calls of the agent of a leg.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Others {
    /// None in which he has a living leg; also for a device that belongs to nobody.
    #[default]
    None,
    /// Some, in none of which he talks.
    Waiting,
    /// In one of them he talks.
    Active,
}

/// What a leg is for in its call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Part {
    /// In every call but a session of a supervisor.
    #[default]
    Talks,
    /// The supervisor's.
    Listens,
    /// That of the agent to whom he listens.
    IsHeard,
    /// In a campaign's reservation: its agent decides.
    Decides,
    /// In the call of a campaign's customer.
    Serves,
}

/// What the state of a leg does not tell of its actions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Situation {
    pub(crate) part: Part,
    pub(crate) others: Others,
    /// A supervisor in a conference.
    pub(crate) may_drop_others: bool,
}

/// The actions of a leg.
pub(crate) fn allowed(state: LegState, situation: Situation) -> Vec<Action> {
    match situation.part {
        Part::Talks => of_a_talker(state, situation),
        Part::Listens => of_a_listener(state).to_vec(),
        Part::IsHeard => Vec::new(),
        Part::Decides => of_who_decides(state, situation),
        Part::Serves => of_who_serves(state, situation),
    }
}

fn of_a_listener(state: LegState) -> &'static [Action] {
    match state {
        LegState::Initiating
        | LegState::Initiated
        | LegState::Alerting
        | LegState::Active
        | LegState::Held
        | LegState::Failed => &[Action::Drop],
        LegState::Accepted | LegState::WrapUp | LegState::Dropped => &[],
    }
}

fn of_who_decides(state: LegState, situation: Situation) -> Vec<Action> {
    match state {
        LegState::Alerting => vec![Action::Accept, Action::Close, Action::Reject],
        LegState::Initiating
        | LegState::Initiated
        | LegState::Active
        | LegState::Held
        | LegState::Failed
        | LegState::WrapUp
        | LegState::Dropped
        | LegState::Accepted => of_a_talker(state, situation),
    }
}

fn of_who_serves(state: LegState, situation: Situation) -> Vec<Action> {
    let mut actions = of_a_talker(state, situation);
    if matches!(state, LegState::Active | LegState::WrapUp) {
        actions.extend([Action::UpdateScheduledCallback, Action::CancelScheduledCallback]);
    }
    actions.extend((state == LegState::Active).then_some(Action::Reclassify));
    actions
}

fn of_a_talker(state: LegState, situation: Situation) -> Vec<Action> {
    let mut actions = by_state(state).to_vec();
    match (state, situation.others) {
        (LegState::Active, Others::None) => actions.push(Action::ConsultCall),
        (LegState::Held, Others::Active) => actions.extend([Action::Transfer, Action::Conference]),
        _ => {}
    }
    if state == LegState::Active {
        actions.extend([Action::SendDtmf, Action::TransferSst]);
        actions.extend(situation.may_drop_others.then_some(Action::ParticipantDrop));
    }
    actions
}

/// The actions of every leg in this state.
fn by_state(state: LegState) -> &'static [Action] {
    match state {
        LegState::Initiating | LegState::Initiated => &[Action::UpdateCallData, Action::Drop],
        LegState::Alerting => &[Action::Answer],
        LegState::Active => &[Action::Hold, Action::Drop, Action::UpdateCallData],
        LegState::Held => &[Action::Retrieve, Action::Drop, Action::UpdateCallData],
        LegState::Failed => &[Action::Drop],
        LegState::WrapUp => &[Action::UpdateCallData],
        LegState::Dropped | LegState::Accepted => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Action::{
        Answer, Conference, ConsultCall, Drop, Hold, ParticipantDrop, Retrieve, SendDtmf, Transfer,
        TransferSst, UpdateCallData,
    };

    #[test]
    fn mapping_3_4_every_leg_state_has_its_actions() {
        let rows: [(LegState, &[Action]); 9] = [
            (LegState::Initiating, &[UpdateCallData, Drop]),
            (LegState::Initiated, &[UpdateCallData, Drop]),
            (LegState::Alerting, &[Answer]),
            (LegState::Active, &[Hold, Drop, UpdateCallData, ConsultCall, SendDtmf, TransferSst]),
            (LegState::Held, &[Retrieve, Drop, UpdateCallData]),
            (LegState::Failed, &[Drop]),
            (LegState::WrapUp, &[UpdateCallData]),
            (LegState::Dropped, &[]),
            (LegState::Accepted, &[]),
        ];
        for (state, actions) in rows {
            assert_eq!(allowed(state, Situation::default()), actions, "{}", state.as_str());
        }
    }

    #[test]
    fn mapping_3_4_a_listener_may_leave_and_who_is_heard_may_do_nothing() {
        let of =
            |part, state| allowed(state, Situation { part, others: Others::Active, may_drop_others: true });
        for state in [LegState::Initiating, LegState::Initiated, LegState::Alerting, LegState::Active] {
            assert_eq!((of(Part::Listens, state), of(Part::IsHeard, state)), (vec![Drop], vec![]));
        }
        assert_eq!(of(Part::Listens, LegState::Dropped), []);
    }

    #[test]
    fn mapping_3_4_a_reservation_and_a_customer_have_actions_of_their_own() {
        let of = |part, state| allowed(state, Situation { part, ..Situation::default() });
        assert_eq!(of(Part::Decides, LegState::Alerting), [Action::Accept, Action::Close, Action::Reject]);
        assert_eq!(of(Part::Decides, LegState::Accepted), []);
        let callback = [Action::UpdateScheduledCallback, Action::CancelScheduledCallback];
        let active = of(Part::Serves, LegState::Active);
        assert!(callback.iter().chain([&Action::Reclassify]).all(|action| active.contains(action)));
        let wrap_up = of(Part::Serves, LegState::WrapUp);
        assert_eq!(wrap_up, [UpdateCallData, callback[0], callback[1]]);
        assert_eq!(of(Part::Serves, LegState::Alerting), [Answer]);
    }

    #[test]
    fn mapping_3_4_other_calls_and_the_role_decide_over_the_rest() {
        let with = |state, others, may_drop_others| {
            allowed(state, Situation { others, may_drop_others, ..Situation::default() })
        };
        let talking = [Hold, Drop, UpdateCallData, SendDtmf, TransferSst];
        assert_eq!(with(LegState::Active, Others::Waiting, false), talking, "no second consult");
        assert_eq!(with(LegState::Active, Others::Active, false), talking);
        assert_eq!(with(LegState::Active, Others::None, true).last(), Some(&ParticipantDrop));
        let held = [Retrieve, Drop, UpdateCallData];
        assert_eq!(with(LegState::Held, Others::Waiting, true), held);
        assert_eq!(
            with(LegState::Held, Others::Active, true),
            [Retrieve, Drop, UpdateCallData, Transfer, Conference]
        );
    }
}
