use std::os::unix::fs::PermissionsExt;

use node::domain::{Person, TeamId};
use rusqlite::Connection;

use super::*;

/// A database file of its own for each test, gone afterwards.
struct File(PathBuf);

impl File {
    fn new(name: &str) -> Self {
        Self(std::env::temp_dir().join(format!("holdfast-awdb-{}-{name}", std::process::id())))
    }

    fn with_people(name: &str) -> Self {
        let file = Self::new(name);
        create(&file.0, 5000, &people(), &groups()).unwrap();
        file
    }

    fn execute(&self, sql: &str) {
        Connection::open(&self.0).unwrap().execute_batch(sql).unwrap();
    }

    fn settings(&self) -> Settings {
        Settings {
            databases: Databases::Sqlite {
                primary: self.0.clone(),
                secondary: None,
                deadline: Duration::from_secs(5),
            },
            peripheral_id: 5000,
            concurrent: 2,
            encodings: vec![Encoding::Latin1],
            mark_key: MarkKey::new([7; 32]),
        }
    }

    fn awdb(&self) -> Awdb {
        Awdb::new(self.settings())
    }

    async fn check(&self, user: &str, password: &str) -> Result<Person, SignInError> {
        check(&self.awdb(), user, password).await.map(|checked| checked.person)
    }

