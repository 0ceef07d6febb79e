//! Fonts that were cut down before: the next build of the same pages does not do it again.

use super::face::Face;
use super::letters::Letters;
use super::subset::Subset;
use rayon::prelude::*;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// The fonts of the last build, by what they were made from.
#[derive(Debug, Default)]
pub struct Memo(Mutex<BTreeMap<[u8; 32], Arc<Subset>>>);

impl Memo {
    /// Cuts all fonts of a build down, each to its letters, in their order; `None` for one that is broken. What the last build had and this one has not is forgotten.
    pub fn subsets(&self, wanted: &[(&Face, &Letters)]) -> Vec<Option<Arc<Subset>>> {
        let known = self.kept().clone();
        let made: Vec<([u8; 32], Option<Arc<Subset>>)> = wanted
            .par_iter()
            .map(|(face, letters)| {
                let content = content(face, letters);
                let subset = known.get(&content).cloned().or_else(|| face.subset(letters).map(Arc::new));
                (content, subset)
            })
            .collect();
        let fresh = made.iter().filter_map(|(content, subset)| Some((*content, Arc::clone(subset.as_ref()?))));
        *self.kept() = fresh.collect();
        made.into_iter().map(|(_, subset)| subset).collect()
    }

    fn kept(&self) -> std::sync::MutexGuard<'_, BTreeMap<[u8; 32], Arc<Subset>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn content(face: &Face, letters: &Letters) -> [u8; 32] {
    let mut digest = Sha256::new();
    digest.update((face.bytes().len() as u64).to_be_bytes());
    digest.update(face.bytes());
    for c in letters.iter() {
        digest.update(u32::from(c).to_be_bytes());
    }
    digest.finalize().into()
}
