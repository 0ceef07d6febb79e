//! A source in the words of schema.org, for JSON-LD.

use super::{original, translated};
use crate::citation::Source;
use crate::citation::record::Author;
use crate::date::{Date, Moment};
use crate::ids::{Lang, SourceId};
use crate::workspace::Localized;
use serde_json::{Map, Value, json};

/// A source, for readers of `reader`. `address` gives the address of a source's own page, where it has one.
pub fn schema_org(source: &Source, reader: &Lang, address: &dyn Fn(&SourceId) -> Option<String>) -> Value {
    let lang = &source.lang;
    let mut thing = Thing::new(type_of(source.form));
    let first = |words: &Option<Localized>| words.as_ref().map(|words| original(words, lang).to_owned());
    let placed = |text: &Option<crate::workspace::Placed<String>>| text.as_ref().map(|text| text.value.clone());
    thing.add("@id", address(&source.id));
    thing.add("name", Some(original(&source.title, lang)));
    let alternates = translated(source, Some(reader)).into_iter().chain(source.title_latn.as_deref());
    thing.list("alternateName", alternates.map(Value::from).collect());
    thing.add("inLanguage", Some(lang.as_str()).filter(|lang| *lang != "und"));
    thing.list("author", source.authors.iter().map(|author| writer(author, lang)).collect());
    thing.add("isPartOf", first(&source.container).map(|name| json!({"@type": "CreativeWork", "name": name})));
    thing.add("publisher", first(&source.publisher).map(|name| organization(&name)));
    thing.add("locationCreated", first(&source.place).map(|name| json!({"@type": "Place", "name": name})));
    thing.add("datePublished", source.date.as_ref().map(date));
    let numbers = &source.numbers;
    let symbol = placed(&source.symbol).or_else(|| numbers.number.clone());
    thing.add(
        match type_of(source.form) {
            "Legislation" => "legislationIdentifier",
            "Report" => "reportNumber",
            _ => "identifier",
        },
        symbol,
    );
    thing.add("pagination", numbers.pages.clone());
    thing.add("bookEdition", numbers.edition.clone().filter(|_| source.form == "book"));
    thing.add("version", numbers.version.clone());
    thing.add("isbn", placed(&source.isbn).filter(|_| source.form == "book"));
    thing.add("url", placed(&source.url));
    thing.add("sameAs", source.doi.as_ref().map(|doi| format!("https://doi.org/{}", doi.value)));
    thing.list("archivedAt", source.archive.iter().map(|copy| Value::from(copy.url.clone())).collect());
    thing.add("license", source.license.clone().filter(|license| crate::citation::read::is_web_address(license)));
    let chain = source.chain.iter().filter_map(|other| address(&other.value));
    thing.list("isBasedOn", chain.map(|id| json!({"@id": id})).collect());
    thing.add("correction", source.corrected.as_ref().and_then(|notice| notice.url.clone()));
    Value::Object(thing.fields)
}

/// A body in the words of schema.org.
pub fn organization(name: &str) -> Value {
    json!({"@type": "Organization", "name": name})
}

struct Thing {
    fields: Map<String, Value>,
}

impl Thing {
    fn new(kind: &str) -> Self {
        let mut fields = Map::new();
        fields.insert("@type".to_owned(), kind.into());
        Self { fields }
    }

    fn add(&mut self, name: &str, value: Option<impl Into<Value>>) {
        if let Some(value) = value {
            self.fields.insert(name.to_owned(), value.into());
        }
    }

    /// One value, or several as a list.
    fn list(&mut self, name: &str, mut values: Vec<Value>) {
        match values.len() {
            0 => {}
            1 => self.add(name, values.pop()),
            _ => self.add(name, Some(values)),
        }
    }
}

fn writer(author: &Author, lang: &Lang) -> Value {
    match author {
        Author::Body(name) => organization(original(name, lang)),
        Author::Person { family, given } => {
            let family = original(family, lang);
            match given.as_ref().map(|given| original(given, lang)) {
                Some(given) => {
                    json!({"@type": "Person", "name": format!("{given} {family}"), "givenName": given, "familyName": family})
                }
                None => json!({"@type": "Person", "name": family}),
            }
        }
    }
}

/// A date as ISO 8601 has it; what is about a time is told as that time.
fn date(date: &Date) -> String {
    match date {
        Date::About(moment) => Moment::to_string(moment),
        date => date.to_string(),
    }
}

fn type_of(form: &str) -> &'static str {
    match form {
        "article" | "article-magazine" | "entry-encyclopedia" => "Article",
        "article-journal" | "paper-conference" => "ScholarlyArticle",
        "article-newspaper" => "NewsArticle",
        "bill" | "legislation" | "regulation" | "treaty" => "Legislation",
        "book" => "Book",
        "chapter" => "Chapter",
        "dataset" => "Dataset",
        "map" => "Map",
        "motion_picture" => "Movie",
        "personal_communication" => "Message",
        "post" => "SocialMediaPosting",
        "post-weblog" => "BlogPosting",
        "report" => "Report",
        "review" => "Review",
        "thesis" => "Thesis",
        "webpage" => "WebPage",
        _ => "CreativeWork",
    }
}
