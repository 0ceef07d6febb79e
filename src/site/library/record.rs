//! What the record of a source says: what it is, how it was checked, what was read in it, and which sources it names.

use super::context::{FactEntry, Facts, QuotedPassage, RecordContext, RecordRow, RelatedSource, Relation};
use super::shelf::{Row, year};
use super::{LibraryWriter, ListKey};
use crate::book::catalogue::address;
use crate::citation::filing;
use crate::citation::record::{Archive, Checked, Quote, Snapshot, Source};
use crate::citation::ways::Passage;
use crate::ids::SourceId;
use crate::locale::{Key, Vocabulary};
use crate::number::Number;
use crate::site::bidi;
use crate::site::credentials::{dated, passage_links, quote, status};
use crate::site::entry::entry_html;
use crate::site::html::Html;
use crate::site::words::{self, WithLang};
use crate::workspace::{Localized, Placed};

/// The rows of a record, in order.
struct Rows<'w, 's> {
    writer: &'w LibraryWriter<'s>,
    rows: Vec<RecordRow>,
}

impl Rows<'_, '_> {
    fn add(&mut self, key: Key, value: Option<Html>) {
        self.add_all(key, value.into_iter().collect());
    }

    fn add_all(&mut self, key: Key, values: Vec<Html>) {
        let name = self.writer.locale.text(key);
        self.add_named(name, values);
    }

    fn add_named(&mut self, name: &str, values: Vec<Html>) {
        if !values.is_empty() {
            self.rows.push(RecordRow { name: name.to_owned(), values });
        }
    }
}

