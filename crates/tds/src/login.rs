//! LOGIN7: who wants in, and to which database (MS-TDS 2.2.6.4).

use std::fmt;

use crate::error::ProtocolError;
use crate::reader::{Reader, utf16};

/// Characters of a name or password in LOGIN7.
const NAME_MAX: usize = 128;

/// The fixed part before the offsets: length, version, packet size, client version, process, connection, four bytes of
/// options, time zone, language.
const BEFORE_OFFSETS: usize = 36;

/// A version of the protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Version {
    /// SQL Server 2005.
    V72,
    /// SQL Server 2008.
    V73,
    /// SQL Server 2012 and later.
    V74,
}

impl Version {
    /// The newest that is not newer than the client's.
    fn of(word: u32) -> Result<Self, ProtocolError> {
        match word >> 24 {
            0x74.. => Ok(Self::V74),
            0x73 => Ok(Self::V73),
            0x72 => Ok(Self::V72),
            _ => Err(ProtocolError::OldVersion(word)),
        }
    }

    /// As LOGINACK names it.
    pub(crate) fn bytes(self) -> [u8; 4] {
        match self {
            Self::V72 => [0x72, 0x09, 0x00, 0x02],
            Self::V73 => [0x73, 0x0B, 0x00, 0x03],
            Self::V74 => [0x74, 0x00, 0x00, 0x04],
        }
    }
}

/// A password as it was typed. It never prints.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

impl Password {
    /// Whether it is this one; takes as long whether or not it is.
    pub fn is(&self, right: &str) -> bool {
        let (given, right) = (self.0.as_bytes(), right.as_bytes());
        let differ = given.iter().zip(right).fold(0, |differ, (a, b)| differ | (a ^ b));
        given.len() == right.len() && differ == 0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(..)")
    }
}

/// What a client says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Login {
    /// The version that will be spoken.
    pub version: Version,
    /// The SQL login; empty if the client wants Windows to vouch for it.
    pub user: String,
    /// Its password.
    pub password: Password,
    /// The program.
    pub application: String,
    /// The database; empty for the default one.
    pub database: String,
    /// Whether the client asks for Windows authentication.
    pub windows: bool,
    /// Bytes in a packet, as the client wants them.
    pub(crate) packet_size: u32,
}

impl Login {
    /// Reads a LOGIN7 message.
    pub(crate) fn read(body: &[u8]) -> Result<Self, ProtocolError> {
        let mut fixed = Reader::new(body);
        let _length = fixed.u32("LOGIN7")?;
        let version = Version::of(fixed.u32("LOGIN7")?)?;
        let packet_size = fixed.u32("LOGIN7")?;
        let [_, options, ..] = {
            fixed.take(12, "LOGIN7")?;
            fixed.array::<4>("LOGIN7")?
        };
        let mut offsets = Reader::new(body);
        offsets.take(BEFORE_OFFSETS, "LOGIN7")?;
        let _host = offsets.u32("LOGIN7")?;
        let user = field(body, &mut offsets, "user name")?;
        let password = field(body, &mut offsets, "password")?;
        let application = field(body, &mut offsets, "application name")?;
        // Server, extension, library and language.
        offsets.take(16, "LOGIN7")?;
        let database = field(body, &mut offsets, "database name")?;
        Ok(Self {
            version,
            user: utf16(user, "user name")?,
            password: Password(utf16(&unscrambled(password), "password")?),
            application: utf16(application, "application name")?,
            database: utf16(database, "database name")?,
            windows: options & 0x80 != 0,
            packet_size,
        })
    }
}

/// A field by its offset in bytes and its length in characters.
fn field<'a>(
    body: &'a [u8],
    offsets: &mut Reader<'_>,
    what: &'static str,
) -> Result<&'a [u8], ProtocolError> {
    let (at, units) = (usize::from(offsets.u16(what)?), usize::from(offsets.u16(what)?));
    if units > NAME_MAX {
        return Err(ProtocolError::TooLong { what, max: NAME_MAX });
    }
    if units == 0 {
        return Ok(&[]);
    }
    body.get(at..at.saturating_add(units * 2)).ok_or(ProtocolError::Truncated { what })
}

/// Each byte was turned by four bits and then hidden under 0xA5.
fn unscrambled(bytes: &[u8]) -> Vec<u8> {
    bytes.iter().map(|byte| (byte ^ 0xA5).rotate_left(4)).collect()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::reader::to_utf16;

    /// A LOGIN7 as clients write it.
    pub(crate) fn written(version: u32, user: &str, password: &str, database: &str) -> Vec<u8> {
        let scrambled = to_utf16(password).iter().map(|byte| byte.rotate_left(4) ^ 0xA5).collect();
        let fields: [Vec<u8>; 9] = [
            to_utf16("desk"),
            to_utf16(user),
            scrambled,
            to_utf16("app"),
            to_utf16("server"),
            vec![],
            to_utf16("lib"),
            vec![],
            to_utf16(database),
        ];
        let mut head = Vec::new();
        head.extend(0u32.to_le_bytes());
        head.extend(version.to_le_bytes());
        head.extend(4096u32.to_le_bytes());
        head.extend([0; 24]);
        let mut data = Vec::new();
        for field in fields {
            head.extend(u16::try_from(94 + data.len()).unwrap().to_le_bytes());
            head.extend(u16::try_from(field.len() / 2).unwrap().to_le_bytes());
            data.extend(field);
        }
        head.resize(94, 0);
        [head, data].concat()
    }

    #[test]
    fn a_login_says_who_and_where() {
        let login = Login::read(&written(0x7400_0004, "holdfast", "s3cret 秘", "lab_awdb")).unwrap();
        assert_eq!((login.user.as_str(), login.database.as_str()), ("holdfast", "lab_awdb"));
        assert_eq!((login.application.as_str(), login.version, login.windows), ("app", Version::V74, false));
        assert!(login.password.is("s3cret 秘"));
        assert!(!login.password.is("s3cret") && !login.password.is("s3cret 秘!") && !login.password.is(""));
    }

    #[test]
    fn a_password_never_prints() {
        let login = Login::read(&written(0x730B_0003, "u", "xyzzy", "d")).unwrap();
        assert!(!format!("{login:?} {login:#?}").contains("xyzzy"));
    }

    #[test]
    fn versions_are_met_or_refused() {
        let version = |word| Login::read(&written(word, "u", "p", "d")).map(|login| login.version);
        assert_eq!(version(0x7209_0002), Ok(Version::V72));
        assert_eq!(version(0x730B_0003), Ok(Version::V73));
        assert_eq!(version(0x0800_0000), Err(ProtocolError::OldVersion(0x0800_0000)));
        assert_eq!(version(0x7100_0001), Err(ProtocolError::OldVersion(0x7100_0001)));
    }

    #[test]
    fn fields_are_bounded_and_stay_inside() {
        let long = written(0x7400_0004, "u", &"p".repeat(5000), "d");
        assert_eq!(Login::read(&long), Err(ProtocolError::TooLong { what: "password", max: 128 }));
        let mut outside = written(0x7400_0004, "u", "p", "d");
        outside[40] = 0xFF;
        outside[41] = 0xFF;
        assert_eq!(Login::read(&outside), Err(ProtocolError::Truncated { what: "user name" }));
        let whole = written(0x7400_0004, "u", "p", "d");
        for cut in 0..whole.len() {
            assert!(Login::read(&whole[..cut]).is_err());
        }
    }
}
