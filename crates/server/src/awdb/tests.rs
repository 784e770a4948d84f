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
        create(&file.0, 5000, &people()).unwrap();
        file
    }

    fn execute(&self, sql: &str) {
        Connection::open(&self.0).unwrap().execute_batch(sql).unwrap();
    }

    fn awdb(&self) -> Awdb {
        Awdb::new(Settings {
            sqlite: self.0.clone(),
            peripheral_id: 5000,
            deadline: Duration::from_secs(5),
            concurrent: 2,
            encodings: vec![Encoding::Latin1],
        })
    }

    async fn check(&self, user: &str, password: &str) -> Result<Person, SignInError> {
        self.awdb().check(user.to_owned(), Secret::new(password)).await
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

fn row(id: &str, login_name: &str) -> PersonRow {
    PersonRow {
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

#[tokio::test]
async fn an_agent_signs_in_by_id_or_by_login_name_in_any_case() {
    let file = File::with_people("sign-in");
    let ada = Person {
        id: "1001".into(),
        login_name: "Ada.Lovelace".into(),
        first_name: "Ada".into(),
        last_name: "No1001".into(),
        supervisor: false,
        team: Some((node::domain::TeamId(5001), "Sales".into())),
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
    file.execute("INSERT INTO t_Agent_Team VALUES (4999, 'First', 5000, NULL, 5002, 0)");
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
    assert_eq!(file.refusal("1001", "secret").await, "the stored password has an unknown {enc:n} scheme");
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
    let mut settings = match file.awdb() {
        Awdb::Sqlite(sqlite) => (*sqlite.settings).clone(),
    };
    settings.deadline = Duration::from_millis(50);
    let verdict = Awdb::new(settings).check("1001".into(), Secret::new("secret")).await;
    assert!(matches!(verdict, Err(SignInError::Unreachable(_))), "{verdict:?}");
    holder.execute_batch("COMMIT").unwrap();
    assert!(file.check("1001", "secret").await.is_ok());
}

#[tokio::test]
async fn a_new_database_takes_the_place_of_the_old_one() {
    let file = File::with_people("replaced");
    let awdb = file.awdb();
    assert!(awdb.check("1002".into(), Secret::new("secret")).await.is_ok());
    create(&file.0, 5000, &[row("1001", "ada")]).unwrap();
    assert!(awdb.check("1001".into(), Secret::new("secret")).await.is_ok());
    assert!(awdb.check("1002".into(), Secret::new("secret")).await.is_err());
}

/// A connection that is kept still has the file, and must not be asked.
#[tokio::test]
async fn a_database_that_is_gone_is_unreachable_at_once() {
    let file = File::with_people("gone");
    let awdb = file.awdb();
    assert!(awdb.check("1001".into(), Secret::new("secret")).await.is_ok());
    std::fs::remove_file(&file.0).unwrap();
    let verdict = awdb.check("1001".into(), Secret::new("secret")).await;
    assert!(matches!(verdict, Err(SignInError::Unreachable(_))), "{verdict:?}");
}

/// What another program changes in the file counts for the next check on a connection that is kept.
#[tokio::test]
async fn a_change_in_the_database_counts_at_once() {
    let file = File::with_people("changed");
    let awdb = file.awdb();
    assert!(awdb.check("1001".into(), Secret::new("secret")).await.is_ok());
    file.execute("UPDATE t_Person SET LoginEnabled = 'N'");
    let verdict = awdb.check("1001".into(), Secret::new("secret")).await;
    assert!(matches!(verdict, Err(SignInError::Refused(_))), "{verdict:?}");
}
