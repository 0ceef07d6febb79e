//! The lock file of figures under new names: a name is no change of which readers are told. The log stays as it was: it tells what was, in words of its own.

use crate::book::Book;
use crate::book::mentions::Thing;
use crate::changes::{FigureLock, Reading, write};
use crate::ids::{FigureId, SourceId};
use crate::workspace::FIGURES;

/// The path of the lock file and its text afterwards; `None` where it does not know the thing.
pub(super) fn renamed(book: &Book, thing: &Thing, new: &str) -> Option<(String, String)> {
    let mut lock = book.changes.clone()?;
    let is_changed = match thing {
        Thing::Source(old) => source(&mut lock, old, &SourceId::parse(new)?),
        Thing::Figure(old) => figure(&mut lock, old, &FigureId::parse(new)?),
        _ => false,
    };
    is_changed.then(|| (FIGURES.to_owned(), write::write(&lock)))
}

fn source(lock: &mut FigureLock, old: &SourceId, new: &SourceId) -> bool {
    let Some(named) = lock.held.sources.remove(old) else { return false };
    lock.held.sources.insert(new.clone(), named);
    let figures = lock.held.figures.values_mut().map(|held| &mut held.reading);
    let points =
        lock.held.series.values_mut().flat_map(|held| held.points.values_mut().map(|point| &mut point.reading));
    let rename = |reading: &mut Reading| {
        if reading.source == *old {
            reading.source = new.clone();
        }
    };
    figures.chain(points).for_each(rename);
    true
}

fn figure(lock: &mut FigureLock, old: &FigureId, new: &FigureId) -> bool {
    let Some(held) = lock.held.figures.remove(old) else { return false };
    lock.held.figures.insert(new.clone(), held);
    true
}
