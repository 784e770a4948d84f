//! What a client asks once it is in: a text of SQL, a call of `sp_executesql`, a transaction (MS-TDS 2.2.6.6 to 2.2.6.9).

use crate::error::ProtocolError;
use crate::reader::{Reader, latin1, utf16};
use crate::value::Value;

/// Parameters of one procedure on SQL Server.
const PARAMETERS_MAX: usize = 2100;

/// The number by which clients call `sp_executesql`.
const EXECUTE_SQL: u16 = 10;

/// A text of SQL and what its parameters are.
#[derive(Clone, Debug, PartialEq)]
pub struct Query {
    /// The text.
    pub sql: String,
    /// Name, with its `@`, and value of each parameter.
    pub parameters: Vec<(String, Value)>,
}

/// A call of a procedure.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Call {
    /// `sp_executesql`.
    Query(Query),
    /// One that is not here.
    Unknown(String),
}

/// What is asked of a transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Transaction {
    Begin,
    Commit { and_begin: bool },
    RollBack { and_begin: bool },
}

/// The text of a SQL batch.
pub(crate) fn batch(body: &[u8]) -> Result<String, ProtocolError> {
    let mut rest = Reader::new(body);
    headers(&mut rest)?;
    utf16(rest.rest(), "SQL")
}

/// The one call in an RPC message.
pub(crate) fn call(body: &[u8]) -> Result<Call, ProtocolError> {
    let mut rest = Reader::new(body);
    headers(&mut rest)?;
    let name = match rest.u16("procedure")? {
        0xFFFF => Err(rest.u16("procedure")?),
        units => Ok(rest.text(units.into(), "procedure")?),
    };
    let _options = rest.u16("procedure")?;
    match name {
        Ok(name) if !name.eq_ignore_ascii_case("sp_executesql") => Ok(Call::Unknown(name)),
        Err(number) if number != EXECUTE_SQL => Ok(Call::Unknown(number.to_string())),
        Ok(_) | Err(_) => Ok(executed(parameters(&mut rest)?)),
    }
}

/// What a transaction manager request wants.
pub(crate) fn transaction(body: &[u8]) -> Result<Transaction, ProtocolError> {
    let mut rest = Reader::new(body);
    headers(&mut rest)?;
    match rest.u16("transaction")? {
        5 => Ok(Transaction::Begin),
        7 => Ok(Transaction::Commit { and_begin: begins_another(&mut rest)? }),
        8 => Ok(Transaction::RollBack { and_begin: begins_another(&mut rest)? }),
        other => Err(ProtocolError::Transaction(other)),
    }
}

fn begins_another(rest: &mut Reader<'_>) -> Result<bool, ProtocolError> {
    let name = rest.u8("transaction")?;
    rest.take(name.into(), "transaction")?;
    Ok(rest.u8("transaction")? & 1 != 0)
}

/// ALL_HEADERS; nothing in them matters here.
fn headers(rest: &mut Reader<'_>) -> Result<(), ProtocolError> {
    let total = usize::try_from(rest.u32("headers")?).unwrap_or(usize::MAX);
    let more = total.checked_sub(4).ok_or(ProtocolError::Truncated { what: "headers" })?;
    rest.take(more, "headers").map(drop)
}

/// The text, the declarations, then the values by name or in the order of the declarations.
fn executed(parameters: Vec<(String, Value)>) -> Call {
    let mut parameters = parameters.into_iter();
    let Some((_, Value::Text(sql))) = parameters.next() else { return Call::Unknown("sp_executesql".into()) };
    let declared = match parameters.next() {
        Some((_, Value::Text(declared))) => declared,
        Some(_) | None => String::new(),
    };
    let mut names = declared_names(&declared).into_iter();
    let named = parameters.map(|(name, value)| {
        let declared = names.next().unwrap_or_default();
        (if name.is_empty() { declared } else { name }, value)
    });
    Call::Query(Query { sql, parameters: named.collect() })
}

/// `@P1` and `@P2` of `@P1 nvarchar(4000), @P2 decimal(18, 2)`.
fn declared_names(declared: &str) -> Vec<String> {
    let names = declared.split('@').skip(1).take(PARAMETERS_MAX);
    names.map(|name| format!("@{}", name.split_whitespace().next().unwrap_or_default())).collect()
}

fn parameters(rest: &mut Reader<'_>) -> Result<Vec<(String, Value)>, ProtocolError> {
    let mut all = Vec::new();
    while !rest.is_empty() {
        let units = rest.u8("parameter")?;
        // What separates calls (0xFF), and what forbids one (0xFE), stands where a name would begin.
        if units >= 0xFE {
            return Err(ProtocolError::ManyCalls);
        }
        if all.len() == PARAMETERS_MAX {
            return Err(ProtocolError::TooLong { what: "list of parameters", max: PARAMETERS_MAX });
        }
        let name = rest.text(units.into(), "parameter")?;
        let _status = rest.u8("parameter")?;
        all.push((name, value(rest)?));
    }
    Ok(all)
}

