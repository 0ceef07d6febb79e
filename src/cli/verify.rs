//! `sourcebook verify`

use super::bundle::beside;
use super::{Exit, report};
use crate::manifest;
use crate::signature;
use crate::verify::{Copy, compare, folder, words, zip};
use std::io::Cursor;
use std::path::{Path, PathBuf};

/// `sourcebook verify FILE|DIR [--key PUBKEY]`
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  sourcebook verify explainer.zip\n  sourcebook verify explainer.zip --key RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3\n  sourcebook verify /media/stick/explainer\n\nExit status: 0 the copy is as it was published; 1 it is not; 2 it cannot be said."
)]
pub(super) struct Arguments {
    /// A bundle, or the folder of a site
    #[arg(value_name = "FILE|DIR")]
    path: PathBuf,
    /// The publisher's public key, or the file that holds it: checks the signature beside the file, too
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
        Ok((copy, lines)) => {
            let found = compare(&copy);
            report::out(&words::tell(&found, &copy.manifest));
            report::out(&lines);
            if found.findings.is_empty() { Exit::Done } else { Exit::Content }
        }
        Err((message, exit)) => {
            report::error(&format!("{}: {message}", path.display()));
            exit
        }
    }
}

fn look_at_folder(arguments: &Arguments) -> Result<(Copy, String), Stopped> {
    if arguments.key.is_some() {
        let message = "a folder has no signature; name the zip that it was unpacked from, with its .minisig beside it";
        return Err((message.to_owned(), Exit::Usage));
    }
    let copy = folder::look(&arguments.path).map_err(|error| (error.to_string(), Exit::Usage))?;
    Ok((copy, String::new()))
}

fn look_at_file(arguments: &Arguments) -> Result<(Copy, String), Stopped> {
    let path = arguments.path.as_path();
    let bytes = std::fs::read(path).map_err(|error| (error.to_string(), Exit::Machine))?;
    // Who made it comes first: what is not theirs needs no list of differences.
    let signed = arguments.key.as_deref().map(|key| check_signature(path, &bytes, key)).transpose()?;
    let copy = zip::look(Cursor::new(&bytes)).map_err(|error| (error.to_string(), Exit::Content))?;
    let who = match signed {
        Some(comment) => format!("Signed with that key: {}", words::plain(&comment)),
        None => "Who made it is not proved by this: compare the SHA-256 with the publisher's, or check the signature with --key".to_owned(),
    };
    let lines = format!("SHA-256 {}\n{who}\n", manifest::hash(&bytes));
    Ok((copy, lines))
}

/// What the publisher signed of the file.
fn check_signature(path: &Path, bytes: &[u8], key: &str) -> Result<String, Stopped> {
    let usage = |message: String| (message, Exit::Usage);
    let key = std::fs::read_to_string(key).unwrap_or_else(|_| key.to_owned());
    let beside = beside(path);
    let signature = std::fs::read_to_string(&beside)
        .map_err(|error| usage(format!("its signature {} cannot be read: {error}", beside.display())))?;
    signature::verify(&key, &signature, bytes).map_err(|error| match error {
        signature::SignatureError::NoPublicKey => usage(format!("--key: {error}")),
        _ => (error.to_string(), Exit::Content),
    })
}
