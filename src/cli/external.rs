//! The part of `sourcebook check` that uses the network: `--external`.

use super::progress::Bar;
use super::{Exit, clock, report};
use crate::external::{self, Failure, Options, Tally, Trust};
use crate::workspace::LINKS;
use std::ffi::OsStr;
use std::fs;
use std::path::Path;

/// Visits the addresses that are due and records how they answer. What stops it is said; `None` where the check that follows says more.
pub(super) fn visit(root: &Path, max_age: u16) -> Result<Option<Tally>, Exit> {
    let trust = match std::env::var_os("SSL_CERT_FILE").filter(|path| !path.is_empty()) {
        Some(path) => trust(&path)?,
        None => Trust::Mozilla,
    };
    let today = clock::today()?;
    let bar = Bar::new(false);
    let visited = external::update(root, &Options { today, max_age, trust }, &|done, of| bar.visited(done, of));
    bar.clear();
    match visited {
        Ok(tally) => Ok(Some(tally)),
        Err(Failure::Unreadable) => {
            report::say("no address was visited: the site, or what it knows of its links, cannot be read");
            Ok(None)
        }
        Err(Failure::Busy) => {
            report::error("another `check --external` is at work on this site");
            Err(Exit::Machine)
        }
        Err(Failure::Offline) => {
            report::error("no host answered at all, so nothing was recorded");
            report::help("see whether this machine is connected, and whether it needs a proxy (`HTTPS_PROXY`)");
            Err(Exit::Machine)
        }
        Err(Failure::Write(error)) => {
            report::error(&format!("`{LINKS}` was not written: {error}"));
            Err(Exit::Machine)
        }
    }
}

/// The authorities in a file, as other programs take them from the same variable.
fn trust(path: &OsStr) -> Result<Trust, Exit> {
    let path = Path::new(path);
    fs::read(path).ok().and_then(|pem| Trust::from_pem(&pem)).ok_or_else(|| {
        report::error(&format!("SSL_CERT_FILE names {}, which holds no certificate", path.display()));
        Exit::Usage
    })
}

/// "96 addresses: 12 visited, 84 skipped; 90 alive, 2 moved, 3 gone, 1 refused, 0 not reached"
pub(super) fn counted(tally: &Tally) -> String {
    let Tally { all, visited, skipped, put_off, alive, moved, gone, refused, failed } = tally;
    let addresses = if *all == 1 { "address" } else { "addresses" };
    let put_off = if *put_off > 0 { format!(", {put_off} put off") } else { String::new() };
    format!(
        "{all} {addresses}: {visited} visited, {skipped} skipped{put_off}; {alive} alive, {moved} moved, {gone} gone, {refused} refused, {failed} not reached"
    )
}