/// TYPE_INFO and the value that follows it.
fn value(rest: &mut Reader<'_>) -> Result<Value, ProtocolError> {
    let what = "parameter";
    let kind = rest.u8(what)?;
    match kind {
        0x1F => Ok(Value::Null),
        0x30 | 0x32 => integer(rest.take(1, what)?, kind == 0x30),
        0x34 => integer(rest.take(2, what)?, false),
        0x38 => integer(rest.take(4, what)?, false),
        0x7F => integer(rest.take(8, what)?, false),
        0x3B => float(rest.take(4, what)?),
        0x3E => float(rest.take(8, what)?),
        0x26 | 0x68 => {
            let size = rest.u8(what)?;
            sized(rest, |bytes| integer(bytes, size == 1))
        }
        0x6D => {
            let _size = rest.u8(what)?;
            sized(rest, float)
        }
        0xA7 | 0xAF => text(rest, true, |bytes| Ok(Value::Text(latin1(bytes)))),
        0xE7 | 0xEF => text(rest, true, |bytes| utf16(bytes, "parameter").map(Value::Text)),
        0xA5 | 0xAD => text(rest, false, |bytes| Ok(Value::Bytes(bytes.to_vec()))),
        other => Err(ProtocolError::ParameterType(other)),
    }
}

/// A value with one byte of length; none is NULL.
fn sized(
    rest: &mut Reader<'_>,
    read: impl FnOnce(&[u8]) -> Result<Value, ProtocolError>,
) -> Result<Value, ProtocolError> {
    match rest.u8("parameter")? {
        0 => Ok(Value::Null),
        length => read(rest.take(length.into(), "parameter")?),
    }
}

/// A value with two bytes of length, or, where the type has no bound, in parts.
fn text(
    rest: &mut Reader<'_>,
    collated: bool,
    read: impl FnOnce(&[u8]) -> Result<Value, ProtocolError>,
) -> Result<Value, ProtocolError> {
    let max = rest.u16("parameter")?;
    if collated {
        rest.take(5, "collation")?;
    }
    if max == 0xFFFF {
        return match parts(rest)? {
            Some(bytes) => read(&bytes),
            None => Ok(Value::Null),
        };
    }
    match rest.u16("parameter")? {
        0xFFFF => Ok(Value::Null),
        length => read(rest.take(length.into(), "parameter")?),
    }
}

/// A value in parts, each with its length, until one of none (MS-TDS 2.2.5.2.3). It cannot be longer than its message.
fn parts(rest: &mut Reader<'_>) -> Result<Option<Vec<u8>>, ProtocolError> {
    let total = u64::from_le_bytes(rest.array("parameter")?);
    if total == u64::MAX {
        return Ok(None);
    }
    let mut whole = Vec::new();
    loop {
        match usize::try_from(rest.u32("parameter")?).unwrap_or(usize::MAX) {
            0 => return Ok(Some(whole)),
            length => whole.extend_from_slice(rest.take(length, "parameter")?),
        }
    }
}

/// One byte is `tinyint` or `bit`, which have no sign.
fn integer(bytes: &[u8], unsigned: bool) -> Result<Value, ProtocolError> {
    match *bytes {
        [a] if unsigned => Ok(Value::Int(a.into())),
        [a] => Ok(Value::Int(i64::from(a != 0))),
        [a, b] => Ok(Value::Int(i16::from_le_bytes([a, b]).into())),
        [a, b, c, d] => Ok(Value::Int(i32::from_le_bytes([a, b, c, d]).into())),
        [a, b, c, d, e, f, g, h] => Ok(Value::Int(i64::from_le_bytes([a, b, c, d, e, f, g, h]))),
        _ => Err(ProtocolError::ParameterLength),
    }
}

