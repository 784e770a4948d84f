//! The tokens of an answer (MS-TDS 2.2.7).

use crate::answer::{Answer, Failure, Outcome, Table};
use crate::column::COLLATION;
use crate::login::Version;

const MORE: u16 = 0x01;
const ERROR: u16 = 0x02;
const COUNT: u16 = 0x10;
const ATTENTION: u16 = 0x20;

/// What SQL Server calls itself in LOGINACK; clients go by it.
const PROGRAM: &str = "Microsoft SQL Server";

/// Units in a text with one byte of length.
const SHORT_MAX: usize = 255;

/// Units of the longest message of an error; what is longer is cut, as its token has two bytes of length for all.
const MESSAGE_MAX: usize = 2000;

/// Which token ends a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// A text of SQL: DONE.
    Batch,
    /// A procedure: DONEINPROC for each statement, then its status and DONEPROC.
    Call,
}

/// Writes tokens.
#[derive(Debug)]
pub(crate) struct Tokens<'a> {
    bytes: Vec<u8>,
    server: &'a str,
}

impl<'a> Tokens<'a> {
    pub(crate) fn of(server: &'a str) -> Self {
        Self { bytes: Vec::new(), server }
    }

    pub(crate) fn finish(self) -> Vec<u8> {
        self.bytes
    }

    /// The client is in.
    pub(crate) fn welcome(&mut self, version: Version, database: &str, packet_size: usize) {
        self.database(database, "master");
        self.sized(0xE3, &[&[7, 5][..], &COLLATION, &[0]].concat());
        let mut ack = vec![1];
        ack.extend(version.bytes());
        short_text(&mut ack, PROGRAM);
        ack.extend([15, 0, 0x07, 0xD0]);
        self.sized(0xAD, &ack);
        self.change(4, &packet_size.to_string(), "4096");
        self.done(0xFD, 0, 0);
    }

    /// The client stays out.
    pub(crate) fn refusal(&mut self, failures: &[Failure]) {
        failures.iter().for_each(|failure| self.failure(failure));
        self.done(0xFD, ERROR, 0);
    }

    /// Everything that a request gave.
    pub(crate) fn answer(&mut self, answer: &Answer, end: End, database: &str) {
        let (done, last) = match end {
            End::Batch => (0xFD, None),
            End::Call => (0xFF, Some(0xFE)),
        };
        let mut failure = answer.failure.clone();
        let (count, mut database) = (answer.outcomes.len(), database.to_owned());
        for (at, outcome) in answer.outcomes.iter().enumerate() {
            let more = if at + 1 < count || failure.is_some() || last.is_some() { MORE } else { 0 };
            match outcome {
                Outcome::Done => self.done(done, more, 0),
                Outcome::Database(name) => {
                    self.database(name, &database);
                    database.clone_from(name);
                    self.done(done, more, 0);
                }
                Outcome::Rows(table) => match self.rows(table) {
                    Ok(()) => self.done(done, more | COUNT, table.rows.len() as u64),
                    Err(misfit) => {
                        failure = Some(misfit);
                        break;
                    }
                },
            }
        }
        self.end(failure.as_ref(), last, count == 0);
    }

    fn end(&mut self, failure: Option<&Failure>, last: Option<u8>, nothing: bool) {
        if let Some(failure) = failure {
            self.failure(failure);
        }
        let status = if failure.is_some() { ERROR } else { 0 };
        match last {
            Some(last) => {
                let returned = failure.map_or(0, |failure| failure.number);
                self.bytes.push(0x79);
                self.bytes.extend(returned.to_le_bytes());
                self.done(last, status, 0);
            }
            None if failure.is_some() || nothing => self.done(0xFD, status, 0),
            None => {}
        }
    }

    /// The client took its request back, and it is over.
    pub(crate) fn attention(&mut self) {
        self.done(0xFD, ATTENTION, 0);
    }

    /// The session began anew.
    pub(crate) fn reset(&mut self) {
        self.sized(0xE3, &[18, 0, 0]);
    }

    /// A transaction begins; it has no meaning to a database that is only read.
    pub(crate) fn begun(&mut self, descriptor: u64) {
        self.sized(0xE3, &[&[8, 8][..], &descriptor.to_le_bytes(), &[0]].concat());
    }

    /// A transaction is over: `kind` is 9 when it was committed, 10 when it was rolled back.
    pub(crate) fn over(&mut self, kind: u8, descriptor: u64) {
        self.sized(0xE3, &[&[kind, 0, 8][..], &descriptor.to_le_bytes()].concat());
    }

    /// A request without a result is over.
    pub(crate) fn over_and_done(&mut self) {
        self.done(0xFD, 0, 0);
    }

    pub(crate) fn failure(&mut self, failure: &Failure) {
        self.message(0xAA, failure);
    }

    fn database(&mut self, name: &str, before: &str) {
        self.change(1, name, before);
        let told = Failure {
            number: 5701,
            class: 0,
            state: 2,
            message: format!("Changed database context to '{name}'."),
        };
        self.message(0xAB, &told);
    }

