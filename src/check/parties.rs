//! SB221: the word of a party is told as the word of a party.
//!
//! 1. [`Parties`] knows which sources and which figures are a party's word: those whose record has an `affiliation`, and figures that a
//!    maker of such a source counted, whoever carried them.
//! 2. A sentence that rests on one must name the party or the source, or quote it, or link to the party's page; or it stands under words
//!    that do: the title of a position, a lead-in, the head of a table ([`super::passages`]). A figure written out with its reporter does so by itself.
//! 3. Sentences that share a mark are one, and what a paragraph has said of a party holds as long as its sentences rest on that party.

use super::passages::{self, Passage};
use crate::book::evidence::{Mark, MarkKind, Statement, statements, told};
use crate::book::{Book, Language, Version, reading};
use crate::citation::Source;
use crate::citation::naming::{Names, Words};
use crate::citation::record::Author;
use crate::diagnostic::{Code, Diagnostic};
use crate::ids::{Lang, SourceId};
use crate::ledger::Word;
use crate::markdown::tree::{FigureForm, FigureRef, Inline, InlineKind, Target};
use crate::span::Span;
use crate::wording::is_ideograph;
use crate::workspace::Localized;
use std::collections::{BTreeMap, BTreeSet};

/// A name of at most so many words is looked for in the reporter of a figure.
const LONGEST_NAME: usize = 10;

/// Every sentence that rests on the word of a party says so.
pub(super) fn library(book: &Book, diagnostics: &mut Vec<Diagnostic>) {
    let parties = Parties::of(book);
    if parties.makers.is_empty() && parties.names.is_empty() {
        return;
    }
    let judge = |language: &Language, version: &Version, found: &mut Vec<Diagnostic>| {
        if parties.have_word_on(book, version) {
            let statements = statements(version);
            let page = Page { book, parties: &parties, language, version };
            passages::each(version, &statements, &mut |passage| page.passage(&passage, found));
        }
    };
    super::every_version(book, judge, diagnostics);
}

/// Whose word the sources and figures of a library are.
struct Parties<'a> {
    /// The names of each source that speaks for a party, by language of the reader.
    names: BTreeMap<(&'a SourceId, &'a Lang), Names>,
    /// The bodies that made those sources.
    makers: BTreeMap<Words, &'a Source>,
}

/// Whose word a mark brings, and by which names a sentence may speak of it.
struct Voice<'a> {
    source: &'a SourceId,
    party: &'a str,
    names: Names,
}

impl<'a> Parties<'a> {
    fn of(book: &'a Book) -> Self {
        let (mut names, mut makers) = (BTreeMap::new(), BTreeMap::new());
        for source in book.library.sources().filter(|source| source.affiliation.is_some()) {
            for language in &book.languages {
                names.insert((&source.id, &language.lang), Names::of(source, &language.locale));
            }
            let bodies = source.authors.iter().filter_map(|author| match author {
                Author::Body(name) => Some(name),
                Author::Person { .. } => None,
            });
            for words in bodies.flat_map(Localized::texts).map(Words::of).filter(|words| *words != Words::default()) {
                makers.entry(words).or_insert(source);
            }
        }
        Self { names, makers }
    }

    /// Whether anything on a page is a party's word; most pages are done with this.
    fn have_word_on(&self, book: &Book, version: &Version) -> bool {
        version.sources.iter().filter_map(|id| book.library.source(id)).any(|source| source.affiliation.is_some())
            || version.figures.iter().any(|figure| self.of_figure(book, figure, &version.page.lang).is_some())
    }

