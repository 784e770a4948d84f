//! One element tree, one parser with limits, one writer, for REST bodies and XMPP stanzas alike.
//!
//! The parser accepts a document type declaration, a processing instruction or an entity of the document's own
//! under no circumstances, and stops at its [`Limits`] before memory is spent. The writer makes compact XML with
//! double quotes and without a declaration (rest-api.md section 1.4). Nothing here knows what a document means.

mod element;
mod escape;
mod lenient;
mod parse;
mod plain;
mod stream;
mod writer;

pub use element::{Attribute, Element, Node};
pub use escape::{escape, push_escaped, push_escaped_attribute};
pub use parse::{Limits, XmlError};
pub use stream::{Piece, StreamParser};
pub use writer::Writer;
