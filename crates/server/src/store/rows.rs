//! The log as rows.

use std::path::Path;
use std::{fs, io};

use node::ledger::{
    Batch, Change, Entry, Generation, Hash, Head, Key, Log, Objects, PAST_MAX, Past, Snapshot, Write,
};
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Connection, OptionalExtension as _, Row, Transaction, TransactionBehavior, params};

use crate::disk;

/// Copies of what was replaced: of the last decisions that somebody may want to look at again. Each is as long as
/// settings.db, and has its passwords.
const COPIES_MAX: usize = 3;

/// Rows before the base, of which the checksum is read.
const PAST_ROWS: u64 = PAST_MAX as u64;

/// Everything, and whether it is what was written. Nothing, if no log was begun.
pub(super) fn read(database: &mut Connection) -> Result<Option<Log>, String> {
    let rows = read_rows(database).map_err(|why| why.to_string())?;
    let Some(Rows { past, base, entries, objects }) = rows else { return Ok(None) };
    let log = Log::restore(past, base, entries, objects);
    log.map(Some).map_err(|why| format!("its content was changed by hand, or is damaged: {why}"))
}

struct Rows {
    past: Past,
    base: Head,
    entries: Vec<Entry>,
    objects: Objects,
}

fn read_rows(database: &mut Connection) -> rusqlite::Result<Option<Rows>> {
    let now = database.transaction()?;
    let base = now.query_row("SELECT seq, generation, sum, hash, proof FROM base", [], proven).optional()?;
    let Some(base) = base else { return Ok(None) };
    let mut select = now.prepare(
        "SELECT seq, generation, sum, hash, who, says, writes FROM log WHERE seq > ? ORDER BY seq",
    )?;
    let entries = select.query_map([Seq(base.seq)], entry)?.collect::<rusqlite::Result<_>>()?;
    let mut select = now.prepare("SELECT key, value FROM object")?;
    let objects = select.query_map([], |row| Ok((Key::new(row.get::<_, String>(0)?), row.get(1)?)))?;
    let objects = objects.collect::<rusqlite::Result<_>>()?;
    Ok(Some(Rows { past: past(&now, base.seq)?, base, entries, objects }))
}

/// The places before the base, as far back as there is none missing: nothing else proves them.
fn past(now: &Transaction<'_>, base: u64) -> rusqlite::Result<Past> {
    let mut select = now.prepare("SELECT seq, hash FROM log WHERE seq < ? ORDER BY seq DESC LIMIT ?")?;
    let rows = select.query_map(params![Seq(base), Seq(PAST_ROWS)], |row| {
        let (Seq(seq), Hex(hash)) = (row.get(0)?, row.get(1)?);
        Ok((seq, Hash(hash)))
    })?;
    let rows: Vec<(u64, Hash)> = rows.collect::<rusqlite::Result<_>>()?;
    let unbroken = rows.into_iter().zip(1..).take_while(|((seq, _), back)| seq + back == base);
    let hashes: Vec<Hash> = unbroken.map(|((_, hash), _)| hash).collect();
    Ok(Past::new(hashes.into_iter().rev()))
}

/// A head that no entry proves.
fn proven(row: &Row<'_>) -> rusqlite::Result<Head> {
    let (head, Hex(proof)) = (head(row)?, row.get(4)?);
    if head.proof() == Hash(proof) {
        Ok(head)
    } else {
        Err(FromSqlError::Other("a wrong checksum".into()).into())
    }
}

fn head(row: &Row<'_>) -> rusqlite::Result<Head> {
    let Seq(seq) = row.get(0)?;
    let Hex(generation) = row.get(1)?;
    let (Hex(sum), Hex(hash)) = (row.get(2)?, row.get(3)?);
    let generation = Generation(u64::from_be_bytes(generation));
    Ok(Head { generation, seq, sum: Hash(sum), hash: Hash(hash) })
}

fn entry(row: &Row<'_>) -> rusqlite::Result<Entry> {
    let Writes(writes) = row.get(6)?;
    let change = Change { writes, by: row.get(4)?, says: row.get(5)? };
    Ok(Entry { head: head(row)?, change: change.into() })
}

/// A copy of the file as it is, beside it, for people: it is named after where its log stands.
pub(super) fn set_aside(database: &mut Connection, path: &Path) -> Result<(), String> {
    let Some(log) = read(database)? else { return Ok(()) };
    let head = log.head();
    let copy = path.with_extension(format!("replaced-{}-{}.db", head.generation, head.seq));
    disk::replace(&copy, b"").map_err(|why| why.to_string())?;
    let written = database.execute("VACUUM INTO ?", [copy.to_string_lossy()]);
    written.map_err(|why| format!("{}: {why}", copy.display()))?;
    remove_oldest(path).map_err(|why| why.to_string())
}

/// The newest [`COPIES_MAX`] stay.
fn remove_oldest(path: &Path) -> io::Result<()> {
    let (Some(directory), Some(name)) = (path.parent(), path.file_stem()) else { return Ok(()) };
    let begin = format!("{}.replaced-", name.to_string_lossy());
    let mut copies = Vec::new();
    for file in fs::read_dir(directory)? {
        let file = file?;
        if file.file_name().to_string_lossy().starts_with(&begin) {
            copies.push((file.metadata()?.modified()?, file.path()));
        }
    }
    copies.sort();
    let too_many = copies.len().saturating_sub(COPIES_MAX);
    copies.iter().take(too_many).try_for_each(|(_, path)| fs::remove_file(path))
}