    fn of_source(&self, source: &'a Source, lang: &'a Lang) -> Option<Voice<'a>> {
        let party = source.affiliation.as_deref()?;
        Some(Voice {
            source: &source.id,
            party,
            names: self.names.get(&(&source.id, lang)).cloned().unwrap_or_default(),
        })
    }

    /// A figure is the word of whoever counted; else of the source that it was taken from.
    fn of_figure(&self, book: &'a Book, reference: &FigureRef, lang: &'a Lang) -> Option<Voice<'a>> {
        let figure = book.library.figure(reference).ok()?;
        let source = book.library.source(&figure.source.value);
        // A series of several bodies' counts names them all; whose a point is, only its source tells.
        let mixed = book.library.series(&reference.id).is_some_and(|series| series.mixed);
        let reporter = figure.reporter.as_ref().filter(|_| !mixed);
        let maker = reporter.and_then(|reporter| reporter.texts().find_map(|text| self.maker(text)));
        let mut voice = maker.or(source).and_then(|source| self.of_source(source, lang))?;
        if let Some(reporter) = reporter {
            voice.names.add_localized(reporter);
        }
        if let Some(own) = source.and_then(|source| self.of_source(source, lang)) {
            voice.names.join(&own.names);
        }
        Some(voice)
    }

    /// The source whose maker the name of a reporter begins with, as in "Ministry of Health in Gaza, via OCHA".
    fn maker(&self, reporter: &str) -> Option<&'a Source> {
        let words = Words::of(reporter);
        (1..=LONGEST_NAME).rev().filter_map(|count| words.first(count)).find_map(|name| self.makers.get(&name)).copied()
    }
}

/// A page in one language.
struct Page<'p, 'a> {
    book: &'a Book,
    parties: &'p Parties<'a>,
    language: &'a Language,
    version: &'a Version,
}

impl<'a> Page<'_, 'a> {
    fn passage(&self, passage: &Passage<'_, 'a>, diagnostics: &mut Vec<Diagnostic>) {
        let within = |mark: &Mark<'_>| {
            mark.span.file == passage.place.file
                && mark.span.start >= passage.place.start
                && mark.span.end <= passage.place.end
        };
        let voices: Vec<Vec<(Mark<'a>, Voice<'a>)>> = passage
            .statements
            .iter()
            .map(|statement| {
                let marks = statement.marks.iter().filter(|mark| within(mark));
                marks.filter_map(|mark| Some((*mark, self.voice(mark)?))).collect()
            })
            .collect();
        if passage.is_quoted || voices.iter().all(Vec::is_empty) {
            return;
        }
        let above: Vec<Words> = passage.above.iter().map(|words| self.words(words)).collect();
        let own: Vec<Words> = passage.statements.iter().map(|statement| self.words(&statement.claim.words)).collect();
        let links = self.links(passage);
        let mut told: BTreeSet<&str> = BTreeSet::new();
        let mut reported: BTreeSet<String> = BTreeSet::new();
        for voices in &voices {
            // What was said of a party holds while the sentences rest on it.
            told.retain(|party| voices.iter().any(|(_, voice)| voice.party == *party));
            for (mark, voice) in voices {
                // Sentences that share a mark are one.
                let beside = passage.statements.iter().zip(&own);
                let mut sharing = beside.filter(|(other, _)| other.claim.marks.contains(&mark.span));
                let is_told = told.contains(voice.party)
                    || tells_by_itself(mark)
                    || above.iter().any(|words| voice.names.stand_in(words))
                    || sharing.any(|(other, words)| {
                        voice.names.stand_in(words)
                            || self.names_author(other, voice.source)
                            || holds_quotation(&text_of(&other.claim.words))
                            || links.iter().any(|(place, party)| party == voice.party && lies_in(*place, other))
                    });
                if is_told {
                    told.insert(voice.party);
                } else if reported.insert(mark.anchor()) {
                    diagnostics.push(problem(mark, voice));
                }
            }
        }
    }

    fn voice(&self, mark: &Mark<'a>) -> Option<Voice<'a>> {
        let lang = &self.language.lang;
        match mark.kind {
            MarkKind::Cite(cite) => self.parties.of_source(self.book.library.source(&cite.source)?, lang),
            MarkKind::Figure(reference) => self.parties.of_figure(self.book, reference, lang),
            MarkKind::Drawing(..) => None,
        }
    }

    /// Whether a statement has `@key` of a source in it.
    fn names_author(&self, statement: &Statement<'_>, source: &SourceId) -> bool {
        let own = |id: &SourceId| self.book.library.source(id).is_some_and(|named| named.id == *source);
        statement.claim.words.iter().any(|word| matches!(word, Word::Author(id) if own(id)))
    }

    fn words(&self, words: &[Word]) -> Words {
        Words::of(&told(words, self.book, &self.language.locale))
    }

    /// The links of a passage to pages, each with the last part of the page's address.
    fn links(&self, passage: &Passage<'_, 'a>) -> Vec<(Span, String)> {
        let mut links = Vec::new();
        let mut see = |inline: &Inline| {
            if let InlineKind::Link { target, .. } = &inline.kind
                && let Target::Page { path, .. } = &**target
                && let Ok(page) = self.book.follow(&self.version.page, path)
                && let Some(page) = self.book.page(page)
            {
                let name = page.id.as_str().rsplit('/').next().unwrap_or("").to_owned();
                links.push((inline.span, name));
            }
        };
        passage.content.iter().for_each(|content| reading::within(content, &mut see));
        links
    }
}

