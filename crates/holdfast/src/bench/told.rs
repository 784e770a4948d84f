//! Whether a desktop was told exactly once of each object whose final state differs from the one it showed before
//! (failover.md CTI-13).

use std::collections::BTreeSet;

use sim::seen::Document;

use super::screen::{Screen, Shown};

/// The objects of one desktop of which it was told not at all or too often, in words. `before` is the screen before
/// the fault, `after` the one that counted events since, `finally` what REST shows in the end.
pub(super) fn lost(agent: &str, before: &Screen, after: &Screen, finally: &Screen) -> Vec<String> {
    let objects: BTreeSet<Shown> = before.objects().chain(finally.objects()).collect();
    let judged = objects.into_iter().filter_map(|object| {
        let (was, is) = (before.document(&object), finally.document(&object));
        let events = after.events.get(&object).copied().unwrap_or_default();
        let right = match (was == is, went_and_came_back(was, is)) {
            (true, _) => return None,
            (false, false) => events == 1,
            // Made Not Ready by the loss and Ready again afterwards: both may have been told.
            (false, true) => (1..=2).contains(&events),
        };
        (!right).then(|| format!("{agent}: {object:?} differs and got {events} events"))
    });
    judged.collect()
}

/// The same state since another time.
fn went_and_came_back(was: Option<&Document>, is: Option<&Document>) -> bool {
    match (was, is) {
        (Some(was), Some(is)) => was.state == is.state && was.element.name == "user",
        (_, None) | (None, _) => false,
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use sim::seen::Seen;

    use super::*;

    fn user(state: &str, since: u32) -> Seen {
        let data =
            format!("<user><loginId>1001</loginId><state>{state}</state><since>{since}</since></user>");
        let payload = format!("<Update><data>{data}</data><event>PUT</event></Update>");
        Seen::read(Duration::ZERO, "n", &payload).unwrap()
    }

    fn screen(events: &[(&str, u32)]) -> Screen {
        let mut screen = Screen::default();
        events.iter().for_each(|(state, since)| screen.show(user(state, *since)));
        screen
    }

    fn is_lost(told: &[(&str, u32)], finally: (&str, u32)) -> bool {
        !lost("1001", &screen(&[("READY", 1)]), &screen(told), &screen(&[finally])).is_empty()
    }

    #[test]
    fn a_difference_needs_one_event_and_no_more() {
        assert!(!is_lost(&[("LOGOUT", 2)], ("LOGOUT", 2)));
        assert!(is_lost(&[], ("LOGOUT", 2)));
        assert!(is_lost(&[("NOT_READY", 2), ("LOGOUT", 3)], ("LOGOUT", 3)));
    }

    #[test]
    fn what_is_as_it_was_needs_none() {
        assert!(!is_lost(&[], ("READY", 1)));
    }

    #[test]
    fn who_was_set_ready_again_may_have_been_told_of_both() {
        assert!(!is_lost(&[("NOT_READY", 2), ("READY", 3)], ("READY", 3)));
        assert!(!is_lost(&[("READY", 3)], ("READY", 3)));
        assert!(is_lost(&[], ("READY", 3)));
        assert!(is_lost(&[("NOT_READY", 2), ("READY", 3), ("READY", 3)], ("READY", 3)));
    }
}
