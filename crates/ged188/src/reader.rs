//! Reading one message body. A [`Reader`] covers exactly the bytes of its message and a [`Field`] exactly the
//! bytes of its field, so nothing read through them can run past its parent.

use crate::DecodeError;
use crate::messages::{NamedArray, NamedVariable};
use crate::number::Number;
use crate::text;
use crate::version::{Version, is_wide};

/// The rest of a message body.
pub(crate) struct Reader<'a> {
    rest: &'a [u8],
    version: Version,
    wide: bool,
    unknown: u32,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(body: &'a [u8], version: Version) -> Self {
        Self { rest: body, version, wide: is_wide(version.number()), unknown: 0 }
    }

    /// Whether the session's version has what exists since `since`.
    pub(crate) fn has(&self, since: u8) -> bool {
        self.version.has(since)
    }

    /// Frames the floating part by the version that the message itself names: OPEN_REQ only.
    pub(crate) fn framed_by(&mut self, version_number: u32) {
        self.wide = is_wide(version_number);
    }

    /// The rest of the body.
    pub(crate) fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// Bytes of a floating tag and its length together.
    pub(crate) fn floating_header_bytes(&self) -> usize {
        if self.wide { 4 } else { 2 }
    }

    /// Floating fields that belonged to no member of the message.
    pub(crate) fn unknown_fields(&self) -> u32 {
        self.unknown
    }

    /// Counts a floating field that belongs to no member.
    pub(crate) fn skip_unknown(&mut self) {
        self.unknown += 1;
    }

    /// The next number of the fixed part.
    #[inline]
    pub(crate) fn fixed<N: Number>(&mut self) -> Result<N, DecodeError> {
        Ok(N::from_raw(big_endian(self.take(N::WIDTH)?)))
    }

    /// The next number of the fixed part, if the version has it.
    pub(crate) fn fixed_since<N: Number + Default>(&mut self, since: u8) -> Result<N, DecodeError> {
        if self.has(since) { self.fixed() } else { Ok(N::default()) }
    }

    /// The next opaque bytes of the fixed part.
    pub(crate) fn fixed_bytes<const LEN: usize>(&mut self) -> Result<[u8; LEN], DecodeError> {
        let mut bytes = [0; LEN];
        bytes.copy_from_slice(self.take(LEN)?);
        Ok(bytes)
    }

    /// The next floating field, `None` at the end of the message.
    #[inline]
    pub(crate) fn field(&mut self) -> Result<Option<Field<'a>>, DecodeError> {
        if self.rest.is_empty() {
            return Ok(None);
        }
        let (tag, length) = self.floating_header()?;
        let Some((bytes, rest)) = self.rest.split_at_checked(length) else {
            return Err(DecodeError::FloatingPastEnd { tag, length, left: self.rest.len() });
        };
        self.rest = rest;
        Ok(Some(Field { tag, bytes }))
    }

    #[inline]
    fn floating_header(&mut self) -> Result<(u16, usize), DecodeError> {
        let (tag, length, rest) = match (self.wide, self.rest) {
            (false, [tag, length, rest @ ..]) => (u16::from(*tag), usize::from(*length), rest),
            (true, [t0, t1, l0, l1, rest @ ..]) => {
                (u16::from_be_bytes([*t0, *t1]), usize::from(u16::from_be_bytes([*l0, *l1])), rest)
            }
            (_, short) => return Err(DecodeError::FloatingHeaderShort { got: short.len() }),
        };
        self.rest = rest;
        Ok((tag, length))
    }

    #[inline]
    fn take(&mut self, width: usize) -> Result<&'a [u8], DecodeError> {
        let missing = width.saturating_sub(self.rest.len());
        let Some((bytes, rest)) = self.rest.split_at_checked(width) else {
            return Err(DecodeError::FixedPartShort { missing });
        };
        self.rest = rest;
        Ok(bytes)
    }
}

/// One floating field as received.
pub(crate) struct Field<'a> {
    pub(crate) tag: u16,
    bytes: &'a [u8],
}

impl Field<'_> {
    /// A number. The publications disagree about the width of some, so every width of an integer is taken when the
    /// value fits.
    pub(crate) fn number<N: Number>(&self) -> Result<N, DecodeError> {
        let raw = match self.bytes.len() {
            1 | 2 | 4 => big_endian(self.bytes),
            _ => return Err(self.number_length::<N>()),
        };
        let fits = N::WIDTH >= 4 || raw >> (8 * N::WIDTH) == 0;
        if fits { Ok(N::from_raw(raw)) } else { Err(self.number_length::<N>()) }
    }

    /// A text without its NUL.
    pub(crate) fn text(&self) -> String {
        text::decode(self.bytes)
    }

    /// Opaque bytes.
    pub(crate) fn opaque(&self) -> Vec<u8> {
        self.bytes.to_vec()
    }

    /// One of CallVariable1 to CallVariable10, whose tags are 13 to 22.
    pub(crate) fn call_variable(&self, variables: &mut [String; 10]) {
        let index = usize::from(self.tag.saturating_sub(13));
        if let Some(variable) = variables.get_mut(index) {
            *variable = self.text();
        }
    }

    /// A NAMEDVAR: the name up to the first NUL, then the value.
    pub(crate) fn named_variable(&self) -> NamedVariable {
        let (name, value) = name_and_value(self.bytes);
        NamedVariable { name, value }
    }

    /// A NAMEDARRAY: the index, then as a NAMEDVAR.
    pub(crate) fn named_array(&self) -> Result<NamedArray, DecodeError> {
        let Some((&index, bytes)) = self.bytes.split_first() else {
            return Err(DecodeError::IndexMissing { tag: self.tag });
        };
        let (name, value) = name_and_value(bytes);
        Ok(NamedArray { index, name, value })
    }

    fn number_length<N: Number>(&self) -> DecodeError {
        DecodeError::NumberLength { tag: self.tag, width: N::WIDTH, length: self.bytes.len() }
    }
}

fn name_and_value(bytes: &[u8]) -> (String, String) {
    let name_len = bytes.iter().position(|&byte| byte == 0).unwrap_or(bytes.len());
    let (name, value) = bytes.split_at(name_len);
    (text::decode(name), text::decode(value.get(1..).unwrap_or_default()))
}

fn big_endian(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0, |number, &byte| number << 8 | u32::from(byte))
}

/// Where one list stands while its elements arrive (ged188.md section 2.3).
#[derive(Default)]
pub(crate) struct Group {
    filled: u32,
}

impl Group {
    /// The element that a field for member number `member` belongs to. A new one begins with the first member, and
    /// when a member comes again that the current element already has.
    pub(crate) fn element<'a, T: Default>(&mut self, list: &'a mut Vec<T>, member: u32) -> &'a mut T {
        let bit = 1 << member;
        if member == 0 || self.filled & bit != 0 || list.is_empty() {
            list.push(T::default());
            self.filled = 0;
        }
        self.filled |= bit;
        last(list)
    }
}

/// The current element for a list nested in it; the first one if none has begun.
pub(crate) fn current<T: Default>(list: &mut Vec<T>) -> &mut T {
    if list.is_empty() {
        list.push(T::default());
    }
    last(list)
}

fn last<T>(list: &mut [T]) -> &mut T {
    let end = list.len() - 1;
    &mut list[end]
}
