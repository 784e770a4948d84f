//! The tokens of T-SQL.

use std::fmt;

use tds::Failure;

/// Tokens of one request: the longest of a desktop server has about a hundred.
const TOKENS_MAX: usize = 10_000;

/// One token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// A keyword, a name, `@parameter` or `@@variable`.
    Word(&'a str),
    /// `[name]` or `"name"`.
    Name(String),
    /// `'text'` or `N'text'`.
    Text(String),
    /// Digits.
    Number(&'a str),
    /// Everything else.
    Mark(&'a str),
}

impl Token<'_> {
    /// Whether this is that word, which is given in lower case.
    pub(super) fn is(&self, word: &str) -> bool {
        matches!(self, Token::Word(own) if own.eq_ignore_ascii_case(word))
    }
}

impl fmt::Display for Token<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(text) | Self::Number(text) | Self::Mark(text) => f.write_str(text),
            Self::Name(text) | Self::Text(text) => f.write_str(text),
        }
    }
}

/// The text is more than anybody here has to say.
pub(super) fn too_complex() -> Failure {
    Failure::new(191, 15, "Some part of your SQL statement is nested too deeply or is too long.")
}

/// All tokens of a text.
pub(super) fn tokens(text: &str) -> Result<Vec<Token<'_>>, Failure> {
    let (mut rest, mut all) = (text, Vec::new());
    loop {
        rest = skip(rest)?;
        if rest.is_empty() {
            return Ok(all);
        }
        if all.len() == TOKENS_MAX {
            return Err(too_complex());
        }
        let (token, after) = next(rest)?;
        all.push(token);
        rest = after;
    }
}

/// Blanks and comments.
fn skip(mut rest: &str) -> Result<&str, Failure> {
    loop {
        rest = rest.trim_start();
        if let Some(comment) = rest.strip_prefix("--") {
            rest = comment.split_once('\n').map_or("", |(_, after)| after);
        } else if let Some(comment) = rest.strip_prefix("/*") {
            rest = comment
                .split_once("*/")
                .ok_or_else(|| Failure::new(113, 15, "Missing end comment mark '*/'."))?
                .1;
        } else {
            return Ok(rest);
        }
    }
}

fn next(rest: &str) -> Result<(Token<'_>, &str), Failure> {
    if let Some(text) =
        rest.strip_prefix('\'').or_else(|| rest.strip_prefix("N'")).or_else(|| rest.strip_prefix("n'"))
    {
        return quoted(text, '\'').map(|(text, after)| (Token::Text(text), after));
    }
    if let Some(name) = rest.strip_prefix('[') {
        return quoted(name, ']').map(|(name, after)| (Token::Name(name), after));
    }
    if let Some(name) = rest.strip_prefix('"') {
        return quoted(name, '"').map(|(name, after)| (Token::Name(name), after));
    }
    let word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '@' | '#' | '$');
    let number = |c: char| c.is_ascii_digit() || c == '.';
    match rest.chars().next() {
        Some(c) if c.is_ascii_digit() => Ok(split(rest, number, Token::Number)),
        Some(c) if word(c) => Ok(split(rest, word, Token::Word)),
        Some(_) | None => mark(rest),
    }
}

fn split<'a>(
    rest: &'a str,
    belongs: impl Fn(char) -> bool,
    token: fn(&'a str) -> Token<'a>,
) -> (Token<'a>, &'a str) {
    let end = rest.find(|c| !belongs(c)).unwrap_or(rest.len());
    let (own, after) = rest.split_at(end);
    (token(own), after)
}

/// Up to the closing mark; doubled it stands for itself.
fn quoted(rest: &str, close: char) -> Result<(String, &str), Failure> {
    let mut text = String::new();
    let mut chars = rest.char_indices();
    while let Some((at, c)) = chars.next() {
        if c != close {
            text.push(c);
            continue;
        }
        let after = rest.get(at + c.len_utf8()..).unwrap_or_default();
        if !after.starts_with(close) {
            return Ok((text, after));
        }
        text.push(close);
        chars.next();
    }
    Err(Failure::new(105, 15, "Unclosed quotation mark after the character string."))
}

const MARKS: [&str; 19] =
    ["<=", ">=", "<>", "!=", "(", ")", ",", ".", ";", "=", "<", ">", "+", "-", "*", "/", "%", "&", "|"];

fn mark(rest: &str) -> Result<(Token<'_>, &str), Failure> {
    let found = MARKS.iter().find_map(|mark| Some((Token::Mark(mark), rest.strip_prefix(mark)?)));
    found.ok_or_else(|| Failure::syntax(&rest.chars().take(1).collect::<String>()))
}
