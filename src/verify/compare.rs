//! Listed against found.

use super::{Copy, Finding, Report, Seen};
use crate::manifest::Entry;
use std::collections::{BTreeMap, BTreeSet};

/// What file managers leave in folders that they have shown.
const CLUTTER: &[&str] = &[".DS_Store", "Thumbs.db", "desktop.ini", ".directory"];

/// Holds what was found against what is listed.
pub fn compare(copy: &Copy) -> Report {
    let update = copy.manifest.update.as_ref();
    let brings: Option<BTreeSet<&str>> =
        update.filter(|_| copy.is_packed).map(|update| update.brings.iter().map(String::as_str).collect());
    let expected = |path: &str| brings.as_ref().is_none_or(|brings| brings.contains(path));
    let listed: BTreeMap<&str, &Entry> = copy
        .manifest
        .files
        .iter()
        .map(|entry| (entry.path.as_str(), entry))
        .filter(|(path, _)| expected(path))
        .collect();
    let removed: BTreeSet<&str> = update.into_iter().flat_map(|update| &update.removed).map(String::as_str).collect();

    let mut report = Report::default();
    let mut altered: BTreeMap<&str, &Seen> = BTreeMap::new();
    let mut missing: BTreeMap<&str, &Entry> = BTreeMap::new();
    for (path, entry) in &listed {
        match copy.seen.get(*path) {
            None => {
                missing.insert(path, entry);
            }
            Some(seen) if is(seen, entry) => report.whole += 1,
            Some(seen) => {
                altered.insert(path, seen);
            }
        }
    }
    for (path, seen) in &copy.seen {
        if listed.contains_key(path.as_str()) {
            continue;
        }
        let name = path.rsplit('/').next().unwrap_or(path);
        let is_clutter = CLUTTER.contains(&name) || name.starts_with("._") || path.starts_with("__MACOSX/");
        let renamed = missing.iter().find(|(_, entry)| is(seen, entry)).map(|(path, _)| *path);
        if let Some(listed) = renamed {
            missing.remove(listed);
            report.findings.push(Finding::Renamed { listed: listed.to_owned(), found: path.clone() });
        } else if removed.contains(path.as_str()) {
            report.remains.push(path.clone());
        } else if is_clutter {
            report.clutter.push(path.clone());
        } else {
            report.findings.push(Finding::Added(path.clone()));
        }
    }
    report.findings.extend(missing.into_keys().map(|path| Finding::Missing(path.to_owned())));
    alterations(&altered, &listed, &mut report.findings);
    report.findings.sort();
    report
}

/// What became of files whose bytes are others.
fn alterations(altered: &BTreeMap<&str, &Seen>, listed: &BTreeMap<&str, &Entry>, findings: &mut Vec<Finding>) {
    let by_hash: BTreeMap<&str, &str> = listed.iter().map(|(path, entry)| (entry.sha256.as_str(), *path)).collect();
    let others = |seen: &Seen| match seen {
        Seen::Read { sha256, .. } => by_hash.get(sha256.as_str()).copied(),
        _ => None,
    };
    for (path, seen) in altered {
        let path = (*path).to_owned();
        let partner = others(seen);
        let is_mutual = |other: &str| altered.get(other).and_then(|seen| others(seen)) == Some(path.as_str());
        findings.extend(match (seen, partner) {
            (Seen::Damaged | Seen::NoFile, _) => Some(Finding::Damaged(path)),
            // Told once for the two.
            (_, Some(other)) if is_mutual(other) => {
                (path.as_str() < other).then(|| Finding::Swapped(path.clone(), other.to_owned()))
            }
            (_, Some(other)) => Some(Finding::Replaced { path, by: other.to_owned() }),
            (_, None) => Some(Finding::Changed(path)),
        });
    }
}

fn is(seen: &Seen, entry: &Entry) -> bool {
    matches!(seen, Seen::Read { size, sha256 } if *size == entry.size && *sha256 == entry.sha256)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::{Manifest, Update, hash};

    fn seen(text: &str) -> Seen {
        Seen::Read { size: text.len() as u64, sha256: hash(text.as_bytes()) }
    }

    fn copy(
        listed: &[(&str, &str)],
        found: &[(&str, Seen)],
        update: Option<(&[&str], &[&str])>,
        is_packed: bool,
    ) -> Copy {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let files = listed
            .iter()
            .map(|(path, text)| Entry {
                path: (*path).to_owned(),
                size: text.len() as u64,
                sha256: hash(text.as_bytes()),
            })
            .collect();
        let update = update.map(|(brings, removed)| Update {
            since: String::new(),
            brings: names(brings),
            removed: names(removed),
        });
        let manifest =
            Manifest { format: 1, sourcebook: String::new(), inputs: String::new(), date: None, update, files };
        Copy {
            manifest,
            list: Vec::new(),
            seal: None,
            seen: found.iter().map(|(path, seen)| ((*path).to_owned(), seen.clone())).collect(),
            is_packed,
        }
    }

    #[test]
    fn every_way_of_altering_has_its_name() {
        let listed = [("a", "1"), ("b", "2"), ("c", "3"), ("d", "4"), ("e", "5"), ("f", "6"), ("g", "7"), ("h", "8")];
        let found = [
            ("a", seen("2")),
            ("b", seen("1")),
            ("c", seen("x")),
            ("e2", seen("5")),
            ("f", Seen::Damaged),
            ("g", seen("8")),
            ("h", seen("8")),
            ("new", Seen::Large),
            ("x/.DS_Store", seen("junk")),
        ];
        let report = compare(&copy(&listed, &found, None, false));
        let text = |text: &str| text.to_owned();
        assert_eq!(
            report.findings,
            [
                Finding::Changed(text("c")),
                Finding::Damaged(text("f")),
                Finding::Missing(text("d")),
                Finding::Renamed { listed: text("e"), found: text("e2") },
                Finding::Swapped(text("a"), text("b")),
                Finding::Replaced { path: text("g"), by: text("h") },
                Finding::Added(text("new")),
            ]
        );
        assert_eq!((report.whole, report.clutter), (1, vec![text("x/.DS_Store")]));
    }

    #[test]
    fn an_update_may_leave_what_it_removes() {
        let listed = [("a", "1"), ("b", "2")];
        let packed = [("b", seen("2"))];
        let update = Some((&["b"][..], &["old"][..]));
        assert_eq!(compare(&copy(&listed, &packed, update, true)).findings, []);
        let unpacked = [("a", seen("1")), ("b", seen("2")), ("old", seen("3"))];
        let report = compare(&copy(&listed, &unpacked, update, false));
        assert_eq!((report.findings, report.remains), (vec![], vec!["old".to_owned()]));
        // Unpacked over nothing, it is no whole copy.
        assert_eq!(compare(&copy(&listed, &packed, update, false)).findings, [Finding::Missing("a".to_owned())]);
    }
}
