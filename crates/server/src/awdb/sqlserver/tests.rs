//! What a server may do to us: each fault is told with host, database and cause, and none outlives its connection.

use node::domain::Secret;

use super::script::{Reply, Scripted, Sent, error, greeting, one_row, row, welcome};
use super::*;
use crate::awdb::password::Encoding;
use crate::awdb::{MarkKey, ask::Question};

/// A server that signs us in and answers each query with that.
async fn answering(answer: impl Fn(usize, usize) -> Reply + Send + Sync + 'static) -> Scripted {
    Scripted::start(move |connection, message| match message {
        0 => greeting(),
        1 => welcome(),
        query => answer(connection, query - 2),
    })
    .await
}

fn now() -> Reply {
    one_row(&[Sent::Text(Some("now"))])
}

/// What a probe of the server says.
async fn told(server: &Scripted) -> String {
    let why = server.server().probe().await.unwrap_err().0;
    why.strip_prefix(&server.place()).unwrap_or_else(|| panic!("{why}")).to_owned()
}

fn rules() -> Rules {
    Rules { peripheral_id: 5000, encodings: vec![Encoding::Latin1], key: MarkKey::new([7; 32]) }
}

#[tokio::test]
async fn errors_of_a_login_say_what_is_to_be_set_right() {
    for (number, message, says) in [
        (18_456, "Login failed for user 'holdfast'.", "the AWDB refuses the account (error 18456)"),
        (4_060, "Cannot open database", "database ucce_awdb cannot be opened (error 4060)"),
        (17_809, "Too many connections: account-471147", "the server reports error 17809 of class 14"),
    ] {
        let server = Scripted::start(move |_, message_number| match message_number {
            0 => greeting(),
            _ => error(number, message),
        });
        assert_eq!(told(&server.await).await, says);
    }
}

#[tokio::test]
async fn errors_of_a_query_say_what_is_missing() {
    let view = "Invalid object name 'dbo.Controller_Time'.";
    let column = "Invalid column name 'NowTime'.";
    let right = "The SELECT permission was denied on the object 'Controller_Time'.";
    for (number, message, says) in [
        (208, view, format!("a view is missing, wrong schema or database: {view} (error 208)")),
        (207, column, format!("a column is missing, wrong schema or database: {column} (error 207)")),
        (229, right, format!("the account has no right to read: {right} (error 229)")),
        (911, "no such database", "the database cannot be opened (error 911)".into()),
        (1_205, "chosen as the deadlock victim", "the server reports error 1205 of class 14".into()),
    ] {
        let server = answering(move |_, _| error(number, message)).await;
        assert_eq!(told(&server).await, says);
    }
}

/// An error of conversion quotes the value, and the value may be a password's hash.
#[tokio::test]
async fn what_a_server_quotes_from_a_row_is_not_repeated() {
    let quoted = "Conversion failed when converting the varchar value '5ebe2294ecd0e0f0' to data type int.";
    let server = answering(move |_, _| error(245, quoted)).await;
    assert_eq!(told(&server).await, "the server reports error 245 of class 14");
}

#[tokio::test]
async fn a_column_with_null_or_an_odd_type_is_an_error_that_names_it() {
    for (sent, says) in [
        (Sent::Text(None), "NULL"),
        (Sent::Int(Some(7)), "a number"),
        (Sent::Int(None), "NULL"),
        (Sent::Binary(b"\x01"), "binary data"),
    ] {
        let answer = one_row(&[sent]);
        let server = answering(move |_, _| answer.clone()).await;
        let says = format!("column Controller_Time.NowTime holds {says} where text should be");
        assert_eq!(told(&server).await, says);
    }
    let nothing = answering(|_, _| one_row(&[])).await;
    assert_eq!(told(&nothing).await, "column Controller_Time.NowTime holds nothing where text should be");
}

