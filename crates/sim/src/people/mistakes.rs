//! What a client must not send, with the documented error for it (rest-api.md sections 3.3, 6.4 and 6.5; mapping.md
//! section 4.2). None of it may change anything.

use super::clicks::{Click, target};
use super::{Deed, People};
use crate::seen::Document;

/// A click that must fail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The request.
    pub click: Click,
    /// How it must fail.
    pub error: Failure,
}

/// A documented error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// Status and ErrorType of the answer.
    Answer(u16, &'static str),
    /// 202, and then an apiErrors event with this errorType.
    Event(&'static str),
}

const INVALID_INPUT: Failure = Failure::Answer(400, "Invalid Input");
const INVALID_DESTINATION: Failure = Failure::Answer(400, "Invalid Destination");
const INVALID_STATE: Failure = Failure::Answer(400, "Invalid State");
const PARAMETER_MISSING: Failure = Failure::Answer(400, "Parameter Missing");
const WRONG_USER: Failure = Failure::Answer(401, "Invalid Authorization User Specified");
const NOT_FOUND: Failure = Failure::Answer(404, "Dialog Not Found");
const NOT_ALLOWED: Failure = Failure::Event("Generic Error");
const FAILED: Failure = Failure::Event("Call Operation Failure");

/// Elements of an array of 200 bytes each that are more than 2,000 bytes together.
const TOO_MANY: usize = 11;

impl Mistake {
    /// The deed.
    pub fn deed(&self) -> Deed {
        Deed::Click(self.click.clone())
    }
}

/// What makes no sense at any time.
const NONSENSE: [(&str, &str, &str); 8] = [
    ("GET", "/finesse/api/SystemInfo", ""),
    ("GET", "/finesse/api/User/9999", ""),
    ("PUT", "/finesse/api/User/1001", "<User><state>"),
    ("PUT", "/finesse/api/User/1001", "<User><state>TALKING</state></User>"),
    ("PUT", "/finesse/api/Dialog/1", "<Dialog><requestedAction>FLY</requestedAction></Dialog>"),
    ("GET", "/finesse/api/Dialog/1", ""),
    ("DELETE", "/finesse/api/User/1002", ""),
    ("GET", "/finesse/api/User/1002/Dialogs", ""),
];

impl People<'_> {
    /// Somebody's client sends what it must not, and must get the documented error for.
    pub fn nonsense(&mut self) -> Option<Deed> {
        let desktop = self.desktop();
        let (method, path, body) = self.chance.pick(&NONSENSE).copied()?;
        let click = Click { desktop, method, path: path.into(), body: body.into(), offered: false };
        Some(Deed::Click(click))
    }

    /// Somebody's client sends what it must not. `None` if nobody has a call to be wrong about.
    pub fn mistake(&mut self) -> Option<Mistake> {
        let desktop = self.desktop();
        let own = self.extension(desktop);
        let dialog = self.a_dialog(desktop)?;
        let others: Vec<String> =
            dialog.legs().into_iter().map(|(address, _)| address).filter(|address| *address != own).collect();
        let action = |name: &str, content: &str| {
            format!("<Dialog><requestedAction>{name}</requestedAction>{content}</Dialog>")
        };
        let (body, error) = match self.chance.below(13) {
            0 => (action("DROP", &target(&self.pick(&others)?)), WRONG_USER),
            1 => (action("HOLD", &target("000")), INVALID_INPUT),
            2 => (action("CONSULT_CALL", &call_to(&own, &own)), INVALID_DESTINATION),
            3 => (action("TRANSFER_SST", &call_to(&own, &own)), INVALID_DESTINATION),
            4 => (action("CONSULT_CALL", &target(&own)), PARAMETER_MISSING),
            5 => (action("SEND_DTMF", &target(&own)), PARAMETER_MISSING),
            6 => (action("UPDATE_CALL_DATA", &too_much()), INVALID_INPUT),
            7 => (action("FLY", &target(&own)), INVALID_INPUT),
            8 => (action("PARTICIPANT_DROP", &target("000")), self.droppers_error(desktop)),
            9 => return Some(self.on_anothers_dialog(desktop, &dialog)),
            10 => {
                let click = self.listen(desktop, &own);
                return Some(Mistake { click, error: INVALID_DESTINATION });
            }
            11 => {
                let click = self.barge(desktop, "99", "99001");
                return Some(Mistake { click, error: INVALID_STATE });
            }
            _ => return self.not_allowed_now(desktop, &dialog),
        };
        Some(Mistake { click: on(desktop, &dialog.id, body), error })
    }

    fn a_dialog(&mut self, desktop: usize) -> Option<Document> {
        let dialogs: Vec<Document> = self.world.desktop(desktop)?.shown().dialogs.values().cloned().collect();
        self.chance.pick(&dialogs).cloned()
    }

    fn droppers_error(&self, desktop: usize) -> Failure {
        if self.is_supervisor(desktop) { INVALID_DESTINATION } else { WRONG_USER }
    }

    fn on_anothers_dialog(&self, desktop: usize, dialog: &Document) -> Mistake {
        let others = 0..self.world.desktops();
        let stranger = others.into_iter().find(|other| {
            let extension = self.extension(*other);
            dialog.leg(&extension).is_none() && self.world.node_of(*other) == self.world.node_of(desktop)
        });
        let body = format!("<Dialog><requestedAction>DROP</requestedAction>{}</Dialog>", target("000"));
        match stranger {
            Some(stranger) => Mistake { click: on(stranger, &dialog.id, body), error: WRONG_USER },
            None => Mistake { click: on(desktop, "99", body), error: NOT_FOUND },
        }
    }

    /// An action that the desktop does not offer, in good form.
    fn not_allowed_now(&mut self, desktop: usize, dialog: &Document) -> Option<Mistake> {
        let own = self.extension(desktop);
        let offered = dialog.actions(&own);
        let action =
            self.chance.pick(&["ANSWER", "HOLD", "RETRIEVE", "CONSULT_CALL", "TRANSFER_SST"]).copied()?;
        if offered.contains(action) {
            return self.refused_by_cti(desktop, dialog, action);
        }
        let body =
            format!("<Dialog><requestedAction>{action}</requestedAction>{}</Dialog>", call_to(&own, "99001"));
        Some(Mistake { click: on(desktop, &dialog.id, body), error: NOT_ALLOWED })
    }

    /// A number that does not exist, as the destination of a single-step transfer.
    fn refused_by_cti(&mut self, desktop: usize, dialog: &Document, action: &str) -> Option<Mistake> {
        let own = self.extension(desktop);
        let content = call_to(&own, "0300000404");
        let body = format!("<Dialog><requestedAction>{action}</requestedAction>{content}</Dialog>");
        (action == "TRANSFER_SST").then(|| Mistake { click: on(desktop, &dialog.id, body), error: FAILED })
    }
}

fn on(desktop: usize, dialog: &str, body: String) -> Click {
    Click { desktop, method: "PUT", path: format!("/finesse/api/Dialog/{dialog}"), body, offered: false }
}

fn call_to(own: &str, to: &str) -> String {
    format!("{}<toAddress>{to}</toAddress>", target(own))
}

/// ECC variables beyond 2,000 bytes, each of them short enough.
fn too_much() -> String {
    let value = "x".repeat(200);
    let item =
        |at| format!("<CallVariable><name>user.history[{at}]</name><value>{value}</value></CallVariable>");
    let items: String = (0..TOO_MANY).map(item).collect();
    format!("<mediaProperties><callvariables>{items}</callvariables></mediaProperties>")
}
