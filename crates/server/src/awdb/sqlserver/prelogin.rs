//! The first exchange of a connection, PRELOGIN: who encrypts what. In the clear, before anything is known of the other
//! end, so every length is checked.

use std::io;

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};

use super::Encrypt;

/// Bytes of the header of a packet: type, status, length of the whole, and four that nobody reads.
pub(super) const HEADER: usize = 8;

/// Type of the packets before the login.
pub(super) const PRELOGIN: u8 = 0x12;

/// Type of every answer of a server.
const ANSWER: u8 = 0x04;

/// Status of the last packet of a message.
pub(super) const LAST: u8 = 0x01;

/// Longest packet before a size is agreed on.
pub(super) const PACKET_MAX: usize = 4096;

const ENCRYPT_OFF: u8 = 0;
const ENCRYPT_ON: u8 = 1;
const ENCRYPT_NOT_SUPPORTED: u8 = 2;
const ENCRYPT_REQUIRED: u8 = 3;

/// The token of the option that says who encrypts what.
const ENCRYPTION: u8 = 1;

/// What TLS covers from now on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cover {
    /// The whole connection.
    All,
    /// The login alone.
    Login,
    /// Nothing.
    Nothing,
}

/// Our packet: VERSION, ENCRYPTION, INSTOPT, THREADID and MARS, each with offset and length, then their values.
pub(super) fn request(encrypt: Encrypt) -> [u8; 47] {
    let encryption = match encrypt {
        Encrypt::Required => ENCRYPT_ON,
        Encrypt::Login => ENCRYPT_OFF,
        Encrypt::Off => ENCRYPT_NOT_SUPPORTED,
    };
    #[rustfmt::skip]
    let packet = [
        PRELOGIN, LAST, 0, 47, 0, 0, 1, 0,
        0, 0, 26, 0, 6,   ENCRYPTION, 0, 32, 0, 1,   2, 0, 33, 0, 1,   3, 0, 34, 0, 4,   4, 0, 38, 0, 1,   0xff,
        0, 0, 0, 0, 0, 0,   encryption,   0,   0, 0, 0, 0,   0,
    ];
    packet
}

/// An answer that the driver takes for that of a server without encryption: VERSION and ENCRYPTION.
#[rustfmt::skip]
pub(super) const NO_ENCRYPTION: [u8; 26] = [
    ANSWER, LAST, 0, 26, 0, 0, 1, 0,
    0, 0, 11, 0, 6,   ENCRYPTION, 0, 17, 0, 1,   0xff,
    0, 0, 0, 0, 0, 0,   ENCRYPT_NOT_SUPPORTED,
];

/// Asks, and says what TLS is to cover.
pub(super) async fn exchange(
    stream: &mut (impl AsyncRead + AsyncWrite + Unpin),
    encrypt: Encrypt,
) -> Result<Cover, String> {
    stream.write_all(&request(encrypt)).await.map_err(|why| lost(&why))?;
    let answer = read(stream).await?;
    let theirs = encryption(&answer).ok_or("the server's PRELOGIN does not say what it encrypts")?;
    agree(encrypt, theirs)
}

fn agree(ours: Encrypt, theirs: u8) -> Result<Cover, String> {
    match (ours, theirs) {
        (Encrypt::Required | Encrypt::Login, ENCRYPT_ON | ENCRYPT_REQUIRED) => Ok(Cover::All),
        (Encrypt::Login, ENCRYPT_OFF) => Ok(Cover::Login),
        (Encrypt::Off, ENCRYPT_OFF | ENCRYPT_NOT_SUPPORTED) => Ok(Cover::Nothing),
        (Encrypt::Required | Encrypt::Login, ENCRYPT_NOT_SUPPORTED) => {
            Err("the server does not encrypt at all; without encryption only with encrypt = \"off\"".into())
        }
        (Encrypt::Required, ENCRYPT_OFF) => {
            Err("the server encrypts the login alone; such a server only with encrypt = \"login\"".into())
        }
        (Encrypt::Off, ENCRYPT_ON | ENCRYPT_REQUIRED) => {
            Err("the server demands encryption; encrypt = \"off\" cannot work with it".into())
        }
        (_, other) => Err(format!("the server's PRELOGIN asks for an unknown encryption ({other})")),
    }
}

