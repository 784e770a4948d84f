//! A SELECT of T-SQL, written again for SQLite. Each part either has the same meaning there or is refused here.

use std::fmt::Write;

use tds::Failure;

use super::tokens::{Token, too_complex};
use super::{DATABASE, Select};

/// Parentheses in parentheses.
const DEPTH_MAX: usize = 32;

/// The host's clock, as SQLite keeps times; a lab lives in UTC.
const NOW: &str = "strftime('%Y-%m-%d %H:%M:%f', 'now')";

/// Functions without arguments, and what they give.
const CONSTANTS: [(&str, &str); 9] = [
    ("getdate", NOW),
    ("getutcdate", NOW),
    ("sysdatetime", NOW),
    ("sysutcdatetime", NOW),
    ("db_name", "'lab_awdb'"),
    ("schema_name", "'dbo'"),
    ("suser_name", "'holdfast'"),
    ("suser_sname", "'holdfast'"),
    ("user_name", "'holdfast'"),
];

/// What stock clients ask of the server itself.
const VARIABLES: [(&str, &str); 6] = [
    ("@@version", "'Microsoft SQL Server 2019 (an AWDB host of a Holdfast lab)'"),
    ("@@spid", "51"),
    ("@@trancount", "0"),
    ("@@language", "'us_english'"),
    ("@@servername", "'AWDB'"),
    ("@@max_precision", "38"),
];

/// Functions with another name.
const RENAMED: [(&str, &str); 3] = [("isnull", "IFNULL"), ("len", "LENGTH"), ("substring", "SUBSTR")];

/// Types to which values are cast.
const CASTS: [(&str, &str); 9] = [
    ("varchar", "TEXT"),
    ("nvarchar", "TEXT"),
    ("char", "TEXT"),
    ("nchar", "TEXT"),
    ("int", "INTEGER"),
    ("smallint", "INTEGER"),
    ("bigint", "INTEGER"),
    ("tinyint", "INTEGER"),
    ("float", "REAL"),
];

/// Goes over the tokens of one statement once.
pub(super) struct Translator<'a> {
    rest: &'a [Token<'a>],
    written: Select,
    depth: usize,
    topped: bool,
    united: bool,
}

