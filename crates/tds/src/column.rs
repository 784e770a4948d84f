//! The types of columns and how a value of each is written (MS-TDS 2.2.5.4 and 2.2.5.5).

use crate::answer::Failure;
use crate::datetime;
use crate::reader::{to_latin1, to_utf16};
use crate::value::Value;

/// Latin1_General_BIN, the collation of an English installation (awdb.md section 1): LCID 0x0409, binary, no sort id.
pub(crate) const COLLATION: [u8; 5] = [0x09, 0x04, 0x00, 0x01, 0x00];

/// The column may hold NULL.
const NULLABLE: u16 = 1;

/// Units of UTF-16 in the longest `nvarchar(n)`.
const NVARCHAR_MAX: u16 = 4000;

/// Bytes in the longest `varchar(n)`.
const VARCHAR_MAX: u16 = 8000;

/// A column of a result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name; empty for an expression without one.
    pub name: String,
    /// Its type.
    pub kind: ColumnType,
}

/// The type of a column. All of them may be NULL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnType {
    /// `smallint`.
    SmallInt,
    /// `int`.
    Int,
    /// `bigint`.
    BigInt,
    /// `float`.
    Float,
    /// `datetime`, of text as SQLite writes it.
    DateTime,
    /// `char(n)` in Latin-1.
    Char(u16),
    /// `varchar(n)` in Latin-1.
    VarChar(u16),
    /// `nvarchar(n)`.
    NVarChar(u16),
    /// `varbinary(8000)`.
    VarBinary,
}

impl ColumnType {
    /// The longest `nvarchar`, which any text of up to 4,000 units fits.
    pub const TEXT: Self = Self::NVarChar(NVARCHAR_MAX);

    /// The type that a declaration such as `varchar(32)` names; nothing if it is not served.
    pub fn declared(text: &str) -> Option<Self> {
        let text = text.to_ascii_lowercase();
        let (name, size) = match text.split_once('(') {
            Some((name, size)) => (name.trim(), size.trim_end_matches(')').trim().parse().ok()),
            None => (text.trim(), None),
        };
        match name {
            "smallint" => Some(Self::SmallInt),
            "int" | "integer" => Some(Self::Int),
            "bigint" => Some(Self::BigInt),
            "float" | "real" => Some(Self::Float),
            "datetime" => Some(Self::DateTime),
            "char" => Some(Self::Char(size.unwrap_or(1).clamp(1, VARCHAR_MAX))),
            "varchar" => Some(Self::VarChar(size.unwrap_or(VARCHAR_MAX).clamp(1, VARCHAR_MAX))),
            "nvarchar" | "text" => Some(Self::NVarChar(size.unwrap_or(NVARCHAR_MAX).clamp(1, NVARCHAR_MAX))),
            "varbinary" | "blob" => Some(Self::VarBinary),
            _ => None,
        }
    }

    /// Whether the value can be in such a column. NULL can.
    pub fn takes(self, value: &Value) -> bool {
        self.written(value).is_some()
    }

    /// TYPE_INFO.
    fn describe(self, to: &mut Vec<u8>) {
        match self {
            Self::SmallInt => to.extend([0x26, 2]),
            Self::Int => to.extend([0x26, 4]),
            Self::BigInt => to.extend([0x26, 8]),
            Self::Float => to.extend([0x6D, 8]),
            Self::DateTime => to.extend([0x6F, 8]),
            Self::Char(size) => text_type(to, 0xAF, size),
            Self::VarChar(size) => text_type(to, 0xA7, size),
            Self::NVarChar(size) => text_type(to, 0xE7, size.saturating_mul(2)),
            Self::VarBinary => {
                to.push(0xA5);
                to.extend(VARCHAR_MAX.to_le_bytes());
            }
        }
    }

    /// A value as it is in a row, its length included; nothing if it does not fit.
    fn written(self, value: &Value) -> Option<Vec<u8>> {
        match (self, value) {
            (Self::SmallInt | Self::Int | Self::BigInt | Self::Float | Self::DateTime, Value::Null) => {
                Some(vec![0])
            }
            (Self::Char(_) | Self::VarChar(_) | Self::NVarChar(_) | Self::VarBinary, Value::Null) => {
                Some(vec![0xFF, 0xFF])
            }
            (Self::SmallInt, Value::Int(number)) => Some(short(&i16::try_from(*number).ok()?.to_le_bytes())),
            (Self::Int, Value::Int(number)) => Some(short(&i32::try_from(*number).ok()?.to_le_bytes())),
            (Self::BigInt, Value::Int(number)) => Some(short(&number.to_le_bytes())),
            (Self::Float, Value::Float(number)) => Some(short(&number.to_le_bytes())),
            (Self::DateTime, Value::Text(text)) => {
                let (days, ticks) = datetime::parse(text)?;
                Some(short(&[days.to_le_bytes(), ticks.to_le_bytes()].concat()))
            }
            (Self::Char(size), Value::Text(text)) => long(&padded(to_latin1(text), size.into()), size.into()),
            (Self::VarChar(size), Value::Text(text)) => long(&to_latin1(text), size.into()),
            (Self::NVarChar(size), Value::Text(text)) => long(&to_utf16(text), usize::from(size) * 2),
            (Self::VarBinary, Value::Bytes(bytes)) => long(bytes, VARCHAR_MAX.into()),
            (_, Value::Int(_) | Value::Float(_) | Value::Text(_) | Value::Bytes(_)) => None,
        }
    }
}