fn problem(mark: &Mark<'_>, voice: &Voice<'_>) -> Diagnostic {
    let party = voice.party;
    let (place, message, by_itself) = match mark.kind {
        MarkKind::Cite(cite) => (
            cite.key_span,
            format!("`{}` speaks for `{party}`, and the sentence does not say whose word this is", cite.source),
            format!("write `@{}` in it", cite.source),
        ),
        MarkKind::Figure(figure) => (
            mark.span,
            format!("the figure `{}` is the count of `{party}`, and the sentence does not say so", figure.id),
            format!("write `[={}:by]` in it", figure.id),
        ),
        MarkKind::Drawing(..) => (mark.span, String::new(), String::new()),
    };
    Diagnostic::new(Code::SB221, place, message)
        .help(format!(
            "name who says so (“according to …”), {by_itself}, quote the words, or add how the sentence names them to `names:` of the source"
        ))
}

/// Whether a mark names who speaks: a citation in the sentence, or a figure written out with its reporter.
fn tells_by_itself(mark: &Mark<'_>) -> bool {
    match mark.kind {
        MarkKind::Figure(figure) => matches!(figure.form, FigureForm::Full | FigureForm::By),
        MarkKind::Cite(_) | MarkKind::Drawing(..) => false,
    }
}

fn lies_in(place: Span, statement: &Statement<'_>) -> bool {
    let whole = statement.claim.span;
    place.file == whole.file && place.start >= whole.start && place.end <= whole.end
}

fn text_of(words: &[Word]) -> String {
    words
        .iter()
        .map(|word| match word {
            Word::Text(text) => text,
            Word::Figure(_) | Word::Author(_) => "…",
        })
        .collect()
}

/// Whether a text quotes: two or more words, or several characters of Chinese, between quotation marks of some language.
fn holds_quotation(text: &str) -> bool {
    let pairs = [
        ('“', '”'),
        ('«', '»'),
        ('„', '“'),
        ('”', '“'),
        ('”', '”'),
        ('"', '"'),
        ('״', '״'),
        ('‹', '›'),
        ('「', '」'),
        ('『', '』'),
    ];
    pairs.iter().any(|(open, close)| {
        let mut rest = text;
        while let Some((before, after)) = rest.split_once(*open) {
            rest = after;
            // Within a word it is the mark of an abbreviation.
            if before.chars().next_back().is_some_and(char::is_alphanumeric) {
                continue;
            }
            if let Some((words, _)) = after.split_once(*close)
                && (words.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count() >= 2
                    || words.chars().filter(|c| is_ideograph(*c)).count() > 2)
            {
                return true;
            }
        }
        false
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotations() {
        let with = [
            "He called it a “formula of national consensus”.",
            "Il parle d’un «\u{a0}consensus national\u{a0}».",
            "הוא אמר \"נוסחה של הסכמה\".",
            "הוא אמר ״נוסחה של הסכמה״.",
            "قال إنها «صيغة توافقية».",
            "Er sagte „eine Formel“.",
        ];
        for text in with {
            assert!(holds_quotation(text), "{text}");
        }
        for text in ["It says so.", "He called it “artificial”.", "דו\"ח של צה\"ל על המבצע", "a 5\" pipe"]
        {
            assert!(!holds_quotation(text), "{text}");
        }
    }
}
