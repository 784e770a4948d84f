use super::People;

/// Outside numbers that people call and that call: few enough to be on several calls at once, enough for a conference
/// that is too large.
const OUTSIDERS: usize = 24;

impl People<'_> {
    /// Somebody outside; he answers after 2 s.
    pub(super) fn outsider(&mut self) -> String {
        format!("05555{:05}", self.chance.below(OUTSIDERS))
    }

    /// Something that can be called: a colleague, a phone of nobody, a queue, somebody outside, nobody.
    pub(super) fn number(&mut self) -> String {
        match self.chance.below(16) {
            0..6 => {
                let desktop = self.desktop();
                self.extension(desktop)
            }
            6..8 => self.spare(),
            8..11 => "7200".into(),
            11 => "0312345678".into(),
            12 => "0398765432".into(),
            13 => self.chance.pick(&["0300000404", "0300000486"]).copied().unwrap_or_default().into(),
            _ => self.outsider(),
        }
    }

    /// A phone at which nobody works.
    pub(super) fn spare(&mut self) -> String {
        let spare = self.world.plan().switch().spare_extensions.clone();
        self.pick(&spare).unwrap_or_default()
    }

    /// Any phone of the switch, those of agents more often.
    pub(super) fn phone(&mut self) -> String {
        if self.chance.one_in(3) {
            return self.spare();
        }
        let desktop = self.desktop();
        self.extension(desktop)
    }
}
