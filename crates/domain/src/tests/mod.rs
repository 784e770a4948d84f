//! Whole-domain tests, written as scripts: an input a line, and under it, indented, every output it must give.

mod agents;
mod beginnings;
mod calls;
mod campaigns;
mod chance;
mod conferences;
mod consults;
mod failures;
mod forced_logout;
mod mobile;
mod own_loss;
mod parties;
mod queues;
mod rebuild;
mod recording;
mod recovery;
mod requests;
mod script;
mod sign_in;
mod supervision;
mod transfers;

use script::check;
