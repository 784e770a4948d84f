//! Services of a node stopped and started by people (failover.md CLIENT-18).

use std::time::Duration;

use ged188::{CloseConf, Message};
use node::{Input, LinkNews, ServiceName, Services, ged188};

use crate::stage::*;

impl Stage {
    pub(crate) fn service(&mut self, name: ServiceName, run: bool) {
        self.input(Input::Service { name, run, by: "root of node-1".into() });
    }

    /// In service, with an XMPP session that asked for the presence of `finesse`.
    fn watched() -> Self {
        let mut stage = Self::new();
        stage.serve();
        stage.beating = true;
        stage.connect(1);
        stage.stanza(1, "<presence xmlns='jabber:client' to='finesse@fin-a' type='subscribe'/>");
        stage.written.clear();
        stage
    }

    fn saw(&mut self, wire: u64) -> String {
        self.written.remove(&wire).unwrap_or_default()
    }
}

#[test]
fn client_18a_and_18b_without_the_web_application_xmpp_stays_and_finesse_is_unavailable() {
    for name in [ServiceName::Webapp, ServiceName::Platform] {
        let mut stage = Stage::watched();
        stage.service(name, false);
        let saw = stage.saw(1);
        assert!(saw.contains("from=\"finesse@fin-a\"") && saw.contains("unavailable"), "{saw}");
        assert!(!saw.contains("SystemInfo"), "who is stopped says nothing: {saw}");
        assert_eq!((stage.hung_up.len(), stage.in_service()), (0, false));
        stage.get(1, "/finesse/api/User/1001");
        stage.get(2, "/finesse/api/SystemInfo");
        assert_eq!(stage.replies, [(1, 503), (2, 503)]);
        assert!(stage.told("was stopped by root of node-1").starts_with(&name.to_string()));
        stage.service(name, true);
        assert!(stage.saw(1).contains("from=\"finesse@fin-a\""));
        stage.open();
        stage.keys(1);
        stage.peripheral_online();
        stage.read_agent();
        assert!(stage.in_service());
        assert!(stage.saw(1).contains("IN_SERVICE"));
    }
}

#[test]
fn client_18b_the_cti_session_ends_in_good_order_and_nothing_is_dialed() {
    let mut stage = Stage::watched();
    stage.service(ServiceName::Webapp, false);
    let Message::CloseReq(close) = stage.last().clone() else { unreachable!("the session is closed") };
    assert_eq!(stage.hang_ups, 0, "the server is heard out");
    stage.say(Message::CloseConf(CloseConf { invoke_id: close.invoke_id }));
    assert_eq!(stage.hang_ups, 1);
    stage.pass(Duration::from_secs(600));
    assert_eq!(stage.dials.len(), 1);
}

#[test]
fn client_18b_a_server_that_says_nothing_is_left_after_a_second_or_when_the_service_starts() {
    let mut stage = Stage::watched();
    stage.service(ServiceName::Webapp, false);
    stage.pass(Duration::from_secs(1));
    assert_eq!((stage.hang_ups, stage.dials.len()), (1, 1));

    let mut stage = Stage::watched();
    stage.service(ServiceName::Webapp, false);
    stage.service(ServiceName::Webapp, true);
    assert_eq!((stage.hang_ups, stage.dials.len()), (1, 2));

    let mut stage = Stage::watched();
    stage.service(ServiceName::Webapp, false);
    stage.link(LinkNews::Closed("end of stream".into()));
    stage.pass(Duration::from_secs(60));
    assert_eq!((stage.hang_ups, stage.dials.len()), (0, 1), "nothing is left to hang up");
}

#[test]
fn client_18c_without_the_notification_service_rest_goes_on_and_all_sessions_are_over() {
    let mut stage = Stage::watched();
    stage.service(ServiceName::Notification, false);
    assert_eq!((stage.hung_up.as_slice(), stage.in_service()), ([1].as_slice(), true));
    stage.get(1, "/finesse/api/SystemInfo");
    assert_eq!(stage.replies, [(1, 200)]);
    stage.wire(2, node::WireNews::Connected(node::xmpp::Transport::WebSocket));
    assert_eq!(stage.hung_up, [1, 2]);
    stage.service(ServiceName::Notification, true);
    stage.connect(3);
    assert_eq!(stage.hung_up, [1, 2]);
}

#[test]
fn an_order_that_changes_nothing_is_not_told_and_the_shell_hears_of_each_that_does() {
    let mut stage = Stage::watched();
    let stories = stage.stories.len();
    stage.service(ServiceName::Notification, true);
    assert_eq!((stage.services.len(), stage.stories.len()), (0, stories));
    stage.service(ServiceName::Platform, false);
    stage.service(ServiceName::Webapp, false);
    stage.service(ServiceName::Platform, true);
    let only_without = Services { webapp: false, ..Services::default() };
    assert_eq!(stage.services.last(), Some(&only_without));
    assert_eq!((stage.services.len(), stage.dials.len()), (3, 1), "the web application is still stopped");
}
