//! Whole conversations, by the bytes on the wire, and garbage in every state.

use proptest::prelude::*;

use super::*;
use crate::answer::Table;
use crate::column::{Column, ColumnType};
use crate::login::tests::written as login;
use crate::reader::to_utf16;
use crate::request::tests::with_headers;
use crate::value::Value;

const NOT_SUPPORTED: u8 = 2;
const OFF: u8 = 0;
const ON: u8 = 1;

fn session(encryption: Encryption) -> Session {
    Session::new(Server { name: "awdb-1".into(), encryption })
}

fn prelogin(word: u8) -> Vec<u8> {
    frame(packet::PRELOGIN, &[1, 0, 6, 0, 1, 0xFF, word], PACKET_SIZE)
}

fn login7() -> Vec<u8> {
    frame(packet::LOGIN, &login(0x7400_0004, "holdfast", "s3cret", "lab_awdb"), PACKET_SIZE)
}

fn batch(sql: &str) -> Vec<u8> {
    frame(packet::BATCH, &with_headers(&to_utf16(sql)), PACKET_SIZE)
}

fn drain(session: &mut Session) -> Vec<Output> {
    std::iter::from_fn(|| session.poll_output()).collect()
}

fn heard(session: &mut Session, bytes: &[u8]) -> Vec<Output> {
    session.heard(bytes);
    drain(session)
}

/// A client without TLS that has been let in.
fn inside() -> Session {
    let mut session = session(Encryption::Offered);
    heard(&mut session, &prelogin(NOT_SUPPORTED));
    heard(&mut session, &login7());
    session.admit("lab_awdb");
    drain(&mut session);
    session
}

fn one_row() -> Answer {
    let columns = vec![Column { name: "one".into(), kind: ColumnType::Int }];
    let table = Table { columns, rows: vec![vec![Value::Int(1)]] };
    Answer { outcomes: vec![Outcome::Rows(table)], failure: None }
}

fn asked(outputs: &[Output]) -> Vec<String> {
    let query = |output: &'_ Output| match output {
        Output::Query(query) => Some(query.sql.clone()),
        _ => None,
    };
    outputs.iter().filter_map(query).collect()
}

fn has(bytes: &[u8], text: &str) -> bool {
    let text = to_utf16(text);
    bytes.windows(text.len()).any(|window| window == text)
}

#[test]
fn a_client_without_tls_signs_in_and_asks() {
    let mut session = session(Encryption::Offered);
    assert!(matches!(&heard(&mut session, &prelogin(NOT_SUPPORTED))[..], [Output::Send(_)]));
    let [Output::Login(login)] = &heard(&mut session, &login7())[..] else { panic!() };
    assert_eq!((login.user.as_str(), login.database.as_str()), ("holdfast", "lab_awdb"));
    session.admit("lab_awdb");
    let [Output::Send(welcome)] = &drain(&mut session)[..] else { panic!() };
    assert!(has(welcome, "Microsoft SQL Server") && has(welcome, "lab_awdb"));
    assert_eq!(asked(&heard(&mut session, &batch("SELECT 1"))), ["SELECT 1"]);
    session.answer(&one_row());
    let [Output::Send(answer)] = &drain(&mut session)[..] else { panic!() };
    assert_eq!((answer[0], answer[8]), (packet::RESULT, 0x81));
}

#[test]
fn the_handshake_is_wrapped_and_what_follows_is_not() {
    let mut session = session(Encryption::Offered);
    heard(&mut session, &prelogin(ON));
    let hello = frame(packet::PRELOGIN, b"hello", PACKET_SIZE);
    assert_eq!(heard(&mut session, &hello), [Output::ToTls(b"hello".to_vec())]);
    session.tls_said(b"server hello");
    assert_eq!(drain(&mut session), [Output::Send(frame(packet::PRELOGIN, b"server hello", PACKET_SIZE))]);
    session.tls_ready();
    assert_eq!(heard(&mut session, b"record"), [Output::ToTls(b"record".to_vec())]);
    session.tls_opened(&login7());
    assert!(matches!(&drain(&mut session)[..], [Output::Login(_)]));
    session.admit("lab_awdb");
    assert!(matches!(&drain(&mut session)[..], [Output::Seal(_)]));
}

#[test]
fn a_record_right_behind_the_handshake_goes_to_tls_as_it_is() {
    let mut session = session(Encryption::Required);
    heard(&mut session, &prelogin(ON));
    session.heard(&[frame(packet::PRELOGIN, b"finished", PACKET_SIZE), b"record".to_vec()].concat());
    assert_eq!(session.poll_output(), Some(Output::ToTls(b"finished".to_vec())));
    session.tls_ready();
    assert_eq!(session.poll_output(), Some(Output::ToTls(b"record".to_vec())));
}

#[test]
fn encryption_of_the_login_alone_ends_with_it() {
    let mut session = session(Encryption::Offered);
    heard(&mut session, &prelogin(OFF));
    session.tls_ready();
    session.tls_opened(&login7());
    drain(&mut session);
    session.admit("lab_awdb");
    assert!(matches!(&drain(&mut session)[..], [Output::Send(_)]));
    assert_eq!(asked(&heard(&mut session, &batch("SELECT 1"))), ["SELECT 1"]);
}

