//! `sourcebook verify`

use super::bundle::beside;
use super::{Exit, report};
use crate::bundle::archive::ArchiveError;
use crate::manifest;
use crate::signature::{self, SignatureError};
use crate::verify::sums::{self, Told};
use crate::verify::{Copy, compare, folder, words, zip};
use std::io::Cursor;
use std::path::{Path, PathBuf};

/// `sourcebook verify FILE|DIR [--sha256 HASH] [--sums FILE] [--key PUBKEY]`
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  sourcebook verify explainer.zip\n  sourcebook verify explainer.epub --sums SHA256SUMS\n  sourcebook verify explainer.zip --key RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3\n  sourcebook verify /media/stick/explainer --key publisher.pub\n\nExit status: 0 the copy is as it was published; 1 it is not; 2 it cannot be said."
)]
pub(super) struct Arguments {
    /// A bundle, or the folder of a site
    #[arg(value_name = "FILE|DIR")]
    path: PathBuf,
    /// The SHA-256 that the publisher gives for the file
    #[arg(long, value_name = "HASH")]
    sha256: Option<String>,
    /// The publisher's list of such sums, `SHA256SUMS`
    #[arg(long, value_name = "FILE")]
    sums: Option<PathBuf>,
    /// The publisher's public key, or the file that holds it: checks the signature beside the file or, in a folder, that of its list, too
    #[arg(long, value_name = "PUBKEY")]
    key: Option<String>,
}

/// What stopped the command, and how it ends.
type Stopped = (String, Exit);

/// Looks at a copy.
pub(super) fn run(arguments: &Arguments) -> Exit {
    let path = arguments.path.as_path();
    let looked = if path.is_dir() { look_at_folder(arguments) } else { look_at_file(arguments) };
    match looked {
        Ok((Some(copy), lines)) => {
            let found = compare(&copy);
            report::out(&words::tell(&found, &copy.manifest));
            report::out(&lines);
            if found.findings.is_empty() { Exit::Done } else { Exit::Content }
        }
        Ok((None, lines)) => {
            report::out("Whole: the file is the one that was published.\n");
            report::out(&lines);
            Exit::Done
        }
        Err((message, exit)) => {
            report::error(&format!("{}: {message}", path.display()));
            exit
        }
    }
}

/// What was found, none where nothing says what should be in it; and what is said below.
type Looked = (Option<Copy>, String);

fn look_at_folder(arguments: &Arguments) -> Result<Looked, Stopped> {
    if arguments.sha256.is_some() || arguments.sums.is_some() {
        let message = "a folder has no SHA-256 of its own; name the zip that it was unpacked from";
        return Err((message.to_owned(), Exit::Usage));
    }
    let copy = folder::look(&arguments.path).map_err(|error| (error.to_string(), Exit::Usage))?;
    let proof = match &arguments.key {
        Some(key) => check_seal(&copy, key)? + "\n",
        None => String::new(),
    };
    Ok((Some(copy), proof))
}

fn look_at_file(arguments: &Arguments) -> Result<Looked, Stopped> {
    let path = arguments.path.as_path();
    let bytes = std::fs::read(path).map_err(|error| (error.to_string(), Exit::Machine))?;
    let hash = manifest::hash(&bytes);
    // Whether it is the publisher's comes first: what is not theirs needs no list of differences.
    let mut proofs = Vec::new();
    // A zip that came without its signature has one of its list inside.
    let is_alone = is_zip(path, &bytes) && !beside(path).is_file();
    let (key_of_file, key_of_list) =
        if is_alone { (None, arguments.key.as_deref()) } else { (arguments.key.as_deref(), None) };
    if let Some(key) = key_of_file {
        let comment = check_signature(path, &bytes, key)?;
        proofs.push(format!("Signed with that key: {}", words::plain(&comment)));
    }
    if let Some(given) = &arguments.sha256 {
        proofs.push(check_hash(&hash, given)?);
    }
    if let Some(list) = &arguments.sums {
        proofs.push(check_sums(path, &hash, list)?);
    }
    let copy = match zip::look(Cursor::new(&bytes)) {
        Ok(copy) => Some(copy),
        Err(error) if !has_list(path, &bytes, &error) => {
            if let Some(key) = key_of_list {
                proofs.push(check_signature(path, &bytes, key)?);
            }
            if proofs.is_empty() {
                let message = "nothing in it says what it should hold; give the publisher's SHA-256 of it (--sha256), their list (--sums), or their key (--key)";
                return Err((format!("{message}\nSHA-256 {hash}"), Exit::Usage));
            }
            None
        }
        Err(error) => return Err((error.to_string(), Exit::Content)),
    };
    if let (Some(key), Some(copy)) = (key_of_list, &copy) {
        proofs.push(check_seal(copy, key)?);
    }
    if proofs.is_empty() {
        proofs.push("Who made it is not proved by this: compare the SHA-256 with the publisher's, or check the signature with --key".to_owned());
    }
    Ok((copy, format!("SHA-256 {hash}\n{}\n", proofs.join("\n"))))
}