/// All of the batch, or nothing.
pub(super) fn write(database: &mut Connection, batch: &Batch) -> rusqlite::Result<()> {
    let change = database.transaction_with_behavior(TransactionBehavior::Immediate)?;
    match batch {
        Batch::Append { base, entries } => {
            set_base(&change, base)?;
            entries.iter().try_for_each(|entry| append(&change, entry))?;
        }
        Batch::Replace { snapshot, .. } => replace(&change, snapshot)?,
    }
    change.commit()
}

fn append(change: &Transaction<'_>, Entry { head, change: what }: &Entry) -> rusqlite::Result<()> {
    let mut insert = change.prepare_cached(
        "INSERT INTO log (seq, generation, sum, hash, who, says, writes) VALUES (?, ?, ?, ?, ?, ?, ?)",
    )?;
    let generation = Hex(head.generation.0.to_be_bytes());
    let writes = serde_json::to_string(&what.writes).unwrap_or_default();
    let (sum, hash) = (Hex(head.sum.0), Hex(head.hash.0));
    insert.execute(params![Seq(head.seq), generation, sum, hash, what.by, what.says, writes])?;
    let mut set = change.prepare_cached(
        "INSERT INTO object (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
    )?;
    let mut remove = change.prepare_cached("DELETE FROM object WHERE key = ?")?;
    what.writes.iter().try_for_each(|write| match &write.value {
        Some(value) => set.execute([write.key.as_str(), value]).map(drop),
        None => remove.execute([write.key.as_str()]).map(drop),
    })
}

fn replace(change: &Transaction<'_>, Snapshot { head, past, objects }: &Snapshot) -> rusqlite::Result<()> {
    change.execute_batch("DELETE FROM object; DELETE FROM log; DELETE FROM base")?;
    let mut insert = change.prepare_cached("INSERT INTO object (key, value) VALUES (?, ?)")?;
    objects.iter().try_for_each(|(key, value)| insert.execute([key.as_str(), value]).map(drop))?;
    let mut insert = change.prepare_cached(
        "INSERT INTO log (seq, generation, sum, hash, who, says, writes) VALUES (?, '', '', ?, '', '', '')",
    )?;
    let newest_first = (0..head.seq).rev().zip(past.hashes().rev());
    newest_first
        .map(|(seq, hash)| insert.execute(params![Seq(seq), Hex(hash.0)]))
        .try_for_each(|done| done.map(drop))?;
    set_base(change, head)
}

/// Entries up to the base lose their writes, which are long; who changed something, and when, stays for people, and the
/// checksum for [`past`].
fn set_base(change: &Transaction<'_>, base: &Head) -> rusqlite::Result<()> {
    let before = change.query_row("SELECT seq FROM base", [], |row| row.get::<_, Seq>(0)).optional()?;
    let mut leave = change.prepare_cached(
        "INSERT OR IGNORE INTO log (seq, generation, sum, hash, who, says, writes) \
         SELECT seq, generation, sum, hash, '', '', '' FROM base WHERE seq < ?",
    )?;
    let Head { generation, seq, sum, hash } = *base;
    leave.execute([Seq(seq)])?;
    let generation = Hex(generation.0.to_be_bytes());
    let mut set = change.prepare_cached(
        "INSERT OR REPLACE INTO base (only, seq, generation, sum, hash, proof) VALUES (1, ?, ?, ?, ?, ?)",
    )?;
    set.execute(params![Seq(seq), generation, Hex(sum.0), Hex(hash.0), Hex(base.proof().0)])?;
    let mut empty = change.prepare_cached("UPDATE log SET writes = '' WHERE seq > ? AND seq <= ?")?;
    empty.execute(params![before.unwrap_or(Seq(0)), Seq(seq)])?;
    let mut forget = change.prepare_cached("DELETE FROM log WHERE seq < ?")?;
    forget.execute([Seq(seq.saturating_sub(PAST_ROWS))]).map(drop)
}

/// Numbers of SQLite have a sign.
struct Seq(u64);

impl ToSql for Seq {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        i64::try_from(self.0)
            .map(ToSqlOutput::from)
            .map_err(|why| rusqlite::Error::ToSqlConversionFailure(why.into()))
    }
}

impl FromSql for Seq {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let number = value.as_i64()?;
        u64::try_from(number).map(Self).map_err(|_| FromSqlError::OutOfRange(number))
    }
}

/// Bytes as people read them.
struct Hex<const N: usize>([u8; N]);

impl<const N: usize> ToSql for Hex<N> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.0.iter().map(|byte| format!("{byte:02x}")).collect::<String>().into())
    }
}

impl<const N: usize> FromSql for Hex<N> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let text = value.as_str()?;
        let mut bytes = [0; N];
        let pairs = text.as_bytes().chunks(2).map(|pair| {
            let pair = std::str::from_utf8(pair).ok()?;
            u8::from_str_radix(pair, 16).ok()
        });
        let read: Option<Vec<u8>> = pairs.collect();
        let read = read.filter(|read| read.len() == N).ok_or(FromSqlError::InvalidType)?;
        bytes.copy_from_slice(&read);
        Ok(Self(bytes))
    }
}

struct Writes(Vec<Write>);

impl FromSql for Writes {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        serde_json::from_str(value.as_str()?).map(Self).map_err(|why| FromSqlError::Other(why.into()))
    }
}
