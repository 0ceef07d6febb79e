//! The terms as readers get them: the body of the glossary, the list of a page's terms, and all of them as data.

use super::GENERATOR;
use super::address;
use super::bidi;
use super::body::Body;
use super::context::{TermEntry, TermReference};
use super::edition::OutPath;
use super::html::Html;
use super::marks::term_place;
use super::page::PageWriter;
use super::words::{self, WithLang};
use crate::book::glossary::{Listed, anchor, uses};
use crate::book::navigation::GLOSSARY;
use crate::book::{Book, PageIndex, View};
use crate::citation::Evidence;
use crate::glossary::Term;
use crate::ids::{PageId, TermId};
use crate::locale::{Direction, Key, Locale};
use crate::number::Number;
use serde_json::{Map, Value, json};

/// So many pages that use a term are named; a term of the whole site must not list the whole site.
const PAGES: usize = 24;

/// The terms of a page in the order of their first use.
pub(super) fn entries(writer: &PageWriter<'_>, view: View<'_>, body: &Body<'_>) -> Vec<TermEntry> {
    body.marks.terms().iter().filter_map(|id| entry(writer, view, id)).collect()
}

fn entry(writer: &PageWriter<'_>, view: View<'_>, id: &TermId) -> Option<TermEntry> {
    let (book, locale) = (writer.book, &view.language.locale);
    let listed = book.terms.name(id, locale.lang())?;
    let term = book.terms.glossary.term(id)?;
    let definition_lang = listed.definition_lang.as_ref();
    let line = book.terms.definition(id, definition_lang.unwrap_or(locale.lang()))?;
    let name = WithLang::of(listed.name_lang.as_ref(), book);
    let to = address::of_page(locale.lang(), &PageId::parse(GLOSSARY)?)?;
    Some(TermEntry {
        id: anchor(id),
        name: listed.name.clone(),
        lang: name.lang.map(str::to_owned),
        dir: name.dir,
        definition_html: words::isolated_sentence(
            &words::told(&line.content, view, book),
            WithLang::of(definition_lang, book),
            locale,
        ),
        references: term.evidence.iter().filter_map(|evidence| reference(writer, locale, evidence)).collect(),
        url: address::link(writer.profile, writer.from, &to, Some(&anchor(id))),
        back: term_place(id),
    })
}

fn reference(writer: &PageWriter<'_>, locale: &Locale, evidence: &Evidence) -> Option<TermReference> {
    let source = writer.book.library.source(&evidence.source.value)?;
    Some(TermReference {
        url: writer.source_url(locale.lang(), &source.id),
        html: words::short_reference(writer.book, locale, source, evidence.locator.as_ref()),
    })
}

/// The body of the glossary: letters, and under each its terms.
pub(super) fn body<'a>(writer: &PageWriter<'_>, view: View<'a>, body: &mut Body<'a>) -> Html {
    let listed = writer.book.terms.listed(&view.language.lang);
    let mut letters: Vec<Option<&str>> = listed.iter().map(|listed| listed.letter.as_deref()).collect();
    letters.dedup();
    let mut html = Html::new();
    html.element("p", &[("class", "intro")], view.language.locale.text(Key::GlossaryIntro));
    html.open("nav", &[("class", "letters"), ("aria-label", view.language.locale.text(Key::Letters))]).markup("<ul>");
    for (number, letter) in letters.iter().enumerate() {
        let href = format!("#{}", letter_id(number));
        html.markup("<li>").open("a", &[("href", &href)]);
        html.element("bdi", &[], letter_name(*letter)).markup("</a></li>");
    }
    html.markup("</ul></nav>");
    let pages = uses(writer.book, writer.language);
    let mut groups = listed.chunk_by(|a, b| a.letter == b.letter).enumerate();
    let mut each = |(number, group): (usize, &[Listed])| {
        html.open("section", &[("class", "terms"), ("aria-labelledby", &letter_id(number))]);
        html.open("h2", &[("id", &letter_id(number))]);
        html.element("bdi", &[], letter_name(group.first().and_then(|first| first.letter.as_deref()))).close("h2");
        for listed in group {
            let used = pages.get(&listed.id).map_or(&[][..], Vec::as_slice);
            term(writer, view, body, listed, used, &mut html);
        }
        html.close("section");
    };
    groups.by_ref().for_each(&mut each);
    html
}

fn letter_id(number: usize) -> String {
    format!("page-letter-{}", number + 1)
}

fn letter_name(letter: Option<&str>) -> &str {
    letter.unwrap_or("#")
}

