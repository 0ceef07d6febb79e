//! What a page says to machines about itself and its sources: JSON-LD by schema.org, and the tags that scholars' search engines read.

use super::address;
use super::context::MetaTag;
use super::faces::Faces;
use super::html::Html;
use crate::book::{Book, BookPage, Language, View};
use crate::citation::Source;
use crate::exchange::schema_org::organization;
use crate::ids::{Lang, PageId, SourceId};
use serde::Serialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// The site as a whole, for the choice of language: search engines take its name from there.
pub(super) fn door(book: &Book, base: &str) -> Html {
    let mut html = Html::new();
    if let Some(source) = book.source_language() {
        html.json_block(&website(source, &book.languages, base));
    }
    html
}

/// The site under its name in a language, as it is at an address in some languages.
fn website(named: &Language, languages: &[Language], url: &str) -> Value {
    let languages: Vec<&str> = languages.iter().map(|language| language.lang.as_str()).collect();
    json!({
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": named.site_title,
        "description": named.site_description,
        "inLanguage": languages,
        "url": url,
    })
}

/// What is told in both forms.
pub(super) struct About<'a> {
    pub(super) book: &'a Book,
    pub(super) page: &'a BookPage,
    pub(super) view: View<'a>,
    pub(super) faces: &'a Faces<'a>,
    /// The place of the reader's language in the book.
    pub(super) language: usize,
    /// The summary in words alone.
    pub(super) description: Option<&'a str>,
    /// The address that counts, where the site's is known.
    pub(super) url: Option<&'a str>,
}

/// What an article says under a name.
#[derive(Serialize)]
#[serde(untagged)]
enum Part<'a> {
    Value(Value),
    /// Sources, as they are told of on every page that cites them.
    Cited(Vec<&'a RawValue>),
}

