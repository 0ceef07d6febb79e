//! What a build leaves behind so that the next one sees that nothing is to be done: what the site was made of, what was said of it, and how its files lie there.
//!
//! Receipts lie in `.sourcebook/` beside `book.toml`, and anybody may delete them at any time: then a site is built. A file counts as it was left only where everything that the system
//! keeps of it is the same, the moment of its last change among it, which nobody can set; whether that is a moment in the past or the future does not matter. A site with a file
//! that could have been changed in the very moment of the look has no receipt until the moment is over.
//! Uses `manifest`, `fault`, `site::edition` and its sister modules only.

use super::disk;
use super::error::PublishError;
use super::file;
use super::recipes;
use super::seal;
use super::target::Target;
use crate::fault::Point;
use crate::manifest;
use crate::site::edition::Recipes;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fs::{self, DirEntry, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The folder beside `book.toml` for what the program keeps for itself.
const FOLDER: &str = ".sourcebook";

/// The receipts in it, one for each output folder.
const RECEIPTS: &str = "built";

/// The lists beside them, of the same names, which say what was made by which recipe.
const LISTS: &str = "recipes";

/// More output folders than these have no receipts.
const MOST: usize = 16;

/// So often, and so far apart, the end of the moment in which the last file was written is waited for.
const LOOKS: u32 = 20;
const PAUSE: Duration = Duration::from_millis(8);

/// What was made, and what was said of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// A name for all that the build depended on.
    pub made_of: String,
    /// What was said of the content.
    pub said: String,
    /// The last line, up to the seconds that it took.
    pub told: String,
}

/// A receipt as it is kept.
#[derive(Serialize, Deserialize)]
struct Kept {
    receipt: Receipt,
    /// How the files lay in the output folder.
    seen: String,
}

/// The receipt of the site in the folder `out`, where all is as it was left.
pub fn find(made_of: &str, out: &Path, root: &Path) -> Option<Receipt> {
    let target = Target::resolve(out, root).ok()?;
    let Kept { receipt, seen } = kept(&target, root)?;
    // What another build is about, or has left when it was killed, is for a build to see to.
    let is_quiet = [&target.stage, &target.old, &target.lock].iter().all(|path| fs::symlink_metadata(path).is_err());
    let is_site = || fs::symlink_metadata(&target.out).is_ok_and(|found| found.is_dir());
    (receipt.made_of == made_of && is_quiet && is_site() && lies_as(&target, &seen)).then_some(receipt)
}

/// What was made by which recipe of the site's files, where they lie as their build left them, so that its manifest says what is in them, and nobody need read them.
pub(super) fn recipes_as_left(target: &Target, root: &Path) -> Option<Recipes> {
    let Kept { seen, .. } = kept(target, root)?;
    lies_as(target, &seen).then(|| recipes::read(&path(LISTS, target, root), &seen))
}

/// Keeps the receipt of the site that was published, and what was made by which recipe. Where that cannot be, the next build takes its time.
pub fn keep(receipt: &Receipt, recipes: &Recipes, out: &Path, root: &Path) {
    let _ = try_keep(receipt, recipes, out, root);
}

fn try_keep(receipt: &Receipt, recipes: &Recipes, out: &Path, root: &Path) -> Result<(), PublishError> {
    let target = Target::resolve(out, root)?;
    let Some(seen) = settled(&target).map_err(PublishError::io("look into", &target.out))? else { return Ok(()) };
    let (path, list) = (path(RECEIPTS, &target, root), path(LISTS, &target, root));
    for path in [&path, &list] {
        prepare(root, path).map_err(PublishError::io("make the folder", path))?;
    }
    // The list first: without its receipt nobody asks for it.
    file::place(&list, recipes::write(recipes, &seen).as_bytes(), |_| true)?;
    let kept = serde_json::to_string(&Kept { receipt: receipt.clone(), seen }).unwrap_or_default();
    // It need not outlive a power cut.
    file::place(&path, seal::seal(&kept).as_bytes(), |_| true).map(drop)
}

/// What the receipt of an output folder says; `None` where there is none that is as it was written.
fn kept(target: &Target, root: &Path) -> Option<Kept> {
    let bytes = fs::read(path(RECEIPTS, target, root)).ok()?;
    serde_json::from_str(seal::open(&bytes)?).ok()
}

/// Whether the files of the site lie so.
fn lies_as(target: &Target, seen: &str) -> bool {
    look(&target.out).is_ok_and(|now| now.digest == seen)
}