impl LibraryWriter<'_> {
    pub(super) fn record(&self, row: &Row<'_>) -> RecordContext {
        let source = row.source();
        let mut rows = Rows { writer: self, rows: Vec::new() };
        self.what(source, &mut rows);
        self.numbers(source, &mut rows);
        self.checks(source, &mut rows);
        self.whereabouts(source, &mut rows);
        RecordContext {
            rows: rows.rows,
            note_html: source.note.as_ref().map(|note| words::localized(self.book, self.locale, note)),
            quotes: source.quotes.iter().map(|words| self.passage(source, words)).collect(),
            facts: self.facts(source),
            figures: self.drawn_figures(row),
            relations: self.relations(row),
        }
    }

    /// What it is and who speaks.
    fn what(&self, source: &Source, rows: &mut Rows<'_, '_>) {
        let locale = self.locale;
        let value = |name: &str, key: &ListKey| self.list_value(name, key);
        let kind =
            source.kind.and_then(|kind| Some(value(locale.term(Vocabulary::SourceKind, kind)?, &ListKey::Kind(kind))));
        rows.add(Key::SourceKind, kind);
        rows.add(Key::SourceForm, locale.term(Vocabulary::SourceForm, source.form).map(Html::escaped));
        let party = source.affiliation.as_ref().map(|party| {
            let name = locale.term(Vocabulary::Affiliation, party).unwrap_or(party);
            value(name, &ListKey::Affiliation(party.clone()))
        });
        rows.add(Key::SpeaksForLabel, party);
        let told = |text: &Option<Localized>| text.as_ref().map(|text| self.own(text, source));
        rows.add(Key::Perspective, told(&source.perspective));
        rows.add(
            Key::DocumentLanguage,
            Some(value(locale.language_name(&source.lang), &ListKey::Language(source.lang.clone()))),
        );
        rows.add(
            Key::LatinTitle,
            source.title_latn.as_deref().map(|title| words::isolated(title, WithLang::default())),
        );
        let named = |class: &str, text: &Option<Localized>| {
            let mut html = Html::new();
            html.open("span", &[("class", class)]).html(&told(text)?).close("span");
            Some(html)
        };
        rows.add(Key::ContainerLabel, named("container", &source.container));
        rows.add(Key::PublisherLabel, named("publisher", &source.publisher));
        rows.add(Key::AuthorityLabel, named("authority", &source.authority));
        rows.add(Key::PlaceLabel, told(&source.place));
    }

    /// When it appeared, and the numbers by which it is known.
    fn numbers(&self, source: &Source, rows: &mut Rows<'_, '_>) {
        let date = source
            .date
            .as_ref()
            .map_or_else(|| self.locale.text(Key::NoDate).to_owned(), |date| self.locale.date(date));
        rows.add(Key::PublishedLabel, Some(self.list_value(&date, &ListKey::Year(year(source)))));
        rows.add(Key::SymbolLabel, source.symbol.as_ref().map(|symbol| code(&symbol.value)));
        let numbers = &source.numbers;
        let volume = match (&numbers.volume, &numbers.issue) {
            (Some(volume), Some(issue)) => Some(format!("{volume} ({issue})")),
            (volume, issue) => volume.clone().or_else(|| issue.clone()),
        };
        let number = [volume, numbers.number.clone()].into_iter().flatten().map(|number| code(&number)).collect();
        rows.add_all(Key::NumberLabel, number);
        rows.add(Key::EditionLabel, numbers.edition.as_deref().map(code));
        rows.add(Key::VersionLabel, numbers.version.as_deref().map(code));
        rows.add(Key::PagesLabel, numbers.pages.as_deref().map(code));
        rows.add_named(
            "DOI",
            source.doi.iter().map(|doi| external(&format!("https://doi.org/{}", doi.value), &doi.value)).collect(),
        );
        rows.add_named("ISBN", source.isbn.iter().map(|isbn| code(&isbn.value)).collect());
    }

    /// How far it can be relied on.
    fn checks(&self, source: &Source, rows: &mut Rows<'_, '_>) {
        let locale = self.locale;
        let level = locale.term(Vocabulary::Check, source.checked.level.name()).map(Html::escaped);
        let by = source.checked.by.as_deref();
        rows.add(Key::HowChecked, level.map(|level| dated(level, source.checked.at.as_ref(), by, locale)));
        if let Some(reliability) = &source.reliability {
            let grade = locale.term(Vocabulary::Reliability, reliability.grade).unwrap_or_default();
            let mut words = Html::new();
            words.element("bdi", &[], &format!("{} – {grade}", reliability.grade));
            let mut values = vec![dated(words, reliability.at.as_ref(), reliability.by.as_deref(), locale)];
            let credibility = reliability.credibility.and_then(|grade| {
                let mut words = Html::new();
                words.element("bdi", &[], &format!("{grade} – {}", locale.term(Vocabulary::Credibility, grade)?));
                Some(words)
            });
            values.extend(credibility);
            values.extend(reliability.note.as_ref().map(|note| words::localized(self.book, locale, note)));
            rows.add_all(Key::Reliability, values);
        }
        if let Some(review) = &source.review {
            let reviewed = review.at.as_ref().map(|at| {
                let words = Html::escaped(&locale.date(at));
                let words = match &review.expires {
                    Some(until) => {
                        let until = Html::escaped(&locale.date(until));
                        words::sentence(locale, Key::ReviewExpires, &[("date", words), ("until", until)])
                    }
                    None => words,
                };
                dated(words, None, review.by.as_deref(), locale)
            });
            rows.add(Key::ReviewedLabel, reviewed);
        }
    }

    /// Where it can be read, and what is kept of it.
    fn whereabouts(&self, source: &Source, rows: &mut Rows<'_, '_>) {
        let locale = self.locale;
        if let Some(url) = &source.url {
            let address = match source.live_url() {
                Some(live) => external(live, live),
                // Where it no longer shows the document it is told and not linked.
                None => code(&url.value),
            };
            rows.add_all(Key::AddressLabel, vec![address, status(source, locale)]);
        }
        rows.add(Key::AccessedLabel, source.accessed.as_ref().map(|date| Html::escaped(&locale.date(date))));
        rows.add_all(Key::ArchivedCopies, source.archive.iter().map(|copy| self.archived(copy)).collect());
        rows.add_all(Key::KeptCopy, source.snapshot.as_ref().map(|copy| self.kept(copy)).unwrap_or_default());
        rows.add(Key::License, source.license.as_deref().map(code));
        rows.add(Key::Rights, source.rights.as_ref().map(|rights| self.own(rights, source)));
    }

    fn archived(&self, copy: &Archive) -> Html {
        let name = match copy.by {
            Some("wayback") => "Wayback Machine",
            Some("perma") => "Perma.cc",
            Some("ghostarchive") => "Ghostarchive",
            _ => self.locale.text(Key::ArchivedCopy),
        };
        let mut html = dated(external(&copy.url, name), copy.at.as_ref(), None, self.locale);
        if let Some(hash) = &copy.sha256 {
            html.text(" ").html(&code(&format!("SHA-256 {hash}")));
        }
        html
    }

    /// The copy that the editors keep: what it is, when it was made, and the number by which anybody can tell whether it is the same.
    fn kept(&self, copy: &Snapshot) -> Vec<Html> {
        let bytes = copy.bytes.and_then(|bytes| usize::try_from(bytes).ok());
        let bytes = bytes.map(|bytes| format!("{} B", self.locale.number(&Number::from(bytes))));
        let what: Vec<String> = copy.media_type.iter().cloned().chain(bytes).chain(copy.tool.clone()).collect();
        let what = (!what.is_empty()).then(|| code(&what.join(", ")));
        let when = copy.at.as_ref().map(|at| Html::escaped(&self.locale.date(at)));
        let first = match (what, when) {
            (Some(what), Some(_)) => Some(dated(what, copy.at.as_ref(), copy.by.as_deref(), self.locale)),
            (None, Some(when)) => Some(dated(when, None, copy.by.as_deref(), self.locale)),
            (what, None) => what.map(|what| dated(what, None, copy.by.as_deref(), self.locale)),
        };
        let hash = |hash: &Option<Placed<String>>| hash.as_ref().map(|hash| code(&format!("SHA-256 {}", hash.value)));
        first.into_iter().chain(hash(&copy.sha256)).collect()
    }

    fn passage(&self, source: &Source, stored: &Quote) -> QuotedPassage {
        QuotedPassage {
            quote: quote(self.book, source, stored, self.locale),
            locator: stored.locator.as_ref().map(|locator| words::place(self.locale, locator)),
            links: passage_links(source, Passage { quote: Some(stored), locator: None }, self.locale),
        }
    }

    /// What was read in it. What is only known, and stands in no document that was read, is not published.
    fn facts(&self, source: &Source) -> Option<Facts> {
        let lang = &self.book.source_language()?.lang;
        let with = WithLang::of(Some(lang).filter(|lang| *lang != self.locale.lang()), self.book);
        let facts: Vec<FactEntry> = source
            .facts
            .iter()
            .filter(|fact| fact.checked > Checked::Known)
            .map(|fact| FactEntry {
                text: bidi::running(&fact.text, with.direction(self.locale)),
                lang: with.lang.map(str::to_owned),
                dir: with.dir,
                locator: fact.locator.clone(),
                checked: self.locale.term(Vocabulary::Check, fact.checked.name()).unwrap_or_default().to_owned(),
            })
            .collect();
        let name = self.locale.language_name(lang);
        (!facts.is_empty()).then(|| Facts {
            about: words::plain_sentence(self.locale, Key::EditorsNotesAbout, &[("language", name)]),
            facts,
        })
    }

    /// The sources that this one names, and those that rely on it.
    fn relations(&self, row: &Row<'_>) -> Vec<Relation> {
        let source = row.source();
        let named = |ids: &[Placed<SourceId>]| -> Vec<RelatedSource> {
            ids.iter().filter_map(|id| self.book.library.source(&id.value)).map(|other| self.related(other)).collect()
        };
        let relations = [
            ("newer", Key::SupersededBy, named(&source.superseded_by)),
            ("older", Key::Supersedes, named(&source.supersedes)),
            ("relies-on", Key::ReliesOn, named(&source.chain)),
            ("relied-on-by", Key::ReliedOnBy, row.entry.relied_on_by.iter().map(|other| self.related(other)).collect()),
        ];
        let shown = relations.into_iter().filter(|(_, _, sources)| !sources.is_empty());
        shown.map(|(id, key, sources)| Relation { id, name: self.locale.text(key).to_owned(), sources }).collect()
    }

    fn related(&self, source: &Source) -> RelatedSource {
        RelatedSource {
            address: address(&source.id),
            entry_html: entry_html(self.book, source, self.locale),
            url: self.source_url(source),
            checked: self.locale.term(Vocabulary::Check, source.checked.level.name()).unwrap_or_default().to_owned(),
        }
    }

    /// A value that leads to the list of all sources that share it.
    fn list_value(&self, name: &str, key: &ListKey) -> Html {
        let mut html = Html::new();
        match self.list_url(key) {
            Some(url) => html.element("a", &[("href", &url)], name),
            None => html.text(name),
        };
        html
    }

    /// A text of the record in the reader's language, else in the source's own.
    pub(super) fn own(&self, text: &Localized, source: &Source) -> Html {
        let (text, lang) = filing::wording(text, source, self.locale.lang());
        words::isolated_sentence(text, WithLang::of(lang.as_ref(), self.book), self.locale)
    }
}

/// A symbol, a number, a hash: the same in every language.
fn code(text: &str) -> Html {
    let mut html = Html::new();
    html.element("bdi", &[("translate", "no")], text);
    html
}

/// A link out.
fn external(url: &str, text: &str) -> Html {
    let mut html = Html::new();
    html.open("a", &[("class", "external"), ("rel", "noopener"), ("href", url)]).html(&code(text)).close("a");
    html
}
