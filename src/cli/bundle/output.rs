//! Where bundles are written, and what is said of them. Uses `bundle`, `publish` and `signature`.

use super::super::{Exit, report};
use crate::bundle::{self, Bundle};
use crate::manifest;
use crate::publish::{PublishError, file};
use crate::signature::Key;
use crate::site::edition::Stamp;
use std::path::{Path, PathBuf};

/// The file of each bundle. Where `out` is a folder, or there are several, they are called after `name` in that folder, and those of one language
/// after the site and their language.
pub(super) fn places<'b>(
    bundles: &'b [Bundle],
    site: &str,
    name: &str,
    out: Option<&Path>,
) -> Result<Vec<(PathBuf, &'b Bundle)>, String> {
    if let (Some(out), [bundle]) = (out, bundles)
        && !is_folder(out)
    {
        return Ok(vec![(out.to_path_buf(), bundle)]);
    }
    if let Some(out) = out.filter(|out| !is_folder(out) && out.extension().is_some()) {
        return Err(format!("--out: {} files are made, and {} is one; name a folder", bundles.len(), out.display()));
    }
    let folder = out.unwrap_or(Path::new(""));
    let file = |bundle: &'b Bundle| {
        let name = if bundle.lang.is_some() { site } else { name };
        (folder.join(bundle.file_name(name)), bundle)
    };
    Ok(bundles.iter().map(file).collect())
}

/// A folder, or what is written like one.
fn is_folder(path: &Path) -> bool {
    path.is_dir() || path.as_os_str().to_string_lossy().ends_with(['/', '\\'])
}

/// Writes bundles, with their signatures beside them where there is a key, and says what was made.
pub(super) fn write(places: &[(PathBuf, &Bundle)], stamp: &Stamp, key: Option<&Key>, quiet: bool) -> Exit {
    let mut sums = Vec::new();
    for (out, bundle) in places {
        let hash = manifest::hash(&bundle.bytes);
        let name = out.file_name().unwrap_or_default().to_string_lossy();
        let signed = key.map(|key| key.sign(&bundle.bytes, &bundle::comment(stamp, &name, &hash)));
        let written = file::write(out, &bundle.bytes, |old| bundle.format.recognises(old)).and_then(|()| {
            let Some(signature) = &signed else { return Ok(()) };
            file::write(&beside(out), signature.as_bytes(), |old| old.starts_with(b"untrusted comment:"))
        });
        if let Err(error) = written {
            report::error(&error.to_string());
            return if matches!(error, PublishError::Io { .. }) { Exit::Machine } else { Exit::Usage };
        }
        sums.push((hash, out));
    }
    if !quiet {
        report::say(&table(places));
        // One file needs no name beside its sum; several have the form that `sha256sum --check` reads.
        match sums.as_slice() {
            [(hash, _)] => report::say(&format!("SHA-256 {hash}")),
            sums => {
                let lines: Vec<String> = sums.iter().map(|(hash, out)| format!("{hash}  {}", out.display())).collect();
                report::say(&format!("SHA-256\n{}", lines.join("\n")));
            }
        }
    }
    Exit::Done
}

/// Where the signature of a file lies.
pub(in crate::cli) fn beside(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".minisig");
    PathBuf::from(name)
}

/// The sizes, a line a file.
fn table(places: &[(PathBuf, &Bundle)]) -> String {
    let mut lines = vec![format!("{:<10}{:>10}{:>12}{:>9}  file", "format", "size", "unpacked", "files")];
    for (out, bundle) in places {
        let (size, unpacked) = (megabytes(bundle.bytes.len() as u64), megabytes(bundle.unpacked));
        let name = bundle.format.name();
        lines.push(format!("{name:<10}{size:>10}{unpacked:>12}{:>9}  {}", bundle.files, out.display()));
    }
    lines.join("\n")
}

/// "12.3 MB", of a million bytes each, as shops and download pages count them.
fn megabytes(bytes: u64) -> String {
    let tenths = bytes.div_ceil(100_000);
    format!("{}.{} MB", tenths / 10, tenths % 10)
}
