//! A page of a list of sources.

use super::context::{Filter, FilterValue, Group, ListContext, ListedSource};
use super::shelf::{LanguageShelf, ListKey, Row, year};
use super::{LibraryWriter, path};
use crate::book::Book;
use crate::citation::Source;
use crate::locale::{Key, Locale, SortKey, Vocabulary};
use crate::number::Number;
use crate::site::SiteOptions;
use crate::site::context::Link;
use crate::site::downloads;
use crate::site::edition::OutPath;
use crate::site::html::Html;
use crate::site::words;
use std::collections::BTreeMap;

/// So many values of a filter stand on every page; the first page of the whole list has all.
const VALUES: usize = 24;

/// A list of fewer sources needs no letters.
const UNLETTERED: usize = 20;

/// The lists of one sort: by kind, by language, by party, by year.
#[derive(Debug)]
pub(super) struct FilterList {
    name: Key,
    /// In order, each with its words and how many sources it has.
    values: Vec<(ListKey, String, usize)>,
    /// Whether a value is one of the [`VALUES`] largest.
    large: Vec<bool>,
}

/// The lists to choose from, sort by sort.
pub(super) fn filters(locale: &Locale, lists: &BTreeMap<ListKey, Vec<usize>>) -> Vec<FilterList> {
    let mut filters: Vec<FilterList> = Vec::new();
    for (key, rows) in lists {
        let Some(name) = filter_name(key) else { continue };
        if filters.last().is_none_or(|filter| filter.name != name) {
            filters.push(FilterList { name, values: Vec::new(), large: Vec::new() });
        }
        if let Some(filter) = filters.last_mut() {
            filter.values.push((key.clone(), value_name(locale, key), rows.len()));
        }
    }
    for filter in &mut filters {
        filter.values.sort_by_cached_key(|(key, name, _)| place(locale, key, name));
        let mut counts: Vec<(usize, usize)> =
            filter.values.iter().enumerate().map(|(index, (_, _, count))| (usize::MAX - count, index)).collect();
        counts.sort_unstable();
        filter.large = vec![false; counts.len()];
        for (_, index) in counts.iter().take(VALUES) {
            if let Some(large) = filter.large.get_mut(*index) {
                *large = true;
            }
        }
    }
    filters
}

/// Years from the last to the first and the undated at the end; everything else by name.
fn place(locale: &Locale, key: &ListKey, name: &str) -> (u32, Option<SortKey>) {
    match key {
        ListKey::Year(year) => (u32::from(u16::MAX - year.unwrap_or(0)), None),
        _ => (0, Some(locale.alphabet().sort_key(name))),
    }
}

/// By what a list is chosen; the lists of all are not chosen so.
fn filter_name(key: &ListKey) -> Option<Key> {
    match key {
        ListKey::Name | ListKey::Date => None,
        ListKey::Kind(_) => Some(Key::SourceKind),
        ListKey::Language(_) => Some(Key::DocumentLanguage),
        ListKey::Affiliation(_) => Some(Key::SpeaksForLabel),
        ListKey::Year(_) => Some(Key::Year),
    }
}

/// What is chosen.
fn value_name(locale: &Locale, key: &ListKey) -> String {
    match key {
        ListKey::Name | ListKey::Date => String::new(),
        ListKey::Kind(kind) => locale.term(Vocabulary::SourceKind, kind).unwrap_or(kind).to_owned(),
        ListKey::Language(lang) => locale.language_name(lang).to_owned(),
        ListKey::Affiliation(party) => locale.term(Vocabulary::Affiliation, party).unwrap_or(party).to_owned(),
        ListKey::Year(Some(year)) => year.to_string(),
        ListKey::Year(None) => locale.text(Key::NoDate).to_owned(),
    }
}

