//! The files of one edition as they come, from many threads and in any order. What an outlet takes is not held, and what an edition of before holds is not held twice. Uses `edition` and `diagnostic` only.

use super::edition::{Edition, OutPath, Outlet, Pieces, Recipe, Stamp, Written};
use crate::diagnostic::Diagnostic;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

/// Adds a text to an edition that is being made.
pub(super) type Put<'a> = &'a (dyn Fn(OutPath, String) + Sync);

/// An edition that is being made.
pub(super) struct Gathering<'a> {
    keeper: Keeper<'a>,
    state: Mutex<State>,
}

/// Who has files of an edition before.
#[derive(Clone, Copy)]
pub(super) enum Keeper<'a> {
    /// Nobody.
    Nobody,
    /// An edition in memory, as this one will be.
    Edition(&'a Edition),
    /// An outlet, which takes those of this one, too.
    Outlet(&'a dyn Outlet),
}

impl<'a> Keeper<'a> {
    /// The outlet, where there is one.
    pub(super) fn outlet(self) -> Option<&'a dyn Outlet> {
        match self {
            Self::Outlet(outlet) => Some(outlet),
            Self::Nobody | Self::Edition(_) => None,
        }
    }
}

#[derive(Default)]
struct State {
    edition: Edition,
    /// Paths that several files wanted.
    twice: BTreeSet<OutPath>,
}

impl<'a> Gathering<'a> {
    /// An edition without files, and who has those of before.
    pub(super) fn new(stamp: Stamp, keeper: Keeper<'a>) -> Self {
        Self { keeper, state: Mutex::new(State { edition: Edition::new(stamp), ..State::default() }) }
    }

    /// Adds a file.
    pub(super) fn put(&self, path: OutPath, bytes: impl Into<Arc<[u8]>> + AsRef<[u8]>) {
        match self.keeper {
            Keeper::Nobody => self.hold(path, bytes.into()),
            Keeper::Edition(before) => {
                let held = before.same(&path, bytes.as_ref()).map(Arc::clone);
                self.hold(path, held.unwrap_or_else(|| bytes.into()));
            }
            Keeper::Outlet(outlet) => {
                let written = outlet.take(&path, bytes.as_ref());
                self.note(path, written, outlet);
            }
        }
    }

    fn hold(&self, path: OutPath, bytes: Arc<[u8]>) {
        self.change(|state| {
            if !state.edition.add(path.clone(), bytes) {
                state.twice.insert(path);
            }
        });
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
        let Some(outlet) = self.keeper.outlet() else {
            let mut bytes = Vec::new();
            write(&mut |piece| bytes.extend_from_slice(piece));
            return self.put(path, bytes);
        };
        let written = outlet.take_pieces(&path, write);
        self.note(path, written, outlet);
    }

    /// Adds the files of a recipe: those of the edition before, where somebody has them, or what `make` adds. What is wrong with that comes back.
    pub(super) fn make(
        &self,
        recipe: Option<Recipe>,
        make: impl FnOnce(&Making<'_, 'a>) -> Option<Diagnostic>,
    ) -> Option<Diagnostic> {
        let making = Making { gathering: self, paths: Mutex::default() };
        let Some(recipe) = recipe else { return make(&making) };
        if !self.take_again(&recipe, &making)
            && let Some(problem) = make(&making)
        {
            return Some(problem);
        }
        let paths = making.paths.into_inner().unwrap_or_else(PoisonError::into_inner);
        match self.keeper.outlet() {
            Some(outlet) => outlet.made(recipe, paths),
            None => self.change(|state| drop(state.edition.recipes.insert(recipe, paths))),
        }
        None
    }

    /// Adds the files that the edition before has by a recipe; whether it has them.
    fn take_again(&self, recipe: &Recipe, making: &Making<'_, 'a>) -> bool {
        match self.keeper {
            Keeper::Nobody => false,
            Keeper::Edition(before) => making.add(before.made_by(recipe), |path, bytes| self.hold(path, bytes)),
            Keeper::Outlet(outlet) => {
                making.add(outlet.again(recipe), |path, written| self.note(path, Some(written), outlet))
            }
        }
    }

    /// Whether there is no sense in making more files, because those that were made have no place.
    pub(super) fn is_in_vain(&self) -> bool {
        self.keeper.outlet().is_some_and(Outlet::is_closed)
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

    /// Adds files that are there already; whether they are.
    fn add<F>(&self, files: Option<Vec<(OutPath, F)>>, add: impl Fn(OutPath, F)) -> bool {
        let Some(files) = files else { return false };
        for (path, file) in files {
            self.note(path.clone());
            add(path, file);
        }
        true
    }

    fn note(&self, path: OutPath) {
        self.paths.lock().unwrap_or_else(PoisonError::into_inner).push(path);
    }
}
