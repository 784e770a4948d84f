//! Writes the table of what `make web` has built in web/dist; without it, of one plain page that says so.

use std::fmt::Write as _;
use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// What vite.config.ts puts beside each file that is worth it.
const COMPRESSED: [&str; 2] = ["br", "gz"];

fn main() -> io::Result<()> {
    let (here, out) = (told("CARGO_MANIFEST_DIR")?, told("OUT_DIR")?);
    let (web, built) = (here.join("../../web"), here.join("../../web/dist"));
    // A directory that is not there yet cannot be watched, but its parent can.
    println!("cargo::rerun-if-changed={}", if built.exists() { &built } else { &web }.display());
    let root = if built.join("index.html").exists() { built } else { here.join("src/unbuilt") };
    fs::write(out.join("files.rs"), table(&root)?)
}

#[expect(clippy::disallowed_methods, reason = "this is how cargo talks to a build script")]
fn told(name: &str) -> io::Result<PathBuf> {
    env::var(name).map(PathBuf::from).map_err(io::Error::other)
}

fn table(root: &Path) -> io::Result<String> {
    let mut files = Vec::new();
    collect(root, &mut files)?;
    files.sort();
    let mut text = String::from("&[\n");
    for file in files.iter().filter(|file| !is_compressed(file)) {
        let path = file.strip_prefix(root).map_err(io::Error::other)?.to_string_lossy().replace('\\', "/");
        let etag = etag(&fs::read(file)?);
        let (br, gz) = (beside(file, "br"), beside(file, "gz"));
        let plain = include(file);
        let _ = writeln!(
            text,
            "File {{ path: {path:?}, etag: {etag:?}, plain: {plain}, brotli: {br}, gzip: {gz} }},"
        );
    }
    text.push(']');
    Ok(text)
}

fn collect(directory: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(directory)? {
        let path = entry?.path();
        if path.is_dir() { collect(&path, files)? } else { files.push(path) }
    }
    Ok(())
}

fn is_compressed(file: &Path) -> bool {
    file.extension().is_some_and(|extension| COMPRESSED.iter().any(|one| extension == *one))
}

fn beside(file: &Path, extension: &str) -> String {
    let mut name = file.as_os_str().to_owned();
    name.push(format!(".{extension}"));
    let path = PathBuf::from(name);
    if path.exists() { format!("Some({})", include(&path)) } else { "None".into() }
}

fn include(file: &Path) -> String {
    format!("include_bytes!({:?})", file.display().to_string())
}

/// Names the content, within this build and the next ones.
fn etag(content: &[u8]) -> String {
    let mut hash = DefaultHasher::new();
    hash.write(content);
    format!("\"{:016x}\"", hash.finish())
}