/// A list's title as plain text and as HTML.
fn title(locale: &Locale, key: &ListKey) -> (String, Html) {
    match filter_name(key) {
        None => {
            let title = locale.text(Key::AllSources);
            (title.to_owned(), Html::escaped(title))
        }
        Some(name) => {
            let arguments = [("label", locale.text(name)), ("value", &value_name(locale, key))];
            let plain = arguments.map(|(name, text)| (name, text.into()));
            (locale.fill_plain(Key::LabelValue, &plain), words::plain_sentence(locale, Key::LabelValue, &arguments))
        }
    }
}

impl LibraryWriter<'_> {
    /// The paths of this page of a list in each language. Those that are left out of a copy are on the site, which cuts its lists elsewhere: there
    /// the list begins.
    pub(in crate::site) fn list_paths(book: &Book, options: &SiteOptions, key: &ListKey, part: usize) -> Vec<OutPath> {
        let folder = key.folder();
        let part = |lang| if options.has(lang) { part } else { 0 };
        book.languages.iter().filter_map(|language| path(&language.lang, &folder, part(&language.lang))).collect()
    }

    /// A page of a list; `paths` are those of the same page in each language.
    pub(in crate::site) fn list(&self, key: &ListKey, part: usize, paths: &[OutPath]) -> Option<ListContext> {
        let ordered = self.shelf.languages.get(self.language)?;
        let members = ordered.lists.get(key)?;
        let (title, title_html) = title(self.locale, key);
        let count = Number::from(members.len());
        let is_all = filter_name(key).is_none();
        let most = self.shelf.on_a_page(key);
        let rows: Vec<&Row<'_>> =
            members.iter().skip(part * most).take(most).filter_map(|place| ordered.rows.get(*place)).collect();
        let folder = key.folder();
        let all = self.locale.text(Key::AllSources);
        let order = |name: Key, order: ListKey| {
            let current = *key == order;
            self.list_link(self.locale.text(name), &order, current)
        };
        Some(ListContext {
            description: format!("{title} – {}", self.locale.count_text(Key::SourceCount, &count, &[])),
            title,
            title_html,
            canonical_url: self.canonical(),
            alternates: self.alternates(paths),
            crumbs: (!is_all).then(|| self.list_link(all, &ListKey::Name, false)).flatten().into_iter().collect(),
            count: words::pieces(&self.locale.count(Key::SourceCount, &count, &[])),
            orders: if is_all {
                [order(Key::ByName, ListKey::Name), order(Key::ByDate, ListKey::Date)].into_iter().flatten().collect()
            } else {
                Vec::new()
            },
            filters: self.filters(ordered, key, part),
            letters: if *key == ListKey::Name && members.len() > UNLETTERED {
                self.letters(ordered, part)
            } else {
                Vec::new()
            },
            groups: self.groups(key, members.len(), &rows),
            parts: self.parts(&folder, part, members.len().div_ceil(most)),
            downloads: if is_all { downloads::links(self.profile, self.from, downloads::of_all) } else { Vec::new() },
        })
    }

    fn filters(&self, ordered: &LanguageShelf<'_>, key: &ListKey, part: usize) -> Vec<Filter> {
        let whole = filter_name(key).is_none() && part == 0;
        // Where all sources are of one kind there is nothing to choose.
        let divides = |filter: &&FilterList| filter.values.iter().any(|(_, _, count)| *count < ordered.rows.len());
        let shown = ordered.filters.iter().filter(divides);
        shown
            .map(|filter| {
                let values = filter.values.iter().zip(&filter.large);
                let values = values.filter(|((value, _, _), large)| whole || **large || value == key);
                Filter {
                    name: self.locale.text(filter.name).to_owned(),
                    more_url: (!whole && filter.values.len() > VALUES).then(|| self.url("", 0)).flatten(),
                    values: values
                        .filter_map(|((value, name, count), _)| {
                            Some(FilterValue {
                                title: name.clone(),
                                url: self.list_url(value)?,
                                count: self.locale.number(&Number::from(*count)),
                                current: value == key,
                            })
                        })
                        .collect(),
                }
            })
            .collect()
    }

    /// The letters of the list of all sources, each with the way to it from another page; none where the list is short.
    pub(in crate::site) fn letter_links(&self) -> Vec<Link> {
        let ordered = self.shelf.languages.get(self.language);
        ordered
            .filter(|ordered| ordered.rows.len() > UNLETTERED)
            .map(|ordered| self.letters(ordered, usize::MAX))
            .unwrap_or_default()
    }

    /// The letters of the whole list, each leading to its first source.
    fn letters(&self, ordered: &LanguageShelf<'_>, part: usize) -> Vec<Link> {
        let most = self.shelf.on_a_page(&ListKey::Name);
        ordered
            .letters
            .iter()
            .enumerate()
            .filter_map(|(number, (letter, place))| {
                let own = place / most;
                let url = if own == part { String::new() } else { self.url("", own)? };
                let url = format!("{url}#{}", letter_id(number));
                Some(Link { title: letter.clone(), url, current: false, lang: None, dir: None })
            })
            .collect()
    }

    /// The sources of a page under the letters, or the years, that they belong to.
    fn groups(&self, key: &ListKey, members: usize, rows: &[&Row<'_>]) -> Vec<Group> {
        let ordered = self.shelf.languages.get(self.language);
        let mut groups: Vec<Group> = Vec::new();
        let mut last: Option<Option<String>> = None;
        for row in rows {
            let title = match key {
                _ if members <= UNLETTERED => None,
                ListKey::Date => {
                    let year = year(row.source()).map(|year| year.to_string());
                    Some(year.unwrap_or_else(|| self.locale.text(Key::NoDate).to_owned()))
                }
                _ => row.letter.clone(),
            };
            if last.as_ref() != Some(&title) {
                let number = ordered
                    .filter(|_| *key == ListKey::Name)
                    .and_then(|ordered| ordered.letters.iter().position(|(letter, _)| Some(letter) == title.as_ref()));
                let id = number.map(letter_id).filter(|id| groups.iter().all(|group| group.id.as_ref() != Some(id)));
                groups.push(Group { id, title: title.clone(), sources: Vec::new(), whole: Vec::new() });
                last = Some(title);
            }
            match groups.last_mut() {
                Some(group) if self.shelf.tells_whole(key) => group.whole.push(self.whole(row)),
                Some(group) => group.sources.extend(self.listed(row)),
                None => {}
            }
        }
        groups
    }

    fn listed(&self, row: &Row<'_>) -> Option<ListedSource> {
        Some(ListedSource {
            address: row.address.clone(),
            url: self.source_url(row.source())?,
            entry_html: row.html.clone(),
            standing: self.standing(row.source()),
            cited: self.cited(row),
        })
    }

    /// What a reader should know of a source before opening it: its kind, for whom it speaks, its date, its language.
    fn standing(&self, source: &Source) -> Vec<Html> {
        let locale = self.locale;
        let kind = source.kind.and_then(|kind| locale.term(Vocabulary::SourceKind, kind)).map(Html::escaped);
        let party = source.affiliation.as_deref().map(|party| {
            let name = locale.term(Vocabulary::Affiliation, party).unwrap_or(party);
            words::plain_sentence(locale, Key::SpeaksFor, &[("name", name)])
        });
        let date = source.date.as_ref().map(|date| {
            let mut html = Html::new();
            html.element("bdi", &[], &locale.date(date));
            html
        });
        let lang = (source.lang != *locale.lang()).then(|| {
            words::plain_sentence(locale, Key::InLanguage, &[("language", locale.language_name(&source.lang))])
        });
        [kind, party, date, lang].into_iter().flatten().collect()
    }

    /// How many sentences cite a source.
    pub(super) fn cited(&self, row: &Row<'_>) -> Html {
        match row.cited {
            0 => Html::escaped(self.locale.text(Key::NotCited)),
            cited => words::pieces(&self.locale.count(Key::CitedCount, &Number::from(cited), &[])),
        }
    }
}

fn letter_id(number: usize) -> String {
    format!("letter-{}", number + 1)
}
