//! What a benchmark must know of its own process. Beside the crates, because those with pure cores know of none.

/// The first word that it was started with, but for the switches of cargo.
pub(crate) fn word() -> Option<String> {
    std::env::args().skip(1).find(|word| !word.starts_with('-'))
}

/// Runs this program with one word, and waits for its end.
pub(crate) fn run_alone(word: &str) {
    let program = std::env::current_exe().expect("this program has a name");
    let status = std::process::Command::new(program).arg(word).status().expect("it can be run");
    assert!(status.success());
}

/// Bytes of this process in memory.
pub(crate) fn resident() -> usize {
    let statm = std::fs::read_to_string("/proc/self/statm").expect("Linux tells the size of a process");
    let pages: usize =
        statm.split(' ').nth(1).and_then(|pages| pages.parse().ok()).expect("a number of pages");
    pages * 4096
}
