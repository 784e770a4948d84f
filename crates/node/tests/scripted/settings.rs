//! Administrators and the settings, with and without CTI and AWDB.

use node::api::settings::{ClusterConfig, EnterpriseDatabaseConfig, HostPort, SystemConfig};
use node::domain::{Kind, Resources, Secret};
use node::failover::awdb::Failure;
use node::failover::fence;
use node::ledger::{Batch, Change, Generation, Log};
use node::records::Edit;
use node::{Config, DatabaseFault, Input, LinkNews, SignInError};

use crate::stage::{Stage, config};

/// `admin` with `secret`.
const ADMIN: &str = "Basic YWRtaW46c2VjcmV0";

const SYSTEM: &str = "/finesse/api/SystemConfig";
const CLUSTER: &str = "/finesse/api/ClusterConfig";
const DATABASE: &str = "/finesse/api/EnterpriseDatabaseConfig";
const REASON: &str = "/finesse/api/ReasonCode";
const REASONS: &str = "/finesse/api/ReasonCodes?category=NOT_READY";

const LUNCH: &str = "<ReasonCode><category>NOT_READY</category><code>27</code><label>昼食</label>\
                     <forAll>true</forAll></ReasonCode>";
const OTHER_CTI: &str = "<SystemConfig><cti><host>cti-x</host><port>42027</port><peripheralId>5000</peripheralId>\
                         </cti></SystemConfig>";
const OTHER_AWDB: &str = "<EnterpriseDatabaseConfig><host>aw-x</host><port>1433</port><backupHost>aw-y</backupHost>\
                          <databaseName>ucce_awdb</databaseName><username>reader</username>\
                          <password>hunter2</password></EnterpriseDatabaseConfig>";

fn in_service() -> Stage {
    let mut stage = Stage::new();
    stage.serve();
    stage
}

impl Stage {
    /// Asks as the administrator, whose password is right; the status, or nothing while it waits.
    pub(crate) fn administer(&mut self, method: &str, path: &str, body: &str) -> Option<u16> {
        let (checks, replies) = (self.asked.administrators.len(), self.replies.len());
        self.request_by(ADMIN, 1, method, path, body);
        if self.asked.administrators.len() > checks {
            let check = *self.asked.administrators.last().unwrap();
            self.input(Input::AdministratorChecked { check, right: true });
        }
        self.replies.get(replies).map(|(_, status)| *status)
    }

    /// The shell has written the last change down, or not; the status of the answer.
    fn written_down(&mut self, outcome: Result<(), String>) -> u16 {
        let batch = self.asked.changes.last().unwrap().0;
        self.input(Input::Persisted { batch, outcome });
        self.replies.last().unwrap().1
    }

    /// A change that goes well.
    fn set(&mut self, method: &str, path: &str, body: &str) -> u16 {
        assert_eq!(self.administer(method, path, body), None, "nothing is answered before it is on disk");
        self.written_down(Ok(()))
    }

    /// Both AWDBs are found to be gone.
    pub(crate) fn lose_the_awdb(&mut self) {
        self.get(9, "/finesse/api/User/1001");
        let query = *self.checks.last().unwrap();
        let gone: SignInError = Failure::Unreachable("reset".into());
        self.input(Input::Checked { query, answer: Err(gone) });
        assert!(self.node.awdb().standing().unreachable_since.is_some());
    }

    pub(crate) fn error(&self) -> &str {
        self.reply.split("<ErrorType>").nth(1).and_then(|rest| rest.split('<').next()).unwrap_or_default()
    }
}

#[test]
fn a_setting_is_answered_when_it_is_on_disk_and_not_before() {
    let mut stage = in_service();
    assert_eq!(stage.administer("PUT", SYSTEM, OTHER_CTI), None);
    assert_eq!(stage.administer("GET", SYSTEM, ""), Some(200));
    assert!(stage.reply.contains("<host>localhost</host>"), "{}", stage.reply);
    assert_eq!(stage.written_down(Ok(())), 200);
    assert_eq!(stage.reply, "");
    assert!(stage.headers.contains(&("requestId", "r1".to_owned())));
    assert_eq!(stage.administer("GET", SYSTEM, ""), Some(200));
    assert!(stage.reply.contains("<host>cti-x</host>"));
    let Batch::Append { entries, .. } = &stage.asked.changes.last().unwrap().1 else {
        panic!("one more entry")
    };
    let [write] = entries[0].change.writes.as_slice() else { panic!("one write") };
    let other = SystemConfig {
        primary: HostPort { host: "cti-x".into(), port: 42027 },
        backup: None,
        peripheral_id: 5000,
    };
    assert_eq!(Edit::read(write), Ok(Edit::System(Some(other))));
    assert_eq!(entries[0].change.by, "admin");
    assert_eq!(stage.told("SystemConfig was changed"), "SystemConfig was changed by \"admin\"");
    assert!(stage.in_service(), "the CTI servers are dialed anew by the next process");
}

