//! The files of one edition as they come, from many threads and in any order. What an outlet takes is not held. Uses `edition` and `diagnostic` only.

use super::edition::{Edition, OutPath, Outlet, Pieces, Recipe, Stamp, Written};
use crate::diagnostic::Diagnostic;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

/// Adds a text to an edition that is being made.
pub(super) type Put<'a> = &'a (dyn Fn(OutPath, String) + Sync);

/// An edition that is being made.
pub(super) struct Gathering<'a> {
    outlet: Option<&'a dyn Outlet>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    edition: Edition,
    /// Paths that several files wanted.
    twice: BTreeSet<OutPath>,
}

impl<'a> Gathering<'a> {
    /// An edition without files, and who takes them, where somebody does.
    pub(super) fn new(stamp: Stamp, outlet: Option<&'a dyn Outlet>) -> Self {
        Self { outlet, state: Mutex::new(State { edition: Edition::new(stamp), ..State::default() }) }
    }

    /// Adds a file.
    pub(super) fn put(&self, path: OutPath, bytes: impl Into<Arc<[u8]>> + AsRef<[u8]>) {
        let Some(outlet) = self.outlet else {
            return self.change(|state| {
                if !state.edition.add(path.clone(), bytes) {
                    state.twice.insert(path);
                }
            });
        };
        let written = outlet.take(&path, bytes.as_ref());
        self.note(path, written, outlet);
    }

    fn note(&self, path: OutPath, written: Option<Written>, outlet: &dyn Outlet) {
        self.change(|state| {
            let is_first = match written {
                Some(written) => state.edition.add_written(path.clone(), written),
                // What failed is told by the outlet.
                None => outlet.is_closed(),
            };
            if !is_first {
                state.twice.insert(path);
            }
        });
    }

    /// Adds a file that is too long to be held as a whole, where there is an outlet.
    pub(super) fn put_pieces(&self, path: OutPath, write: Pieces<'_>) {
        let Some(outlet) = self.outlet else {
            let mut bytes = Vec::new();
            write(&mut |piece| bytes.extend_from_slice(piece));
            return self.put(path, bytes);
        };
        let written = outlet.take_pieces(&path, write);
        self.note(path, written, outlet);
    }

    /// Adds the files of a recipe: those of the edition before, where an outlet has them, or what `make` adds. What is wrong with that comes back.
    pub(super) fn make(
        &self,
        recipe: Option<Recipe>,
        make: impl FnOnce(&Making<'_, 'a>) -> Option<Diagnostic>,
    ) -> Option<Diagnostic> {
        let making = Making { gathering: self, paths: Mutex::default() };
        let Some((outlet, recipe)) = self.outlet.zip(recipe) else { return make(&making) };
        if let Some(files) = outlet.again(&recipe) {
            for (path, written) in files {
                making.note(path.clone());
                self.note(path, Some(written), outlet);
            }
        } else if let Some(problem) = make(&making) {
            return Some(problem);
        }
        outlet.made(recipe, making.paths.into_inner().unwrap_or_else(PoisonError::into_inner));
        None
    }

    /// Whether there is no sense in making more files, because those that were made have no place.
    pub(super) fn is_in_vain(&self) -> bool {
        self.outlet.is_some_and(Outlet::is_closed)
    }

    /// What the files that are held say.
    pub(super) fn held<T>(&self, read: impl FnOnce(&Edition) -> T) -> T {
        self.change(|state| read(&state.edition))
    }

    /// The edition, and the paths that several files wanted.
    pub(super) fn close(self) -> (Edition, BTreeSet<OutPath>) {
        let State { edition, twice } = self.state.into_inner().unwrap_or_else(PoisonError::into_inner);
        (edition, twice)
    }

    fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        change(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// The files of one recipe that are being made.
pub(super) struct Making<'m, 'a> {
    gathering: &'m Gathering<'a>,
    paths: Mutex<Vec<OutPath>>,
}

impl Making<'_, '_> {
    /// Adds a file.
    pub(super) fn put(&self, path: OutPath, bytes: impl Into<Arc<[u8]>> + AsRef<[u8]>) {
        self.note(path.clone());
        self.gathering.put(path, bytes);
    }

    /// Adds a file that is too long to be held as a whole.
    pub(super) fn put_pieces(&self, path: OutPath, write: Pieces<'_>) {
        self.note(path.clone());
        self.gathering.put_pieces(path, write);
    }

    fn note(&self, path: OutPath) {
        self.paths.lock().unwrap_or_else(PoisonError::into_inner).push(path);
    }
}
