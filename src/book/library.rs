//! Sources, figures and series by id.

use crate::citation::Source;
use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::figure::{Figure, Series};
use crate::ids::{FigureId, SourceId};
use crate::markdown::tree::FigureRef;
use crate::span::Span;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Everything that pages refer to by id.
#[derive(Debug, Default)]
pub struct Library {
    sources: BTreeMap<SourceId, Source>,
    source_aliases: BTreeMap<SourceId, SourceId>,
    figures: BTreeMap<FigureId, Figure>,
    series: BTreeMap<FigureId, Series>,
}

/// Why a figure cannot be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FigureMiss {
    /// Nothing has that id.
    Unknown,
    /// The series has no point there.
    NoPoint,
    /// A series was named without saying which point.
    WhichPoint,
    /// A point was asked of a figure that is no series.
    NotASeries,
}

impl Library {
    /// Files all records; the first of two with one id stays.
    pub fn new(
        sources: Vec<Source>,
        figures: Vec<Figure>,
        series: Vec<Series>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut library = Self::default();
        let twice = |what: &str, id: &str, span: Span, first: Span| {
            Diagnostic::new(Code::SB107, span, format!("there are two {what} `{id}`"))
                .help("rename one of them, or join the two")
                .related(first, "the first is here")
        };
        for source in sources {
            match library.sources.get(&source.id) {
                Some(first) => diagnostics.push(twice("sources", source.id.as_str(), source.span, first.span)),
                None => {
                    library.sources.insert(source.id.clone(), source);
                }
            }
        }
        for source in library.sources.values() {
            for alias in &source.aliases {
                let other = library
                    .sources
                    .get(&alias.value)
                    .or_else(|| library.source_aliases.get(&alias.value).and_then(|id| library.sources.get(id)));
                match other {
                    Some(other) => diagnostics.push(twice("sources", alias.value.as_str(), alias.span, other.span)),
                    None => {
                        library.source_aliases.insert(alias.value.clone(), source.id.clone());
                    }
                }
            }
        }
        for figure in figures {
            match library.figures.get(&figure.id) {
                Some(first) => diagnostics.push(twice("figures", figure.id.as_str(), figure.span, first.span)),
                None => {
                    library.figures.insert(figure.id.clone(), figure);
                }
            }
        }
        for series in series {
            match library.figures.get(&series.id) {
                Some(first) => diagnostics.push(twice("figures", series.id.as_str(), series.span, first.span)),
                None => {
                    library.series.insert(series.id.clone(), series);
                }
            }
        }
        library
    }

    /// A source by its id or an older one.
    pub fn source(&self, id: &SourceId) -> Option<&Source> {
        self.sources.get(id).or_else(|| self.source_aliases.get(id).and_then(|id| self.sources.get(id)))
    }

    /// All sources by id.
    pub fn sources(&self) -> impl Iterator<Item = &Source> {
        self.sources.values()
    }

    /// All figures by id.
    pub fn figures(&self) -> impl Iterator<Item = &Figure> {
        self.figures.values()
    }

    /// All series by id.
    pub fn all_series(&self) -> impl Iterator<Item = &Series> {
        self.series.values()
    }

    /// A figure by its id alone.
    pub fn figure_by_id(&self, id: &FigureId) -> Option<&Figure> {
        self.figures.get(id)
    }

    /// The figure, or the point of a series, that a reference names.
    pub fn figure(&self, reference: &FigureRef) -> Result<Cow<'_, Figure>, FigureMiss> {
        match (&reference.point, self.figures.get(&reference.id), self.series.get(&reference.id)) {
            (None, Some(figure), _) => Ok(Cow::Borrowed(figure)),
            (Some(_), Some(_), _) => Err(FigureMiss::NotASeries),
            (Some(point), None, Some(series)) => series.point(point).map(Cow::Owned).ok_or(FigureMiss::NoPoint),
            (None, None, Some(_)) => Err(FigureMiss::WhichPoint),
            (_, None, None) => Err(FigureMiss::Unknown),
        }
    }

    /// A series by its id.
    pub fn series(&self, id: &FigureId) -> Option<&Series> {
        self.series.get(id)
    }

    /// The source id nearest to a misspelt one.
    pub fn near_source(&self, wrong: &SourceId) -> Option<&str> {
        let known = self.sources.keys().chain(self.source_aliases.keys()).map(SourceId::as_str);
        did_you_mean(wrong.as_str(), known)
    }

    /// The figure id nearest to a misspelt one.
    pub fn near_figure(&self, wrong: &FigureId) -> Option<&str> {
        did_you_mean(wrong.as_str(), self.figures.keys().chain(self.series.keys()).map(FigureId::as_str))
    }
}