#[test]
fn a_setting_that_could_not_be_written_down_is_as_it_was() {
    let mut stage = in_service();
    assert_eq!(stage.administer("POST", REASON, LUNCH), None);
    assert_eq!(stage.written_down(Err("no space left on device".into())), 500);
    assert!(stage.reply.contains("DB_RUNTIME_EXCEPTION"));
    assert_eq!(stage.administer("GET", REASONS, ""), Some(200));
    assert_eq!(stage.reply, "<ReasonCodes category=\"NOT_READY\"/>");
    assert!(
        stage.told("no space left").starts_with("not written down, and so not done: ReasonCode/1 was added")
    );
}

#[test]
fn reason_codes_are_created_read_changed_and_deleted_and_agents_see_them() {
    let mut stage = in_service();
    assert_eq!(stage.set("POST", REASON, LUNCH), 200);
    assert!(stage.headers.contains(&("Location", format!("{REASON}/1"))));
    assert_eq!(stage.administer("GET", &format!("{REASON}/1"), ""), Some(200));
    assert!(stage.reply.contains("<code>27</code><forAll>true</forAll><id>1</id><label>昼食</label>"));
    assert_eq!(
        stage.set("PUT", &format!("{REASON}/1"), "<ReasonCode><label>Lunch</label></ReasonCode>"),
        200
    );
    let of_agent = "/finesse/api/User/1001/ReasonCodes?category=NOT_READY";
    let (status, body) = stage.ask("GET", of_agent, "");
    assert_eq!((status, body.contains("<label>Lunch</label>")), (200, true));
    assert_eq!(stage.set("DELETE", &format!("{REASON}/1"), ""), 200);
    assert_eq!(stage.ask("GET", of_agent, "").1, "<ReasonCodes category=\"NOT_READY\"/>");
    assert_eq!(stage.set("POST", REASON, LUNCH), 200);
    assert!(stage.headers.contains(&("Location", format!("{REASON}/2"))), "no id is given twice");
}

#[test]
fn reason_codes_that_cannot_be_are_refused_at_once() {
    let mut stage = in_service();
    stage.set("POST", REASON, LUNCH);
    for (method, path, body, status, kind) in [
        ("POST", REASON, LUNCH, 400, "Finesse API Error"),
        ("POST", REASON, "<ReasonCode><code>1</code></ReasonCode>", 400, "Bad Request"),
        ("PUT", "/finesse/api/ReasonCode/1", "<ReasonCode/>", 400, "Invalid Input"),
        (
            "PUT",
            "/finesse/api/ReasonCode/1",
            "<ReasonCode><code>50002</code></ReasonCode>",
            400,
            "Invalid Input",
        ),
        ("PUT", "/finesse/api/ReasonCode/9", "<ReasonCode><label>x</label></ReasonCode>", 404, "Not Found"),
        ("DELETE", "/finesse/api/ReasonCode/9", "", 404, "Not Found"),
        ("DELETE", "/finesse/api/ReasonCode/x", "", 404, "Not Found"),
        ("GET", "/finesse/api/ReasonCode/9", "", 404, "Not Found"),
        ("GET", "/finesse/api/ReasonCodes", "", 400, "Bad Request"),
        ("PUT", SYSTEM, "<SystemConfig/>", 400, "Parameter Missing"),
    ] {
        assert_eq!(stage.administer(method, path, body), Some(status), "{method} {path} {body}");
        assert_eq!(stage.error(), kind, "{method} {path} {body}");
    }
    assert_eq!(stage.node.domain().resources().reasons.len(), 1);
}

#[test]
fn changes_are_made_one_after_the_other() {
    let mut stage = in_service();
    assert_eq!(stage.administer("POST", REASON, LUNCH), None);
    assert_eq!(stage.administer("POST", REASON, LUNCH), None, "judged when it is its turn");
    assert_eq!(stage.asked.changes.len(), 1);
    stage.written_down(Ok(()));
    let answers: Vec<_> = stage.replies.iter().rev().take(2).map(|(_, status)| *status).collect();
    assert_eq!(answers, [400, 200], "the second finds the label taken");
    assert_eq!(stage.asked.changes.len(), 1);
}

