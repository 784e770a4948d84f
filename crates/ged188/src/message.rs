//! What every message has in common, and the macro that makes one enum of them all.

use std::fmt;

use crate::reader::Reader;
use crate::writer::Writer;
use crate::{DecodeError, EncodeError};

/// The body of one message. The generated code implements it, fields in published order.
pub(crate) trait Body: Sized {
    /// Reads the fixed part and every floating field.
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError>;

    /// Writes what the version of the session has.
    fn encode(&self, w: &mut Writer) -> Result<(), EncodeError>;

    /// The InvokeID, in the messages that have one.
    fn invoke_id(&self) -> Option<u32> {
        None
    }

    /// The place of the InvokeID.
    fn invoke_id_mut(&mut self) -> Option<&mut u32> {
        None
    }

    /// The MonitorID, in the messages that have one.
    fn monitor_id(&self) -> Option<u32> {
        None
    }
}

/// A message whose layout is not published, or whose number is new.
#[derive(Clone, Default, PartialEq)]
pub struct Unknown {
    /// The message type of the header.
    pub kind: u32,
    /// Everything after the header.
    pub body: Vec<u8>,
}

impl fmt::Debug for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Unknown").field("kind", &self.kind).field("bytes", &self.body.len()).finish()
    }
}

/// A decoded message and what the layout did not know of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Decoded {
    /// The message.
    pub message: crate::Message,
    /// Floating fields that were skipped because the message has no member for them.
    pub unknown_fields: u32,
}

macro_rules! messages {
    ($($(#[$meta:meta])* $Type:ident = $kind:literal $name:literal since $since:literal;)*) => {
        /// Any message.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Message {
            $($(#[$meta])* $Type($Type),)*
            /// A message that is passed on as bytes.
            Unknown($crate::message::Unknown),
        }

        impl Message {
            /// The message type of the header.
            #[must_use]
            pub fn kind(&self) -> u32 {
                match self {
                    $(Self::$Type(_) => $kind,)*
                    Self::Unknown(unknown) => unknown.kind,
                }
            }

            /// The published name, `UNKNOWN` for a number that has none.
            #[must_use]
            pub fn name(&self) -> &'static str {
                match self {
                    $(Self::$Type(_) => $name,)*
                    Self::Unknown(unknown) => $crate::messages::kind_name(unknown.kind).unwrap_or("UNKNOWN"),
                }
            }

            /// The first version that has this message; 0 for those older than every version spoken here.
            #[must_use]
            pub fn since(&self) -> u8 {
                match self {
                    $(Self::$Type(_) => $since,)*
                    Self::Unknown(_) => 0,
                }
            }

            /// The InvokeID, in the messages that have one.
            #[must_use]
            pub fn invoke_id(&self) -> Option<u32> {
                use $crate::message::Body;
                match self {
                    $(Self::$Type(body) => body.invoke_id(),)*
                    Self::Unknown(_) => None,
                }
            }

            /// The MonitorID, in the messages that have one: 0 in events that no monitor caused.
            #[must_use]
            pub fn monitor_id(&self) -> Option<u32> {
                use $crate::message::Body;
                match self {
                    $(Self::$Type(body) => body.monitor_id(),)*
                    Self::Unknown(_) => None,
                }
            }

            /// Sets the InvokeID; nothing happens in the messages that have none.
            pub fn set_invoke_id(&mut self, invoke_id: u32) {
                use $crate::message::Body;
                let place = match self {
                    $(Self::$Type(body) => body.invoke_id_mut(),)*
                    Self::Unknown(_) => None,
                };
                if let Some(place) = place {
                    *place = invoke_id;
                }
            }

            pub(crate) fn encode_body(&self, w: &mut $crate::writer::Writer) -> Result<(), $crate::EncodeError> {
                use $crate::message::Body;
                match self {
                    $(Self::$Type(body) => body.encode(w),)*
                    Self::Unknown(unknown) => {
                        w.raw(&unknown.body);
                        Ok(())
                    }
                }
            }

            pub(crate) fn decode_body(
                kind: u32,
                r: &mut $crate::reader::Reader<'_>,
            ) -> Result<Self, $crate::DecodeError> {
                use $crate::message::Body;
                match kind {
                    $($kind => $Type::decode(r).map(Self::$Type),)*
                    _ => Ok(Self::Unknown($crate::message::Unknown { kind, body: r.rest().to_vec() })),
                }
            }
        }

        $(
            impl $Type {
                /// The message type of the header.
                pub const KIND: u32 = $kind;
            }

            impl From<$Type> for Message {
                fn from(body: $Type) -> Self {
                    Self::$Type(body)
                }
            }
        )*
    };
}

pub(crate) use messages;

impl crate::Message {
    /// The whole message, header included, for a session of this version. Fields newer than the version are left
    /// out (ged188.md section 12).
    ///
    /// # Errors
    /// See [`EncodeError`]: a value that does not fit its field, a message that is too long or too new.
    pub fn encode(&self, version: crate::Version) -> Result<Vec<u8>, EncodeError> {
        if !version.has(self.since()) {
            return Err(EncodeError::TooNew { name: self.name(), since: self.since(), version });
        }
        let mut w = Writer::new(self.kind(), version);
        self.encode_body(&mut w)?;
        w.finish()
    }

    /// Reads the body of a message of type `kind`. A type without a published layout becomes
    /// [`Message::Unknown`](crate::Message::Unknown).
    ///
    /// # Errors
    /// See [`DecodeError`]: the body does not follow its layout.
    pub fn decode(kind: u32, body: &[u8], version: crate::Version) -> Result<Self, DecodeError> {
        Self::decode_body(kind, &mut Reader::new(body, version))
    }

    /// As [`Message::decode`](crate::Message::decode), with the number of floating fields that were skipped.
    ///
    /// # Errors
    /// See [`DecodeError`]: the body does not follow its layout.
    pub fn decode_counting(kind: u32, body: &[u8], version: crate::Version) -> Result<Decoded, DecodeError> {
        let mut r = Reader::new(body, version);
        let message = Self::decode_body(kind, &mut r)?;
        Ok(Decoded { message, unknown_fields: r.unknown_fields() })
    }
}
