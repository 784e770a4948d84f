//! What the site has set up for its agents: phone books and the layout of call data (rest-api.md sections 11 and 13).

use node::Config;
use node::domain::{Assigned, Contact, PhoneBook, Resources, TeamId};

use crate::stage::*;

fn book(resources: &mut Resources, id: i32, name: &str, global: bool) {
    let contact = Contact {
        id: 1,
        first_name: "直美".into(),
        last_name: "加藤".into(),
        description: "<b>".into(),
        phone_number: "99004".into(),
    };
    resources.phone_books.put(PhoneBook { id, name: name.into(), global });
    resources.contacts.put(id, contact);
}

fn stage() -> Stage {
    let mut resources = Resources::default();
    book(&mut resources, 1, "Everybody", true);
    book(&mut resources, 2, "Elsewhere", false);
    resources.teams.set(TeamId(4711), Assigned::PhoneBooks, vec![2]);
    let mut stage = Stage::with(Config { resources, ..config() });
    stage.serve();
    stage
}

#[test]
fn an_agent_reads_the_books_that_are_for_him() {
    let mut stage = stage();
    let (status, books) = stage.ask("GET", "/finesse/api/User/1001/PhoneBooks", "");
    assert_eq!(status, 200);
    assert!(books.contains("<lastName>加藤</lastName><phoneNumber>99004</phoneNumber>"), "{books}");
    assert!(books.contains("<description>&lt;b&gt;</description>"), "{books}");
    assert!(books.contains("<name>Everybody</name>") && !books.contains("Elsewhere"), "{books}");
    let (status, _) = stage.ask("GET", "/finesse/api/User/1002/PhoneBooks", "");
    assert_eq!(status, 401, "those of others are their own");
}

#[test]
fn everybody_reads_the_layout_of_call_data() {
    let mut stage = stage();
    let (status, layout) = stage.ask("GET", "/finesse/api/User/1001/MediaPropertiesLayout", "");
    assert_eq!(status, 200);
    assert!(layout.contains("<header><entry><displayName>Call variable 1</displayName>"), "{layout}");
    assert_eq!(layout.matches("<column>").count(), 2, "{layout}");
    let (status, _) = stage.ask("GET", "/finesse/api/User/nobody/MediaPropertiesLayout", "");
    assert_eq!(status, 404);
}
