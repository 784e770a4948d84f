//! The end of a session in good order: CLOSE_REQ is sent, CLOSE_CONF is waited for, then the connection is closed.

use std::time::Duration;

use failover::cti::Epoch;
use ged188::session::client::{Client, ClientOutput};

use super::{Link, LinkOutput};

/// A server that is there answers within a round trip; one that is not shall not keep a service from stopping.
const WAIT: Duration = Duration::from_secs(1);

/// A session that has said its last word.
pub(super) struct Closing {
    pub(super) epoch: Epoch,
    client: Client,
    pub(super) until: Duration,
}

impl Link {
    /// Ends the session, if there is one, and dials no more until [`Link::start`].
    pub(crate) fn stop(&mut self, now: Duration) {
        if let Some((epoch, client)) = self.session.take().filter(|(_, client)| client.is_open()) {
            self.asked.clear();
            self.close(Closing { epoch, client, until: now + WAIT });
        }
        self.machine.stop();
        self.drain_machine(now);
    }

    /// Dials again. A session that is still being closed is cut: the new one has the same name.
    pub(crate) fn start(&mut self, now: Duration) {
        self.finish_closing();
        self.machine.start(now);
        self.drain_machine(now);
    }

    fn close(&mut self, mut closing: Closing) {
        closing.client.close();
        while let Some(output) = closing.client.poll_output() {
            if let ClientOutput::Send(bytes) = output {
                self.out.push_back(LinkOutput::Write { epoch: closing.epoch, bytes });
            }
        }
        self.closing = Some(closing);
    }

    pub(super) fn is_closing(&self, epoch: Epoch) -> bool {
        self.closing.as_ref().is_some_and(|closing| closing.epoch == epoch)
    }

    /// Only one thing is of interest any more: that the server has heard it.
    pub(super) fn hear_closing(&mut self, bytes: &[u8]) {
        let Some(closing) = &mut self.closing else { return };
        closing.client.handle_bytes(bytes);
        let over =
            |output: ClientOutput| matches!(output, ClientOutput::Closing(_) | ClientOutput::Broken(_));
        if std::iter::from_fn(|| closing.client.poll_output()).any(over) {
            self.finish_closing();
        }
    }

    pub(super) fn expire_closing(&mut self, now: Duration) {
        if self.closing.as_ref().is_some_and(|closing| closing.until <= now) {
            self.finish_closing();
        }
    }

    fn finish_closing(&mut self) {
        if let Some(closing) = self.closing.take() {
            self.out.push_back(LinkOutput::HangUp { epoch: closing.epoch });
        }
    }
}
