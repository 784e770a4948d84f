//! What went wrong, in words for whoever runs the site (awdb.md section 8).
//!
//! The server's own words are repeated only where they name an object. Other messages quote data: a conversion error
//! shows the value that could not be converted, and that may be a password's hash.

use tiberius::error::{Error, IoErrorKind, TokenError};

use super::connection::Trouble;

/// Longest message of a server that is repeated, in characters.
const MESSAGE_MAX: usize = 200;

/// Why the login failed.
pub(super) fn login(error: &Error, database: &str) -> String {
    match error {
        Error::Server(said) => server(said, database),
        Error::Io { kind, message } => lost(*kind, message, "before the account was accepted"),
        Error::Routing { host, port } => {
            format!("the server sends its clients on to {}:{port}; name that host instead", clean(host))
        }
        other => nonsense(other),
    }
}

/// Why a SELECT was not answered; `nothing` says that not a byte of an answer came.
pub(super) fn asked(error: &Error, nothing: bool) -> Trouble {
    match error {
        Error::Io { kind, message } if nothing => Trouble::Dead(lost(*kind, message, "before it answered")),
        other => answered(other),
    }
}

/// Why an answer ended before its end.
pub(super) fn answered(error: &Error) -> Trouble {
    Trouble::Nonsense(match error {
        Error::Server(said) => server(said, ""),
        Error::Io { kind, message } => lost(*kind, message, "in the middle of an answer"),
        other => nonsense(other),
    })
}

fn server(said: &TokenError, database: &str) -> String {
    let code = said.code();
    let message = clean(said.message());
    match code {
        18_452 | 18_456 | 18_470 | 18_486 | 18_487 | 18_488 => {
            format!("the AWDB refuses the account (error {code})")
        }
        4_060 | 911 if database.is_empty() => format!("the database cannot be opened (error {code})"),
        4_060 | 911 => format!("database {database} cannot be opened (error {code})"),
        208 => format!("a view is missing, wrong schema or database: {message} (error 208)"),
        207 => format!("a column is missing, wrong schema or database: {message} (error 207)"),
        229 | 230 => format!("the account has no right to read: {message} (error {code})"),
        _ => format!("the server reports error {code} of class {}", said.class()),
    }
}

fn lost(kind: IoErrorKind, message: &str, when: &str) -> String {
    match kind {
        IoErrorKind::UnexpectedEof | IoErrorKind::ConnectionReset | IoErrorKind::BrokenPipe => {
            format!("the server closed the connection {when}")
        }
        _ => format!("the connection broke {when}: {}", clean(message)),
    }
}

/// The driver's own words may quote what it could not read.
fn nonsense(error: &Error) -> String {
    let what = match error {
        Error::Encoding(_) | Error::Utf8 | Error::Utf16 => "text in an encoding that it does not announce",
        Error::Conversion(_) | Error::ParseInt(_) => "a value that is none of its type",
        _ => "something that is no TDS",
    };
    format!("the server sends {what}")
}

fn clean(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(MESSAGE_MAX).collect()
}
