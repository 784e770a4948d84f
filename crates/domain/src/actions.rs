//! What a participant may do now (mapping.md section 3.4, the actions of plain calls).

use crate::view::{Action, LegState};

/// The actions of a leg in this state.
pub(crate) fn allowed(state: LegState) -> &'static [Action] {
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

    #[test]
    fn mapping_3_4_every_leg_state_has_its_actions() {
        use Action::{Answer, Drop, Hold, Retrieve, UpdateCallData};
        let rows: [(LegState, &[Action]); 9] = [
            (LegState::Initiating, &[UpdateCallData, Drop]),
            (LegState::Initiated, &[UpdateCallData, Drop]),
            (LegState::Alerting, &[Answer]),
            (LegState::Active, &[Hold, Drop, UpdateCallData]),
            (LegState::Held, &[Retrieve, Drop, UpdateCallData]),
            (LegState::Failed, &[Drop]),
            (LegState::WrapUp, &[UpdateCallData]),
            (LegState::Dropped, &[]),
            (LegState::Accepted, &[]),
        ];
        for (state, actions) in rows {
            assert_eq!(allowed(state), actions, "{}", state.as_str());
        }
    }
}
