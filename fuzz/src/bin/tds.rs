//! What a client says to a TDS server. Run by `fuzz/run`. The first byte of an input tells what the server wants of encryption,
//! and whether clients are let in; then come the bytes of the client, in pieces as long as the byte before each says. TLS
//! encrypts nothing here, and its handshake is over with the first bytes.

#![no_main]

use libfuzzer_sys::fuzz_target;
use tds::{
    Answer, Column, ColumnType, Encryption, Failure, Outcome, Output, Server, Session, Table, Value, packets,
};

fuzz_target!(|input: &[u8]| {
    let Some((how, mut rest)) = input.split_first() else { return };
    let encryption = match how & 3 {
        0 | 3 => Encryption::Offered,
        1 => Encryption::Required,
        _ => Encryption::NotSupported,
    };
    let mut client =
        Client { session: Session::new(Server { name: "fuzz".into(), encryption }), over: false };
    while let Some((length, after)) = rest.split_first() {
        let (piece, after) = after.split_at(after.len().min((*length).into()));
        client.session.heard(piece);
        client.drain(how & 4 == 0);
        rest = after;
    }
});

struct Client {
    session: Session,
    over: bool,
}

impl Client {
    fn drain(&mut self, admits: bool) {
        while let Some(output) = self.session.poll_output() {
            assert!(!self.over, "nothing follows the end");
            match output {
                Output::Login(login) if admits && !login.windows => self.session.admit(&login.database),
                Output::Login(login) => self.session.refuse(&[Failure::login_failed(&login.user)]),
                Output::Query(query) => self.session.answer(&echo(query)),
                Output::ToTls(bytes) => {
                    self.session.tls_said(&bytes);
                    self.session.tls_ready();
                    self.session.tls_opened(&bytes);
                }
                Output::Close(_) => self.over = true,
                Output::Seal(bytes) => assert!(packets(&bytes).all(whole), "only packets are sealed"),
                Output::Send(_) => {}
            }
        }
    }
}

fn whole(packet: &[u8]) -> bool {
    packet.len() >= 8 && usize::from(u16::from_be_bytes([packet[2], packet[3]])) == packet.len()
}

/// The text and the parameters, as rows.
fn echo(query: tds::Query) -> Answer {
    let column = |name: &str, kind| Column { name: name.into(), kind };
    let columns = vec![column("name", ColumnType::TEXT), column("value", ColumnType::BigInt)];
    let row = |(name, value): (String, Value)| vec![Value::Text(name), value];
    let rows = query.parameters.into_iter().map(row).collect();
    let used = Outcome::Database(query.sql);
    Answer { outcomes: vec![Outcome::Rows(Table { columns, rows }), used], failure: None }
}
