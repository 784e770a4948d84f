//! One row of an answer, whatever database gave it. A column that holds something else than it should is an error that
//! names the column: never a guess, never a panic.

use std::borrow::Cow;
use std::fmt;

/// What stands in one column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cell<'a> {
    Null,
    Number(i64),
    /// Text, or a time as text.
    Text(Cow<'a, str>),
    /// A type that no column of ours has; its name.
    Other(&'static str),
}

/// A row and the names of its columns.
#[derive(Debug)]
pub(super) struct Row<'a> {
    pub(super) columns: &'static [&'static str],
    pub(super) cells: Vec<Cell<'a>>,
}

/// A column that does not hold what it should. Never repeats what it holds: that may be a password's hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Odd {
    column: &'static str,
    found: &'static str,
    wanted: &'static str,
}

impl fmt::Display for Odd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { column, found, wanted } = self;
        write!(f, "column {column} holds {found} where {wanted} should be")
    }
}

impl Row<'_> {
    pub(super) fn text(&self, index: usize) -> Result<&str, Odd> {
        self.optional_text(index)?.ok_or_else(|| self.odd(index, "text"))
    }

    pub(super) fn optional_text(&self, index: usize) -> Result<Option<&str>, Odd> {
        match self.cells.get(index) {
            Some(Cell::Text(text)) => Ok(Some(text)),
            Some(Cell::Null) => Ok(None),
            Some(Cell::Number(_) | Cell::Other(_)) | None => Err(self.odd(index, "text")),
        }
    }

    /// `Y`, or anything else.
    pub(super) fn is_yes(&self, index: usize) -> Result<bool, Odd> {
        self.text(index).map(|text| text == "Y")
    }

    /// A key or a number of the peripheral's: none is negative.
    pub(super) fn number(&self, index: usize) -> Result<u32, Odd> {
        self.optional_number(index)?.ok_or_else(|| self.odd(index, "a number"))
    }

    pub(super) fn optional_number(&self, index: usize) -> Result<Option<u32>, Odd> {
        match self.cells.get(index) {
            Some(Cell::Number(number)) => match u32::try_from(*number) {
                Ok(number) => Ok(Some(number)),
                Err(_) => Err(Odd { found: "a number out of range", ..self.odd(index, "a key") }),
            },
            Some(Cell::Null) => Ok(None),
            Some(Cell::Text(_) | Cell::Other(_)) | None => Err(self.odd(index, "a number")),
        }
    }

    fn odd(&self, index: usize, wanted: &'static str) -> Odd {
        let found = match self.cells.get(index) {
            None => "nothing",
            Some(Cell::Null) => "NULL",
            Some(Cell::Number(_)) => "a number",
            Some(Cell::Text(_)) => "text",
            Some(Cell::Other(name)) => name,
        };
        Odd { column: self.columns.get(index).copied().unwrap_or("that was not asked for"), found, wanted }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_a_column_holds_it_is_that_or_an_error_with_its_name() {
        let cells = vec![Cell::Null, Cell::Number(-1), Cell::Text("5ebe2294".into()), Cell::Other("binary")];
        let row = Row { columns: &["T.a", "T.b", "T.c", "T.d", "T.e"], cells };
        let told = |odd: Result<u32, Odd>| odd.unwrap_err().to_string();
        assert_eq!(told(row.number(0)), "column T.a holds NULL where a number should be");
        assert_eq!(told(row.number(1)), "column T.b holds a number out of range where a key should be");
        assert_eq!(told(row.number(2)), "column T.c holds text where a number should be");
        assert_eq!(told(row.number(3)), "column T.d holds binary where a number should be");
        assert_eq!(told(row.number(4)), "column T.e holds nothing where a number should be");
        assert_eq!(row.text(0).unwrap_err().to_string(), "column T.a holds NULL where text should be");
        assert_eq!(row.text(1).unwrap_err().to_string(), "column T.b holds a number where text should be");
        assert_eq!((row.optional_text(0), row.optional_number(0)), (Ok(None), Ok(None)));
        assert_eq!(row.text(2), Ok("5ebe2294"));
    }
}
