//! Whole-domain tests, written as scripts: an input a line, and under it, indented, every output it must give.

mod agents;
mod calls;
mod chance;
mod failures;
mod recording;
mod recovery;
mod requests;
mod script;
mod sign_in;

use script::check;
