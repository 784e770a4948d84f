use super::{Deed, People};
use crate::seen::Document;
use crate::world::World;

/// A button that is pressed at a desktop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Click {
    /// Whose.
    pub desktop: usize,
    /// HTTP method.
    pub method: &'static str,
    /// Path below the host.
    pub path: String,
    /// Body.
    pub body: String,
    /// Whether the action is among those that the desktop offers.
    pub offered: bool,
}

/// Every requestedAction of a dialog.
const ACTIONS: [&str; 11] = [
    "ANSWER",
    "HOLD",
    "RETRIEVE",
    "DROP",
    "UPDATE_CALL_DATA",
    "CONSULT_CALL",
    "TRANSFER",
    "CONFERENCE",
    "TRANSFER_SST",
    "SEND_DTMF",
    "PARTICIPANT_DROP",
];

/// Those of campaigns.
const CAMPAIGN_ACTIONS: [&str; 6] =
    ["ACCEPT", "CLOSE", "REJECT", "RECLASSIFY", "UPDATE_SCHEDULED_CALLBACK", "CANCEL_SCHEDULED_CALLBACK"];

/// Of so many clicks on a dialog one does not care for what is offered.
const ODD_ONE_IN: usize = 6;

impl Click {
    /// The agent of a desktop signs in at his usual phone.
    pub fn sign_in(world: &World, desktop: usize) -> Self {
        let person = world.desktop(desktop).map(|desktop| desktop.person().clone());
        let (id, extension) = person.map(|person| (person.id, person.extension)).unwrap_or_default();
        let path = format!("/finesse/api/User/{id}");
        let body = format!("<User><state>LOGIN</state><extension>{extension}</extension></User>");
        Self { desktop, method: "PUT", path, body, offered: true }
    }
}

impl People<'_> {
    /// Somebody presses a button.
    pub fn click(&mut self) -> Deed {
        let desktop = self.desktop();
        let click = match self.chance.below(20) {
            0 => self.sign_in(desktop),
            1..4 => self.state(desktop, "<state>READY</state>"),
            4 => self.state(desktop, "<state>NOT_READY</state><reasonCodeId>1</reasonCodeId>"),
            5 => match self.chance.below(4) {
                0 => self.state(desktop, "<state>LOGOUT</state><reasonCodeId>3</reasonCodeId>"),
                _ => self.state(desktop, "<state>WORK</state>"),
            },
            6..8 => self.make_call(desktop),
            _ => match self.on_dialog(desktop) {
                Some(click) => click,
                None => self.make_call(desktop),
            },
        };
        Deed::Click(click)
    }

    /// Somebody signs in at his usual phone.
    pub fn sign_in(&self, desktop: usize) -> Click {
        Click::sign_in(self.world, desktop)
    }

    pub(super) fn state(&self, desktop: usize, content: &str) -> Click {
        let path = format!("/finesse/api/User/{}", self.id(desktop));
        Click { desktop, method: "PUT", path, body: format!("<User>{content}</User>"), offered: true }
    }

    fn make_call(&mut self, desktop: usize) -> Click {
        let (from, to) = (self.extension(desktop), self.number());
        let path = format!("/finesse/api/User/{}/Dialogs", self.id(desktop));
        let body = format!(
            "<Dialog><requestedAction>MAKE_CALL</requestedAction><fromAddress>{from}</fromAddress>\
             <toAddress>{to}</toAddress></Dialog>"
        );
        Click { desktop, method: "POST", path, body, offered: true }
    }

    /// Something with one of the dialogs that are shown.
    pub fn on_dialog(&mut self, desktop: usize) -> Option<Click> {
        let shown = &self.world.desktop(desktop)?.shown().dialogs;
        let dialogs: Vec<&Document> = shown.values().collect();
        let dialog = self.chance.pick(&dialogs).copied()?.clone();
        let own: Vec<String> = dialog.actions(&self.extension(desktop)).into_iter().collect();
        let campaign = CAMPAIGN_ACTIONS.iter().filter(|_| self.world.plan().outbound);
        let all: Vec<String> = ACTIONS.iter().chain(campaign).map(ToString::to_string).collect();
        let odd = self.chance.one_in(ODD_ONE_IN);
        let action = self.pick(if odd { &all } else { &own })?;
        let offered = own.contains(&action);
        let content = self.content(desktop, &dialog, &action);
        let body = format!("<Dialog><requestedAction>{action}</requestedAction>{content}</Dialog>");
        Some(Click {
            desktop,
            method: "PUT",
            path: format!("/finesse/api/Dialog/{}", dialog.id),
            body,
            offered,
        })
    }

    fn content(&mut self, desktop: usize, dialog: &Document, action: &str) -> String {
        let own = target(&self.extension(desktop));
        match action {
            "UPDATE_CALL_DATA" => self.data(),
            "CONSULT_CALL" | "TRANSFER_SST" => format!("{own}<toAddress>{}</toAddress>", self.number()),
            "RECLASSIFY" | "UPDATE_SCHEDULED_CALLBACK" => {
                format!("{own}{}", self.said_of_the_customer(action))
            }
            "SEND_DTMF" => format!(
                "{own}<actionParams><ActionParam><name>dtmfString</name><value>7#</value></ActionParam></actionParams>"
            ),
            "PARTICIPANT_DROP" => {
                let parties: Vec<String> = dialog.legs().into_iter().map(|(address, _)| address).collect();
                target(&self.pick(&parties).unwrap_or_default())
            }
            _ => own,
        }
    }

    fn data(&mut self) -> String {
        let value = self.chance.below(1000);
        let name = self
            .chance
            .pick(&["callVariable1", "user.order", "user.history[0]"])
            .copied()
            .unwrap_or_default();
        format!(
            "<mediaProperties><callvariables><CallVariable><name>{name}</name><value>v{value}</value></CallVariable>\
             </callvariables></mediaProperties>"
        )
    }
}

pub(super) fn target(address: &str) -> String {
    format!("<targetMediaAddress>{address}</targetMediaAddress>")
}
