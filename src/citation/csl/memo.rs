//! Entries that were formatted before, by the content they were made from: a rebuild formats only what changed.

use super::Formatted;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError};

/// What an entry was made from.
pub(super) type Content = [u8; 32];

/// The hash of values, the same for the same values within one run of the program.
pub(super) fn content(of: &impl Hash) -> Content {
    let mut hasher = ContentHasher(Sha256::new());
    of.hash(&mut hasher);
    hasher.0.finalize().into()
}

struct ContentHasher(Sha256);

impl Hasher for ContentHasher {
    fn write(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// Never asked for: the whole hash is taken.
    fn finish(&self) -> u64 {
        0
    }
}

/// Entries by content. What two builds in a row did not ask for is forgotten.
#[derive(Debug, Default)]
pub struct Memo(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    now: BTreeMap<Content, Arc<Formatted>>,
    before: BTreeMap<Content, Arc<Formatted>>,
}

impl Memo {
    /// A new build begins.
    pub fn begin(&self) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.before = std::mem::take(&mut kept.now);
    }

    /// How many entries are kept.
    pub fn len(&self) -> usize {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.now.len() + kept.before.len()
    }

    /// Whether none is.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The entry of that content, made where it is not known. Two threads may both make it; it is the same.
    pub(super) fn get(&self, content: Content, make: impl FnOnce() -> Formatted) -> Arc<Formatted> {
        let known = {
            let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            match kept.before.remove(&content) {
                Some(entry) => {
                    kept.now.insert(content, Arc::clone(&entry));
                    Some(entry)
                }
                None => kept.now.get(&content).cloned(),
            }
        };
        known.unwrap_or_else(|| {
            let entry = Arc::new(make());
            let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(kept.now.entry(content).or_insert(entry))
        })
    }
}
