//! Layouts of the desktop, as texts (rest-api.md sections 8.2 and 12). What a layout means, the desktop knows.

use std::collections::BTreeMap;

use super::ResourceEdit;
use crate::ids::TeamId;

/// The layout that holds until another is set: the pages that our desktop has.
pub const DEFAULT_DESKTOP_LAYOUT: &str = "\
<finesseLayout xmlns=\"http://www.cisco.com/vtg/finesse\">
  <layout>
    <role>Agent</role>
    <page><gadget>/desktop/</gadget></page>
    <tabs>
      <tab><id>home</id><label>Home</label></tab>
    </tabs>
  </layout>
  <layout>
    <role>Supervisor</role>
    <page><gadget>/desktop/</gadget></page>
    <tabs>
      <tab><id>home</id><label>Home</label></tab>
      <tab><id>team</id><label>Team</label></tab>
    </tabs>
  </layout>
</finesseLayout>";

/// The layout for everybody, and those of teams that have their own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DesktopLayouts {
    set: Option<String>,
    teams: BTreeMap<TeamId, String>,
}

impl DesktopLayouts {
    /// The layout for everybody.
    pub fn default_layout(&self) -> &str {
        self.set.as_deref().unwrap_or(DEFAULT_DESKTOP_LAYOUT)
    }

    /// The layout that a team has for itself.
    pub fn own(&self, team: TeamId) -> Option<&str> {
        self.teams.get(&team).map(String::as_str)
    }

    /// The layout that holds for the members of a team.
    pub fn of(&self, team: Option<TeamId>) -> &str {
        team.and_then(|team| self.own(team)).unwrap_or(self.default_layout())
    }

    /// What was set, as edits.
    pub(super) fn edits(&self) -> impl Iterator<Item = ResourceEdit> {
        let everybodys = self.set.iter().map(|layout| ResourceEdit::DesktopLayout(Some(layout.clone())));
        let own = |(team, layout): (&TeamId, &String)| ResourceEdit::TeamLayout(*team, Some(layout.clone()));
        everybodys.chain(self.teams.iter().map(own))
    }

    /// Replaces the layout for everybody; nothing: it is ours again.
    pub fn set_default(&mut self, layout: Option<String>) {
        self.set = layout;
    }

    /// Gives a team a layout of its own, or takes it away.
    pub fn set_own(&mut self, team: TeamId, layout: Option<String>) {
        match layout {
            Some(layout) => self.teams.insert(team, layout),
            None => self.teams.remove(&team),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_team_without_a_layout_has_everybodys() {
        let mut layouts = DesktopLayouts::default();
        layouts.set_own(TeamId(500), Some("<own/>".into()));
        assert_eq!(layouts.of(Some(TeamId(500))), "<own/>");
        assert_eq!(layouts.of(Some(TeamId(501))), DEFAULT_DESKTOP_LAYOUT);
        layouts.set_default(Some("<all/>".into()));
        layouts.set_own(TeamId(500), None);
        assert_eq!((layouts.of(Some(TeamId(500))), layouts.of(None)), ("<all/>", "<all/>"));
    }
}
