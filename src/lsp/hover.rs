//! What is told of a thing when the pointer rests on its name: a source, a quotation, a figure, a term, and whatever else has a record.

use super::view::View;
use crate::book::mentions::Thing;
use crate::book::{Book, Language};
use crate::citation::Source;
use crate::citation::record::Quote;
use crate::figure::phrase::{phrase, words};
use crate::figure::record::Status;
use crate::figure::{Figure, Series};
use crate::ids::{FigureId, TermId};
use crate::locale::Vocabulary;
use crate::markdown::tree::{FigureForm, SeriesPoint};
use crate::workspace::Localized;
use lsp_types::{Hover, HoverContents, MarkupContent, MarkupKind, TextDocumentPositionParams};

/// What is told of the name at a place.
pub(super) fn hover(view: &View<'_>, place: &TextDocumentPositionParams) -> Option<Hover> {
    let mention = view.mention(place)?;
    let language = view.language(mention.span.file)?;
    let value = card(view.book(), language, &mention.thing)?;
    let contents = HoverContents::Markup(MarkupContent { kind: MarkupKind::Markdown, value });
    Some(Hover { contents, range: Some(view.range(mention.span)) })
}

/// A thing in a few lines of Markdown, in a language of the site where its record has it.
pub(super) fn card(book: &Book, language: &Language, thing: &Thing) -> Option<String> {
    let library = &book.library;
    let teller = Teller { book, language };
    match thing {
        Thing::Source(id) => Some(teller.source(library.source(id)?)),
        Thing::Quote(source, id) => {
            let source = library.source(source)?;
            Some(teller.quote(source, source.quote(id)?))
        }
        Thing::Figure(id) => teller.figure(id),
        Thing::Term(id) => teller.term(id),
        Thing::Event(id) => {
            let event = library.event(id)?;
            let date = language.locale.date(&event.date);
            let text = event.text.as_ref().map(|text| teller.say(text));
            Some(lines([Some(format!("**{}**: {}", escaped(&date), teller.say(&event.title))), text]))
        }
        Thing::Theme(id) => Some(format!("**{}**", teller.say(&library.theme(id)?.name))),
        Thing::Actor(id) => {
            let actor = library.actor(id.as_str())?;
            let name = format!("**{}**", teller.say(&actor.name.value));
            let kind = language.locale.term(Vocabulary::ActorKind, actor.kind.name()).unwrap_or(actor.kind.name());
            Some(lines([Some(name), Some(escaped(kind))]))
        }
        Thing::Group(id) => Some(format!("**{}**", teller.say(&library.group(id)?.title.value))),
        Thing::Chart(id) => Some(format!("**{}**", teller.say(&library.chart(id)?.title))),
        Thing::Map(id) => Some(format!("**{}**", teller.say(&library.map(id)?.title))),
        Thing::Page(id) => {
            let page = &book.view_in(book.find(id)?, &language.lang)?.version.page;
            let summary = page.front.summary.as_ref().and_then(|node| node.as_text());
            Some(lines([Some(format!("**{}**", escaped(&page.front.title.value))), summary.map(str::to_owned)]))
        }
    }
}

struct Teller<'a> {
    book: &'a Book,
    language: &'a Language,
}

