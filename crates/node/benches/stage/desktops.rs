//! Desktops that sign in over BOSH and then keep one request open, as browsers do.

use std::collections::{BTreeMap, VecDeque};

use node::HttpId;
use node::failover::awdb::QueryId;

const BODY: &str = "<body xmlns='http://jabber.org/protocol/httpbind'";
/// Further requests up to the first open one: restart and bind, after the opening and the authentication.
const STEPS: usize = 4;

#[derive(Default)]
pub(crate) struct Desktops {
    /// Answers so far.
    pub(crate) replies: usize,
    by_agent: BTreeMap<usize, Desktop>,
    open: BTreeMap<HttpId, usize>,
    /// Those whose next request is due.
    due: VecDeque<usize>,
    check: Option<(QueryId, String)>,
}

struct Desktop {
    user: String,
    sid: String,
    rid: usize,
}

impl Desktops {
    pub(crate) fn open(&mut self, agent: usize, user: String) {
        self.by_agent.insert(agent, Desktop { user, sid: String::new(), rid: 0 });
        self.due.push_back(agent);
    }

    /// The next request body, and whose it is.
    pub(crate) fn next_poll(&mut self) -> Option<(usize, String)> {
        let agent = self.due.pop_front()?;
        let desktop = self.by_agent.get_mut(&agent).unwrap();
        desktop.rid += 1;
        Some((agent, desktop.request()))
    }

    pub(crate) fn asked(&mut self, id: HttpId, agent: usize) {
        self.open.insert(id, agent);
    }

    pub(crate) fn answered(&mut self, id: HttpId, body: &str) {
        let agent = self.open.remove(&id).unwrap();
        let desktop = self.by_agent.get_mut(&agent).unwrap();
        if let Some(rest) = body.split("sid=\"").nth(1).filter(|_| desktop.rid == 1) {
            desktop.sid = rest.split('"').next().unwrap().to_owned();
        }
        assert!(!body.contains("terminate"), "{body}");
        self.replies += 1;
        self.due.push_back(agent);
    }

    pub(crate) fn check(&mut self, id: QueryId, user: String) {
        self.check = Some((id, user));
    }

    pub(crate) fn take_check(&mut self) -> Option<(QueryId, String)> {
        self.check.take()
    }
}

impl Desktop {
    fn request(&self) -> String {
        let Self { user, sid, rid } = self;
        match rid {
            1 => format!("{BODY} rid='1' to='fin-a' hold='1' wait='60' ver='1.9' xml:lang='en'/>"),
            2 => {
                let token = plain(user);
                format!(
                    "{BODY} rid='2' sid='{sid}'><auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' \
                     mechanism='PLAIN'>{token}</auth></body>"
                )
            }
            3 => format!("{BODY} rid='3' sid='{sid}' xmlns:xmpp='urn:xmpp:xbosh' xmpp:restart='true'/>"),
            &STEPS => format!(
                "{BODY} rid='4' sid='{sid}'><iq xmlns='jabber:client' type='set' id='b'>\
                 <bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq></body>"
            ),
            rid => format!("{BODY} rid='{rid}' sid='{sid}'/>"),
        }
    }
}

/// The token of SASL PLAIN with the password `pw`, in base64.
fn plain(user: &str) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let token = format!("\0{user}\0pw");
    let digits = token.as_bytes().chunks(3).flat_map(|three| {
        let bits = three.iter().fold(0_usize, |bits, byte| bits << 8 | usize::from(*byte))
            << (8 * (3 - three.len()));
        let digits = [18, 12, 6, 0].map(|shift| char::from(DIGITS[bits >> shift & 63]));
        digits.into_iter().enumerate().map(move |(at, digit)| if at > three.len() { '=' } else { digit })
    });
    digits.collect()
}