#[tokio::test]
async fn a_stored_password_of_an_odd_type_matches_nothing() {
    let text = |text| Sent::Text(Some(text));
    let stored = Sent::Binary(b"\x5e\xbe\x22\x94\xec\xd0\xe0\xf0\x8e\xab\x76\x90\xd2\xa6\xee\x69");
    let names = [text("1001"), text("ada"), text("ADA"), text("Ada"), text("Lovelace")];
    let columns = names.into_iter().chain([stored, text("Y"), text("N"), Sent::Int(Some(5000))]);
    let answer = one_row(&columns.collect::<Vec<_>>());
    let server = answering(move |_, _| answer.clone()).await;
    let question = Question::new("1001".into(), Secret::new("secret")).unwrap();
    let why = "column Person.Password holds binary data where text should be";
    let expected = SignInError::Unusable(format!("{}{why}", server.place()));
    assert_eq!(server.server().check(&rules(), &question).await, Err(expected));
}

/// A collation may hold `1001 ` or a look-alike for equal to what was asked for.
#[tokio::test]
async fn a_row_that_is_not_the_one_asked_for_is_nobody() {
    let text = |text| Sent::Text(Some(text));
    let names = [text("1001"), text("ada"), text("ADA"), text("Ada"), text("Lovelace")];
    let stored = text("5ebe2294ecd0e0f08eab7690d2a6ee69");
    let columns = names.into_iter().chain([stored, text("Y"), text("N"), Sent::Int(Some(5000))]);
    let answer = one_row(&columns.collect::<Vec<_>>());
    let server = answering(move |_, _| answer.clone()).await;
    for user in ["1001 ", "\u{ff11}001", "ad\u{e0}"] {
        let question = Question::new(user.into(), Secret::new("secret")).unwrap();
        let verdict = server.server().check(&rules(), &question).await;
        assert_eq!(verdict, Err(SignInError::Refused("no such user")), "{user}");
    }
}

#[tokio::test]
async fn what_is_no_sql_server_is_told_as_such() {
    let web = Scripted::start(|_, _| Reply::Raw(b"HTTP/1.1 400 Bad Request\r\n\r\n".to_vec())).await;
    assert_eq!(told(&web).await, "no SQL Server answers there");
    let silent = Scripted::start(|_, _| Reply::Broken(Vec::new())).await;
    assert_eq!(told(&silent).await, "the server closed the connection before the login");
    for garbage in [&[0xff; 40][..], &[0; 40], &[0xd1; 400], &[0xe3, 0xff, 0xff, 1, 2], &[0xad, 4, 0, 1]] {
        let login = garbage.to_vec();
        let server = Scripted::start(move |_, message| match message {
            0 => greeting(),
            _ => Reply::Tokens(login.clone()),
        });
        assert!(server.await.with(quick).probe().await.is_err(), "{garbage:?}");
        let rows = garbage.to_vec();
        let server = answering(move |_, _| Reply::Tokens(rows.clone())).await;
        assert!(server.with(quick).probe().await.is_err(), "{garbage:?}");
    }
}

#[tokio::test]
async fn a_server_of_an_old_tls_is_named_as_such() {
    let mut encrypts = super::prelogin::NO_ENCRYPTION.to_vec();
    *encrypts.last_mut().unwrap() = 1;
    // PRELOGIN packets with: fatal alert protocol_version; fatal alert handshake_failure; nothing.
    for (alert, says) in [
        (Some(70), "the server speaks only an old TLS, before 1.2"),
        (Some(40), "the server knows no cipher of TLS 1.2 or 1.3 that is still safe"),
        (None, "the server closed the connection in the TLS handshake; does it speak TLS 1.2?"),
    ] {
        let encrypts = encrypts.clone();
        let server = Scripted::start(move |_, message| match (message, alert) {
            (0, _) => Reply::Raw(encrypts.clone()),
            (_, Some(alert)) => Reply::Raw(vec![0x12, 1, 0, 15, 0, 0, 1, 0, 21, 3, 1, 0, 2, 2, alert]),
            (_, None) => Reply::Broken(Vec::new()),
        })
        .await;
        let why = server.with(|settings| settings.encrypt = Encrypt::Required).probe().await.unwrap_err();
        assert_eq!(why.0, format!("{}{says}", server.place()));
    }
}

#[tokio::test]
async fn a_password_is_not_sent_to_a_server_that_does_not_encrypt() {
    let server = Scripted::start(|_, message| {
        assert_eq!(message, 0, "nothing after PRELOGIN");
        greeting()
    })
    .await;
    for encrypt in [Encrypt::Required, Encrypt::Login] {
        let why = server.with(|settings| settings.encrypt = encrypt).probe().await.unwrap_err();
        assert!(why.0.contains("does not encrypt at all"), "{why}");
    }
}