impl Teller<'_> {
    /// A text of a record, for Markdown.
    fn say(&self, text: &Localized) -> String {
        let source = self.book.source_language().map(|language| &language.lang);
        let fallbacks: Vec<_> = source.into_iter().collect();
        escaped(text.pick(&self.language.lang, &fallbacks).0)
    }

    fn reference(&self, source: &Source) -> String {
        escaped(&self.book.entry(source, &self.language.locale).entry.plain_text())
    }

    fn source(&self, source: &Source) -> String {
        let locale = &self.language.locale;
        let kind = source.kind.map(|kind| locale.term(Vocabulary::SourceKind, kind).unwrap_or(kind).to_owned());
        let form = locale.term(Vocabulary::SourceForm, source.form).unwrap_or(source.form).to_owned();
        let date = source.date.as_ref().map(|date| locale.date(date));
        let checked = format!("checked: {}", source.checked.level.name());
        let facts: Vec<String> = [kind, Some(form), date, Some(checked)].into_iter().flatten().collect();
        let quotes: Vec<&str> = source.quotes.iter().map(|quote| quote.id.as_str()).collect();
        let warning = if source.retracted.is_some() {
            Some("**Retracted by its publisher.**".to_owned())
        } else {
            source.superseded_by.first().map(|other| format!("**Superseded by `@{}`.**", other.value))
        };
        lines([
            warning,
            Some(self.reference(source)),
            Some(escaped(&facts.join(" · "))),
            source.url.as_ref().map(|url| format!("<{}>", url.value)),
            (!quotes.is_empty()).then(|| format!("quotations: `#{}`", quotes.join("`, `#"))),
        ])
    }

    fn quote(&self, source: &Source, quote: &Quote) -> String {
        let (original, _) = crate::citation::entry::original(&quote.exact, &source.lang);
        let own = quote.exact.exact(&self.language.lang).filter(|own| *own != original);
        lines([
            Some(format!("> {}", escaped(original))),
            own.map(|own| format!("> {}", escaped(own))),
            quote.locator.as_ref().map(|locator| escaped(&locator.to_string())),
            Some(self.reference(source)),
        ])
    }

    fn figure(&self, id: &FigureId) -> Option<String> {
        let library = &self.book.library;
        if let Some(figure) = library.figure_by_id(id) {
            return self.number(figure, None);
        }
        let series = library.series(id)?;
        let latest = series.point(&SeriesPoint::Latest);
        let Some(latest) = latest else { return Some(format!("**{}**", self.say(&series.label))) };
        self.number(&latest, Some(series))
    }

    fn number(&self, figure: &Figure, series: Option<&Series>) -> Option<String> {
        let locale = &self.language.locale;
        let source_lang = &self.book.source_language()?.lang;
        let full = phrase(figure, FigureForm::Full, locale, source_lang)?;
        let label = escaped(words(&figure.label, locale, source_lang).0);
        let points = series.and_then(|series| {
            let (first, last) = (series.points.first()?, series.points.last()?);
            let (from, to) = (locale.date(&first.date), locale.date(&last.date));
            Some(format!(
                "{} series, {} points, {from} to {to}; the latest is shown",
                series.kind.name(),
                series.points.len()
            ))
        });
        let status = (figure.status != Status::Reported).then(|| figure.status.name().to_owned());
        let sources: Vec<String> =
            self.book.library.sources_of(figure).into_iter().map(|source| self.reference(source)).collect();
        Some(lines([
            Some(format!("**{}**", escaped(&full))),
            Some(label),
            points.map(|points| escaped(&points)),
            status.map(|status| format!("status: {status}")),
            figure.caveat.as_ref().map(|caveat| self.say(caveat)),
            (!sources.is_empty()).then(|| sources.join("\n\n")),
        ]))
    }

    fn term(&self, id: &TermId) -> Option<String> {
        let glossary = &self.book.terms.glossary;
        let term = glossary.term(id)?;
        let source = &self.book.source_language()?.lang;
        let naming = glossary.naming(id, &self.language.lang).or_else(|| glossary.naming(id, source));
        let name = naming.map_or_else(|| id.to_string(), |naming| naming.term.clone());
        // A definition is Markdown already.
        let (_, definition) = term.definition_for(&self.language.lang, source)?;
        Some(lines([Some(format!("**{}**", escaped(&name))), definition.as_text().map(str::to_owned)]))
    }
}

/// Paragraphs of what there is.
fn lines<const N: usize>(parts: [Option<String>; N]) -> String {
    parts.into_iter().flatten().collect::<Vec<_>>().join("\n\n")
}

/// A text in which Markdown finds no mark.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '~' | '|') {
            out.push('\\');
        }
        out.push(if c == '\n' { ' ' } else { c });
    }
    out
}
