//! The page on which the site explains its terms: made from the records of terms, and a page like any other.
//!
//! Its body is one paragraph a term, in the order of each language's alphabet, with the sources of the term's record as a citation at its end.
//! So numbers, entries, coverage, the lists of sources and the ledger treat it as they treat what an editor wrote.

use super::evidence::citation;
use super::navigation::GLOSSARY;
use super::{Book, Language, PageIndex, View, reading};
use crate::glossary::{Glossary, Term};
use crate::ids::{Lang, PageId, TermId};
use crate::ledger::{self, Word};
use crate::locale::{Key, SortKey};
use crate::manuscript::{Defined, Line, Page};
use crate::markdown::tree::{Block, BlockKind, Document, Inline, InlineKind, Target, Uncited};
use crate::span::Span;
use crate::wording;
use crate::workspace::Placed;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// It comes after everything that editors wrote.
const LAST: i64 = i64::MAX;

/// A term on the page of a language.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Which.
    pub id: TermId,
    /// By which name, and in which language where that is not the page's.
    pub name: String,
    /// The language of the name, where the page's own has none.
    pub name_lang: Option<Lang>,
    /// The language of the definition, where it is not the page's.
    pub definition_lang: Option<Lang>,
    /// The letter under which it stands.
    pub letter: Option<String>,
    /// The paragraph, by its place in the page's body.
    pub block: usize,
}

/// The terms with the words that pages show of them.
#[derive(Debug, Default)]
pub struct Terms {
    /// What the records say.
    pub glossary: Glossary,
    /// What each means, without its citations, by language.
    definitions: BTreeMap<(TermId, Lang), Line>,
    /// By language, in its order.
    listed: BTreeMap<Lang, Vec<Listed>>,
}

impl Terms {
    /// The terms in the order of a language.
    pub fn listed(&self, lang: &Lang) -> &[Listed] {
        self.listed.get(lang).map_or(&[], Vec::as_slice)
    }

    /// The name of a term for a reader: in their language or else the source's; with the language where it is not theirs.
    pub fn name(&self, id: &TermId, lang: &Lang) -> Option<&Listed> {
        self.listed(lang).iter().find(|listed| listed.id == *id)
    }

    /// What all terms mean, in all languages.
    pub fn definitions(&self) -> impl Iterator<Item = &Line> {
        self.definitions.values()
    }

    /// What a term means, in the language that [`Listed`] names.
    pub fn definition(&self, id: &TermId, lang: &Lang) -> Option<&Line> {
        self.definitions.get(&(id.clone(), lang.clone()))
    }
}

/// Makes the page in every language. No page where there is no term.
pub fn make(
    defined: Vec<Defined>,
    namings: Vec<crate::glossary::Naming>,
    languages: &[Language],
) -> (Terms, Vec<Page>) {
    let mut definitions = BTreeMap::new();
    let mut terms = Vec::new();
    for Defined { term, lines } in defined {
        for (lang, line) in lines {
            definitions.entry((term.id.clone(), lang)).or_insert(line);
        }
        terms.push(term);
    }
    let glossary = Glossary::new(terms, namings);
    let mut made = Terms { glossary, definitions, listed: BTreeMap::new() };
    let Some(source) = languages.first().filter(|_| !made.glossary.is_empty()).map(|language| language.lang.clone())
    else {
        return (made, Vec::new());
    };
    let mut pages = Vec::new();
    for language in languages {
        let (listed, page) = page(&made, language, &source);
        made.listed.insert(language.lang.clone(), listed);
        pages.extend(page);
    }
    (made, pages)
}

