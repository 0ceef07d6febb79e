//! The marks of a page: which citation and which figure stands where, so that the lists at its end can lead back.
//!
//! They are counted as the text is written, along the walk of [`crate::book::evidence`]: there and here the same mark has the same number.

use crate::book::actors::Ground;
use crate::book::evidence::{cite_place, drawing_place, figure_place};
use crate::citation::Source;
use crate::ids::{FigureId, SourceId, TermId};
use crate::markdown::citation::Cite;
use crate::markdown::tree::{DrawingKind, FigureRef, SeriesPoint};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// What stands in the text for a source.
#[derive(Debug, Clone, Copy)]
pub(super) enum What<'a> {
    /// A citation.
    Cite(&'a Cite),
    /// A figure that was taken from it.
    Figure(&'a FigureRef),
    /// A drawing that shows what it says.
    Drawing(DrawingKind),
    /// A fact of an actor in a drawing, which rests on it.
    Fact(DrawingKind, Ground<'a>),
}

/// A mark of a source.
#[derive(Debug, Clone)]
pub(super) struct Mark<'a> {
    /// The id of its place on the page.
    pub(super) anchor: String,
    /// What was written.
    pub(super) what: What<'a>,
}

/// Sources whose marks are printed as one, by the place in the list to which it leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub(super) struct Run {
    /// The id of the place in the list to which the mark leads.
    pub(super) id: String,
    /// How many sources it stands for; their entries follow one another.
    pub(super) length: usize,
}

/// Everything that was marked while a page's text was rendered.
#[derive(Debug, Default)]
pub(super) struct Marks<'a> {
    sources: BTreeMap<SourceId, Vec<Mark<'a>>>,
    figures: BTreeMap<(FigureId, Option<SeriesPoint>), Vec<String>>,
    runs: BTreeMap<SourceId, Vec<Run>>,
    terms: Vec<TermId>,
    cite_count: usize,
    figure_count: usize,
    drawing_count: usize,
}

impl<'a> Marks<'a> {
    /// Notes a citation and names its place.
    pub(super) fn cite(&mut self, source: &SourceId, cite: &'a Cite) -> String {
        self.cite_count += 1;
        let anchor = cite_place(self.cite_count);
        self.note(source, &anchor, What::Cite(cite));
        anchor
    }

    /// Notes that the sources from one number to another have one mark, and names the place in the list to which it leads.
    pub(super) fn run(&mut self, source: &SourceId, first: usize, last: usize) -> String {
        let run = Run { id: format!("r-{first}-{last}"), length: last - first + 1 };
        let runs = self.runs.entry(source.clone()).or_default();
        if !runs.contains(&run) {
            runs.push(run.clone());
        }
        run.id
    }

    /// Notes a figure, taken from a source, and names its place.
    pub(super) fn figure(&mut self, source: &SourceId, reference: &'a FigureRef) -> String {
        self.figure_count += 1;
        let anchor = figure_place(self.figure_count);
        self.note(source, &anchor, What::Figure(reference));
        self.figures.entry((reference.id.clone(), reference.point.clone())).or_default().push(anchor.clone());
        anchor
    }

    /// Notes a drawing with the sources of what it shows, and names its place.
    pub(super) fn drawing(&mut self, kind: DrawingKind, sources: &[&Source]) -> String {
        self.drawing_count += 1;
        let anchor = drawing_place(self.drawing_count);
        for source in sources {
            self.note(&source.id, &anchor, What::Drawing(kind));
        }
        anchor
    }

    /// Notes something that is told of an actor in a drawing.
    pub(super) fn fact(&mut self, anchor: &str, kind: DrawingKind, ground: Ground<'a>) {
        self.note(ground.source, anchor, What::Fact(kind, ground));
    }

    /// Notes a term; the first time it names its place.
    pub(super) fn term(&mut self, id: &TermId) -> Option<String> {
        let is_first = !self.terms.contains(id);
        if is_first {
            self.terms.push(id.clone());
        }
        is_first.then(|| term_place(id))
    }

    /// The terms in the order in which the page first uses them.
    pub(super) fn terms(&self) -> &[TermId] {
        &self.terms
    }

    fn note(&mut self, source: &SourceId, anchor: &str, what: What<'a>) {
        self.sources.entry(source.clone()).or_default().push(Mark { anchor: anchor.to_owned(), what });
    }

    /// The marks of a source in the order of the page.
    pub(super) fn of_source(&self, source: &SourceId) -> &[Mark<'a>] {
        self.sources.get(source).map_or(&[], Vec::as_slice)
    }

    /// The shared marks of which a source is the first.
    pub(super) fn runs_of(&self, source: &SourceId) -> &[Run] {
        self.runs.get(source).map_or(&[], Vec::as_slice)
    }

    /// The places of a figure in the order of the page.
    pub(super) fn of_figure(&self, reference: &FigureRef) -> &[String] {
        self.figures.get(&(reference.id.clone(), reference.point.clone())).map_or(&[], Vec::as_slice)
    }
}

/// The id of the place at which a page first uses a term.
pub(super) fn term_place(id: &TermId) -> String {
    format!("u-{id}")
}

/// The id of a source in a page's list of sources.
pub(super) fn source_anchor(source: &SourceId) -> String {
    format!("s-{source}")
}

/// The id of a figure in a page's list of figures.
pub(super) fn figure_anchor(reference: &FigureRef) -> String {
    match &reference.point {
        None => format!("f-{}", reference.id),
        Some(SeriesPoint::Latest) => format!("f-{}-latest", reference.id),
        // An interval has a stroke in it, which an address would have to spell otherwise.
        Some(SeriesPoint::At(date)) => {
            format!("f-{}-{}", reference.id, date.replace("../", "until-").replace('/', "-to-").replace('~', "about-"))
        }
    }
}

/// The letters of backlinks: a … z, aa, ab …
pub(super) fn letters(index: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = index + 1;
    while rest > 0 {
        rest -= 1;
        let letter = u8::try_from(rest % 26).unwrap_or(0);
        letters.push(char::from(b'a' + letter));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::letters;

    #[test]
    fn letters_go_on_after_z() {
        assert_eq!(letters(0), "a");
        assert_eq!(letters(25), "z");
        assert_eq!(letters(26), "aa");
        assert_eq!(letters(27), "ab");
        assert_eq!(letters(26 * 26 + 26), "aaa");
    }
}
