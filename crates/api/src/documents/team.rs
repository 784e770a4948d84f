//! A team with its members in the summary form (rest-api.md section 8.1), and all teams.

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

/// All of them, without members.
pub fn teams(views: impl Iterator<Item = TeamView>) -> String {
    rendered(|w| {
        w.open("Teams");
        for view in views {
            w.open("Team")
                .leaf("id", view.id.0)
                .leaf("name", &view.name)
                .leaf("uri", links::team(view.id))
                .close();
        }
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

    #[test]
    fn a_list_of_teams_has_no_members() {
        let view = TeamView { id: TeamId(500), name: "R&D".to_owned() };
        assert_eq!(teams(std::iter::once(view)), format!("<Teams>{START}</Team></Teams>"));
        assert_eq!(teams(std::iter::empty()), "<Teams/>");
    }
}