impl<'a> Translator<'a> {
    pub(super) fn of(statement: &'a [Token<'a>]) -> Self {
        Self { rest: statement, written: Select::default(), depth: 0, topped: false, united: false }
    }

    /// The whole statement.
    pub(super) fn select(mut self) -> Result<Select, Failure> {
        self.one_select()?;
        match self.rest.first() {
            // LIMIT would count the rows of all, TOP those of one.
            None if self.topped && self.united => Err(Failure::syntax("TOP")),
            None => Ok(self.written),
            Some(left) => Err(near(Some(left))),
        }
    }

    /// From SELECT to the end of the statement, or to the parenthesis that closes it.
    fn one_select(&mut self) -> Result<(), Failure> {
        self.copy();
        if self.next_is("distinct") || self.next_is("all") {
            self.copy();
        }
        let top = self.top()?;
        self.items()?;
        if let Some(top) = top {
            self.topped = true;
            self.write(&format!("LIMIT {top}"));
        }
        Ok(())
    }

    /// `TOP 2` or `TOP (2)`.
    fn top(&mut self) -> Result<Option<u32>, Failure> {
        if !self.next_is("top") {
            return Ok(None);
        }
        let (count, after) = match self.rest {
            [_, Token::Number(count), after @ ..] => (count, after),
            [_, Token::Mark("("), Token::Number(count), Token::Mark(")"), after @ ..] => (count, after),
            [_, other @ ..] => return Err(near(other.first())),
            [] => return Ok(None),
        };
        self.rest = after;
        count.parse().map(Some).map_err(|_| Failure::syntax(count))
    }

    /// Everything up to the end, or to a parenthesis that was opened before.
    fn items(&mut self) -> Result<(), Failure> {
        while let Some(token) = self.rest.first() {
            match token {
                Token::Mark(")") => return Ok(()),
                Token::Mark("(") => self.parentheses()?,
                Token::Mark(_) | Token::Number(_) | Token::Text(_) => self.copy(),
                Token::Name(_) => self.name()?,
                Token::Word(word) if word.starts_with('@') => self.variable(word)?,
                Token::Word(word) => self.word(word)?,
            }
        }
        Ok(())
    }

    fn word(&mut self, word: &'a str) -> Result<(), Failure> {
        let lower = word.to_ascii_lowercase();
        let called = self.rest.get(1) == Some(&Token::Mark("("));
        match lower.as_str() {
            "with" if called => self.hints(1),
            "cast" if called => self.cast(),
            "convert" if called => self.convert(),
            "union" | "except" | "intersect" => self.joined(),
            "current_timestamp" => self.constant(NOW, 1),
            "limit" | "offset" | "into" | "for" => Err(Failure::syntax(word)),
            _ if called => self.call(&lower, word),
            _ => self.name(),
        }
    }

    /// The next SELECT of a UNION.
    fn joined(&mut self) -> Result<(), Failure> {
        self.united = true;
        self.copy();
        if self.next_is("all") {
            self.copy();
        }
        if !self.next_is("select") {
            return Err(near(self.rest.first()));
        }
        self.deeper()?;
        self.one_select()?;
        self.depth -= 1;
        Ok(())
    }

    /// A group; `(NOLOCK)` behind a table is a hint of old.
    fn parentheses(&mut self) -> Result<(), Failure> {
        if let [_, hint, Token::Mark(")"), ..] = self.rest
            && hint.is("nolock")
        {
            return self.hints(0);
        }
        self.open()?;
        if self.next_is("select") {
            self.one_select()?
        } else {
            self.items()?
        }
        self.close()
    }

    /// `WITH (NOLOCK, ...)`: readers here never wait for anybody.
    fn hints(&mut self, before: usize) -> Result<(), Failure> {
        let end = self.rest.iter().position(|token| *token == Token::Mark(")"));
        let (hints, after) =
            end.and_then(|end| self.rest.split_at_checked(end + 1)).ok_or_else(|| Failure::syntax("WITH"))?;
        let words = hints.iter().skip(before + 1);
        let plain = words.clone().all(|hint| matches!(hint, Token::Word(_) | Token::Mark("," | ")")));
        self.rest = after;
        if plain { Ok(()) } else { Err(Failure::syntax("WITH")) }
    }

    /// `CAST(x AS varchar(255))`
    fn cast(&mut self) -> Result<(), Failure> {
        self.copy();
        self.open()?;
        self.items_until_as()?;
        self.copy();
        let kind = self.cast_type()?;
        self.write(kind);
        self.close()
    }

    /// `CONVERT(varchar(255), x)`, without a style.
    fn convert(&mut self) -> Result<(), Failure> {
        self.rest = self.rest.get(2..).unwrap_or_default();
        let kind = self.cast_type()?;
        let [Token::Mark(","), after @ ..] = self.rest else { return Err(near(self.rest.first())) };
        self.rest = after;
        self.deeper()?;
        self.write("CAST (");
        self.items()?;
        self.write(&format!("AS {kind}"));
        self.close()
    }

    /// The tokens before AS, which would otherwise look like a name.
    fn items_until_as(&mut self) -> Result<(), Failure> {
        let mut depth = 0usize;
        let end = self.rest.iter().position(|token| {
            match token {
                Token::Mark("(") => depth += 1,
                Token::Mark(")") => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth == 0 && token.is("as")
        });
        let (inner, after) =
            end.and_then(|end| self.rest.split_at_checked(end)).ok_or_else(|| Failure::syntax("CAST"))?;
        self.rest = inner;
        self.items()?;
        match self.rest.first() {
            Some(left) => Err(near(Some(left))),
            None => {
                self.rest = after;
                Ok(())
            }
        }
    }

    fn cast_type(&mut self) -> Result<&'static str, Failure> {
        let Some(Token::Word(kind)) = self.rest.first() else { return Err(near(self.rest.first())) };
        let found = lookup(&CASTS, kind)
            .ok_or_else(|| Failure::new(243, 16, format!("Type {kind} is not a defined system type.")))?;
        self.rest = match self.rest {
            [_, Token::Mark("("), Token::Number(_) | Token::Word("max"), Token::Mark(")"), after @ ..] => {
                after
            }
            [_, after @ ..] => after,
            [] => &[],
        };
        Ok(found)
    }

    fn call(&mut self, lower: &str, word: &'a str) -> Result<(), Failure> {
        if let Some(constant) = lookup(&CONSTANTS, lower) {
            return match self.rest {
                [_, _, Token::Mark(")"), ..] => self.constant(constant, 3),
                [..] => Err(Failure::syntax(word)),
            };
        }
        match lookup(&RENAMED, lower) {
            Some(renamed) => self.constant(renamed, 1),
            None => {
                self.copy();
                Ok(())
            }
        }
    }

    fn variable(&mut self, word: &'a str) -> Result<(), Failure> {
        if word.starts_with("@@") {
            let value = lookup(&VARIABLES, word).ok_or_else(|| Failure::undeclared(word))?;
            return self.constant(value, 1);
        }
        let known = self.written.parameters.iter().position(|name| name.eq_ignore_ascii_case(word));
        let at = known.unwrap_or_else(|| {
            self.written.parameters.push(word.to_owned());
            self.written.parameters.len() - 1
        });
        self.constant(&format!("?{}", at + 1), 1)
    }

    /// `Person`, `dbo.Person`, `lab_awdb.dbo.Person`, `lab_awdb..Person`, or a column behind any of them.
    fn name(&mut self) -> Result<(), Failure> {
        let from = self.follows_from();
        let mut parts: Vec<String> = Vec::new();
        loop {
            match self.rest {
                [Token::Mark("."), ..] => parts.push(String::new()),
                [token, after @ ..] => {
                    parts.push(identifier(token)?);
                    self.rest = after;
                }
                [] => break,
            }
            match self.rest {
                [Token::Mark("."), Token::Word(_) | Token::Name(_) | Token::Mark("." | "*"), ..] => {
                    self.rest = self.rest.get(1..).unwrap_or_default()
                }
                [..] => break,
            }
        }
        let own = within_database(&parts)?;
        let name = own.join(".");
        if from && self.written.table.is_none() {
            self.written.table = Some(name.trim_matches(['[', ']']).to_owned());
        }
        self.write(&name);
        Ok(())
    }

    fn follows_from(&self) -> bool {
        self.written
            .sql
            .rsplit(' ')
            .find(|word| !word.is_empty())
            .is_some_and(|word| word.eq_ignore_ascii_case("from"))
    }

    fn open(&mut self) -> Result<(), Failure> {
        self.deeper()?;
        self.copy();
        Ok(())
    }

    fn deeper(&mut self) -> Result<(), Failure> {
        self.depth += 1;
        if self.depth > DEPTH_MAX { Err(too_complex()) } else { Ok(()) }
    }

    fn close(&mut self) -> Result<(), Failure> {
        let Some(Token::Mark(")")) = self.rest.first() else { return Err(near(self.rest.first())) };
        self.depth -= 1;
        self.copy();
        Ok(())
    }

    fn next_is(&self, word: &str) -> bool {
        self.rest.first().is_some_and(|token| token.is(word))
    }

    /// Writes `text` in place of so many tokens.
    fn constant(&mut self, text: &str, tokens: usize) -> Result<(), Failure> {
        self.rest = self.rest.get(tokens..).unwrap_or_default();
        self.write(text);
        Ok(())
    }

    /// Takes one token over as it is.
    fn copy(&mut self) {
        let Some((token, after)) = self.rest.split_first() else { return };
        self.rest = after;
        match token {
            Token::Text(text) => self.write(&format!("'{}'", text.replace('\'', "''"))),
            Token::Word(text) | Token::Number(text) | Token::Mark(text) => self.write(text),
            Token::Name(name) => self.write(&format!("[{name}]")),
        }
    }

    fn write(&mut self, text: &str) {
        // Writing into a String cannot fail.
        let _ = write!(self.written.sql, "{}{text}", if self.written.sql.is_empty() { "" } else { " " });
    }
}