#[test]
fn awdb_13b_without_an_awdb_only_hosts_can_be_set() {
    let mut stage = in_service();
    stage.set("POST", REASON, LUNCH);
    stage.lose_the_awdb();
    let one = format!("{REASON}/1");
    for (method, path, body) in [
        ("GET", REASONS, ""),
        ("GET", one.as_str(), ""),
        ("POST", REASON, LUNCH),
        ("PUT", one.as_str(), "<ReasonCode><label>x</label></ReasonCode>"),
        ("DELETE", one.as_str(), ""),
    ] {
        assert_eq!(stage.administer(method, path, body), Some(500), "{method} {path}");
        assert!(
            stage.reply.contains("<ErrorMessage>AWS_SERVICE_UNAVAILABLE</ErrorMessage>"),
            "{}",
            stage.reply
        );
    }
    for path in [SYSTEM, CLUSTER, DATABASE] {
        assert_eq!(stage.administer("GET", path, ""), Some(200), "{path}");
    }
    assert_eq!(stage.set("PUT", SYSTEM, OTHER_CTI), 200);
    assert_eq!(
        stage.set(
            "PUT",
            CLUSTER,
            "<ClusterConfig><secondaryNode><host>fin-b</host></secondaryNode></ClusterConfig>"
        ),
        200
    );

    assert_eq!(stage.administer("PUT", DATABASE, OTHER_AWDB), None);
    let change = stage.asked.databases.last().unwrap().0;
    stage.input(Input::DatabaseTried { change, outcome: Ok(()) });
    assert_eq!(stage.written_down(Ok(())), 200);
    assert_eq!(stage.asked.in_use.last().unwrap().primary.host, "aw-x", "it is asked at once");
    assert_eq!(stage.administer("GET", REASONS, ""), Some(200), "nothing is known against the new one");
}

#[test]
fn an_awdb_is_tried_first_if_that_is_wanted() {
    let mut stage = in_service();
    let tried = format!("{DATABASE}?override=false");
    assert_eq!(stage.administer("PUT", &tried, OTHER_AWDB), None);
    let (change, connect) = *stage.asked.databases.last().unwrap();
    assert!(connect);
    let why = DatabaseFault::Unreachable("aw-x:1433, database ucce_awdb: connection refused".into());
    stage.input(Input::DatabaseTried { change, outcome: Err(why) });
    assert_eq!((stage.replies.last().unwrap().1, stage.error()), (400, "Finesse API Error"));
    assert!(stage.reply.contains("aw-x:1433, database ucce_awdb: connection refused"));
    assert!(stage.asked.changes.is_empty() && stage.asked.in_use.is_empty());

    assert_eq!(stage.administer("PUT", DATABASE, OTHER_AWDB), None);
    let (change, connect) = *stage.asked.databases.last().unwrap();
    assert!(!connect, "without the word it is stored as it is");
    let why = DatabaseFault::Unusable("a domain".into());
    stage.input(Input::DatabaseTried { change, outcome: Err(why) });
    assert_eq!((stage.replies.last().unwrap().1, stage.error()), (400, "Invalid Input"));
}

#[test]
fn the_password_of_the_awdb_is_never_sent_back() {
    let mut stage = in_service();
    stage.administer("PUT", DATABASE, OTHER_AWDB);
    let change = stage.asked.databases.last().unwrap().0;
    stage.input(Input::DatabaseTried { change, outcome: Ok(()) });
    stage.written_down(Ok(()));
    assert_eq!(stage.administer("GET", DATABASE, ""), Some(200));
    assert!(stage.reply.contains("<host>aw-x</host><password></password>"), "{}", stage.reply);
    assert!(!format!("{:?}{:?}", stage.asked.changes, stage.asked.in_use).contains("hunter2"));
}

#[test]
fn without_cti_only_hosts_can_be_set() {
    let mut stage = Stage::new();
    assert!(!stage.in_service());
    assert_eq!(stage.administer("GET", REASONS, ""), Some(503));
    assert_eq!(stage.set("PUT", SYSTEM, OTHER_CTI), 200);
    stage.serve();
    assert_eq!(stage.administer("GET", REASONS, ""), Some(200));
    stage.link(LinkNews::Closed("reset".into()));
    assert_eq!(stage.administer("GET", REASONS, ""), Some(503));
    for path in [SYSTEM, CLUSTER, DATABASE] {
        assert_eq!(stage.administer("GET", path, ""), Some(200), "{path}");
    }
}

