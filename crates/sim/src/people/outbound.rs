use switch::{AcdState, Command, Offer, OfferMode};

use super::{Deed, People};

impl People<'_> {
    /// The dialer offers a customer to somebody who waits for calls; else somebody decides over an offer, says something
    /// of a customer, or begins to wait.
    pub fn campaign(&mut self) -> Deed {
        let desktop = self.desktop();
        let deed = match self.chance.below(3) {
            0 => self.offer().map(Deed::Hand),
            1 => self.in_campaign().and_then(|at| self.on_dialog(at)).map(Deed::Click),
            _ => None,
        };
        deed.unwrap_or_else(|| Deed::Click(self.state(desktop, "<state>READY</state>")))
    }

    fn offer(&mut self) -> Option<Command> {
        let agents = self.world.pair().switch().agents();
        let waiting = agents.filter(|agent| agent.state == AcdState::Available);
        let waiting: Vec<String> = waiting.map(|agent| agent.config.id.clone()).collect();
        let agent = self.pick(&waiting)?;
        let modes =
            [OfferMode::Preview, OfferMode::DirectPreview, OfferMode::Callback, OfferMode::PersonalCallback];
        let mode = self.chance.pick(&modes).copied().unwrap_or_default();
        let blended = self.chance.one_in(2);
        Some(Command::Campaign(Offer {
            agent,
            number: self.customer(),
            mode,
            blended,
            campaign: "Spring".into(),
        }))
    }

    /// Mostly somebody who answers.
    fn customer(&mut self) -> String {
        match self.chance.below(8) {
            0 => "0398765432".into(),
            1 => self.chance.pick(&["0300000404", "0300000486"]).copied().unwrap_or_default().into(),
            _ => self.outsider(),
        }
    }

    /// A desktop that shows a campaign's call.
    fn in_campaign(&mut self) -> Option<usize> {
        let shows = |desktop: &usize| {
            let dialogs = self.world.desktop(*desktop).map(|desktop| &desktop.shown().dialogs);
            let mut dialogs = dialogs.into_iter().flat_map(|dialogs| dialogs.values());
            dialogs.any(|dialog| dialog.variable("BAStatus").is_some())
        };
        let desktops: Vec<usize> = (0..self.world.desktops()).filter(shows).collect();
        self.chance.pick(&desktops).copied()
    }

    /// What RECLASSIFY and UPDATE_SCHEDULED_CALLBACK say.
    pub(super) fn said_of_the_customer(&mut self, action: &str) -> String {
        let number = self.chance.below(1_000).to_string();
        let minute = self.chance.below(60);
        let time = format!("2026-12-24T10:{minute:02}");
        let (name, value) = match (action, self.chance.below(2)) {
            ("RECLASSIFY", 0) => ("outboundClassification", "FAX".to_owned()),
            ("RECLASSIFY", _) => ("outboundClassification", "ANSWERING_MACHINE".to_owned()),
            (_, 0) => ("callbackTime", time),
            (_, _) => ("callbackNumber", number),
        };
        let param = format!("<ActionParam><name>{name}</name><value>{value}</value></ActionParam>");
        format!("<actionParams>{param}</actionParams>")
    }
}
