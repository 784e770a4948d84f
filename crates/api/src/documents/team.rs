//! A team with its members in the summary form (rest-api.md section 8.1).

use domain::{TeamView, UserView};

use super::rendered;
use super::user::write_summary;
use crate::links;

/// The document that GET answers. `users` is there without members, too: the desktop library rejects a team without it.
pub fn team(view: &TeamView, members: &[UserView]) -> String {
    rendered(|w| {
        w.open("Team").leaf("id", view.id.0).leaf("name", &view.name);
        w.leaf("uri", links::team(view.id)).open("users").text("");
        members.iter().for_each(|member| write_summary(w, "User", member));
    })
}

#[cfg(test)]
mod tests {
    use domain::TeamId;

    use super::*;
    use crate::documents::user_summary;
    use crate::testing::ada_at_lunch;

    const START: &str = "<Team><id>500</id><name>R&amp;D</name><uri>/finesse/api/Team/500</uri>";

    #[test]
    fn members_are_summaries() {
        let view = TeamView { id: TeamId(500), name: "R&D".to_owned() };
        let ada = user_summary(&ada_at_lunch());
        assert_eq!(team(&view, &[ada_at_lunch()]), format!("{START}<users>{ada}</users></Team>"));
        assert_eq!(team(&view, &[]), format!("{START}<users></users></Team>"));
    }
}
