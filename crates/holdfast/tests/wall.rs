//! The wall between cores and shells (ARCHITECTURE.md): which crate may know which, and what no core may reach.

#![expect(clippy::unwrap_used, reason = "in a test, what is not there is a failure")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// Every arrow between our crates that is allowed. An arrow that is not here is a hole in the wall.
const ARROWS: [(&str, &[&str]); 14] = [
    ("ged188", &[]),
    ("failover", &[]),
    ("xml", &[]),
    ("xmpp", &["xml"]),
    ("domain", &["ged188"]),
    ("api", &["domain", "xml"]),
    ("node", &["ged188", "failover", "domain", "xml", "xmpp", "api"]),
    ("switch", &["ged188", "failover", "xmpp", "api"]),
    ("sim", &["node", "switch"]),
    ("tds", &[]),
    ("pages", &[]),
    ("server", &["node", "pages"]),
    ("lab", &["failover", "switch", "tds", "xml"]),
    ("holdfast", &["server", "lab", "sim"]),
];

/// Crates without clock, socket, task, randomness, environment or thread.
const PURE: [&str; 10] =
    ["ged188", "failover", "xml", "xmpp", "domain", "api", "node", "switch", "sim", "tds"];

/// Runtimes, sockets, clocks and random sources; a core that needs one is no core.
const OUT_OF_REACH: [&str; 24] = [
    "async-io",
    "async-std",
    "aws-lc-rs",
    "axum",
    "chrono",
    "fastrand",
    "futures-executor",
    "getrandom",
    "hyper",
    "hyper-util",
    "mio",
    "polling",
    "quinn",
    "rand",
    "rand_core",
    "reqwest",
    "ring",
    "rusqlite",
    "rustls",
    "smol",
    "socket2",
    "time",
    "tokio",
    "tracing-subscriber",
];

/// What no source file of a core may mention.
const UNSPEAKABLE: [&str; 10] = [
    "std::net",
    "std::thread",
    "std::env",
    "std::process",
    "std::os",
    "std::io::stdin",
    "SystemTime",
    "Instant",
    "HashMap",
    "unsafe",
];

#[test]
fn crates_know_only_whom_they_may() {
    let allowed: BTreeMap<&str, BTreeSet<&str>> =
        ARROWS.iter().map(|(from, to)| (*from, to.iter().copied().collect())).collect();
    let packages = workspace_packages();
    let found: BTreeSet<&str> = packages.iter().map(|package| text(package, "name")).collect();
    assert_eq!(found, allowed.keys().copied().collect(), "a crate came or went: say here whom it may know");
    for package in &packages {
        let name = text(package, "name");
        for dependency in normal_dependencies(package).filter(|dependency| allowed.contains_key(dependency)) {
            assert!(allowed[name].contains(dependency), "{name} must not know {dependency}");
        }
    }
}

/// Tests may know more than the code they test, but never their way to a shell.
#[test]
fn not_even_the_tests_of_a_core_reach_a_shell() {
    for package in workspace_packages() {
        let name = text(&package, "name");
        if !PURE.contains(&name) {
            continue;
        }
        for dependency in list(&package, "dependencies") {
            let dependency = text(dependency, "name");
            assert!(
                !["server", "lab", "holdfast", "tokio"].contains(&dependency),
                "{name} tests with {dependency}"
            );
        }
    }
}

#[test]
fn cores_pull_in_no_runtime_socket_or_clock() {
    let graph = Graph::read();
    for core in PURE {
        let reached = graph.reached_from(core);
        let banned: Vec<_> = OUT_OF_REACH.iter().filter(|name| reached.contains(**name)).collect();
        assert!(banned.is_empty(), "{core} pulls in {banned:?}");
    }
}

/// The test above can fail: a shell reaches what a core must not.
#[test]
fn a_shell_pulls_in_what_a_core_must_not() {
    let graph = Graph::read();
    let reached = graph.reached_from("server");
    for name in ["tokio", "mio", "socket2", "rustls", "rusqlite"] {
        assert!(reached.contains(name), "{name} was not found");
    }
}

