//! The public surface: every endpoint in one table, the documents, and how they are read and written.
//!
//! Owns names, element order, statuses and error bodies of the REST API and of the notification payloads.
//! Never decides anything about agents or calls. Driven by `node`.

mod http;

pub use http::*;
