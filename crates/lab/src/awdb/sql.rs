//! T-SQL as far as an AWDB host of the lab understands it: plain SELECTs, and what stock clients say when they sign in.
//!
//! Owns the tokens, the cutting of a text into statements and the way from a SELECT of T-SQL to one of SQLite. Never
//! touches a database: whether a table or column exists, SQLite says.

mod select;
mod tokens;

use tds::Failure;

use self::select::Translator;
use self::tokens::{Token, tokens};

/// The database of a lab.
pub(super) const DATABASE: &str = "lab_awdb";

/// One statement, understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Statement {
    /// `SET ...` and what else changes nothing that is read.
    Accepted,
    /// `USE lab_awdb`.
    Use,
    /// A SELECT.
    Select(Select),
}

/// A SELECT in SQLite's dialect.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Select {
    /// The text.
    pub(super) sql: String,
    /// Names of parameters: the first is `?1`.
    pub(super) parameters: Vec<String>,
    /// The first table that is read, as the client wrote it.
    pub(super) table: Option<String>,
}

/// The statements of a text, up to the first that is refused, and why it is.
pub(super) fn parse(text: &str) -> (Vec<Statement>, Option<Failure>) {
    let all = match tokens(text) {
        Ok(all) => all,
        Err(failure) => return (vec![], Some(failure)),
    };
    let (mut rest, mut statements) = (all.as_slice(), Vec::new());
    loop {
        while let [Token::Mark(";"), after @ ..] = rest {
            rest = after;
        }
        let Some(first) = rest.first() else { return (statements, None) };
        let (statement, after) = rest.split_at(length(rest));
        rest = after;
        match one(first, statement) {
            Ok(statement) => statements.push(statement),
            Err(failure) => return (statements, Some(failure)),
        }
    }
}

/// Words that begin a statement.
const STARTERS: [&str; 30] = [
    "select", "set", "use", "begin", "commit", "rollback", "save", "if", "while", "declare", "print", "exec",
    "execute", "insert", "update", "delete", "merge", "truncate", "create", "alter", "drop", "grant",
    "revoke", "deny", "backup", "restore", "bulk", "dbcc", "kill", "shutdown",
];

/// Words after which a SELECT is part of the one before.
const JOINERS: [&str; 4] = ["union", "all", "except", "intersect"];

/// Tokens of the first statement: up to a semicolon, or a word that begins another, outside of any parentheses.
fn length(tokens: &[Token<'_>]) -> usize {
    let (mut depth, mut before) = (0usize, None);
    for (at, token) in tokens.iter().enumerate() {
        match token {
            Token::Mark("(") => depth += 1,
            Token::Mark(")") => depth = depth.saturating_sub(1),
            Token::Mark(";") if depth == 0 => return at,
            Token::Word(word) if depth == 0 && at > 0 && begins(word, before) => return at,
            Token::Word(_) | Token::Name(_) | Token::Text(_) | Token::Number(_) | Token::Mark(_) => {}
        }
        before = Some(token);
    }
    tokens.len()
}

fn begins(word: &str, before: Option<&Token<'_>>) -> bool {
    let joined = before.is_some_and(|before| JOINERS.iter().any(|joiner| before.is(joiner)));
    let named = before.is_some_and(|before| *before == Token::Mark("."));
    STARTERS.iter().any(|starter| word.eq_ignore_ascii_case(starter)) && !joined && !named
}

fn one(first: &Token<'_>, statement: &[Token<'_>]) -> Result<Statement, Failure> {
    let Token::Word(word) = first else { return Err(Failure::syntax(&first.to_string())) };
    match word.to_ascii_lowercase().as_str() {
        "select" => Translator::of(statement).select().map(Statement::Select),
        "set" | "begin" | "commit" | "rollback" | "save" => Ok(Statement::Accepted),
        "use" => used(statement),
        "insert" | "update" | "delete" | "merge" | "truncate" | "create" | "alter" | "drop" | "grant"
        | "revoke" | "deny" | "backup" | "restore" | "bulk" | "dbcc" | "kill" | "shutdown" | "exec"
        | "execute" => Err(Failure::read_only(&word.to_ascii_uppercase(), DATABASE)),
        _ => Err(Failure::syntax(word)),
    }
}

