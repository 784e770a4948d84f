//! PRELOGIN: who speaks, and whether there will be TLS (MS-TDS 2.2.6.5).

use crate::error::ProtocolError;
use crate::reader::Reader;

const VERSION: u8 = 0x00;
const ENCRYPTION: u8 = 0x01;
const INSTANCE: u8 = 0x02;
const THREAD: u8 = 0x03;
const MARS: u8 = 0x04;
const END: u8 = 0xFF;

const OFF: u8 = 0x00;
const ON: u8 = 0x01;
const NOT_SUPPORTED: u8 = 0x02;
const REQUIRED: u8 = 0x03;

/// Options in one PRELOGIN; MS-TDS knows nine.
const OPTIONS_MAX: usize = 32;

/// What a server is set to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encryption {
    /// As the client wants it: everything, the sign-in alone, or nothing.
    #[default]
    Offered,
    /// Everything, or no session.
    Required,
    /// Nothing.
    NotSupported,
}

/// What the two agreed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Agreed {
    /// No TLS at all.
    Nothing,
    /// TLS until LOGIN7 has come.
    LoginOnly,
    /// TLS to the end.
    Everything,
}

/// The server's answer, and what it means, to a client's PRELOGIN.
pub(crate) fn answer(body: &[u8], policy: Encryption) -> Result<(Vec<u8>, Agreed), ProtocolError> {
    let (word, agreed) = agree(asked(body)?, policy)?;
    // The version of SQL Server 2019, whose protocol this is.
    let options: [(u8, &[u8]); 5] = [
        (VERSION, &[15, 0, 0x07, 0xD0, 0, 0]),
        (ENCRYPTION, &[word]),
        (INSTANCE, &[0]),
        (THREAD, &[]),
        (MARS, &[0]),
    ];
    Ok((written(&options), agreed))
}

/// MS-TDS 2.2.6.5, the table of encryption.
fn agree(client: u8, policy: Encryption) -> Result<(u8, Agreed), ProtocolError> {
    match (client, policy) {
        (OFF, Encryption::Offered) => Ok((OFF, Agreed::LoginOnly)),
        (ON | REQUIRED, Encryption::Offered | Encryption::Required) => Ok((ON, Agreed::Everything)),
        (OFF, Encryption::Required) => Ok((REQUIRED, Agreed::Everything)),
        // The client may hang up; if it does not, clear text is not let in.
        (NOT_SUPPORTED, Encryption::Required) => Ok((REQUIRED, Agreed::Everything)),
        (NOT_SUPPORTED, Encryption::Offered) => Ok((NOT_SUPPORTED, Agreed::Nothing)),
        (OFF | ON | NOT_SUPPORTED | REQUIRED, Encryption::NotSupported) => {
            Ok((NOT_SUPPORTED, Agreed::Nothing))
        }
        (_, Encryption::Offered | Encryption::Required | Encryption::NotSupported) => {
            Err(ProtocolError::Encryption)
        }
    }
}

/// The client's word on encryption; without one it can none.
fn asked(body: &[u8]) -> Result<u8, ProtocolError> {
    let mut options = Reader::new(body);
    for _ in 0..OPTIONS_MAX {
        let option = options.u8("PRELOGIN option")?;
        if option == END {
            return Ok(NOT_SUPPORTED);
        }
        let [at, length] = [options.array("PRELOGIN option")?, options.array("PRELOGIN option")?]
            .map(|number| usize::from(u16::from_be_bytes(number)));
        if option == ENCRYPTION {
            let value = body.get(at..at.saturating_add(length)).and_then(<[u8]>::first);
            return value.copied().ok_or(ProtocolError::Truncated { what: "PRELOGIN option" });
        }
    }
    Err(ProtocolError::TooLong { what: "PRELOGIN", max: OPTIONS_MAX })
}

fn written(options: &[(u8, &[u8])]) -> Vec<u8> {
    let mut at = options.len() * 5 + 1;
    let (mut head, mut data) = (Vec::new(), Vec::new());
    for (option, value) in options {
        // Five options of at most six bytes: both numbers are below 100.
        let [at_bytes, length] =
            [at, value.len()].map(|number| u16::try_from(number).unwrap_or(u16::MAX).to_be_bytes());
        head.push(*option);
        head.extend(at_bytes);
        head.extend(length);
        data.extend_from_slice(value);
        at += value.len();
    }
    head.push(END);
    [head, data].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(word: u8) -> Vec<u8> {
        written(&[(VERSION, &[0; 6]), (ENCRYPTION, &[word]), (MARS, &[0])])
    }

    #[test]
    fn encryption_is_agreed_on_by_the_table() {
        let table = [
            (OFF, Encryption::Offered, OFF, Agreed::LoginOnly),
            (ON, Encryption::Offered, ON, Agreed::Everything),
            (NOT_SUPPORTED, Encryption::Offered, NOT_SUPPORTED, Agreed::Nothing),
            (OFF, Encryption::Required, REQUIRED, Agreed::Everything),
            (ON, Encryption::Required, ON, Agreed::Everything),
            (NOT_SUPPORTED, Encryption::Required, REQUIRED, Agreed::Everything),
            (ON, Encryption::NotSupported, NOT_SUPPORTED, Agreed::Nothing),
        ];
        for (asks, policy, says, agreed) in table {
            let (bytes, got) = answer(&client(asks), policy).unwrap();
            assert_eq!((super::asked(&bytes).unwrap(), got), (says, agreed), "{asks} {policy:?}");
        }
    }

    #[test]
    fn a_client_without_the_option_can_no_tls() {
        assert_eq!(asked(&written(&[(VERSION, &[0; 6])])), Ok(NOT_SUPPORTED));
    }

    #[test]
    fn offsets_that_lead_nowhere_are_errors() {
        assert!(asked(&[ENCRYPTION, 0xFF, 0xFF, 0, 1, END]).is_err());
        assert!(asked(&[ENCRYPTION, 0]).is_err());
        assert!(asked(&[VERSION; 400]).is_err());
        assert_eq!(agree(9, Encryption::Offered), Err(ProtocolError::Encryption));
    }
}
