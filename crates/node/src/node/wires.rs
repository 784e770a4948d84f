//! Lasting connections of clients, handed to the notification service, and who was heard over them.

use domain::{AgentId, Now};

use super::Node;
use crate::io::{WireId, WireNews};

impl Node {
    pub(super) fn wire(&mut self, id: WireId, news: WireNews, now: Now) {
        let heard = match news {
            WireNews::Connected(transport) => {
                self.xmpp.connected(id.0, transport, now.mono);
                None
            }
            WireNews::Bytes(bytes) => self.xmpp.received(id.0, &bytes, now.mono).map(AgentId::new),
            WireNews::Pong => self.xmpp.pong(id.0, now.mono).map(AgentId::new),
            WireNews::Written => {
                self.xmpp.written(id.0, now.mono);
                None
            }
            WireNews::Gone => {
                self.xmpp.disconnected(id.0, now.mono);
                None
            }
        };
        self.desktop_heard(heard, now);
    }

    pub(super) fn desktop_heard(&mut self, agent: Option<AgentId>, now: Now) {
        if let Some(agent) = agent {
            self.domain.desktop_heard(&agent, now);
        }
    }
}
