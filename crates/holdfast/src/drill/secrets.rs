//! No credential in any log: every file that the desktop servers of a drill wrote is searched for every password and
//! every stored hash that they have seen, plain and inside base64.
//!
//! Settings files and databases hold credentials by their purpose, so they are where the search takes some from; nothing
//! else is left out. A search that finds no log, or none at debug level, has failed.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::json;
use server::awdb::stored_form;

use super::live::{ADMIN, PASSWORD, WRONG};
use crate::proof::Row;

/// What the search is called in reports.
const ID: &str = "AWDB-logs";
/// Files that hold credentials by their purpose: settings, keys, databases and what a database keeps beside itself.
const HOLD_CREDENTIALS: [&str; 6] = ["toml", "pem", "sqlite", "sqlite-wal", "sqlite-shm", "unfinished"];
/// Keys of settings files whose values nobody else may see.
const SECRET_KEYS: [&str; 2] = ["password", "password_hash"];
/// Shorter than that it would be found by chance.
const SECRET_BYTES_MIN: usize = 8;

/// Searches everything below the directory of a drill that is over.
pub(crate) fn search(dir: &Path) -> Row {
    match searched(dir) {
        Ok(search) => search.judge(),
        Err(reason) => Row::failed(ID, format!("the logs could not be read: {reason}")),
    }
}

fn searched(dir: &Path) -> io::Result<Search> {
    let mut search = Search::default();
    for lab in children(dir)?.iter().map(|net| children(net)).collect::<io::Result<Vec<_>>>()?.concat() {
        search.lab(&lab)?;
    }
    Ok(search)
}

#[derive(Debug, Default)]
struct Search {
    logs: u64,
    bytes: u64,
    debug_lines: usize,
    secrets: BTreeSet<String>,
    found: Vec<String>,
}

impl Search {
    /// The directory of one lab; what is secret in it need not be in another.
    fn lab(&mut self, dir: &Path) -> io::Result<()> {
        let files = files(dir)?;
        let (holders, logs): (Vec<_>, Vec<_>) = files.into_iter().partition(|file| holds_credentials(file));
        let mut secrets: BTreeSet<String> = everywhere().into();
        for holder in holders.iter().filter(|file| extension(file) == "toml") {
            secrets.extend(secrets_of(&text(holder)?));
        }
        logs.iter().try_for_each(|log| self.file(log, &secrets))?;
        self.secrets.extend(secrets);
        Ok(())
    }

    fn file(&mut self, path: &Path, secrets: &BTreeSet<String>) -> io::Result<()> {
        let text = text(path)?;
        self.logs += u64::from(extension(path) == "log");
        self.bytes += u64::try_from(text.len()).unwrap_or(u64::MAX);
        self.debug_lines += text.lines().filter(|line| line.contains("DEBUG")).count();
        let leaks = secrets.iter().filter(|secret| forms(secret).iter().any(|form| text.contains(form)));
        // Which one it was must not stand in yet another file.
        self.found.extend(leaks.map(|secret| format!("{}: one of {} bytes", path.display(), secret.len())));
        Ok(())
    }

    fn judge(self) -> Row {
        let says = match &self {
            Self { logs: 0, .. } | Self { bytes: 0, .. } => "there are no logs to search".into(),
            Self { debug_lines: 0, .. } => "no log has a line of debug level".into(),
            Self { found, .. } if !found.is_empty() => format!("credentials in logs: {}", found.join(", ")),
            Self { .. } => "no password and no stored hash is in any log".into(),
        };
        let passed = self.logs > 0 && self.bytes > 0 && self.debug_lines > 0 && self.found.is_empty();
        let evidence = json!({
            "logs": self.logs,
            "bytes": self.bytes,
            "debug_lines": self.debug_lines,
            "credentials": self.secrets.len(),
            "found": self.found.len(),
        });
        Row { id: ID.into(), passed, says, evidence }
    }
}

/// Of the people of every lab, as they are typed and as AWDBs store them.
fn everywhere() -> [String; 5] {
    let hash = |password| stored_form(password).trim_start_matches("{enc:1}").to_owned();
    [PASSWORD.into(), WRONG.into(), ADMIN.into(), hash(PASSWORD), hash(WRONG)]
}