#[test]
fn clear_text_is_not_let_in_where_tls_is_required() {
    let mut session = session(Encryption::Required);
    heard(&mut session, &prelogin(NOT_SUPPORTED));
    let outputs = heard(&mut session, &login7());
    assert_eq!(outputs, [Output::Close(Some(ProtocolError::Encryption))]);
}

#[test]
fn a_refusal_says_why_and_closes() {
    let mut session = session(Encryption::Offered);
    heard(&mut session, &prelogin(NOT_SUPPORTED));
    heard(&mut session, &login7());
    session.refuse(&[Failure::login_failed("holdfast")]);
    let [Output::Send(told), Output::Close(None)] = &drain(&mut session)[..] else { panic!() };
    assert_eq!(told[11..15], 18456i32.to_le_bytes());
    assert!(has(told, "Login failed for user 'holdfast'."));
    assert_eq!(heard(&mut session, &login7()), []);
}

#[test]
fn an_unknown_packet_is_an_error_and_the_end() {
    let mut session = inside();
    let [Output::Send(told), Output::Close(Some(why))] = &heard(&mut session, &frame(0x07, b"bulk", 512))[..]
    else {
        panic!()
    };
    assert_eq!((told[8], *why), (0xAA, ProtocolError::UnexpectedPacket { kind: 7 }));
}

#[test]
fn a_request_waits_for_the_one_before_it() {
    let mut session = inside();
    assert_eq!(asked(&heard(&mut session, &[batch("SELECT 1"), batch("SELECT 2")].concat())), ["SELECT 1"]);
    session.answer(&one_row());
    assert_eq!(asked(&drain(&mut session)), ["SELECT 2"]);
}

#[test]
fn an_attention_is_confirmed_after_the_answer() {
    let mut session = inside();
    heard(&mut session, &[batch("SELECT 1"), frame(packet::ATTENTION, &[], 512)].concat());
    session.answer(&one_row());
    let [Output::Send(_), Output::Send(confirmed)] = &drain(&mut session)[..] else { panic!() };
    assert_eq!(confirmed[8..11], [0xFD, 0x20, 0]);
}

#[test]
fn a_large_answer_comes_in_packets_of_the_size_agreed_on() {
    let mut session = inside();
    heard(&mut session, &batch("SELECT n"));
    let columns = vec![Column { name: "n".into(), kind: ColumnType::Int }];
    let rows = vec![vec![Value::Int(1)]; 5000];
    session.answer(&Answer { outcomes: vec![Outcome::Rows(Table { columns, rows })], failure: None });
    let [Output::Send(bytes)] = &drain(&mut session)[..] else { panic!() };
    let lengths: Vec<usize> = packet::packets(bytes).map(<[u8]>::len).collect();
    assert!(lengths.len() > 7 && lengths.iter().all(|length| *length <= 4096));
}

#[test]
fn a_transaction_begins_and_ends() {
    let mut session = inside();
    let [Output::Send(begun)] =
        &heard(&mut session, &frame(packet::TRANSACTION, &with_headers(&[5, 0, 0, 0]), 512))[..]
    else {
        panic!()
    };
    assert_eq!(begun[8..13], [0xE3, 11, 0, 8, 8]);
    let commit = frame(packet::TRANSACTION, &with_headers(&[7, 0, 0, 0]), 512);
    let [Output::Send(over)] = &heard(&mut session, &commit)[..] else { panic!() };
    assert_eq!(over[8..13], [0xE3, 11, 0, 9, 0]);
}

#[test]
fn whoever_never_ends_a_message_is_cut_off() {
    let mut session = inside();
    let part = [&[1, 0, 0x7F, 0xFF, 0, 0, 0, 0][..], &[0; 32759]].concat();
    let closed = (0..64).find_map(|_| {
        heard(&mut session, &part).into_iter().find(|output| matches!(output, Output::Close(Some(_))))
    });
    assert_eq!(closed, Some(Output::Close(Some(ProtocolError::LongMessage { max: REQUEST_MAX }))));
}

/// A session in each state, as a fuzzer's client finds it.
fn in_state(state: usize) -> Session {
    let mut session = session(Encryption::Offered);
    match state {
        0 => {}
        1 => drop(heard(&mut session, &prelogin(ON))),
        2 => drop(heard(&mut session, &prelogin(NOT_SUPPORTED))),
        3 => return inside(),
        _ => {
            session = inside();
            heard(&mut session, &batch("SELECT 1"));
        }
    }
    session
}

proptest! {
    #[test]
    fn garbage_never_panics_and_what_is_over_stays_so(
        state in 0usize..5,
        pieces in prop::collection::vec((0u8..20, prop::collection::vec(any::<u8>(), 0..200)), 1..6),
        framed in any::<bool>(),
    ) {
        let mut session = in_state(state);
        let mut over = false;
        for (kind, bytes) in pieces {
            let bytes = if framed { frame(kind, &with_headers(&bytes), 512) } else { bytes };
            for output in heard(&mut session, &bytes) {
                prop_assert!(!over, "nothing follows the end");
                match output {
                    Output::Login(_) => session.admit("d"),
                    Output::Query(_) => session.answer(&one_row()),
                    Output::ToTls(bytes) => session.tls_said(&bytes),
                    Output::Close(_) => over = true,
                    Output::Send(_) | Output::Seal(_) => {}
                }
            }
        }
    }
}