    async fn refusal(&self, user: &str, password: &str) -> &'static str {
        match self.check(user, password).await {
            Err(SignInError::Refused(why)) => why,
            other => panic!("not refused: {other:?}"),
        }
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

async fn check(awdb: &Awdb, user: &str, password: &str) -> Result<Checked, SignInError> {
    awdb.check(Host::Primary, user.to_owned(), Secret::new(password)).await
}

fn row(id: &str, login_name: &str) -> PersonRow {
    PersonRow {
        skill_target: 4000 + id.parse::<u32>().unwrap(),
        id: id.into(),
        login_name: login_name.into(),
        first_name: "Ada".into(),
        last_name: format!("No{id}"),
        password: Some("secret".into()),
        supervisor: false,
        team: Some((5001, "Sales".into())),
        supervises: Vec::new(),
        login_enabled: true,
    }
}

/// The people of awdb.md section 9.
fn people() -> Vec<PersonRow> {
    vec![
        row("1001", "Ada.Lovelace"),
        PersonRow { team: None, ..row("1002", "grace") },
        PersonRow {
            supervisor: true,
            supervises: vec![(5002, "Service".into()), (5001, "Sales".into())],
            ..row("1003", "edsger")
        },
        PersonRow { login_enabled: false, ..row("1004", "disabled") },
        PersonRow { password: None, ..row("1005", "without") },
    ]
}

fn groups() -> Vec<SkillGroupRow> {
    vec![SkillGroupRow { skill_target: 6001, name: "Sales_Skill".into(), number: 1 }]
}

#[tokio::test]
async fn an_agent_signs_in_by_id_or_by_login_name_in_any_case() {
    let file = File::with_people("sign-in");
    let ada = Person {
        id: "1001".into(),
        login_name: "Ada.Lovelace".into(),
        first_name: "Ada".into(),
        last_name: "No1001".into(),
        supervisor: false,
        team: Some((TeamId(5001), "Sales".into())),
        supervises: Vec::new(),
    };
    for user in ["1001", "Ada.Lovelace", "ada.lovelace", "ADA.LOVELACE"] {
        assert_eq!(file.check(user, "secret").await, Ok(ada.clone()), "{user}");
    }
    assert_eq!(file.check("1002", "secret").await.unwrap().team, None);
}

#[tokio::test]
async fn a_supervisor_has_his_teams_sorted_and_the_flag_decides() {
    let file = File::with_people("supervisor");
    // The primary supervisor of a team need not be listed as one (awdb.md section 5).
    file.execute("INSERT INTO t_Agent_Team VALUES (4999, 'First', 5000, NULL, 5003, 0)");
    let teams = |person: Person| person.supervises.into_iter().map(|(id, _)| id.0).collect::<Vec<_>>();
    let edsger = file.check("1003", "secret").await.unwrap();
    assert!(edsger.supervisor);
    assert_eq!(teams(edsger), [4999, 5001, 5002]);
    file.execute("UPDATE t_Agent SET SupervisorAgent = 'N' WHERE PeripheralNumber = '1003'");
    let edsger = file.check("1003", "secret").await.unwrap();
    assert!(!edsger.supervisor && edsger.supervises.is_empty());
}

#[tokio::test]
async fn who_may_not_sign_in_is_refused_with_the_reason() {
    let file = File::with_people("refused");
    assert_eq!(file.refusal("1001", "Secret").await, "wrong password");
    assert_eq!(file.refusal("1001", "").await, "wrong password");
    assert_eq!(file.refusal("1999", "secret").await, "no such user");
    assert_eq!(file.refusal("", "secret").await, "no such user");
    assert_eq!(file.refusal(&"1".repeat(256), "secret").await, "no such user");
    assert_eq!(file.refusal("1' OR '1'='1", "secret").await, "no such user");
    assert_eq!(file.refusal("1001 ", "secret").await, "no such user");
    let endless = "s".repeat(10_000);
    assert_eq!(file.refusal("1001", &endless).await, "the password is longer than any that can be stored");
    assert_eq!(file.refusal("1004", "secret").await, "LoginEnabled is not Y");
    assert_eq!(file.refusal("1005", "").await, "no password is stored");
}

#[tokio::test]
async fn rows_that_do_not_count_are_not_found() {
    for (name, sql) in [
        ("agent", "UPDATE t_Agent SET Deleted = 'Y'"),
        ("person", "UPDATE t_Person SET Deleted = 'Y'"),
        ("temporary", "UPDATE t_Agent SET TemporaryAgent = 'Y'"),
        ("peripheral", "PRAGMA foreign_keys = OFF; UPDATE t_Agent SET PeripheralID = 5001"),
    ] {
        let file = File::with_people(name);
        file.execute(sql);
        assert_eq!(file.refusal("1001", "secret").await, "no such user", "{name}");
    }
}

#[tokio::test]
async fn two_rows_are_a_refusal_and_not_a_pick() {
    let file = File::with_people("ambiguous");
    let why = "more than one agent has this id or login name";
    file.execute("UPDATE t_Person SET LoginNameShadow = 'GRACE'");
    assert_eq!(file.refusal("grace", "secret").await, why);
    file.execute("UPDATE t_Agent SET PeripheralNumber = '1001'");
    assert_eq!(file.refusal("1001", "secret").await, why);
}

#[tokio::test]
async fn a_stored_form_that_is_unknown_says_so() {
    let file = File::with_people("unknown-form");
    file.execute("UPDATE t_Person SET Password = '{enc:7}00'");
    let why = "Person.Password: the stored password has an unknown {enc:n} scheme";
    let text = format!("{}: {why}", file.0.display());
    assert_eq!(
        file.check("1001", "secret").await,
        Err(SignInError::Unusable(text)),
        "which is no wrong password"
    );
}

#[tokio::test]
async fn a_database_that_cannot_answer_is_unreachable_and_no_refusal() {
    let absent = File::new("absent");
    assert!(matches!(absent.check("1001", "secret").await, Err(SignInError::Unreachable(_))));
    assert!(!absent.0.exists(), "a check never creates a database");
    let damaged = File::with_people("damaged");
    damaged.execute("DROP VIEW Agent_Team");
    let verdict = damaged.check("1001", "secret").await;
    assert!(
        matches!(&verdict, Err(SignInError::Unreachable(why)) if why.contains("Agent_Team")),
        "{verdict:?}"
    );
}

#[tokio::test]
async fn a_locked_database_is_given_up_at_the_deadline() {
    let file = File::with_people("locked");
    let holder = Connection::open(&file.0).unwrap();
    holder.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let databases =
        Databases::Sqlite { primary: file.0.clone(), secondary: None, deadline: Duration::from_millis(50) };
    let verdict = check(&Awdb::new(Settings { databases, ..file.settings() }), "1001", "secret").await;
    assert!(matches!(verdict, Err(SignInError::Unreachable(_))), "{verdict:?}");
    holder.execute_batch("COMMIT").unwrap();
    assert!(file.check("1001", "secret").await.is_ok());
}

#[test]
fn a_database_with_stored_passwords_is_for_its_user_alone() {
    let file = File::with_people("mode");
    assert_eq!(std::fs::metadata(&file.0).unwrap().permissions().mode() & 0o777, 0o600);
}

#[tokio::test]
async fn a_new_database_takes_the_place_of_the_old_one() {
    let file = File::with_people("replaced");
    let awdb = file.awdb();
    assert!(check(&awdb, "1002", "secret").await.is_ok());
    create(&file.0, 5000, &[row("1001", "ada")], &[]).unwrap();
    assert!(check(&awdb, "1001", "secret").await.is_ok());
    assert!(check(&awdb, "1002", "secret").await.is_err());
}

/// A connection that is kept still has the file, and must not be asked.
#[tokio::test]
async fn a_database_that_is_gone_is_unreachable_at_once() {
    let file = File::with_people("gone");
    let awdb = file.awdb();
    assert!(check(&awdb, "1001", "secret").await.is_ok());
    std::fs::remove_file(&file.0).unwrap();
    let verdict = check(&awdb, "1001", "secret").await;
    assert!(matches!(verdict, Err(SignInError::Unreachable(_))), "{verdict:?}");
}

/// What another program changes in the file counts for the next check on a connection that is kept.
#[tokio::test]
async fn a_change_in_the_database_counts_at_once() {
    let file = File::with_people("changed");
    let awdb = file.awdb();
    assert!(check(&awdb, "1001", "secret").await.is_ok());
    file.execute("UPDATE t_Person SET LoginEnabled = 'N'");
    let verdict = check(&awdb, "1001", "secret").await;
    assert!(matches!(verdict, Err(SignInError::Refused(_))), "{verdict:?}");
}

#[tokio::test]
async fn the_mark_of_a_sign_in_is_that_of_the_list_until_what_is_stored_changes() {
    let file = File::with_people("mark");
    let awdb = file.awdb();
    let listed = async || {
        let people = awdb.people(Host::Primary).await.unwrap();
        people.agents.into_iter().find(|agent| agent.id == "1001".into()).unwrap()
    };
    let signed_in = check(&awdb, "1001", "secret").await.unwrap();
    assert_eq!(listed().await.mark, signed_in.mark);
    file.execute("UPDATE t_Person SET FirstName = 'Augusta'");
    assert_eq!(listed().await.mark, signed_in.mark);
    file.execute("UPDATE t_Person SET LoginEnabled = 'N'");
    assert!(listed().await.mark != signed_in.mark && !listed().await.enabled);
    file.execute(
        "UPDATE t_Person SET LoginEnabled = 'Y', Password = '{enc:1}5EBE2294ECD0E0F08EAB7690D2A6EE69'",
    );
    assert_ne!(listed().await.mark, signed_in.mark);
}

#[tokio::test]
async fn everybody_is_listed_with_his_team_and_what_he_leads() {
    let file = File::with_people("people");
    file.execute(
        "UPDATE t_Agent_Team SET PriSupervisorSkillTargetID = 5003 WHERE AgentTeamID = 5001;
         INSERT INTO t_Agent_Team_Supervisor VALUES (5001, 5002);
         INSERT INTO t_Agent_Team VALUES (4999, 'Of another peripheral', 5001, NULL, NULL, 0);
         UPDATE t_Person SET Deleted = 'Y' WHERE LoginName = 'without';
         INSERT INTO t_Skill_Group (SkillTargetID, PeripheralID, EnterpriseName, PeripheralNumber, PeripheralName,
             MRDomainID, DefaultEntry, Deleted)
         VALUES (6002, 5000, 'Default', 2, 'x', 1, 5000, 'N'), (6003, 5000, 'Old', 3, 'x', 1, 0, 'Y')",
    );
    let People { agents, teams, skill_groups } = file.awdb().people(Host::Primary).await.unwrap();
    let ids: Vec<_> = agents.iter().map(|agent| agent.id.as_str()).collect();
    assert_eq!(ids, ["1001", "1002", "1003", "1004", "1005"]);
    let [ada, grace, edsger, disabled, gone] = &agents[..] else { panic!("{agents:?}") };
    assert_eq!((ada.team, ada.supervisor, ada.skill_target), (Some(TeamId(5001)), false, 5001));
    assert_eq!((grace.team, edsger.supervisor), (None, true));
    assert!(!disabled.enabled && !disabled.deleted && gone.deleted);
    let team = |id, name: &str, primary: Option<&str>| Team {
        id: TeamId(id),
        name: name.into(),
        primary_supervisor: primary.map(Into::into),
        // Grace is listed as one, but is no supervisor.
        supervisors: vec!["1003".into()],
    };
    assert_eq!(teams, [team(5001, "Sales", Some("1003")), team(5002, "Service", None)]);
    assert_eq!(skill_groups, [SkillGroup { skill_target: 6001, name: "Sales_Skill".into(), number: 1 }]);
}

#[tokio::test]
async fn a_file_of_an_earlier_release_has_no_skill_groups() {
    let file = File::with_people("earlier");
    file.execute("DROP VIEW Skill_Group");
    assert_eq!(file.awdb().people(Host::Primary).await.unwrap().skill_groups, []);
}

#[tokio::test]
async fn a_probe_shows_whether_the_distributor_moves_the_time() {
    let file = File::with_people("probe");
    let awdb = file.awdb();
    let before = awdb.probe(Host::Primary).await.unwrap();
    assert_eq!(awdb.probe(Host::Primary).await.unwrap(), before);
    file.execute("UPDATE t_Controller_Time SET NowTime = '2026-11-23 16:40:01'");
    assert_ne!(awdb.probe(Host::Primary).await.unwrap(), before);
    file.execute("DELETE FROM t_Controller_Time");
    assert!(awdb.probe(Host::Primary).await.unwrap_err().ends_with("Controller_Time is empty"));
}

#[tokio::test]
async fn each_host_has_its_own_people() {
    let (a, b) = (File::with_people("host-a"), File::new("host-b"));
    create(&b.0, 5000, &[row("2001", "barbara")], &[]).unwrap();
    let databases = Databases::Sqlite {
        primary: a.0.clone(),
        secondary: Some(b.0.clone()),
        deadline: Duration::from_secs(5),
    };
    let awdb = Awdb::new(Settings { databases, ..a.settings() });
    let ask = async |host, user: &str| awdb.check(host, user.into(), Secret::new("secret")).await.is_ok();
    assert!(awdb.has_secondary());
    assert!(ask(Host::Primary, "1001").await && !ask(Host::Primary, "2001").await);
    assert!(ask(Host::Secondary, "2001").await && !ask(Host::Secondary, "1001").await);
    let alone = a.awdb().probe(Host::Secondary).await;
    assert_eq!(alone.unwrap_err(), "no secondary AWDB is configured");
}

/// What a column must not hold is told with file and column; what it holds is not.
#[tokio::test]
async fn a_column_with_null_or_an_odd_type_is_an_error_that_names_it() {
    for (name, sql, says) in [
        ("null", "FirstName = NULL", "column Person.FirstName holds NULL where text should be"),
        (
            "blob",
            "Password = x'5ebe2294ecd0'",
            "column Person.Password holds binary data where text should be",
        ),
        ("enabled", "LoginEnabled = NULL", "column Person.LoginEnabled holds NULL where text should be"),
    ] {
        let file = File::with_people(name);
        file.execute(
            "DROP TABLE IF EXISTS t_Loose; CREATE TABLE t_Loose AS SELECT * FROM t_Person; DROP VIEW Person;
             CREATE VIEW Person AS SELECT * FROM t_Loose",
        );
        file.execute(&format!("UPDATE t_Loose SET {sql}"));
        let text = format!("{}: {says}", file.0.display());
        assert_eq!(file.check("1001", "secret").await, Err(SignInError::Unusable(text.clone())));
        assert_eq!(file.awdb().people(Host::Primary).await, Err(text));
        file.execute(
            "UPDATE t_Loose SET FirstName = 'A', Password = '', LoginEnabled = 'Y' WHERE PersonID > 5000",
        );
        let read = file.awdb().people(Host::Primary).await.unwrap().agents;
        assert!(
            !read.is_empty() && read.iter().all(|agent| agent.id.as_str() != "1001"),
            "only that row is left out"
        );
    }
}