impl About<'_> {
    /// The page and its place in the site, for the head.
    pub(super) fn blocks(&self) -> Html {
        let mut html = Html::new();
        html.json_block(&self.json_ld());
        if let Some(place) = self.place() {
            html.json_block(&place);
        }
        html
    }

    /// The page as an article that cites its sources.
    fn json_ld(&self) -> BTreeMap<&'static str, Part<'_>> {
        let front = &self.view.version.page.front;
        let mut article = BTreeMap::new();
        let cited: Vec<&RawValue> =
            self.sources().filter_map(|source| self.faces.get(self.language, source)?.linked_data.as_deref()).collect();
        if !cited.is_empty() {
            article.insert("citation", Part::Cited(cited));
        }
        let mut add = |name: &'static str, value: Option<Value>| {
            if let Some(value) = value {
                article.insert(name, Part::Value(value));
            }
        };
        let base = self.book.config.base_url.as_deref();
        let text_language = self.view.text_language;
        let absolute =
            |id: &PageId, lang| base.zip(address::of_page(lang, id)).map(|(base, to)| address::absolute(base, &to));
        add("@context", Some("https://schema.org".into()));
        add("@type", Some(if self.page.id.is_home() { "WebPage" } else { "Article" }.into()));
        add("@id", self.url.map(Value::from));
        add("url", self.url.map(Value::from));
        add("name", Some(front.title.value.as_str().into()));
        add("headline", (!self.page.id.is_home()).then(|| front.title.value.as_str().into()));
        add("inLanguage", Some(text_language.lang.as_str().into()));
        add("description", self.description.map(Value::from));
        add("datePublished", front.published.map(|day| day.to_string().into()));
        add("dateModified", self.page.corrections().first().map(|one| one.correction.at.to_string().into()));
        add("temporalCoverage", front.data_to.as_ref().map(|date| format!("../{}", date.last_day()).into()));
        let corrections: Vec<Value> = self.page.corrections().into_iter().map(|one| {
            let (text, lang) = one.correction.note.pick(&self.view.language.lang, &[&text_language.lang]);
            let lang = lang.or(self.book.source_language().map(|language| &language.lang)).map(Lang::as_str);
            json!({"@type": "CorrectionComment", "text": text, "inLanguage": lang, "datePublished": one.correction.at.to_string()})
        }).collect();
        add("correction", (!corrections.is_empty()).then(|| corrections.into()));
        let mut site = Map::new();
        site.insert("@type".to_owned(), "WebSite".into());
        site.insert("name".to_owned(), text_language.site_title.as_str().into());
        if let Some(home) = absolute(&PageId::home(), &text_language.lang) {
            site.insert("url".to_owned(), home.into());
        }
        add("isPartOf", Some(site.into()));
        let publishers: Vec<Value> = self.book.config.authors.iter().map(|name| organization(name)).collect();
        add("publisher", (!publishers.is_empty()).then(|| publishers.into()));
        let source_language = self.book.source_language().filter(|source| source.lang != text_language.lang);
        let original = source_language.and_then(|source| Some((source, absolute(&self.page.id, &source.lang)?)));
        add(
            "translationOfWork",
            original.map(|(source, url)| json!({"@type": "Article", "@id": url, "inLanguage": source.lang.as_str()})),
        );
        let place = |id: &SourceId| {
            let to = address::of_source(&self.view.language.lang, id)?;
            base.map(|base| address::absolute(base, &to))
        };
        let based: Vec<Value> = self.counted().into_iter().filter_map(|id| Some(json!({"@id": place(id)?}))).collect();
        add("isBasedOn", (!based.is_empty()).then(|| based.into()));
        article
    }

    /// Where the page stands in the site: of a home page the site itself, of any other the way to it. Search engines want whole addresses.
    fn place(&self) -> Option<Value> {
        let base = self.book.config.base_url.as_deref()?;
        let lang = &self.view.text_language.lang;
        if self.page.id.is_home() {
            let language = self.view.text_language;
            return Some(website(
                language,
                std::slice::from_ref(language),
                &address::absolute(base, &address::of_page(lang, &self.page.id)?),
            ));
        }
        let mut way = vec![self.page];
        while let Some(above) = way.last().and_then(|page| page.parent).and_then(|index| self.book.page(index)) {
            way.push(above);
        }
        let steps: Vec<Value> = (1..)
            .zip(way.iter().rev())
            .filter_map(|(position, page): (usize, _)| {
                let name = self.book.view_in(page, lang)?.version.page.front.title.value.as_str();
                let url = address::absolute(base, &address::of_page(lang, &page.id)?);
                Some(json!({"@type": "ListItem", "position": position, "name": name, "item": url}))
            })
            .collect();
        Some(json!({"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": steps}))
    }

    /// The tags by Highwire Press about the page itself.
    pub(super) fn tags(&self) -> Vec<MetaTag> {
        let front = &self.view.version.page.front;
        let authors = &self.book.config.authors;
        let tag = |name: &'static str, content: String| MetaTag { name, content };
        let mut tags = vec![tag("citation_title", front.title.value.clone())];
        tags.extend(authors.iter().map(|author| tag("citation_author", author.clone())));
        tags.push(tag("citation_publisher", self.view.text_language.site_title.clone()));
        tags.extend(
            front.data_to.as_ref().map(|date| tag("citation_date", date.last_day().to_string().replace('-', "/"))),
        );
        tags.push(tag("citation_language", self.view.text_language.lang.as_str().to_owned()));
        tags.extend(self.url.map(|url| tag("citation_public_url", url.to_owned())));
        tags
    }

    fn sources(&self) -> impl Iterator<Item = &Source> {
        self.view.version.sources.iter().filter_map(|id| self.book.library.source(id))
    }

    /// The sources of the figures that the page shows.
    fn counted(&self) -> BTreeSet<&SourceId> {
        let library = &self.book.library;
        let figures = self.view.version.figures.iter().filter_map(|reference| library.figure(reference).ok());
        figures.filter_map(|figure| library.source(&figure.source.value).map(|source| &source.id)).collect()
    }
}
