//! The public surface: every endpoint in one table, the documents, and how they are read and written.
//!
//! Owns names, element order, statuses and error bodies of the REST API and of the notification payloads.
//! Never decides anything about agents or calls. Driven by `node`.

mod auth;
pub mod documents;
mod errors;
pub mod events;
mod http;
pub mod links;
mod openapi;
pub mod parse;
#[cfg(test)]
mod quirks;
mod routes;
pub mod settings;
#[cfg(test)]
mod testing;

pub use auth::{Credentials, PASSWORD_BYTES_MAX, USER_BYTES_MAX, credentials};
pub use documents::SystemInfo;
pub use errors::{ApiFailure, ErrorType, NOT_CHECKED};
pub use events::Event;
pub use http::{HttpRequest, HttpResponse, IMPORTED, LOCATION, REQUEST_ID_BYTES_MAX, SKIPPED};
pub use openapi::{OPENAPI_PATH, openapi};
pub use routes::{
    Acting, Administration, BODY_BYTES_MAX, Matched, Object, Operation, Parameter, Place, Reading, Role,
    Route, SettingRead, SettingWrite, Subject, TeamList, TeamResource, body_bytes_max, route, routes,
};