fn float(bytes: &[u8]) -> Result<Value, ProtocolError> {
    match *bytes {
        [a, b, c, d] => Ok(Value::Float(f32::from_le_bytes([a, b, c, d]).into())),
        [a, b, c, d, e, f, g, h] => Ok(Value::Float(f64::from_le_bytes([a, b, c, d, e, f, g, h]))),
        _ => Err(ProtocolError::ParameterLength),
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::reader::to_utf16;

    /// ALL_HEADERS with the one that every client sends.
    pub(crate) fn with_headers(body: &[u8]) -> Vec<u8> {
        let header = [18, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0];
        [&22u32.to_le_bytes()[..], &header, body].concat()
    }

    fn nvarchar(name: &str, text: &str) -> Vec<u8> {
        let (name, text) = (to_utf16(name), to_utf16(text));
        let length = u16::try_from(text.len()).unwrap().to_le_bytes();
        let units = u8::try_from(name.len() / 2).unwrap();
        [&[units], &name[..], &[0, 0xE7, 0x40, 0x1F, 9, 4, 0, 1, 0], &length, &text].concat()
    }

    fn by_number(parameters: &[Vec<u8>]) -> Vec<u8> {
        with_headers(&[&[0xFF, 0xFF, 10, 0, 0, 0], &parameters.concat()[..]].concat())
    }

    fn query(sql: &str, parameters: &[(&str, Value)]) -> Call {
        let parameters = parameters.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        Call::Query(Query { sql: sql.into(), parameters })
    }

    #[test]
    fn a_batch_is_its_text() {
        assert_eq!(batch(&with_headers(&to_utf16("SELECT '早'"))).unwrap(), "SELECT '早'");
        assert!(batch(&[3, 0, 0, 0]).is_err());
        assert!(batch(&with_headers(&[1])).is_err());
    }

    #[test]
    fn parameters_take_their_own_names_or_the_declared_ones() {
        let text = nvarchar("", "SELECT @P1, @P2");
        let declared = nvarchar("", "@P1 nvarchar(4000), @P2 decimal(18, 2)");
        let int = |name: &[u8]| {
            [&[u8::try_from(name.len() / 2).unwrap()], name, &[0, 0x26, 4, 4, 7, 0, 0, 0]].concat()
        };
        let positional = by_number(&[text.clone(), declared.clone(), nvarchar("", "早"), int(&[])]);
        let values = [("@P1", Value::Text("早".into())), ("@P2", Value::Int(7))];
        assert_eq!(call(&positional).unwrap(), query("SELECT @P1, @P2", &values));
        let named = by_number(&[text, declared, int(&to_utf16("@P2")), nvarchar("@P1", "早")]);
        let turned = [values[1].clone(), values[0].clone()];
        assert_eq!(call(&named).unwrap(), query("SELECT @P1, @P2", &turned));
    }

    #[test]
    fn procedures_have_names_too() {
        let named = |name: &str| {
            let name_bytes = to_utf16(name);
            let units = u16::try_from(name_bytes.len() / 2).unwrap().to_le_bytes();
            with_headers(&[&units, &name_bytes[..], &[0, 0], &nvarchar("@stmt", "SELECT 1")].concat())
        };
        assert_eq!(call(&named("SP_ExecuteSQL")).unwrap(), query("SELECT 1", &[]));
        assert_eq!(call(&named("xp_cmdshell")).unwrap(), Call::Unknown("xp_cmdshell".into()));
    }

    #[test]
    fn each_type_of_parameter_is_read() {
        let table: [(&[u8], Value); 14] = [
            (&[0x1F], Value::Null),
            (&[0x26, 4, 0], Value::Null),
            (&[0x26, 1, 1, 200], Value::Int(200)),
            (&[0x26, 2, 2, 0xFF, 0xFF], Value::Int(-1)),
            (&[0x26, 8, 8, 1, 0, 0, 0, 0, 0, 0, 0], Value::Int(1)),
            (&[0x30, 255], Value::Int(255)),
            (&[0x38, 1, 0, 0, 0], Value::Int(1)),
            (&[0x68, 1, 1, 1], Value::Int(1)),
            (&[0x6D, 8, 8, 0, 0, 0, 0, 0, 0, 0xF0, 0x3F], Value::Float(1.0)),
            (&[0xA7, 0x40, 0x1F, 9, 4, 0, 1, 0, 2, 0, b'a', 0xE9], Value::Text("aé".into())),
            (&[0xE7, 0x40, 0x1F, 9, 4, 0, 1, 0, 0xFF, 0xFF], Value::Null),
            (&[0xE7, 0x40, 0x1F, 9, 4, 0, 1, 0, 0, 0], Value::Text(String::new())),
            (
                &[
                    0xE7, 0xFF, 0xFF, 9, 4, 0, 1, 0, 4, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, b'a', 0, 2, 0, 0, 0,
                    b'b', 0, 0, 0, 0, 0,
                ],
                Value::Text("ab".into()),
            ),
            (&[0xA5, 0x40, 0x1F, 1, 0, 7], Value::Bytes(vec![7])),
        ];
        for (bytes, expected) in table {
            let mut rest = Reader::new(bytes);
            assert_eq!(value(&mut rest), Ok(expected), "{bytes:x?}");
            assert!(rest.is_empty(), "{bytes:x?}");
        }
    }

    #[test]
    fn lengths_that_lie_are_errors() {
        for bytes in
            [&[0x26, 4, 3, 1, 2, 3][..], &[0x26, 4, 200], &[0xE7, 0, 0, 0, 0, 0, 0, 0, 9, 0], &[0x6C, 1]]
        {
            assert!(value(&mut Reader::new(bytes)).is_err(), "{bytes:x?}");
        }
        assert_eq!(call(&by_number(&[nvarchar("", "SELECT 1"), vec![0xFF]])), Err(ProtocolError::ManyCalls));
    }

    #[test]
    fn transactions_are_told_apart() {
        let read = |body: &[u8]| transaction(&with_headers(body));
        assert_eq!(read(&[5, 0, 0, 0]), Ok(Transaction::Begin));
        assert_eq!(read(&[7, 0, 0, 0]), Ok(Transaction::Commit { and_begin: false }));
        assert_eq!(read(&[8, 0, 0, 1, 0, 0]), Ok(Transaction::RollBack { and_begin: true }));
        assert_eq!(read(&[0, 0]), Err(ProtocolError::Transaction(0)));
    }
}