/// The body of the server's packet.
async fn read(stream: &mut (impl AsyncRead + Unpin)) -> Result<Vec<u8>, String> {
    let mut header = [0; HEADER];
    stream.read_exact(&mut header).await.map_err(|why| lost(&why))?;
    let [kind, status, high, low, ..] = header;
    let length = usize::from(u16::from_be_bytes([high, low]));
    if kind != ANSWER || status & LAST == 0 || !(HEADER..=PACKET_MAX).contains(&length) {
        return Err("no SQL Server answers there".into());
    }
    let mut body = vec![0; length - HEADER];
    stream.read_exact(&mut body).await.map_err(|why| lost(&why))?;
    Ok(body)
}

/// The value of the option ENCRYPTION.
fn encryption(body: &[u8]) -> Option<u8> {
    let mut options = body.chunks_exact(5).map_while(|option| match option {
        [0xff, ..] => None,
        [token, high, low, ..] => Some((*token, u16::from_be_bytes([*high, *low]))),
        _ => None,
    });
    let (_, offset) = options.find(|(token, _)| *token == ENCRYPTION)?;
    body.get(usize::from(offset)).copied()
}

fn lost(why: &io::Error) -> String {
    match why.kind() {
        io::ErrorKind::UnexpectedEof | io::ErrorKind::ConnectionReset | io::ErrorKind::BrokenPipe => {
            "the server closed the connection before the login".into()
        }
        _ => format!("the connection broke before the login: {why}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_we_send_can_be_read_back() {
        for (ours, value) in [
            (Encrypt::Required, ENCRYPT_ON),
            (Encrypt::Login, ENCRYPT_OFF),
            (Encrypt::Off, ENCRYPT_NOT_SUPPORTED),
        ] {
            let packet = request(ours);
            assert_eq!(usize::from(packet[3]), packet.len());
            assert_eq!(encryption(&packet[HEADER..]), Some(value));
        }
        assert_eq!(encryption(&NO_ENCRYPTION[HEADER..]), Some(ENCRYPT_NOT_SUPPORTED));
    }

    #[test]
    fn nothing_goes_out_less_covered_than_was_asked_for() {
        let covers = |ours| [0, 1, 2, 3, 4].map(|theirs| agree(ours, theirs).ok());
        assert_eq!(covers(Encrypt::Required), [None, Some(Cover::All), None, Some(Cover::All), None]);
        assert_eq!(
            covers(Encrypt::Login),
            [Some(Cover::Login), Some(Cover::All), None, Some(Cover::All), None]
        );
        assert_eq!(covers(Encrypt::Off), [Some(Cover::Nothing), None, Some(Cover::Nothing), None, None]);
    }

    #[tokio::test]
    async fn whatever_answers_it_is_an_answer_or_an_error() {
        for answer in [
            &b""[..],
            b"HTTP/1.1 400 Bad Request\r\n\r\n",
            &[ANSWER, LAST, 0, 7, 0, 0, 1, 0],
            &[ANSWER, LAST, 0xff, 0xff, 0, 0, 1, 0],
            &[ANSWER, LAST, 0, 12, 0, 0, 1, 0, ENCRYPTION, 0xff, 0xff, 0],
            &[ANSWER, LAST, 0, 13, 0, 0, 1, 0, ENCRYPTION, 0xff, 0xff, 0, 1],
            &[ANSWER, LAST, 0, 20, 0, 0, 1, 0, 1],
        ] {
            let (mut ours, mut theirs) = tokio::io::duplex(4096);
            theirs.write_all(answer).await.unwrap();
            theirs.shutdown().await.unwrap();
            assert!(exchange(&mut ours, Encrypt::Required).await.is_err(), "{answer:?}");
        }
        let (mut ours, mut theirs) = tokio::io::duplex(4096);
        theirs.write_all(&NO_ENCRYPTION).await.unwrap();
        assert_eq!(exchange(&mut ours, Encrypt::Off).await, Ok(Cover::Nothing));
    }
}
