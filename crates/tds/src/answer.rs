//! What a database says to a request.

use crate::column::Column;
use crate::value::Value;

/// The answer to one request: what its statements gave, in their order, and why the rest was not carried out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// What came of each statement.
    pub outcomes: Vec<Outcome>,
    /// What ended the request.
    pub failure: Option<Failure>,
}

/// What came of one statement.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// Rows.
    Rows(Table),
    /// Nothing to tell.
    Done,
    /// The database that is used from now on.
    Database(String),
}

/// Rows and what they mean.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// What is in each row.
    pub columns: Vec<Column>,
    /// As many values in each as there are columns.
    pub rows: Vec<Vec<Value>>,
}

/// An error as SQL Server tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Its number.
    pub number: i32,
    /// How bad it is; from 20 on the connection ends.
    pub class: u8,
    /// Where it arose; means nothing to a client.
    pub state: u8,
    /// In words.
    pub message: String,
}

impl Failure {
    /// An error in its state 1.
    pub fn new(number: i32, class: u8, message: impl Into<String>) -> Self {
        Self { number, class, state: 1, message: message.into() }
    }

    /// The account is not let in; why is not said.
    pub fn login_failed(user: &str) -> Self {
        Self::new(18456, 14, format!("Login failed for user '{user}'."))
    }

    /// There is no such database.
    pub fn no_database(name: &str) -> Self {
        Self::new(
            4060,
            11,
            format!("Cannot open database \"{name}\" requested by the login. The login failed."),
        )
    }

    /// `USE` of a database that is not there.
    pub fn unknown_database(name: &str) -> Self {
        Self::new(
            911,
            16,
            format!("Database '{name}' does not exist. Make sure that the name is entered correctly."),
        )
    }

    /// There is no such table or view.
    pub fn no_object(name: &str) -> Self {
        Self::new(208, 16, format!("Invalid object name '{name}'."))
    }

    /// There is no such column.
    pub fn no_column(name: &str) -> Self {
        Self::new(207, 16, format!("Invalid column name '{name}'."))
    }

    /// The account may only read.
    pub fn read_only(verb: &str, database: &str) -> Self {
        Self::new(
            229,
            14,
            format!("The {verb} permission was denied, database '{database}': it is read-only."),
        )
    }

    /// The statement is not understood.
    pub fn syntax(near: &str) -> Self {
        Self::new(102, 15, format!("Incorrect syntax near '{near}'."))
    }

    /// A parameter without a value.
    pub fn undeclared(name: &str) -> Self {
        Self::new(137, 15, format!("Must declare the scalar variable \"{name}\"."))
    }

    /// There is no such procedure.
    pub(crate) fn no_procedure(name: &str) -> Self {
        Self::new(2812, 16, format!("Could not find stored procedure '{name}'."))
    }

    /// A value that its column cannot hold.
    pub(crate) fn misfit(column: &str) -> Self {
        Self::new(8114, 16, format!("Error converting a value of the column '{column}'."))
    }
}