#[test]
fn who_is_no_administrator_is_401_and_locked_out_after_five_times() {
    let mut stage = in_service();
    for _ in 0..5 {
        stage.get(1, SYSTEM);
        let check = *stage.asked.administrators.last().unwrap();
        stage.input(Input::AdministratorChecked { check, right: false });
        assert_eq!((stage.replies.last().unwrap().1, stage.error()), (401, "Authorization Failure"));
    }
    assert!(stage.told("locked out").starts_with("\"1001\""));
    let checks = stage.asked.administrators.len();
    stage.get(1, SYSTEM);
    assert_eq!((stage.replies.last().unwrap().1, stage.asked.administrators.len()), (401, checks));
    assert!(stage.checks.is_empty(), "no AWDB is asked for an administrator");
    assert_eq!(stage.administer("GET", SYSTEM, ""), Some(200), "others are not locked out");
    stage.request_by("", 1, "GET", SYSTEM, "");
    assert_eq!(stage.replies.last().unwrap().1, 401);
}

#[test]
fn an_administrator_is_checked_once_and_then_known() {
    let mut stage = in_service();
    stage.administer("GET", SYSTEM, "");
    stage.administer("GET", CLUSTER, "");
    assert_eq!(stage.asked.administrators.len(), 1);
}

#[test]
fn awdb_x3_settings_are_403_on_the_secondary() {
    let mut stage = Stage::with(Config { fence: fence::Settings::new(fence::Rank::Secondary), ..config() });
    stage.serve();
    for (method, path) in
        [("GET", SYSTEM), ("PUT", DATABASE), ("GET", REASONS), ("DELETE", "/finesse/api/ReasonCode/1")]
    {
        assert_eq!(stage.administer(method, path, ""), Some(403), "{method} {path}");
        assert_eq!(stage.error(), "Forbidden");
    }
    stage.request_by("", 1, "GET", SYSTEM, "");
    assert_eq!(stage.replies.last().unwrap().1, 401);
}

#[test]
fn ids_of_reason_codes_that_were_deleted_before_the_start_are_not_given_again() {
    let resources = Resources { next_ids: [(Kind::ReasonCode, 41)].into(), ..Resources::default() };
    let mut stage = Stage::with(Config { resources, ..config() });
    stage.serve();
    stage.set("POST", REASON, LUNCH);
    assert!(stage.headers.contains(&("Location", format!("{REASON}/41"))));
}

/// A log with one more change than the settings file.
fn log_with(edits: &[Edit]) -> Log {
    let mut log = Log::begin(Generation(1), &[]);
    let writes = edits.iter().map(Edit::write).collect();
    let change = Change { writes, by: "admin".into(), says: "a change".into() };
    let entry = log.propose(Generation(1), change).unwrap();
    log.append(entry);
    log
}

#[test]
fn what_is_in_the_log_takes_the_place_of_the_settings_file() {
    let other = ClusterConfig { secondary: Some("fin-z".into()) };
    let log = log_with(&[Edit::Cluster(Some(other))]);
    let mut stage = Stage::with_log(config(), Some(log));
    stage.serve();
    assert_eq!(stage.administer("GET", CLUSTER, ""), Some(200));
    assert!(stage.reply.contains("fin-z"), "{}", stage.reply);
    assert_eq!(stage.administer("GET", SYSTEM, ""), Some(200));
    assert!(stage.reply.contains("<host>localhost</host>"), "never set: {}", stage.reply);
}

/// Of an earlier process: meanwhile the settings file may name another kind of AWDB.
#[test]
fn an_awdb_of_the_log_is_tried_before_it_is_used() {
    let primary = HostPort { host: "aw-x".into(), port: 1433 };
    let database = EnterpriseDatabaseConfig {
        primary,
        backup: None,
        database: "awdb".into(),
        domain: None,
        username: "reader".into(),
        password: Secret::new("hunter2"),
    };
    let log = log_with(&[Edit::Database(Some(database.clone()))]);
    let mut stage = Stage::with_log(config(), Some(log.clone()));
    let (change, connect) = stage.asked.databases[0];
    assert!(!connect && stage.asked.in_use.is_empty());
    stage.input(Input::DatabaseTried { change, outcome: Err(DatabaseFault::Unusable("SQLite".into())) });
    assert!(stage.asked.in_use.is_empty());
    assert!(stage.told("SQLite").contains("is not used"));

    let mut stage = Stage::with_log(config(), Some(log));
    let change = stage.asked.databases[0].0;
    stage.input(Input::DatabaseTried { change, outcome: Ok(()) });
    assert_eq!(stage.asked.in_use, [database]);
}
