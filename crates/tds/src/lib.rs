//! The server side of TDS 7.2 to 7.4, the protocol of SQL Server (MS-TDS), as far as a database needs it that is only read.
//!
//! Owns packets, the negotiation of encryption, LOGIN7, the decoding of requests and the encoding of results. Never opens
//! a socket, runs TLS, judges a password or knows SQL: [`Session`] hands out what was asked and is given the answer.
//! Driven by the lab's AWDB hosts and by the fuzzer.
//!
//! ```text
//! socket ─▶ Session::heard ─▶ Output::ToTls ─▶ (TLS) ─▶ Session::tls_opened ─▶ Output::{Login, Query}
//! socket ◀─ Output::Send ◀─ Session::tls_said ◀─ (TLS) ◀─ Output::Seal ◀─ Session::{admit, refuse, answer}
//! ```

mod answer;
mod column;
mod datetime;
mod error;
mod login;
mod packet;
mod prelogin;
mod reader;
mod request;
mod session;
mod token;
mod value;

pub use answer::{Answer, Failure, Outcome, Table};
pub use column::{Column, ColumnType};
pub use error::ProtocolError;
pub use login::{Login, Password, Version};
pub use packet::packets;
pub use prelogin::Encryption;
pub use request::Query;
pub use session::{Output, Server, Session};
pub use value::Value;