#[test]
fn cores_do_not_mention_clocks_sockets_or_threads() {
    for core in PURE {
        let sources = rust_files(&root().join("crates").join(core));
        assert!(!sources.is_empty(), "{core} has no sources");
        for path in sources {
            let source = fs::read_to_string(&path).unwrap();
            let spoken = mentions(&source);
            assert!(spoken.is_empty(), "{} mentions {spoken:?}", path.display());
        }
    }
}

#[test]
fn mentions_are_found_however_they_are_written() {
    assert_eq!(mentions("let now = std::time::Instant::now();"), ["Instant"]);
    assert_eq!(mentions("use std::{collections::BTreeMap, net::IpAddr};"), ["std::net"]);
    assert_eq!(mentions("use std::{\n    env,\n    thread::spawn,\n};"), ["std::thread", "std::env"]);
    assert_eq!(mentions("// std::net is not used here\nlet Instantly = 1;"), Vec::<&str>::new());
}

fn mentions(source: &str) -> Vec<&'static str> {
    let code: Vec<&str> = source.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    let mut code = code.join("\n");
    for group in code.clone().split("use std::{").skip(1) {
        let group = group.split("};").next().unwrap_or_default();
        code.extend(group.split(',').map(|item| format!("\nstd::{} ", item.trim())));
    }
    UNSPEAKABLE.into_iter().filter(|word| has_word(&code, word)).collect()
}

fn has_word(code: &str, word: &str) -> bool {
    let part_of_word = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(word).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let after = code[at + word.len()..].chars().next();
        !before.is_some_and(part_of_word) && !after.is_some_and(part_of_word)
    })
}

fn rust_files(directory: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(directory).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files
}

/// Which package needs which to run or to build, as cargo resolved it with every feature that we use.
struct Graph {
    names: BTreeMap<String, String>,
    needs: BTreeMap<String, Vec<String>>,
}

impl Graph {
    fn read() -> Self {
        // For this host only: what other systems would need is not downloaded here.
        let metadata = metadata(&["--filter-platform", &host()]);
        let name = |package: &Value| (text(package, "id").to_owned(), text(package, "name").to_owned());
        Self {
            names: list(&metadata, "packages").map(name).collect(),
            needs: list(&metadata["resolve"], "nodes").map(needs).collect(),
        }
    }

    fn reached_from(&self, name: &str) -> BTreeSet<&str> {
        let start = self.names.iter().find(|(id, found)| *found == name && id.contains("path+")).unwrap().0;
        let (mut reached, mut next) = (BTreeSet::new(), vec![start]);
        while let Some(id) = next.pop() {
            if reached.insert(id) {
                next.extend(&self.needs[id]);
            }
        }
        reached.into_iter().map(|id| self.names[id].as_str()).collect()
    }
}

fn needs(node: &Value) -> (String, Vec<String>) {
    let not_for_tests = |edge: &&Value| list(edge, "dep_kinds").any(|kind| kind["kind"] != "dev");
    let needed = list(node, "deps").filter(not_for_tests).map(|edge| text(edge, "pkg").to_owned());
    (text(node, "id").to_owned(), needed.collect())
}

fn workspace_packages() -> Vec<Value> {
    list(&metadata(&["--no-deps"]), "packages").cloned().collect()
}

fn normal_dependencies(package: &Value) -> impl Iterator<Item = &str> {
    let normal = |dependency: &&Value| dependency["kind"] != "dev";
    list(package, "dependencies").filter(normal).map(|dependency| text(dependency, "name"))
}

fn metadata(more: &[&str]) -> Value {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(root()).args(["metadata", "--format-version=1", "--offline", "--locked"]).args(more);
    let output = cargo.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn host() -> String {
    let version = Command::new(env!("CARGO")).arg("-vV").output().unwrap();
    let version = String::from_utf8(version.stdout).unwrap();
    version.lines().find_map(|line| line.strip_prefix("host: ")).unwrap().to_owned()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

fn list<'a>(of: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    of[key].as_array().unwrap().iter()
}

fn text<'a>(of: &'a Value, key: &str) -> &'a str {
    of[key].as_str().unwrap()
}
