//! Writes what the fuzzer begins with: `seeds TARGET FOLDER`.

#[path = "../seeds/desk.rs"]
mod desk;
#[path = "../seeds/ged188.rs"]
mod ged188;
#[path = "../seeds/pair.rs"]
mod pair;
#[path = "../seeds/tds.rs"]
mod tds;

use std::path::{Path, PathBuf};

// The callbacks of the coverage flags are in it.
use libfuzzer_sys as _;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let target = arguments.next().expect("the target");
    let folder = PathBuf::from(arguments.next().expect("the folder to write to"));
    match target.as_str() {
        "ged188" => ged188::all(&folder),
        "stream" => desk::stream(&folder),
        "bosh" => desk::bosh(&folder),
        "pubsub" => desk::pubsub(&folder),
        "pair" => pair::all(&folder),
        "tds" => tds::all(&folder),
        _ => panic!("there is no target {target}"),
    }
}

fn write(folder: &Path, name: &str, seed: &[u8]) {
    std::fs::write(folder.join(name), seed).expect("a seed can be written");
}