fn term<'a>(
    writer: &PageWriter<'_>,
    view: View<'a>,
    body: &mut Body<'a>,
    listed: &Listed,
    used: &[PageIndex],
    html: &mut Html,
) {
    let (book, locale) = (writer.book, &view.language.locale);
    let Some(record) = book.terms.glossary.term(&listed.id) else { return };
    let Some(block) = view.version.page.body.blocks.get(listed.block) else { return };
    let (margin, definition) = body.paragraph(block);
    html.html(&margin);
    html.open("div", &[("class", "term"), ("id", &anchor(&listed.id))]).markup("<h3><dfn>");
    html.html(&words::isolated_sentence(&listed.name, WithLang::of(listed.name_lang.as_ref(), book), locale))
        .markup("</dfn></h3>");
    let with = WithLang::of(listed.definition_lang.as_ref(), book);
    html.open("p", &words::attributes(with)).html(&definition).close("p").markup("<dl>");
    let mut row = |key: Key, values: Vec<Html>| {
        if values.is_empty() {
            return;
        }
        html.markup("<div>").element("dt", &[], locale.text(key)).markup(" <dd>");
        for (index, value) in values.iter().enumerate() {
            if index > 0 {
                html.text(" · ");
            }
            html.html(value);
        }
        html.markup("</dd></div>");
    };
    row(Key::TermNames, names(book, locale, record));
    row(Key::Transliteration, record.transliteration.iter().map(|text| latin(text)).collect());
    row(Key::SeeAlso, record.see.iter().filter_map(|other| see(book, locale, &other.value)).collect());
    let page = record.page.as_ref().and_then(|page| book.index_of(&page.value));
    row(Key::MoreOnPage, page.into_iter().filter_map(|page| page_link(writer, locale, page)).collect());
    let mut pages: Vec<Html> = used.iter().take(PAGES).filter_map(|page| page_link(writer, locale, *page)).collect();
    if used.len() > PAGES {
        let count = locale.count(Key::PageCount, &Number::from(used.len()), &[]);
        pages.push(words::pieces(&count));
    }
    row(Key::UsedOn, pages);
    html.markup("</dl></div>");
}

/// The names in the site's other languages, each labelled with its own.
fn names(book: &Book, locale: &Locale, term: &Term) -> Vec<Html> {
    let others = book.languages.iter().filter(|language| language.lang != *locale.lang());
    let names = others.filter_map(|language| {
        let naming = book.terms.glossary.naming(&term.id, &language.lang)?;
        Some(words::isolated_sentence(&naming.term, WithLang::of(Some(&language.lang), book), locale))
    });
    names.collect()
}

fn latin(text: &str) -> Html {
    let mut html = Html::new();
    html.element("bdi", &[("dir", "ltr"), ("translate", "no")], text);
    html
}

fn see(book: &Book, locale: &Locale, id: &TermId) -> Option<Html> {
    let listed = book.terms.name(id, locale.lang())?;
    let mut html = Html::new();
    html.open("a", &[("href", &format!("#{}", anchor(id)))]);
    html.html(&words::isolated_sentence(&listed.name, WithLang::of(listed.name_lang.as_ref(), book), locale))
        .close("a");
    Some(html)
}

fn page_link(writer: &PageWriter<'_>, locale: &Locale, page: PageIndex) -> Option<Html> {
    let link = writer.link(writer.book.page(page)?, false)?;
    let mut html = Html::new();
    let (lang, dir) = (link.lang.as_deref().unwrap_or(""), link.dir.unwrap_or(""));
    let labelled = |name: &'static str, value: &str| if value.is_empty() { "" } else { name };
    html.open("a", &[("href", &link.url), (labelled("lang", lang), lang), (labelled("dir", dir), dir)]);
    let direction = link.dir.and_then(Direction::parse).unwrap_or(locale.direction());
    html.html(&words::isolated_phrase(&bidi::running(&link.title, direction), direction)).close("a");
    Some(html)
}

/// All terms as data: `data/terms.json`. None where there is none.
pub(super) fn data(book: &Book) -> Option<(OutPath, String)> {
    let glossary = &book.terms.glossary;
    let terms: Vec<Value> = glossary.terms().map(|term| record(book, term)).collect();
    if terms.is_empty() {
        return None;
    }
    let data = json!({ "generator": GENERATOR, "terms": terms });
    // Strings always serialise.
    Some((OutPath::parse("data/terms.json")?, serde_json::to_string_pretty(&data).unwrap_or_default() + "\n"))
}

fn record(book: &Book, term: &Term) -> Value {
    let by_lang = |value: &dyn Fn(&crate::book::Language) -> Option<Value>| -> Map<String, Value> {
        book.languages.iter().filter_map(|language| Some((language.lang.to_string(), value(language)?))).collect()
    };
    let sources: Vec<Value> = term
        .evidence
        .iter()
        .map(|evidence| {
            let place = evidence.locator.as_ref().zip(book.source_language());
            let place = place.map(|(locator, language)| words::place(&language.locale, locator));
            json!({ "id": evidence.source.value.as_str(), "locator": place })
        })
        .collect();
    json!({
        "id": term.id.as_str(),
        "definitions": by_lang(&|language| {
            let line = book.terms.definition(&term.id, &language.lang)?;
            let page = book.find(&PageId::parse(GLOSSARY)?)?;
            let view = book.view_in(page, &language.lang)?;
            Some(words::told(&line.content, view, book).into())
        }),
        "names": by_lang(&|language| {
            let naming = book.terms.glossary.naming(&term.id, &language.lang)?;
            let avoid: Vec<Value> = naming
                .avoid
                .iter()
                .map(|avoided| json!({ "term": avoided.term, "use": avoided.instead, "why": avoided.why }))
                .collect();
            Some(json!({ "term": naming.term, "forms": naming.forms, "avoid": avoid }))
        }),
        "transliteration": term.transliteration,
        "page": term.page.as_ref().map(|page| page.value.as_str()),
        "see": term.see.iter().map(|other| other.value.as_str()).collect::<Vec<_>>(),
        "sources": sources,
    })
}