/// Those of a settings file: `key = "value"`.
fn secrets_of(settings: &str) -> impl Iterator<Item = String> {
    let value = |line: &str| {
        let (key, value) = line.split_once('=')?;
        let value = value.trim().trim_matches(['"', '\'']);
        let secret = SECRET_KEYS.contains(&key.trim()) && value.len() >= SECRET_BYTES_MIN;
        secret.then(|| value.to_owned())
    };
    settings.lines().filter_map(value)
}

/// How it would look: as it is, in capitals as hashes are at times, and in base64 wherever it stands in what was encoded.
fn forms(secret: &str) -> Vec<String> {
    let inside = (0..3).map(|before| inside_base64(secret, before));
    [secret.to_owned(), secret.to_uppercase()].into_iter().chain(inside).collect()
}

/// What is the same in the base64 of every text in which a multiple of three bytes and `before` more come before the secret.
fn inside_base64(secret: &str, before: usize) -> String {
    let text = [vec![0; before], secret.as_bytes().to_vec()].concat();
    let encoded = BASE64.encode(&text);
    // A digit holds six bits; those at the edges hold bits of what is around, too.
    let (first, end) = ((before * 8).div_ceil(6), text.len() * 8 / 6);
    encoded.chars().take(end).skip(first).collect()
}

fn holds_credentials(file: &Path) -> bool {
    HOLD_CREDENTIALS.contains(&extension(file))
}

fn extension(file: &Path) -> &str {
    file.extension().and_then(|extension| extension.to_str()).unwrap_or_default()
}

fn text(file: &Path) -> io::Result<String> {
    Ok(String::from_utf8_lossy(&fs::read(file)?).into_owned())
}

/// Every file below a directory.
fn files(dir: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for child in children(dir)? {
        if child.is_dir() {
            files.extend(self::files(&child)?);
        } else if child.is_file() {
            files.push(child);
        }
    }
    Ok(files)
}

fn children(dir: &Path) -> io::Result<Vec<PathBuf>> {
    fs::read_dir(dir)?.map(|entry| Ok(entry?.path())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A drill of one lab that has written this log.
    fn drill(name: &str, log: &str) -> PathBuf {
        let dir = std::env::temp_dir().join(format!("holdfast-secrets-{name}-{}", std::process::id()));
        let lab = dir.join("127.7.1").join("lab-1");
        fs::create_dir_all(lab.join("node-1")).unwrap();
        fs::write(
            lab.join("awdb-login.toml"),
            "[x]\nusername = \"holdfast\"\npassword = \"0123456789abcdef\"\n",
        )
        .unwrap();
        fs::write(lab.join("node-1").join("node-1.log"), log).unwrap();
        dir
    }

    fn searched(name: &str, log: &str) -> Row {
        let dir = drill(name, log);
        let row = search(&dir);
        fs::remove_dir_all(&dir).unwrap();
        row
    }

    #[test]
    fn clean_logs_pass_and_are_counted() {
        let row = searched("clean", "09:00 DEBUG signed in 1002\n");
        assert!(row.passed, "{}", row.says);
        assert_eq!((&row.evidence["logs"], &row.evidence["credentials"]), (&json!(1), &json!(6)));
    }

    #[test]
    fn every_form_of_every_credential_is_found_and_not_told_again() {
        let hash = stored_form(PASSWORD).trim_start_matches("{enc:1}").to_owned();
        let plain = ["0123456789abcdef", PASSWORD, WRONG, &hash, &hash.to_uppercase()].map(String::from);
        let basic = ["1002", "10023", "agent.1002"].map(|name| BASE64.encode(format!("{name}:{PASSWORD}")));
        let sasl = BASE64.encode(format!("\0{}\0{PASSWORD}", "1002"));
        for secret in plain.into_iter().chain(basic).chain([sasl]) {
            let row = searched("leak", &format!("09:00 DEBUG it is {secret}, too\n"));
            assert!(!row.passed && row.says.contains("node-1.log"), "{secret}");
            assert!(!row.says.contains(&secret));
        }
    }

    #[test]
    fn nothing_to_search_is_no_success() {
        assert!(searched("empty", "").says.contains("no logs"));
        assert!(searched("terse", "09:00 INFO up\n").says.contains("debug level"));
        assert!(!search(Path::new("/no/such/place")).passed);
    }
}
