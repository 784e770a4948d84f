//! `holdfast admin`: prepares administrators for the settings file. Passwords are read, never shown and never kept.

use std::io::{self, BufRead, IsTerminal, Write};
use std::process::ExitCode;

use clap::Subcommand;
use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};
use server::administrators::{hash, invent};
use server::{PASSWORD_BYTES_MAX, Secret};

/// Arguments of `admin`.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Reads a password and prints its hash (argon2id), to be written as `password_hash` of an `[[administrator]]`. From a
    /// terminal the password is asked for twice and not shown; otherwise it is the first line of standard input.
    HashPassword,
}

/// Exit status 0, or 2 if there is no usable password.
pub(crate) fn run(args: &Args) -> ExitCode {
    let Verb::HashPassword = args.verb;
    match hash_password() {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            let _ = writeln!(io::stderr(), "holdfast admin: {reason}");
            ExitCode::from(2)
        }
    }
}

/// The administrator of a lab, with a password that only this lab has.
pub(crate) fn of_a_lab() -> Result<lab::Administrator, String> {
    let password = invent()?;
    let hash = hash(&password)?;
    Ok(lab::Administrator { name: "admin".into(), password: password.expose().to_owned(), hash })
}

fn hash_password() -> Result<(), String> {
    let password = if io::stdin().is_terminal() { asked_twice() } else { line() }?;
    let hashed = hash(&usable(password)?)?;
    writeln!(io::stdout(), "{hashed}").map_err(|reason| reason.to_string())
}

fn asked_twice() -> Result<String, String> {
    let first = asked("Password: ")?;
    let second = asked("Again: ")?;
    if first == second { Ok(first) } else { Err("these were two passwords".into()) }
}

fn asked(prompt: &str) -> Result<String, String> {
    let hidden = Hidden::begin()?;
    let _ = write!(io::stderr(), "{prompt}");
    let typed = line();
    drop(hidden);
    let _ = writeln!(io::stderr());
    typed
}

fn line() -> Result<String, String> {
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line).map_err(|reason| reason.to_string())?;
    Ok(line.trim_end_matches(['\n', '\r']).to_owned())
}

/// What clients can send over HTTP Basic.
fn usable(password: String) -> Result<Secret, String> {
    if password.is_empty() || password.len() > PASSWORD_BYTES_MAX || password.chars().any(char::is_control) {
        return Err(format!("a password has 1 to {PASSWORD_BYTES_MAX} bytes, and no control characters"));
    }
    Ok(Secret::new(password))
}

/// A terminal that shows nothing of what is typed, until this is dropped.
struct Hidden(Termios);

impl Hidden {
    fn begin() -> Result<Self, String> {
        let before = tcgetattr(io::stdin()).map_err(|reason| reason.to_string())?;
        let mut silent = before.clone();
        silent.local_modes.remove(LocalModes::ECHO);
        tcsetattr(io::stdin(), OptionalActions::Flush, &silent).map_err(|reason| reason.to_string())?;
        Ok(Self(before))
    }
}

impl Drop for Hidden {
    fn drop(&mut self) {
        let _ = tcsetattr(io::stdin(), OptionalActions::Flush, &self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_that_no_client_could_send_are_refused() {
        assert_eq!(usable("pass wörd".into()).unwrap().expose(), "pass wörd");
        assert!(usable("x".repeat(PASSWORD_BYTES_MAX)).is_ok());
        for wrong in ["", "a\tb", &"x".repeat(PASSWORD_BYTES_MAX + 1)] {
            assert!(usable(wrong.into()).is_err(), "{wrong:?}");
        }
    }
}
