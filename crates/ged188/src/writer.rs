//! Writing one message: header, fixed part, floating fields.

use crate::EncodeError;
use crate::messages::{NamedArray, NamedVariable};
use crate::number::Number;
use crate::version::{Version, is_wide};

/// Bytes of the header of every message.
pub(crate) const HEADER_BYTES: usize = 8;

/// Room that most messages do not outgrow: an AGENT_STATE_EVENT has some 130 bytes, events of calls 200 to 400.
const USUAL_BYTES: usize = 256;

/// Bytes of the name and of the value of an ECC variable, each with its NUL (ged188.md section 2.2).
const ECC_NAME_BYTES: usize = 33;
const ECC_VALUE_BYTES: usize = 211;

/// The tag of a floating field and what a value under it may have.
pub(crate) struct Tag {
    pub(crate) id: u16,
    pub(crate) name: &'static str,
    /// Bytes of a value, NUL included; 0 when no size is published.
    max: usize,
    /// The larger limit and the version that brought it.
    later: Option<(u8, usize)>,
}

impl Tag {
    pub(crate) const fn new(id: u16, name: &'static str, max: usize) -> Self {
        Self { id, name, max, later: None }
    }

    /// The same field, longer from version `since` on.
    pub(crate) const fn grows(mut self, since: u8, max: usize) -> Self {
        self.later = Some((since, max));
        self
    }

    fn max(&self, version: Version) -> usize {
        match (self.later, self.max) {
            (Some((since, max)), _) if version.has(since) => max,
            (_, 0) => 255,
            (_, max) => max,
        }
    }
}

/// A message being written for a session of one version.
pub(crate) struct Writer {
    bytes: Vec<u8>,
    version: Version,
    wide: bool,
}

impl Writer {
    pub(crate) fn new(kind: u32, version: Version) -> Self {
        let mut bytes = Vec::with_capacity(USUAL_BYTES);
        bytes.extend_from_slice(&[0; 4]);
        bytes.extend_from_slice(&kind.to_be_bytes());
        Self { bytes, version, wide: is_wide(version.number()) }
    }

    /// Whether the session's version has what exists since `since`.
    pub(crate) fn has(&self, since: u8) -> bool {
        self.version.has(since)
    }

    /// Frames the floating part by the version that the message itself names: OPEN_REQ only.
    pub(crate) fn framed_by(&mut self, version_number: u32) {
        self.wide = is_wide(version_number);
    }

    /// The whole message with its length filled in.
    pub(crate) fn finish(mut self) -> Result<Vec<u8>, EncodeError> {
        let (got, max) = (self.bytes.len(), self.version.message_bytes_max());
        if got > max {
            return Err(EncodeError::MessageTooLong { version: self.version, max, got });
        }
        let length = (got - HEADER_BYTES) as u32;
        self.bytes[..4].copy_from_slice(&length.to_be_bytes());
        Ok(self.bytes)
    }

    /// Bytes that already are a body.
    pub(crate) fn raw(&mut self, body: &[u8]) {
        self.bytes.extend_from_slice(body);
    }

    /// A number of the fixed part.
    pub(crate) fn fixed<N: Number>(&mut self, value: N) {
        self.bytes.extend_from_slice(&value.raw().to_be_bytes()[4 - N::WIDTH..]);
    }

    /// Opaque bytes of the fixed part.
    pub(crate) fn fixed_bytes(&mut self, value: &[u8]) {
        self.raw(value);
    }

    /// The fixed counter of a list whose members exist since version `since`.
    pub(crate) fn count<N: Number>(&mut self, elements: usize, since: u8) {
        let elements = if self.has(since) { u32::try_from(elements).unwrap_or(u32::MAX) } else { 0 };
        self.fixed(N::from_raw(elements));
    }

    /// The floating counter of a list, absent when the list is empty.
    pub(crate) fn floating_count<N: Number>(&mut self, tag: &Tag, elements: usize) {
        let elements = u32::try_from(elements).unwrap_or(u32::MAX);
        self.number(tag, (elements > 0).then(|| N::from_raw(elements)));
    }