impl Column {
    /// Its part of COLMETADATA.
    pub(crate) fn describe(&self, to: &mut Vec<u8>) {
        to.extend(0u32.to_le_bytes());
        to.extend(NULLABLE.to_le_bytes());
        self.kind.describe(to);
        crate::token::short_text(to, &self.name);
    }

    /// Its cell of a row.
    pub(crate) fn write(&self, value: &Value, to: &mut Vec<u8>) -> Result<(), Failure> {
        let written = self.kind.written(value).ok_or_else(|| Failure::misfit(&self.name))?;
        to.extend(written);
        Ok(())
    }
}

fn text_type(to: &mut Vec<u8>, kind: u8, bytes: u16) {
    to.push(kind);
    to.extend(bytes.to_le_bytes());
    to.extend(COLLATION);
}

fn padded(mut bytes: Vec<u8>, size: usize) -> Vec<u8> {
    bytes.resize(bytes.len().max(size), b' ');
    bytes
}

/// One byte of length.
fn short(bytes: &[u8]) -> Vec<u8> {
    let length = u8::try_from(bytes.len()).unwrap_or(0);
    [&[length], bytes].concat()
}

/// Two bytes of length.
fn long(bytes: &[u8], max: usize) -> Option<Vec<u8>> {
    let length = u16::try_from(bytes.len()).ok().filter(|_| bytes.len() <= max)?;
    Some([&length.to_le_bytes(), bytes].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Value {
        Value::Text(text.into())
    }

    #[test]
    fn declarations_name_types() {
        let table = [
            ("varchar(32)", Some(ColumnType::VarChar(32))),
            ("NVARCHAR(32)", Some(ColumnType::NVarChar(32))),
            ("char(1)", Some(ColumnType::Char(1))),
            ("INTEGER", Some(ColumnType::Int)),
            ("smallint", Some(ColumnType::SmallInt)),
            ("datetime", Some(ColumnType::DateTime)),
            ("TEXT", Some(ColumnType::TEXT)),
            ("geometry", None),
        ];
        for (declared, kind) in table {
            assert_eq!(ColumnType::declared(declared), kind, "{declared}");
        }
    }

    #[test]
    fn values_are_written_as_their_column_says() {
        let table: [(ColumnType, Value, &[u8]); 9] = [
            (ColumnType::Int, Value::Int(5000), &[4, 0x88, 0x13, 0, 0]),
            (ColumnType::SmallInt, Value::Int(-1), &[2, 0xFF, 0xFF]),
            (ColumnType::Int, Value::Null, &[0]),
            (ColumnType::VarChar(32), Value::Null, &[0xFF, 0xFF]),
            (ColumnType::Char(3), text("Y"), b"\x03\0Y  "),
            (ColumnType::VarChar(32), text("é早"), b"\x02\0\xE9?"),
            (ColumnType::NVarChar(32), text("早"), &[2, 0, 0xE9, 0x65]),
            (ColumnType::DateTime, text("1900-01-02 00:00:01"), &[8, 1, 0, 0, 0, 0x2C, 1, 0, 0]),
            (ColumnType::VarBinary, Value::Bytes(vec![7]), &[1, 0, 7]),
        ];
        for (kind, value, bytes) in table {
            assert_eq!(kind.written(&value).as_deref(), Some(bytes), "{kind:?} {value:?}");
        }
    }

    #[test]
    fn what_does_not_fit_is_told() {
        assert!(!ColumnType::Int.takes(&Value::Int(1 << 40)));
        assert!(!ColumnType::Int.takes(&text("1")));
        assert!(!ColumnType::VarChar(2).takes(&text("abc")));
        assert!(!ColumnType::DateTime.takes(&text("soon")));
        assert!(ColumnType::VarChar(2).takes(&Value::Null));
    }
}
