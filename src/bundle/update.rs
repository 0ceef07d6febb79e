//! What a newer copy has that an older one has not. Uses `manifest`.

use crate::manifest::{Entry, Manifest, Update};
use std::collections::BTreeMap;

/// What must be unpacked over the older copy, and what it has too many.
pub(super) fn between(old: &Manifest, new: &Manifest) -> Update {
    let by_path = |manifest: &Manifest| -> BTreeMap<String, Entry> {
        manifest.files.iter().map(|entry| (entry.path.clone(), entry.clone())).collect()
    };
    let (before, now) = (by_path(old), by_path(new));
    Update {
        since: old.inputs.clone(),
        brings: now
            .values()
            .filter(|entry| before.get(&entry.path) != Some(*entry))
            .map(|entry| entry.path.clone())
            .collect(),
        removed: before.into_keys().filter(|path| !now.contains_key(path)).collect(),
    }
}
