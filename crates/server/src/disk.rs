//! Small files that are replaced whole: whoever is killed while writing leaves the old one.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

/// The text of a file that is ours. What is longer than `bytes_max` is not.
pub(crate) fn read(path: &Path, bytes_max: usize) -> io::Result<String> {
    let limit = u64::try_from(bytes_max).unwrap_or(u64::MAX);
    let mut text = String::new();
    if File::open(path)?.take(limit.saturating_add(1)).read_to_string(&mut text)? > bytes_max {
        return Err(io::Error::other(format!("it is longer than {bytes_max} bytes")));
    }
    Ok(text)
}

/// Writes the file beside the old one, waits until it is on disk, and puts it in its place. Only its owner can read it.
pub(crate) fn replace(path: &Path, content: &[u8]) -> io::Result<()> {
    let beside = path.with_extension("new");
    let mut file = OpenOptions::new().create(true).write(true).truncate(true).mode(0o600).open(&beside)?;
    file.write_all(content)?;
    file.sync_all()?;
    fs::rename(&beside, path)?;
    path.parent().map_or(Ok(()), |directory| File::open(directory)?.sync_all())
}