    fn message(&mut self, token: u8, told: &Failure) {
        let mut data = Vec::new();
        data.extend(told.number.to_le_bytes());
        data.extend([told.state, told.class]);
        let message: Vec<u16> = told.message.encode_utf16().take(MESSAGE_MAX).collect();
        data.extend(u16::try_from(message.len()).unwrap_or(0).to_le_bytes());
        data.extend(message.into_iter().flat_map(u16::to_le_bytes));
        short_text(&mut data, self.server);
        short_text(&mut data, "");
        data.extend(1u32.to_le_bytes());
        self.sized(token, &data);
    }

    fn change(&mut self, kind: u8, new: &str, old: &str) {
        let mut data = vec![kind];
        short_text(&mut data, new);
        short_text(&mut data, old);
        self.sized(0xE3, &data);
    }

    /// COLMETADATA, then a ROW for each; nothing at all if a value does not fit its column.
    fn rows(&mut self, table: &Table) -> Result<(), Failure> {
        let mut bytes = vec![0x81];
        // SQLite has at most 2,000 columns in a result.
        bytes.extend(u16::try_from(table.columns.len()).unwrap_or(u16::MAX).to_le_bytes());
        table.columns.iter().for_each(|column| column.describe(&mut bytes));
        for row in &table.rows {
            bytes.push(0xD1);
            for (column, value) in table.columns.iter().zip(row) {
                column.write(value, &mut bytes)?;
            }
        }
        self.bytes.append(&mut bytes);
        Ok(())
    }

    fn done(&mut self, token: u8, status: u16, rows: u64) {
        self.bytes.push(token);
        self.bytes.extend(status.to_le_bytes());
        // The kind of statement: SELECT where rows are counted.
        self.bytes.extend(if status & COUNT == 0 { [0, 0] } else { [0xC1, 0] });
        self.bytes.extend(rows.to_le_bytes());
    }

    /// A token with two bytes of length.
    fn sized(&mut self, token: u8, data: &[u8]) {
        self.bytes.push(token);
        // An error has at most 4,000 bytes of message and 1,000 of names; the others are shorter.
        self.bytes.extend(u16::try_from(data.len()).unwrap_or(u16::MAX).to_le_bytes());
        self.bytes.extend_from_slice(data);
    }
}

/// Text with one byte of length before it, cut where that ends.
pub(crate) fn short_text(to: &mut Vec<u8>, text: &str) {
    let units: Vec<u16> = text.encode_utf16().take(SHORT_MAX).collect();
    to.push(u8::try_from(units.len()).unwrap_or(u8::MAX));
    to.extend(units.into_iter().flat_map(u16::to_le_bytes));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::column::{Column, ColumnType};
    use crate::value::Value;

    fn table(kind: ColumnType, value: Value) -> Table {
        Table { columns: vec![Column { name: "n".into(), kind }], rows: vec![vec![value]] }
    }

    fn written(answer: &Answer, end: End) -> Vec<u8> {
        let mut tokens = Tokens::of("s");
        tokens.answer(answer, end, "db");
        tokens.finish()
    }

    #[test]
    fn a_row_of_a_batch() {
        let outcomes = vec![Outcome::Rows(table(ColumnType::Int, Value::Int(7)))];
        let metadata = [0x81, 1, 0, 0, 0, 0, 0, 1, 0, 0x26, 4, 1, b'n', 0];
        let row = [0xD1, 4, 7, 0, 0, 0];
        let done = [0xFD, COUNT as u8, 0, 0xC1, 0, 1, 0, 0, 0, 0, 0, 0, 0];
        let whole = [&metadata[..], &row, &done].concat();
        assert_eq!(written(&Answer { outcomes, failure: None }, End::Batch), whole);
    }

    #[test]
    fn a_call_ends_with_its_status() {
        let bytes = written(&Answer { outcomes: vec![Outcome::Done], failure: None }, End::Call);
        assert_eq!((bytes[0], bytes[1]), (0xFF, 1));
        assert_eq!(bytes[13..18], [0x79, 0, 0, 0, 0]);
        assert_eq!((bytes[18], bytes[19], bytes.len()), (0xFE, 0, 31));
    }

    #[test]
    fn an_answer_always_ends_with_a_final_done() {
        for end in [End::Batch, End::Call] {
            for failure in [None, Some(Failure::syntax("x"))] {
                for outcomes in
                    [vec![], vec![Outcome::Done], vec![Outcome::Done, Outcome::Database("b".into())]]
                {
                    let bytes = written(&Answer { outcomes, failure: failure.clone() }, end);
                    let [token, status, ..] = bytes[bytes.len() - 13..] else { panic!() };
                    assert_eq!(token, if end == End::Batch { 0xFD } else { 0xFE });
                    assert_eq!(u16::from(status), if failure.is_some() { ERROR } else { 0 });
                }
            }
        }
    }

    #[test]
    fn a_value_that_does_not_fit_is_an_error_and_no_row() {
        let outcomes = vec![Outcome::Rows(table(ColumnType::Int, Value::Text("x".into())))];
        let bytes = written(&Answer { outcomes, failure: None }, End::Batch);
        assert_eq!((bytes[0], i32::from_le_bytes(bytes[3..7].try_into().unwrap())), (0xAA, 8114));
    }
}