    /// A floating number, absent when `None`.
    pub(crate) fn number<N: Number>(&mut self, tag: &Tag, value: Option<N>) {
        if let Some(value) = value {
            self.floating_header(tag, N::WIDTH);
            self.fixed(value);
        }
    }

    /// The number that opens an element of a list.
    pub(crate) fn first_number<N: Number>(&mut self, tag: &Tag, value: Option<N>) -> Result<(), EncodeError> {
        let value = value.ok_or(EncodeError::FirstMemberMissing { field: tag.name })?;
        self.number(tag, Some(value));
        Ok(())
    }

    /// A floating text, absent when empty.
    pub(crate) fn text(&mut self, tag: &Tag, value: &str) -> Result<(), EncodeError> {
        if value.is_empty() { Ok(()) } else { self.required_text(tag, value) }
    }

    /// A floating text that is sent even when empty.
    pub(crate) fn required_text(&mut self, tag: &Tag, value: &str) -> Result<(), EncodeError> {
        check_text(tag.name, value, tag.max(self.version))?;
        self.floating_header(tag, value.len() + 1);
        self.text_and_nul(value);
        Ok(())
    }

    /// Opaque floating bytes, absent when empty.
    pub(crate) fn opaque(&mut self, tag: &Tag, value: &[u8]) -> Result<(), EncodeError> {
        if value.is_empty() { Ok(()) } else { self.required_opaque(tag, value) }
    }

    /// Opaque floating bytes that are sent even when empty.
    pub(crate) fn required_opaque(&mut self, tag: &Tag, value: &[u8]) -> Result<(), EncodeError> {
        check_length(tag.name, value.len(), tag.max(self.version))?;
        self.floating_header(tag, value.len());
        self.raw(value);
        Ok(())
    }

    /// CallVariable1 to CallVariable10 under their tags 13 to 22; the empty ones are absent.
    pub(crate) fn call_variables(&mut self, values: &[String; 10]) -> Result<(), EncodeError> {
        (13..).zip(values).try_for_each(|(id, value)| self.text(&Tag::new(id, "CallVariable", 41), value))
    }

    /// A NAMEDVAR.
    pub(crate) fn named_variable(&mut self, tag: &Tag, variable: &NamedVariable) -> Result<(), EncodeError> {
        let NamedVariable { name, value } = variable;
        check_name_and_value(name, value)?;
        self.floating_header(tag, name.len() + value.len() + 2);
        self.text_and_nul(name);
        self.text_and_nul(value);
        Ok(())
    }

    /// A NAMEDARRAY.
    pub(crate) fn named_array(&mut self, tag: &Tag, variable: &NamedArray) -> Result<(), EncodeError> {
        let NamedArray { index, name, value } = variable;
        check_name_and_value(name, value)?;
        self.floating_header(tag, name.len() + value.len() + 3);
        self.bytes.push(*index);
        self.text_and_nul(name);
        self.text_and_nul(value);
        Ok(())
    }

    /// No field that a version below 20 has is longer than 255 bytes or has a tag above 255, so nothing is lost.
    fn floating_header(&mut self, tag: &Tag, length: usize) {
        if self.wide {
            self.raw(&tag.id.to_be_bytes());
            self.raw(&(length as u16).to_be_bytes());
        } else {
            self.raw(&[tag.id as u8, length as u8]);
        }
    }

    fn text_and_nul(&mut self, value: &str) {
        self.raw(value.as_bytes());
        self.bytes.push(0);
    }
}

fn check_name_and_value(name: &str, value: &str) -> Result<(), EncodeError> {
    check_text("NamedVariable name", name, ECC_NAME_BYTES)?;
    check_text("NamedVariable value", value, ECC_VALUE_BYTES)
}

fn check_text(field: &'static str, value: &str, max: usize) -> Result<(), EncodeError> {
    check_length(field, value.len() + 1, max)?;
    if value.contains('\0') { Err(EncodeError::NulInText { field }) } else { Ok(()) }
}

fn check_length(field: &'static str, got: usize, max: usize) -> Result<(), EncodeError> {
    if got > max { Err(EncodeError::TooLong { field, max, got }) } else { Ok(()) }
}
