//! What a page says to machines about itself and its sources: JSON-LD by schema.org, and the tags that scholars' search engines read.

use super::address;
use super::context::MetaTag;
use crate::book::{Book, BookPage, View};
use crate::citation::Source;
use crate::exchange::schema_org::{organization, schema_org};
use crate::ids::{Lang, PageId, SourceId};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// What is told in both forms.
pub(super) struct About<'a> {
    pub(super) book: &'a Book,
    pub(super) page: &'a BookPage,
    pub(super) view: View<'a>,
    /// The summary in words alone.
    pub(super) description: Option<&'a str>,
    /// The address that counts, where the site's is known.
    pub(super) url: Option<&'a str>,
}

impl About<'_> {
    /// The page as an article that cites its sources.
    pub(super) fn json_ld(&self) -> Value {
        let front = &self.view.version.page.front;
        let mut article = Map::new();
        let mut add = |name: &str, value: Option<Value>| {
            if let Some(value) = value {
                article.insert(name.to_owned(), value);
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
        let cited: Vec<Value> =
            self.sources().map(|source| schema_org(source, &self.view.language.lang, &place)).collect();
        add("citation", (!cited.is_empty()).then(|| cited.into()));
        let based: Vec<Value> = self.counted().into_iter().filter_map(|id| Some(json!({"@id": place(id)?}))).collect();
        add("isBasedOn", (!based.is_empty()).then(|| based.into()));
        article.into()
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
