//! The audit log: one JSON line for each order, on disk before the order is answered.

use std::io;
use std::path::PathBuf;

use node::api::documents::utc;
use node::domain::WallMs;
use serde::Serialize;
use tokio::fs::{File, OpenOptions};
use tokio::io::AsyncWriteExt;

/// Appends to one file. Never reads or shortens it: that is for the operator's log rotation, so it is opened anew for
/// each order.
pub(crate) struct Audit(pub(crate) PathBuf);

/// One order.
#[derive(Serialize)]
pub(crate) struct Line<'a> {
    /// When it was answered, in UTC.
    pub(crate) when: String,
    /// Who gave it.
    pub(crate) who: &'a str,
    /// What was ordered: `stop webapp`.
    pub(crate) what: &'a str,
    /// Over which way it came.
    pub(crate) from: &'a str,
    /// `done`, `already so`, or why not.
    pub(crate) outcome: &'a str,
}

impl Audit {
    /// The file, ready to be written. Asked for before an order is carried out: what cannot be written down is not done.
    pub(crate) async fn open(&self) -> Result<File, String> {
        let opened = OpenOptions::new().create(true).append(true).mode(0o600).open(&self.0).await;
        opened.map_err(|reason| format!("{} cannot be written: {reason}", self.0.display()))
    }

    /// Writes a line and waits until it is on disk.
    pub(crate) async fn write(file: &mut File, line: &Line<'_>) -> io::Result<()> {
        let mut text = serde_json::to_vec(line)?;
        text.push(b'\n');
        file.write_all(&text).await?;
        file.flush().await?;
        file.sync_all().await
    }
}

/// How times are written.
pub(crate) fn when(now: WallMs) -> String {
    utc(now)
}
