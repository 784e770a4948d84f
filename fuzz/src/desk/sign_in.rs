//! What a client sends to sign in and bind, over each transport.

use xmpp::Transport;

const AUTH: &str = "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>ADEwNDIAeA==</auth>";
const BIND: &str = "<iq type='set' id='b'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'>\
                        <resource>desktop</resource></bind></iq>";
pub const HEADER: &str = "<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' \
                      to='fin-a.example.test' version='1.0'>";
const OPEN: &str =
    "<open xmlns='urn:ietf:params:xml:ns:xmpp-framing' to='fin-a.example.test' version='1.0'/>";

/// Over a lasting connection.
pub fn texts(transport: Transport) -> [&'static str; 4] {
    match transport {
        Transport::Tcp { .. } => [HEADER, AUTH, HEADER, BIND],
        Transport::WebSocket => [OPEN, AUTH, OPEN, BIND],
    }
}

/// Over BOSH, with requests 1 to 4.
pub fn bodies() -> [String; 4] {
    [
        "<body xmlns='http://jabber.org/protocol/httpbind' xmlns:xmpp='urn:xmpp:xbosh' rid='1' ver='1.9' \
         wait='30' hold='1' to='fin-a.example.test' xmpp:version='1.0'/>"
            .to_owned(),
        body("rid='2'", AUTH),
        body("rid='3' xmpp:restart='true'", ""),
        body("rid='4'", BIND),
    ]
}

/// A request of a session.
fn body(attributes: &str, content: &str) -> String {
    format!(
        "<body xmlns='http://jabber.org/protocol/httpbind' xmlns:xmpp='urn:xmpp:xbosh' sid='$SID' \
         {attributes}>{content}</body>"
    )
}
