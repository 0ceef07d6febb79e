//! `_redirects`: old addresses for hosts that answer for them with 301, in the format that Netlify and Cloudflare Pages read.
//!
//! The pages that are left at the old addresses stay, for all other hosts. Netlify prefers a file to a rule unless the rule ends in `!`, which
//! Cloudflare does not know and passes over; so each address has both rules, and each host takes the one it understands.

use super::path_of;
use crate::site::address;
use crate::site::edition::OutPath;
use crate::site::furniture::Moved;
use std::collections::BTreeMap;

/// The file: addresses begin at the folder that is published. Where the site lies below a path of its host, somebody hands its pages on, and
/// only whole addresses lead back to them.
pub(super) fn file(base: Option<&str>, moved: &[Moved<'_>]) -> String {
    let root = base.filter(|base| path_of(base) != "/").unwrap_or("/");
    let ways: BTreeMap<&OutPath, &OutPath> = moved.iter().map(|moved| (&moved.from, &moved.to)).collect();
    let rules = ways.into_iter().map(|(from, to)| {
        let (from, to) = (address::absolute("/", from), address::absolute(root, to));
        [format!("{from} {to} 301!\n"), format!("{from} {to} 301\n")]
    });
    rules.flatten().collect()
}