fn used(statement: &[Token<'_>]) -> Result<Statement, Failure> {
    match statement {
        [_, Token::Word(name)] if name.eq_ignore_ascii_case(DATABASE) => Ok(Statement::Use),
        [_, Token::Name(name)] if name.eq_ignore_ascii_case(DATABASE) => Ok(Statement::Use),
        [_, name] => Err(Failure::unknown_database(&name.to_string())),
        _ => Err(Failure::syntax("USE")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn select(text: &str) -> Select {
        match parse(text) {
            (statements, None) => match &statements[..] {
                [Statement::Select(select)] => select.clone(),
                other => panic!("{text}: {other:?}"),
            },
            (_, Some(failure)) => panic!("{text}: {failure:?}"),
        }
    }

    fn sql(text: &str) -> String {
        select(text).sql
    }

    fn refusal(text: &str) -> i32 {
        parse(text).1.map_or(0, |failure| failure.number)
    }

    #[test]
    fn a_select_of_t_sql_becomes_one_of_sqlite() {
        let table = [
            ("SELECT 1", "SELECT 1"),
            ("select top 2 PersonID from dbo.Person with (nolock)", "select PersonID from Person LIMIT 2"),
            ("SELECT TOP (5) * FROM [dbo].[Person] (NOLOCK)", "SELECT * FROM [Person] LIMIT 5"),
            ("SELECT NowTime FROM lab_awdb.dbo.Controller_Time", "SELECT NowTime FROM Controller_Time"),
            ("SELECT NowTime FROM lab_awdb..Controller_Time;", "SELECT NowTime FROM Controller_Time"),
            ("SELECT dbo.Person.LoginName FROM dbo.Person", "SELECT Person.LoginName FROM Person"),
            (
                "SELECT p.* FROM Person p -- all\n WHERE /* x */ p.Deleted = N'it''s 早'",
                "SELECT p . * FROM Person p WHERE p.Deleted = 'it''s 早'",
            ),
            (
                "SELECT ISNULL(Description, ''), LEN(LoginName) FROM Person",
                "SELECT IFNULL ( Description , '' ) , LENGTH ( LoginName ) FROM Person",
            ),
            ("SELECT CONVERT(int, '7')", "SELECT CAST ( '7' AS INTEGER )"),
            (
                "SELECT COUNT(*) FROM Agent WHERE PersonID IN (SELECT TOP 1 PersonID FROM dbo.Person)",
                "SELECT COUNT ( * ) FROM Agent WHERE PersonID IN ( SELECT PersonID FROM Person LIMIT 1 )",
            ),
        ];
        let plain = |text: &str| text.split_whitespace().collect::<String>();
        for (t_sql, sqlite) in table {
            assert_eq!(plain(&sql(t_sql)), plain(sqlite), "{t_sql}");
        }
    }

    #[test]
    fn parameters_are_numbered_by_their_names() {
        let got = select(
            "SELECT TOP 2 a.PeripheralNumber FROM dbo.Agent a WITH (NOLOCK) WHERE a.PeripheralID = @P1 \
             AND a.PeripheralNumber = CAST(@P2 AS varchar(255)) AND a.PeripheralID = @p1",
        );
        assert_eq!(got.parameters, ["@P1", "@P2"]);
        assert_eq!(got.table.as_deref(), Some("Agent"));
        assert!(
            got.sql.contains("?1") && got.sql.contains("CAST ( ?2 AS TEXT )") && got.sql.ends_with("LIMIT 2")
        );
    }

    #[test]
    fn what_clients_say_when_they_sign_in_is_accepted() {
        let text = "SET TEXTSIZE 2147483647\r\nset quoted_identifier on\nset transaction isolation level read committed\n\
                    use [lab_awdb] select @@spid";
        let (statements, failure) = parse(text);
        assert_eq!(failure, None);
        assert_eq!(
            statements[..4],
            [Statement::Accepted, Statement::Accepted, Statement::Accepted, Statement::Use]
        );
        assert!(matches!(statements[4], Statement::Select(_)));
    }

    #[test]
    fn a_union_is_one_statement() {
        assert_eq!(parse("SELECT 1 UNION ALL SELECT 2").0.len(), 1);
        assert_eq!(parse("SELECT 1 SELECT 2").0.len(), 2);
    }

    #[test]
    fn what_writes_is_refused_and_what_stands_before_it_is_not() {
        for text in [
            "UPDATE Person SET Password = NULL",
            "DELETE Person",
            "DROP TABLE t",
            "EXEC xp_cmdshell 'x'",
            "INSERT INTO x VALUES (1)",
        ] {
            assert_eq!(refusal(text), 229, "{text}");
        }
        let (before, failure) = parse("SELECT 1; DELETE FROM Person; SELECT 2");
        assert_eq!((before.len(), failure.map(|failure| failure.number)), (1, Some(229)));
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        assert_eq!(refusal("USE master"), 911);
        assert_eq!(refusal("SELECT * FROM other.dbo.Person"), 208);
        for text in [
            "PRAGMA query_only = 0",
            "ATTACH 'x' AS y",
            "'",
            "SELECT 'open",
            "SELECT [open",
            "SELECT /* open",
            "SELECT (1",
            "SELECT 1)",
            "SELECT TOP x 1",
            "SELECT @@nothing",
            "SELECT \u{1}",
            "WITH x AS (SELECT 1) SELECT 1",
            "SELECT TOP 1 1 UNION SELECT 2",
            "SELECT CAST(1 AS geometry)",
            "SELECT 1 LIMIT 1",
            "IF 1=1 SELECT 1",
        ] {
            assert_ne!(refusal(text), 0, "{text}");
        }
    }

    #[test]
    fn texts_are_bounded() {
        assert_eq!(refusal(&"(".repeat(100_000)), 191);
        let nested = format!("SELECT {}1{}", "(".repeat(200), ")".repeat(200));
        assert_eq!(refusal(&nested), 191);
    }
}