/// Where the receipt of an output folder, or the list beside it, lies.
fn path(kind: &str, target: &Target, root: &Path) -> PathBuf {
    let name = manifest::hash(target.out.as_os_str().as_encoded_bytes());
    root.join(FOLDER).join(kind).join(name.get(..16).unwrap_or(&name))
}

/// Makes the folder of a file, which no version control and no backup need keep, and room in it.
fn prepare(root: &Path, kept: &Path) -> io::Result<()> {
    let own = root.join(FOLDER);
    let Some(folder) = kept.parent() else { return Ok(()) };
    for folder in [&own, folder] {
        match fs::symlink_metadata(folder) {
            Ok(found) if found.is_dir() => {}
            Ok(_) => return Err(io::ErrorKind::NotADirectory.into()),
            Err(_) => disk::make_folders(Point::FileFolder, folder)?,
        }
    }
    for (name, text) in [
        (".gitignore", "# Kept by Sourcebook for itself; may be deleted at any time.\n*\n"),
        ("CACHEDIR.TAG", "Signature: 8a477f597d28d172789f06886806bc55\n# Kept by Sourcebook for itself.\n"),
    ] {
        let path = own.join(name);
        if fs::symlink_metadata(&path).is_err() {
            file::place(&path, text.as_bytes(), |_| false).map_err(io::Error::other)?;
        }
    }
    let others: Vec<DirEntry> = fs::read_dir(folder)?.collect::<io::Result<_>>()?;
    if others.len() >= MOST && fs::symlink_metadata(kept).is_err() {
        for other in others {
            disk::remove_file(Point::FileRemove, &other.path())?;
        }
    }
    Ok(())
}

/// How a folder's files lie there.
struct Look {
    digest: String,
    /// The moment of the last change.
    newest: Moment,
}

/// A moment as a file system writes it down: seconds, and nanoseconds.
type Moment = (i64, i64);

/// How the site lies there, once no file of it can have been changed in the moment of the look; `None` where that moment does not end.
fn settled(target: &Target) -> io::Result<Option<String>> {
    for _ in 0..LOOKS {
        // Of the same file system, whose clock is its own. The file has no name, and goes with its handle.
        let now = moment(&tempfile::tempfile_in(&target.parent)?.metadata()?);
        let Look { digest, newest } = look(&target.out)?;
        if now.is_some_and(|now| newest < now) {
            return Ok(Some(digest));
        }
        std::thread::sleep(PAUSE);
    }
    Ok(None)
}

/// Looks at all that lies in a folder, and reads none of it. Links are not followed.
fn look(folder: &Path) -> io::Result<Look> {
    let mut entries: Vec<DirEntry> = fs::read_dir(folder)?.collect::<io::Result<_>>()?;
    entries.sort_by_cached_key(DirEntry::file_name);
    let looks: Vec<Look> = entries
        .par_iter()
        .map(|entry| if entry.file_type()?.is_dir() { look(&entry.path()) } else { look_at(&entry.metadata()?) })
        .collect::<io::Result<_>>()?;
    let mut digest = Sha256::new();
    for (entry, look) in entries.iter().zip(&looks) {
        let name = entry.file_name();
        let name = name.as_encoded_bytes();
        digest.update((name.len() as u64).to_be_bytes());
        digest.update(name);
        digest.update(&look.digest);
    }
    let newest = looks.iter().map(|look| look.newest).max().unwrap_or_default();
    Ok(Look { digest: format!("{:x}/", digest.finalize()), newest })
}

/// All that the system keeps of a file.
#[cfg(unix)]
#[allow(clippy::unnecessary_wraps, reason = "other systems keep less")]
fn look_at(found: &Metadata) -> io::Result<Look> {
    use std::os::unix::fs::MetadataExt;
    let (size, mode, written) = (found.size(), found.mode(), (found.mtime(), found.mtime_nsec()));
    let newest = (found.ctime(), found.ctime_nsec());
    let digest = format!("{} {} {size} {mode:o} {written:?} {newest:?};", found.dev(), found.ino());
    Ok(Look { digest, newest })
}

/// A system that keeps no moment of the last change: there are no receipts.
#[cfg(not(unix))]
fn look_at(_: &Metadata) -> io::Result<Look> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(unix)]
#[allow(clippy::unnecessary_wraps, reason = "other systems keep less")]
fn moment(found: &Metadata) -> Option<Moment> {
    use std::os::unix::fs::MetadataExt;
    Some((found.ctime(), found.ctime_nsec()))
}

#[cfg(not(unix))]
fn moment(_: &Metadata) -> Option<Moment> {
    None
}