/// A word as it is; a name in brackets, which SQLite never takes for text.
fn identifier(token: &Token<'_>) -> Result<String, Failure> {
    match token {
        Token::Word(word) => Ok((*word).to_owned()),
        Token::Mark("*") => Ok("*".into()),
        Token::Name(name) if !name.contains(']') && !name.is_empty() => Ok(format!("[{name}]")),
        Token::Name(_) | Token::Text(_) | Token::Number(_) | Token::Mark(_) => Err(near(Some(token))),
    }
}

/// What is left of a name when database and schema are taken off.
fn within_database(parts: &[String]) -> Result<&[String], Failure> {
    let bare = |part: &String| part.trim_matches(['[', ']']).to_owned();
    let schema = parts.iter().rposition(|part| part.is_empty() || bare(part).eq_ignore_ascii_case("dbo"));
    let Some(schema) = schema.filter(|at| at + 1 < parts.len()) else { return Ok(parts) };
    let (before, own) = parts.split_at(schema + 1);
    match before {
        [_] => Ok(own),
        [database, _] if bare(database).eq_ignore_ascii_case(DATABASE) => Ok(own),
        [..] => Err(Failure::no_object(&parts.join("."))),
    }
}

fn lookup(table: &[(&'static str, &'static str)], word: &str) -> Option<&'static str> {
    table.iter().find(|(name, _)| word.eq_ignore_ascii_case(name)).map(|(_, value)| *value)
}

fn near(token: Option<&Token<'_>>) -> Failure {
    Failure::syntax(&token.map_or_else(String::new, Token::to_string))
}