/// Whether the file should have a list of what is in it: a zip, as far as one can tell, in which that was not looked for in vain.
fn has_list(path: &Path, bytes: &[u8], error: &ArchiveError) -> bool {
    is_zip(path, bytes) && !matches!(error, ArchiveError::NoManifest)
}

fn is_zip(path: &Path, bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK") || path.extension().is_some_and(|end| end.eq_ignore_ascii_case("zip"))
}

fn check_hash(hash: &str, given: &str) -> Result<String, Stopped> {
    let given = sums::parse(given).ok_or_else(|| {
        let message = "--sha256: it is no SHA-256, which has 64 digits and letters from a to f";
        (message.to_owned(), Exit::Usage)
    })?;
    if given == hash {
        return Ok("It is the SHA-256 that you gave".to_owned());
    }
    Err((
        format!("NOT THE SAME: the file has another SHA-256 than the one that you gave\nSHA-256 {hash}"),
        Exit::Content,
    ))
}

fn check_sums(path: &Path, hash: &str, list: &Path) -> Result<String, Stopped> {
    let shown = list.display();
    let usage = |problem: String| (format!("--sums: {shown} {problem}"), Exit::Usage);
    let text = std::fs::read_to_string(list).map_err(|error| usage(format!("cannot be read: {error}")))?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let different = |what: &str| Err((format!("NOT THE SAME: {what}\nSHA-256 {hash}"), Exit::Content));
    match sums::look_up(&text, &name, hash) {
        None => Err(usage("is no list of sums as `sha256sum` writes it".to_owned())),
        Some(Told::Same(listed)) => Ok(format!("{shown} lists it as {}", words::plain(&listed))),
        Some(Told::Different) => different(&format!("{shown} has another SHA-256 for a file of this name")),
        Some(Told::Nothing) => different(&format!("{shown} lists neither this SHA-256 nor a file of this name")),
    }
}

/// What the publisher signed of the file.
fn check_signature(path: &Path, bytes: &[u8], key: &str) -> Result<String, Stopped> {
    let beside = beside(path);
    let signature = std::fs::read_to_string(&beside)
        .map_err(|error| (format!("its signature {} cannot be read: {error}", beside.display()), Exit::Usage))?;
    believe(key, &signature, bytes).map_err(|error| match error {
        SignatureError::NoPublicKey => (format!("--key: {error}"), Exit::Usage),
        _ => (error.to_string(), Exit::Content),
    })
}

/// What the publisher signed of the list, which names every file and its fingerprint.
fn check_seal(copy: &Copy, key: &str) -> Result<String, Stopped> {
    let Some(seal) = &copy.seal else {
        let message = format!(
            "nobody signed the list in it: it has no {}. Check the signature of the file that was published",
            manifest::SEAL
        );
        return Err((message, Exit::Usage));
    };
    match believe(key, seal, &copy.list) {
        Ok(comment) => Ok(format!("The list of its files is signed with that key: {}", words::plain(&comment))),
        Err(error @ SignatureError::NoPublicKey) => Err((format!("--key: {error}"), Exit::Usage)),
        Err(SignatureError::Wrong) => {
            Err((format!("{} is not the one that was signed: somebody altered it", manifest::NAME), Exit::Content))
        }
        Err(error) => Err((format!("{}: {error}", manifest::SEAL), Exit::Content)),
    }
}

/// Checks a signature by a key, or by the file that holds it.
fn believe(key: &str, signature: &str, bytes: &[u8]) -> Result<String, SignatureError> {
    let key = std::fs::read_to_string(key).unwrap_or_else(|_| key.to_owned());
    signature::verify(&key, signature, bytes)
}
