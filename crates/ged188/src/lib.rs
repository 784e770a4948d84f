//! GED-188.
/// A message.
#[derive(Clone, Debug, PartialEq)]
pub enum Message {}