fn quick(settings: &mut Settings) {
    let moment = Duration::from_millis(100);
    settings.timeouts.login = moment;
    settings.timeouts.query = moment;
}

#[tokio::test]
async fn a_server_that_hangs_is_given_up_at_the_deadline_of_the_step_and_its_connection_dropped() {
    let half = || row(&[Sent::Text(Some("now"))]);
    let mut hangs = Scripted::start(move |connection, message| match (connection, message) {
        (0, 0) => Reply::Half(Vec::new()),
        (_, 0) => greeting(),
        (1, 1) => Reply::Half(Vec::new()),
        (_, 1) => welcome(),
        (2, _) => Reply::Half(Vec::new()),
        (3, _) => Reply::Half(half()),
        _ => now(),
    })
    .await;
    let server = hangs.with(quick);
    for (connection, step) in ["logged in", "logged in", "answered", "answered"].into_iter().enumerate() {
        let why = server.probe().await.unwrap_err().0;
        assert_eq!(why, format!("{}not {step} within 100ms", hangs.place()));
        hangs.ended(connection + 1).await;
    }
    assert_eq!(server.probe().await.unwrap().now_time, "now");
    assert_eq!(hangs.connections(), 5);
}

#[tokio::test]
async fn a_question_that_is_abandoned_takes_its_connection_with_it() {
    let mut server = answering(|connection, query| match (connection, query) {
        (0, 1) => Reply::Half(Vec::new()),
        _ => now(),
    })
    .await;
    let awdb = server.server();
    awdb.probe().await.unwrap();
    assert!(timeout(Duration::from_millis(100), awdb.probe()).await.is_err());
    server.ended(1).await;
    awdb.probe().await.unwrap();
    assert_eq!(server.connections(), 2);
}

#[tokio::test]
async fn a_connection_is_kept_and_one_that_died_meanwhile_is_replaced_once() {
    let mut server = answering(|connection, query| match (connection, query) {
        // It answers twice and is gone when the third question comes.
        (0, 1) => Reply::Raw([packet_of_now(), Vec::new()].concat()),
        (0, 2) => Reply::Broken(Vec::new()),
        _ => now(),
    })
    .await;
    let awdb = server.server();
    awdb.probe().await.unwrap();
    awdb.probe().await.unwrap();
    assert_eq!(server.connections(), 1, "kept");
    awdb.probe().await.unwrap();
    server.ended(1).await;
    assert_eq!(server.connections(), 2, "replaced");
}

fn packet_of_now() -> Vec<u8> {
    let Reply::Tokens(tokens) = now() else { panic!("tokens") };
    let length = u8::try_from(tokens.len() + 8).unwrap();
    [&[4, 1, 0, length, 0, 0, 1, 0], &tokens[..]].concat()
}

#[tokio::test]
async fn an_answer_that_breaks_off_is_no_answer_and_is_not_asked_for_again() {
    let half = row(&[Sent::Text(Some("now"))]);
    let server =
        answering(move |_, query| if query == 0 { now() } else { Reply::Broken(half.clone()) }).await;
    let awdb = server.server();
    awdb.probe().await.unwrap();
    let why = awdb.probe().await.unwrap_err().0;
    assert_eq!(why, format!("{}the server closed the connection in the middle of an answer", server.place()));
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn no_more_questions_are_asked_at_once_than_were_allowed() {
    let server = answering(|_, _| Reply::Half(Vec::new())).await;
    let awdb = server.with(|settings| {
        settings.timeouts.connect = Duration::from_millis(300);
        settings.timeouts.query = Duration::from_secs(60);
    });
    let asked = [awdb.clone(), awdb.clone()].map(|awdb| tokio::spawn(async move { awdb.probe().await }));
    while server.connections() < 2 {
        tokio::task::yield_now().await;
    }
    assert_eq!(awdb.probe().await.unwrap_err().0, format!("{}every connection is in use", server.place()));
    asked.into_iter().for_each(|one| one.abort());
}

#[tokio::test]
async fn whatever_prints_them_the_settings_show_no_password() {
    let server = answering(|_, _| now()).await;
    let awdb = server.server();
    awdb.probe().await.unwrap();
    assert!(!format!("{awdb:?}").contains("471147"));
}
