//! The requests of a desktop that fails over, and what their answers mean to the machine.

use std::sync::Arc;
use std::time::Duration;

use failover::client::{Answer, Input, Server, Ticket};
use xml::Element;

use super::{Picture, Shared};
use crate::clock::Clock;
use crate::desktop::{Desktop, DesktopError, parse, protocol, rest_url};
use crate::http;

/// What came of a piece of work.
pub(super) enum Done {
    /// A transport is up.
    Opened(Ticket, Box<Desktop>),
    /// All data have been read.
    Read(Ticket, Box<Picture>),
    /// All data have been read, and the agent is not signed in.
    ReadSignedOut(Ticket),
    /// Anything else.
    Told(Input),
}

/// How long an agent who signs in may take to show as signed in.
pub(super) const SIGNED_IN_WITHIN: Duration = Duration::from_secs(10);
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// CLIENT-9.
pub(super) async fn connect(shared: Arc<Shared>, ticket: Ticket, server: Server) -> Done {
    match shared.connect(server).await {
        Ok(desktop) => Done::Opened(ticket, Box::new(desktop)),
        Err(error) => Done::Told(Input::TransportFailed { ticket, retry_after: patience(&error) }),
    }
}

/// CLIENT-7, CLIENT-11: whoever answers without SystemInfo has no web application (CLIENT-18b).
pub(super) async fn poll(shared: Arc<Shared>, ticket: Ticket, server: Server) -> Done {
    let ask = http::Ask::get(rest_url(&shared.identity(server), "/SystemInfo"));
    let answer = shared.ways.network.over(server, shared.ways.http.ask(ask)).await;
    let in_service =
        |answer: &http::Answer| answer.status == 200 && answer.body.contains("<status>IN_SERVICE</status>");
    Done::Told(Input::Polled(
        ticket,
        match answer {
            Ok(answer) if in_service(&answer) => Answer::InService,
            Ok(_) => Answer::OutOfService,
            Err(_) => Answer::Silent,
        },
    ))
}

/// CLIENT-4.
pub(super) async fn move_in(
    shared: Arc<Shared>,
    desktop: Arc<Desktop>,
    ticket: Ticket,
    server: Server,
) -> Done {
    Done::Told(match shared.ways.network.over(server, sign_in(&desktop)).await {
        Ok(()) => Input::SignedIn(ticket),
        Err(DesktopError::Refused) => Input::SignInRefused(ticket),
        Err(error) => Input::SignInFailed { ticket, retry_after: patience(&error) },
    })
}

/// CLIENT-10. A server that is too busy for a reading says 503 as well as one that is out of service, which says so over
/// the transport, too: here it is taken for busy, and read again when it wants to be.
pub(super) async fn refresh(
    shared: Arc<Shared>,
    desktop: Arc<Desktop>,
    ticket: Ticket,
    server: Server,
) -> Done {
    match shared.ways.network.over(server, read(&desktop, shared.ways.clock)).await {
        Ok(picture) if picture.is_signed_in() => Done::Read(ticket, Box::new(picture)),
        Ok(_) => Done::ReadSignedOut(ticket),
        Err(error) => Done::Told(Input::RefreshFailed { ticket, retry_after: patience(&error) }),
    }
}

/// Signs the agent in at his phone.
pub(super) async fn sign_in(desktop: &Desktop) -> Result<(), DesktopError> {
    let (answer, _) = desktop.sign_in().await?;
    match (answer.status, answer.retry_after()) {
        (202, _) => Ok(()),
        // Nothing is wrong with the password as far as anybody knows: the same may be granted later.
        _ if answer.is_not_checked() => Err(protocol("the sign-in", "401, not checked")),
        (401, _) => Err(DesktopError::Refused),
        (_, Some(retry_after)) => Err(DesktopError::Busy { retry_after }),
        (status, None) => Err(protocol("the sign-in", format!("{status} {}", answer.body))),
    }
}

/// The first reading waits until the agent shows as signed in.
pub(super) async fn read_at_first(desktop: &Desktop, clock: Clock) -> Result<Picture, DesktopError> {
    let until = clock.now() + SIGNED_IN_WITHIN;
    loop {
        let picture = read(desktop, clock).await?;
        if picture.is_signed_in() {
            return Ok(picture);
        }
        if clock.now() > until {
            return Err(protocol("the sign-in", "LOGOUT"));
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

/// 503 because the whole server is out of service, not because it is busy.
pub(super) fn is_out_of_service(answer: &http::Answer) -> bool {
    answer.status == 503 && answer.body.contains("SERVER_OUT_OF_SERVICE")
}

async fn read(desktop: &Desktop, clock: Clock) -> Result<Picture, DesktopError> {
    let asked_at = clock.now();
    let path = format!("/User/{}", desktop.identity().agent);
    let user = document(desktop, &path).await?;
    let dialogs = document(desktop, &format!("{path}/Dialogs")).await?;
    Ok(Picture { asked_at, user, dialogs })
}

async fn document(desktop: &Desktop, path: &str) -> Result<Element, DesktopError> {
    let answer = desktop.get(path).await?;
    match (answer.status, answer.retry_after()) {
        (200, _) => parse("reading", &answer.body),
        (_, Some(retry_after)) => Err(DesktopError::Busy { retry_after }),
        (status, None) => Err(protocol("reading", format!("{status} {path}"))),
    }
}

fn patience(error: &DesktopError) -> Option<Duration> {
    match error {
        DesktopError::Busy { retry_after } => Some(*retry_after),
        DesktopError::Refused
        | DesktopError::Http(_)
        | DesktopError::Protocol { .. }
        | DesktopError::NotSeen { .. } => None,
    }
}
