//! From a change of the domain to the event that is published, and SystemInfo from what the node knows.

use api::{Event, SystemInfo, events, links};
use domain::{Change, Domain, WallMs};

use crate::config::Config;

/// The event of a change; `None` if its object is gone already (then its removal follows).
pub(crate) fn event(domain: &Domain, change: &Change) -> Option<Event> {
    Some(match change {
        Change::User { agent, request } => events::user_changed(&domain.user(agent)?, request.as_ref()),
        Change::DialogAdded { agent, call, request } => {
            events::dialog_added(agent, &domain.dialog(*call)?, request.as_ref())
        }
        Change::DialogChanged { agent, call, request } => {
            events::dialog_changed(agent, &domain.dialog(*call)?, request.as_ref())
        }
        Change::DialogRemoved { agent, dialog, request } => {
            events::dialog_removed(agent, dialog, request.as_ref())
        }
        Change::Queue { queue } => events::queue_changed(&domain.queue(*queue)?),
        Change::QueueRemoved { queue } => events::queue_removed(*queue),
        Change::Error { agent, source, error, request } => {
            events::request_failed(agent, source, error, request.as_ref())
        }
    })
}

/// The event of a change for the members' team; `None` if nobody would get it.
pub(crate) fn team_event(domain: &Domain, xmpp: &xmpp::Service, change: &Change) -> Option<Event> {
    let Change::User { agent, .. } = change else { return None };
    let team = domain.team_of(agent)?;
    if xmpp.subscribers(&links::team_users(team)) == 0 {
        return None;
    }
    Some(events::member_changed(team, &domain.user(agent)?))
}

/// SystemInfo of this node, out of service.
pub(crate) fn system_info(config: &Config, wall: WallMs, reason: &str) -> SystemInfo {
    SystemInfo {
        now: wall,
        heartbeat_ok: false,
        peripheral_id: config.peripheral_id,
        primary: config.primary.clone(),
        secondary: config.secondary.clone(),
        in_service: false,
        reason: reason.to_owned(),
        timezone_offset_minutes: config.timezone_offset_minutes,
        xmpp_domain: config.host.clone(),
    }
}
