//! The XML documents, as clients have seen them on the wire: compact, children in alphabetical order, scalars
//! without a value present and empty (rest-api.md section 1.4).
//!
//! Each object is written by one function that is told the name of its root element, so that an event shows
//! exactly what a GET would (notifications.md section 7.1).

mod desktop_layout;
mod dialog;
mod error;
mod media_layout;
mod phone_book;
mod queue;
mod reason;
mod settings;
mod system;
mod team;
mod time;
mod user;
mod workflow;
mod wrap_up_reason;

use xml::Writer;

pub use desktop_layout::{layout_config, team_layout_config};
pub use dialog::{dialog, dialogs};
pub use error::api_errors;
pub use media_layout::{media_layout, media_layouts};
pub use phone_book::{contact, contacts, phone_book, phone_books, phone_books_of_team, phone_books_of_user};
pub use queue::{queue, queues};
pub use reason::{all_reason_codes, reason_code, reason_codes};
pub use settings::{ConfigInfo, cluster_config, config_info, enterprise_database_config, system_config};
pub use system::{SystemInfo, system_info};
pub use team::{team, teams};
pub use time::utc;
pub use user::{user, user_summary, users};
pub use workflow::{
    system_variables, workflow, workflow_action, workflow_actions, workflows, workflows_of_user,
};
pub use wrap_up_reason::{wrap_up_reason, wrap_up_reasons};

pub(crate) use dialog::{dialog_as, dialogs_as};
pub(crate) use error::api_errors_event;
pub(crate) use queue::queue_gone;
pub(crate) use system::system_info_as;
pub(crate) use user::{user_as, user_summary_as};

/// The document that `write` writes.
fn rendered(write: impl FnOnce(&mut Writer)) -> String {
    let mut w = Writer::new();
    write(&mut w);
    w.finish()
}