fn page(terms: &Terms, language: &Language, source: &Lang) -> (Vec<Listed>, Option<Page>) {
    let lang = &language.lang;
    let alphabet = language.locale.alphabet();
    let mut rows: Vec<(SortKey, Listed, &Term, &Line)> = Vec::new();
    for term in terms.glossary.terms() {
        let Some((definition_lang, _)) = term.definition_for(lang, source) else { continue };
        let Some(line) = terms.definition(&term.id, definition_lang) else { continue };
        let own = terms.glossary.naming(&term.id, lang);
        let naming = own.or_else(|| terms.glossary.naming(&term.id, source));
        let name = naming.map_or_else(|| term.id.to_string(), |naming| naming.term.clone());
        let listed = Listed {
            id: term.id.clone(),
            name_lang: naming.map(|naming| naming.lang.clone()).filter(|other| other != lang),
            definition_lang: Some(definition_lang.clone()).filter(|other| other != lang),
            letter: alphabet.letter(&name),
            name,
            block: 0,
        };
        rows.push((alphabet.sort_key(&listed.name), listed, term, line));
    }
    rows.sort_by(|a, b| (&a.0, &a.1.id).cmp(&(&b.0, &b.1.id)));
    let file = rows.iter().map(|(_, _, term, _)| term.span.file).min();
    let blocks: Vec<Block> = rows.iter().map(|(_, _, term, line)| paragraph(term, line, lang, source)).collect();
    let listed = rows.into_iter().enumerate().map(|(block, (_, listed, _, _))| Listed { block, ..listed }).collect();
    let page = PageId::parse(GLOSSARY).zip(file).map(|(id, file)| {
        let body = Document { blocks, footnotes: Vec::new() };
        let title = Placed { value: language.locale.text(Key::Glossary).to_owned(), span: Span::start_of(file) };
        let mut page = Page::made(lang.clone(), id, title, body);
        page.front.weight = LAST;
        page.claims = ledger::claims(&page.body);
        page
    });
    (listed, page)
}

/// The id of a term among the places of a page: on the glossary, and in the list of terms of any other.
pub fn anchor(id: &TermId) -> String {
    format!("t-{id}")
}

/// The definition with its sources, or with the reason why it needs none.
fn paragraph(term: &Term, line: &Line, lang: &Lang, source: &Lang) -> Block {
    let mut content = line.content.clone();
    if let (Some(first), Some(last)) = (term.evidence.first(), term.evidence.last()) {
        let span = first.source.span.to(last.source.span);
        content.push(Inline { span, kind: InlineKind::Text(" ".to_owned()) });
        content.push(citation(&term.evidence, span));
    }
    let reason = term.uncited.as_ref().map(|uncited| {
        let (reason, _) = uncited.value.pick(lang, &[source]);
        Uncited { span: uncited.span, reason: reason.to_owned() }
    });
    Block { span: line.span, kind: BlockKind::Paragraph(content), uncited: line.uncited.clone().or(reason) }
}

/// The pages that a reader of a language meets a term on: by a link to it, or by its name.
pub fn uses(book: &Book, language: usize) -> BTreeMap<TermId, Vec<PageIndex>> {
    let pages: Vec<(PageIndex, BTreeSet<&TermId>)> = book
        .pages
        .par_iter()
        .enumerate()
        .filter(|(_, page)| !book.is_glossary(page))
        .filter_map(|(index, page)| {
            let view = book.view(page, language)?;
            Some((PageIndex(index), met(book, view)))
        })
        .collect();
    let mut uses: BTreeMap<TermId, Vec<PageIndex>> = BTreeMap::new();
    for (page, terms) in pages {
        for id in terms {
            uses.entry(id.clone()).or_default().push(page);
        }
    }
    uses
}

fn met<'a>(book: &'a Book, view: View<'a>) -> BTreeSet<&'a TermId> {
    let mut met = BTreeSet::new();
    reading::inlines(&view.version.page, &mut |inline| {
        if let InlineKind::Link { target, .. } = &inline.kind
            && let Target::Term(id) = &**target
        {
            met.insert(id);
        }
    });
    for word in view.version.page.claims.iter().flat_map(|claim| &claim.words) {
        if let Word::Text(text) = word {
            met.extend(book.terms.glossary.named(&wording::words(text), &view.text_language.lang));
        }
    }
    met
}
