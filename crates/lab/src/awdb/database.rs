//! The file of one AWDB host: read for clients, with the types that SQL Server would tell them.
//!
//! Runs on the blocking pool only. A client's connection can read and nothing else, whatever it is asked.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, ErrorCode, OpenFlags, Statement as Prepared};
use tds::{Answer, Column, ColumnType, Failure, Outcome, Query, Table, Value};

use super::sql::{self, DATABASE, Select, Statement};

/// Rows of one answer: twice as many agents as a desktop server takes.
const ROWS_MAX: usize = 200_000;

/// How long a reader waits while the distributor writes.
const BUSY_MAX: Duration = Duration::from_secs(1);

/// The file of a host.
#[derive(Clone, Debug)]
pub(super) struct File(pub(super) PathBuf);

/// A client's connection to it.
#[derive(Debug)]
pub(super) struct Reader(Connection);

/// What was asked in a request, for the counters: `Agent(2)` is a SELECT from Agent with two parameters.
pub(super) type Kinds = Vec<String>;

impl File {
    /// Copies the people of the lab.
    pub(super) fn copy(from: &Path, to: PathBuf) -> std::io::Result<Self> {
        std::fs::copy(from, &to)?;
        Ok(Self(to))
    }

    /// Opens it for one client.
    pub(super) fn read(&self) -> rusqlite::Result<Reader> {
        let connection = Connection::open_with_flags(&self.0, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        connection.busy_timeout(BUSY_MAX)?;
        Ok(Reader(connection))
    }

    /// Moves Controller_Time to now, as a distributor does with each portion of the real-time feed.
    pub(super) fn move_controller_time(&self) -> rusqlite::Result<()> {
        let connection = Connection::open_with_flags(&self.0, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        connection.busy_timeout(BUSY_MAX)?;
        // A lab's file need not survive a loss of power.
        connection.pragma_update(None, "synchronous", "OFF")?;
        connection
            .execute("UPDATE t_Controller_Time SET NowTime = strftime('%Y-%m-%d %H:%M:%f', 'now')", [])?;
        Ok(())
    }
}

impl Reader {
    /// Ends what is being read, from another thread.
    pub(super) fn interrupt(&self) -> rusqlite::InterruptHandle {
        self.0.get_interrupt_handle()
    }

    /// Everything that a request asks.
    pub(super) fn answer(&self, query: &Query) -> (Answer, Kinds) {
        let (statements, failure) = sql::parse(&query.sql);
        let (mut answer, mut kinds) = (Answer { outcomes: vec![], failure }, Kinds::new());
        for statement in statements {
            let outcome = match statement {
                Statement::Accepted => Ok(Outcome::Done),
                Statement::Use => Ok(Outcome::Database(DATABASE.into())),
                Statement::Select(select) => {
                    kinds.push(kind(&select));
                    self.select(&select, query).map(Outcome::Rows)
                }
            };
            match outcome {
                Ok(outcome) => answer.outcomes.push(outcome),
                Err(failure) => {
                    answer.failure = Some(failure);
                    break;
                }
            }
        }
        if answer.failure.is_some() {
            kinds.push("refused".into());
        }
        (answer, kinds)
    }

    fn select(&self, select: &Select, query: &Query) -> Result<Table, Failure> {
        let mut prepared = self.0.prepare(&select.sql).map_err(|reason| failure(&reason))?;
        for (at, name) in select.parameters.iter().enumerate() {
            let value = query.parameters.iter().find(|(given, _)| given.eq_ignore_ascii_case(name));
            let (_, value) = value.ok_or_else(|| Failure::undeclared(name))?;
            bind(&mut prepared, at + 1, value).map_err(|reason| failure(&reason))?;
        }
        let names: Vec<String> = prepared.column_names().map(str::to_owned).collect();
        let declared: Vec<Option<ColumnType>> =
            prepared.columns().map(|column| column.decl_type().and_then(ColumnType::declared)).collect();
        let rows = read(&mut prepared, names.len())?;
        let column = |(at, name): (usize, String)| Column {
            name,
            kind: fitting(declared.get(at).copied().flatten(), &rows, at),
        };
        let columns = names.into_iter().enumerate().map(column).collect();
        Ok(Table { columns, rows })
    }
}

fn read(prepared: &mut Prepared<'_>, columns: usize) -> Result<Vec<Vec<Value>>, Failure> {
    let mut all = Vec::new();
    let mut rows = prepared.raw_query();
    while let Some(row) = rows.next().map_err(|reason| failure(&reason))? {
        if all.len() == ROWS_MAX {
            return Err(Failure::new(
                8632,
                17,
                format!("Internal error: an answer has at most {ROWS_MAX} rows here."),
            ));
        }
        let values = (0..columns).map(|at| row.get_ref(at).map(value));
        all.push(values.collect::<rusqlite::Result<_>>().map_err(|reason| failure(&reason))?);
    }
    Ok(all)
}

fn bind(to: &mut Prepared<'_>, at: usize, value: &Value) -> rusqlite::Result<()> {
    match value {
        Value::Null => to.raw_bind_parameter(at, rusqlite::types::Null),
        Value::Int(number) => to.raw_bind_parameter(at, number),
        Value::Float(number) => to.raw_bind_parameter(at, number),
        Value::Text(text) => to.raw_bind_parameter(at, text),
        Value::Bytes(bytes) => to.raw_bind_parameter(at, bytes),
    }
}

fn value(from: ValueRef<'_>) -> Value {
    match from {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::Int(number),
        ValueRef::Real(number) => Value::Float(number),
        ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Blob(bytes) => Value::Bytes(bytes.to_vec()),
    }
}

/// The declared type, if every value is of it; else, for expressions and for cells that somebody spoilt on purpose, the
/// narrowest that takes them all.
fn fitting(declared: Option<ColumnType>, rows: &[Vec<Value>], at: usize) -> ColumnType {
    let takes = |kind: &ColumnType| rows.iter().filter_map(|row| row.get(at)).all(|value| kind.takes(value));
    let candidates = [ColumnType::Int, ColumnType::BigInt, ColumnType::Float, ColumnType::VarBinary];
    declared.into_iter().chain(candidates).find(takes).unwrap_or(ColumnType::TEXT)
}

fn kind(select: &Select) -> String {
    format!("{}({})", select.table.as_deref().unwrap_or("no table"), select.parameters.len())
}

/// SQLite's complaint by the number that SQL Server would give.
fn failure(reason: &rusqlite::Error) -> Failure {
    let told = match reason {
        rusqlite::Error::SqliteFailure(error, _) if error.code == ErrorCode::OperationInterrupted => {
            return Failure::new(3617, 16, "The query was ended because it took too long.");
        }
        rusqlite::Error::SqliteFailure(_, Some(told)) => told.as_str(),
        rusqlite::Error::SqlInputError { msg, .. } => msg.as_str(),
        other => return Failure::new(50000, 16, other.to_string()),
    };
    let after = |prefix: &str| told.strip_prefix(prefix).map(|name| name.trim().to_owned());
    if let Some(name) = after("no such table:") {
        return Failure::no_object(&name);
    }
    if let Some(name) = after("no such column:") {
        return Failure::no_column(&name);
    }
    if let Some(name) = after("no such function:") {
        return Failure::new(195, 15, format!("'{name}' is not a recognized built-in function name."));
    }
    match told.split_once("near \"").and_then(|(_, near)| near.split_once('"')) {
        Some((near, _)) => Failure::syntax(near),
        None => Failure::new(50000, 16, told),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file with one person and one time.
    fn reader() -> Reader {
        let connection = Connection::open_in_memory().unwrap();
        let schema = "CREATE TABLE t_Person (PersonID INTEGER PRIMARY KEY, LastName nvarchar(32) NOT NULL, \
                      LoginName varchar(255), Password varchar(255), LoginEnabled char(1), Kind smallint, At datetime); \
                      CREATE VIEW Person AS SELECT * FROM t_Person; \
                      INSERT INTO t_Person VALUES (5000, '佐藤', 'sato', NULL, 'Y', 3, '2026-11-23 16:31:07.120')";
        connection.execute_batch(schema).unwrap();
        Reader(connection)
    }

    fn ask(sql: &str, parameters: &[(&str, Value)]) -> Answer {
        let parameters = parameters.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        reader().answer(&Query { sql: sql.into(), parameters }).0
    }

    fn rows(answer: Answer) -> Table {
        match answer {
            Answer { mut outcomes, failure: None } => match outcomes.pop() {
                Some(Outcome::Rows(table)) => table,
                other => panic!("{other:?}"),
            },
            Answer { failure: Some(failure), .. } => panic!("{failure:?}"),
        }
    }

    #[test]
    fn columns_have_their_declared_types_through_a_view() {
        let table = rows(ask("SELECT * FROM dbo.Person WITH (NOLOCK)", &[]));
        let kinds: Vec<ColumnType> = table.columns.iter().map(|column| column.kind).collect();
        let expected = [
            ColumnType::Int,
            ColumnType::NVarChar(32),
            ColumnType::VarChar(255),
            ColumnType::VarChar(255),
            ColumnType::Char(1),
            ColumnType::SmallInt,
            ColumnType::DateTime,
        ];
        assert_eq!(kinds, expected);
        assert_eq!((&table.rows[0][1], &table.rows[0][3]), (&Value::Text("佐藤".into()), &Value::Null));
    }

    #[test]
    fn parameters_are_bound_and_never_read_as_sql() {
        let sql = "SELECT TOP 2 p.PersonID FROM dbo.Person p WHERE p.LoginName = CAST(@P1 AS varchar(255))";
        assert_eq!(rows(ask(sql, &[("@P1", Value::Text("sato".into()))])).rows, [[Value::Int(5000)]]);
        assert!(rows(ask(sql, &[("@P1", Value::Text("' OR 1=1 --".into()))])).rows.is_empty());
        assert_eq!(ask(sql, &[]).failure.map(|failure| failure.number), Some(137));
    }

    #[test]
    fn what_is_missing_has_the_numbers_of_sql_server() {
        let number = |sql| ask(sql, &[]).failure.map(|failure| failure.number);
        assert_eq!(number("SELECT * FROM dbo.Agent"), Some(208));
        assert_eq!(number("SELECT Shoe FROM dbo.Person"), Some(207));
        assert_eq!(number("SELECT NEWID()"), Some(195));
        assert_eq!(number("DELETE FROM Person"), Some(229));
        assert_eq!(number("SELECT FROM WHERE"), Some(102));
    }

    #[test]
    fn expressions_and_spoilt_cells_get_a_type_that_takes_them() {
        let table = rows(ask("SELECT COUNT(*), 'x', 1.5, 5000000000, NULL FROM Person", &[]));
        let kinds: Vec<ColumnType> = table.columns.iter().map(|column| column.kind).collect();
        let expected =
            [ColumnType::Int, ColumnType::TEXT, ColumnType::Float, ColumnType::BigInt, ColumnType::Int];
        assert_eq!(kinds, expected);
        assert_eq!(
            fitting(Some(ColumnType::SmallInt), &[vec![Value::Text("x".into())]], 0),
            ColumnType::TEXT
        );
    }

    #[test]
    fn requests_are_counted_by_what_they_read() {
        let query = Query {
            sql: "SET NOCOUNT ON SELECT LoginName FROM dbo.Person; SELECT 1; DROP TABLE x".into(),
            parameters: vec![],
        };
        assert_eq!(reader().answer(&query).1, ["Person(0)", "no table(0)", "refused"]);
    }
}
