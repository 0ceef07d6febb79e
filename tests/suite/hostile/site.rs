//! A site into which payloads are planted: each in every place of every kind of file, and in every place of a page's text.
//!
//! What a diagnostic refuses is taken back, and the rest is looked at again, until the site is what a build would take.

use super::payloads::Payload;
use super::places::{LANGUAGES, Place, groups_without_model, places};
use super::tree::{Page, Plant, Tree, quoted};
use crate::support::{Site, fixtures, repository, told};
use serde_json::{Map, Value as Json};
use sourcebook::compile::{self, Compilation, Options};
use sourcebook::diagnostic::Severity;
use sourcebook::schema::SORTS;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// Kinds of files that hold as many records as one likes, each with the file that these are planted in.
const RECORDS: &[(&str, &str, &str)] = &[
    ("sources", "content/sources/planted.yaml", "source"),
    ("figures", "content/figures/planted.yaml", "figure"),
    ("events", "content/events/planted.yaml", "event"),
    ("themes", "content/themes.yaml", "theme"),
    ("charts", "content/charts/planted.yaml", "chart"),
    ("maps", "content/maps/planted.yaml", "map"),
    ("actors", "content/actors/planted.yaml", "actor"),
    ("actor-groups", "content/actors/groups.yaml", "group"),
    ("terms", "content/terms/terms.yaml", "term"),
    ("term-names", "content/terms/en.yaml", "term"),
    ("term-names", "content/terms/he.yaml", "term"),
];

/// What is drawn on the maps.
const FIELD: &str = "area field 34.1 31.2, 34.7 31.2, 34.7 31.7, 34.1 31.7\nplace town 34.4 31.5\n";

/// The one that the others are part of.
const WHOLE: &str = "whole:\n  name: {en: The whole, he: השלם}\n  kind: court\n  about: [{text: {en: It is one, he: הוא אחד}, date: 2024, sources: [whole]}]\n";
const SOURCE: &str = "whole: {type: report, lang: en, title: The whole, date: 2024, kind: un, checked: corroborated}\n";

/// The columns of a series.
const COLUMNS: [&str; 7] = ["date", "value", "low", "high", "source_id", "note", "correction"];

/// The models of the records, by kind.
pub fn models() -> BTreeMap<String, Json> {
    serde_yaml::from_str(&fs::read_to_string(fixtures().join("hostile/models.yaml")).unwrap()).unwrap()
}

/// Payloads, and what of them the site does not take.
pub struct Planting<'p> {
    pub payloads: &'p [Payload],
    /// The numbers of the records that they are planted in.
    pub records: Vec<usize>,
    /// Whether a record has one payload in all of its places, and not another in each.
    pub whole: bool,
    /// Whether plain words are planted in their stead.
    pub plain: bool,
    pub refused: BTreeSet<Plant>,
    /// Every payload that was ever planted.
    pub planted: BTreeSet<Plant>,
    /// What was told of each, by code.
    pub told: BTreeSet<(Plant, String)>,
    models: BTreeMap<String, Json>,
    places: BTreeMap<&'static str, Vec<Place>>,
    /// What the interface says, by language.
    strings: BTreeMap<&'static str, Json>,
}

impl<'p> Planting<'p> {
    pub fn new(payloads: &'p [Payload], records: Vec<usize>, whole: bool) -> Self {
        let models = models();
        let mut known = BTreeMap::new();
        for sort in SORTS {
            let shape = (sort.shape)();
            if let Some(model) = models.get(sort.name).filter(|_| sort.name != "book") {
                let missing = groups_without_model(&shape, model);
                assert!(missing.is_empty(), "tests/fixtures/hostile/models.yaml: `{}` lacks {missing:?}", sort.name);
            }
            known.insert(sort.name, places(&shape));
        }
        let strings = |lang| fs::read_to_string(repository().join(format!("src/locale/strings/{lang}.yaml"))).unwrap();
        let (refused, planted, told) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        let strings = LANGUAGES.map(|lang| (lang, serde_yaml::from_str(&strings(lang)).unwrap())).into();
        Self { payloads, records, whole, plain: false, refused, planted, told, models, places: known, strings }
    }

    /// The same with plain words; what refuses these has been refused, too.
    pub fn twin(&self) -> Self {
        let mut twin = Self::new(self.payloads, self.records.clone(), self.whole);
        twin.plain = true;
        twin.refused.clone_from(&self.refused);
        twin
    }

    /// What is planted: a payload, or plain words in its stead.
    fn text(&self, payload: usize) -> String {
        let own = &self.payloads[payload];
        if self.plain { own.plain(payload) } else { own.text.clone() }
    }

    /// The payload of a place in a record: one for all of its places, or one that no other place near it has.
    fn pick(&self, record: usize, place: usize) -> usize {
        if self.whole { record } else { (record * 7 + place) % self.payloads.len() }
    }

    /// A record of a kind with a payload in every place that is left. Every other one has the short form where there are two.
    fn record(&self, sort: &str, record: usize) -> Tree {
        let model = with_number(&self.models[sort], record);
        let mut tree = Tree::of(&model);
        let mut ways: Vec<(usize, &Place)> = self.places[sort].iter().enumerate().collect();
        ways.sort_by_key(|(_, way)| if record.is_multiple_of(2) { way.len() } else { usize::MAX - way.len() });
        let named = self.pick(record, ways.len());
        let (own, name) = (plant(sort, &["its name".to_owned()], named), self.text(named));
        let own = Some((&own, name.as_str())).filter(|(own, _)| !self.refused.contains(*own));
        for (at, way) in &ways {
            let (at, has_longer) =
                (*at, ways.iter().any(|(_, other)| other.len() > way.len() && other.starts_with(way)));
            if has_longer && record.is_multiple_of(2) {
                continue;
            }
            let payload = self.pick(record, at);
            let plant = plant(sort, way, payload);
            if self.refused.contains(&plant) {
                continue;
            }
            tree.set(way, &self.text(payload), &plant, own);
        }
        tree
    }

    /// A file of which there is one alone: each place has another payload.
    fn single(&self, sort: &str, model: &Json, value: impl Fn(&Place, usize) -> Option<String>) -> Tree {
        let mut tree = Tree::of(model);
        for (at, way) in self.places[sort].iter().enumerate() {
            let first = self.records[0];
            let payload = if self.whole { self.records[at % self.records.len()] } else { self.pick(first, at) };
            let plant = plant(sort, way, payload);
            if self.refused.contains(&plant) {
                continue;
            }
            if let Some(value) = value(way, payload) {
                tree.set(way, &value, &plant, None);
            }
        }
        tree
    }

    /// Where a site has one text alone: all payloads of which nothing is told, one behind the other; one that is told stands by itself.
    fn all_with(&self, payload: usize) -> String {
        let is_silent = |payload: &usize| self.payloads[*payload].holds.is_silent();
        if self.plain || !is_silent(&payload) {
            return self.text(payload);
        }
        let all: Vec<usize> = if self.whole { self.records.clone() } else { (0..self.payloads.len()).collect() };
        let texts: Vec<&str> = all
            .iter()
            .filter(|payload| is_silent(payload))
            .map(|payload| self.payloads[*payload].text.as_str())
            .collect();
        texts.join(" ")
    }

    /// All files of the site, each with whose every line is.
    pub fn files(&self) -> BTreeMap<String, Page> {
        let mut files: BTreeMap<String, Page> = BTreeMap::new();
        for (sort, path, name) in RECORDS {
            let page = files.entry((*path).to_owned()).or_default();
            for record in &self.records {
                page.add(&format!("{name}-{record}:"), None);
                page.yaml("", &self.record(sort, *record), "", 1);
            }
            for record in self.records.iter().filter(|_| !sort.starts_with("term")) {
                self.named(page, sort, *record);
            }
        }
        for record in &self.records {
            let path = format!("content/figures/series/series-{record}");
            files.entry(format!("{path}.yaml")).or_default().yaml("", &self.record("series", *record), "", 0);
            files.insert(format!("{path}.csv"), self.points(*record));
            for lang in LANGUAGES {
                files.insert(format!("content/{lang}/pages/page-{record}.md"), self.page(lang, *record));
            }
        }
        let book = self.single("book", &self.models["book"], |_, payload| Some(self.all_with(payload)));
        files.entry("book.toml".to_owned()).or_default().toml("", &book);
        for lang in LANGUAGES {
            let own = &self.strings[lang];
            let said = |strings: &Json, way: &Place| {
                Some(way.iter().try_fold(strings, |value, step| value.get(step))?.as_str()?.to_owned())
            };
            let strings = self.single("strings", own, |way, payload| {
                let words = said(own, way)?;
                // A mark of direction is at home among Hebrew letters, so what Hebrew alone has (the form for two) is without them.
                let beside = said(&self.strings[LANGUAGES[0]], way).map(|_| format!("{words} "));
                Some(format!("{}{}", beside.unwrap_or_default(), self.text(payload)))
            });
            files.entry(format!("content/strings/{lang}.yaml")).or_default().yaml("", &strings, "", 0);
            files.insert(format!("content/style/{lang}.yaml"), self.style());
        }
        let fixed = [
            ("content/maps/field.txt", FIELD),
            ("content/actors/whole.yaml", WHOLE),
            ("content/sources/whole.yaml", SOURCE),
            (
                "content/en/index.md",
                "---\ntitle: Home\nsummary: \"Words `code`, **strong**, *slanted* [@whole].\"\n---\nWords `code` [@whole].\n\n- `code` [@whole]\n",
            ),
            (
                "content/he/index.md",
                "---\ntitle: בית\nsummary: \"מילים `code`, **strong**, *slanted* [@whole].\"\n---\nמילים `code` [@whole].\n\n- `code` [@whole]\n",
            ),
            ("content/en/pages/index.md", "---\ntitle: Pages\n---\nWords [@whole].\n"),
            ("content/he/pages/index.md", "---\ntitle: דפים\n---\nמילים [@whole].\n"),
        ];
        for (path, text) in fixed {
            files.entry(path.to_owned()).or_default().add(text.trim_end(), None);
        }
        files
    }

    /// A record whose id is the payload.
    fn named(&self, page: &mut Page, sort: &str, record: usize) {
        let payload = self.pick(record, sort.len());
        let plant = plant(sort, &["its id".to_owned()], payload);
        if self.refused.contains(&plant) {
            return;
        }
        // No two sources have one address.
        let number = if sort == "sources" { record + 10_000 } else { record };
        page.add(&format!("{}:", quoted(&self.text(payload).into())), Some(&plant));
        page.yaml("", &Tree::of(&with_number(&self.models[sort], number)), "", 1);
    }

    /// A house style: the names of all payloads, and a word for each.
    fn style(&self) -> Page {
        let (mut names, mut words) = (Vec::new(), Vec::new());
        for record in &self.records {
            let Tree::Map(entries) = self.record("style", *record) else { panic!() };
            for (key, _, tree) in entries {
                match (key.as_str(), tree) {
                    ("names", Tree::List(items)) => names.extend(items),
                    ("words", Tree::Map(mut entries)) => {
                        if let Some((name, None, _)) = entries.first_mut() {
                            name.push_str(&record.to_string());
                        }
                        words.extend(entries);
                    }
                    (other, _) => panic!("a style list has `{other}`"),
                }
            }
        }
        let mut page = Page::default();
        let tree = Tree::Map(vec![
            ("names".to_owned(), None, Tree::List(names)),
            ("words".to_owned(), None, Tree::Map(words)),
        ]);
        page.yaml("", &tree, "", 0);
        page
    }

    /// The points of a series: for each column a row that has the payload there.
    fn points(&self, record: usize) -> Page {
        let mut page = Page::default();
        page.add(&COLUMNS.join(","), None);
        page.add("2019-01-01,5,4,6,,,\n2019-02-01,6,5,7,,,", None);
        for (at, column) in COLUMNS.iter().enumerate() {
            let payload = self.pick(record, at);
            let plant = plant("points", &[(*column).to_owned()], payload);
            if !self.refused.contains(&plant) {
                let mut row = [
                    format!("2020-0{}-01", at + 1),
                    "7".into(),
                    "6".into(),
                    "8".into(),
                    String::new(),
                    String::new(),
                    String::new(),
                ];
                row[at] = format!("\"{}\"", self.text(payload).replace('"', "\"\""));
                page.add(&row.join(","), Some(&plant));
            }
        }
        page
    }

    /// A page that shows the records of a number, with payloads in its head and in every place of its text: on one language's page as Markdown reads
    /// it, on the other's with every sign escaped.
    fn page(&self, lang: &str, record: usize) -> Page {
        let mut page = Page::default();
        let number = record.to_string();
        page.add("---", None);
        let mut head = self.record("page", record);
        if lang != LANGUAGES[0]
            && let Tree::Map(fields) = &mut head
        {
            // Readers of every language are told of the corrections of the page that the others are translated from.
            fields.retain(|(name, ..)| name != "correction");
        }
        page.yaml("", &head, "", 0);
        page.add("---", None);
        page.add(&SHOWN.replace('$', &number), None);
        let is_escaped = record.is_multiple_of(2) == (lang == LANGUAGES[0]);
        let mode = if is_escaped { "escaped" } else { "Markdown" };
        for (at, (name, block)) in BLOCKS.iter().enumerate() {
            let payload = self.pick(record, at + lang.len() * 50);
            let plant = plant(mode, &[lang.to_owned(), (*name).to_owned()], payload);
            if !self.refused.contains(&plant) {
                let text = self.text(payload);
                let words = if is_escaped { escaped(&text) } else { text.replace(['\r', '\n'], " ") };
                page.add(&block.replace('$', &number).replace('¤', &words), Some(&plant));
                page.add("", None);
            }
        }
        let payload = self.pick(record, BLOCKS.len());
        let plant = plant(mode, &[lang.to_owned(), "lines".to_owned()], payload);
        if !is_escaped && !self.refused.contains(&plant) {
            page.add(&self.text(payload).replace('\r', "\n"), Some(&plant));
        }
        page
    }

    /// Plants, and takes back what is refused, until nothing is.
    pub fn settle(&mut self) -> Site {
        let site = Site::empty();
        for round in 0.. {
            assert!(round < 30, "there is no end to what is refused");
            let files = self.files();
            for (path, page) in &files {
                self.planted.extend(page.owners.iter().flatten().cloned());
                site.put(path, &page.text);
            }
            let found = compile::check(&site.root(), &Options::default());
            if heed(&files, found, &mut self.refused, &mut self.told) {
                return site;
            }
        }
        unreachable!()
    }
}

/// Notes what was told of what is planted, and what was refused; whether nothing was.
pub fn heed(
    files: &BTreeMap<String, Page>,
    found: Compilation,
    refused: &mut BTreeSet<Plant>,
    said: &mut BTreeSet<(Plant, String)>,
) -> bool {
    let mut is_taken = true;
    let mut stray = Vec::new();
    let before = refused.len();
    for one in &found.diagnostics {
        let place = one.span.and_then(|span| Some((found.files.path(span.file), found.files.positions(span)?)));
        let owners: BTreeSet<Plant> = place
            .and_then(|(path, (from, to))| {
                let owners = &files.get(path)?.owners;
                Some(owners.get(from.line - 1..to.line.min(owners.len()))?.iter().flatten().cloned().collect())
            })
            .unwrap_or_default();
        said.extend(owners.iter().map(|plant| (plant.clone(), one.code.id().to_owned())));
        if one.severity == Severity::Error {
            is_taken = false;
            if owners.is_empty() {
                stray.push(one.clone());
            }
            refused.extend(owners);
        }
    }
    if !is_taken && refused.len() == before {
        stray.truncate(20);
        let said = Compilation { diagnostics: stray, files: found.files, ..Compilation::default() };
        panic!("nobody knows what refuses this:\n{}", told(&said));
    }
    is_taken
}

pub fn plant(sort: &str, way: &[String], payload: usize) -> Plant {
    Plant { place: format!("{sort}: {}", way.join("/")).into(), payload }
}

/// The model of a record, with its number where it names others.
fn with_number(model: &Json, number: usize) -> Json {
    match model {
        Json::String(text) => text.replace('$', &number.to_string()).into(),
        Json::Array(items) => items.iter().map(|item| with_number(item, number)).collect(),
        Json::Object(entries) => {
            entries.iter().map(|(key, value)| (key.clone(), with_number(value, number))).collect::<Map<_, _>>().into()
        }
        other => other.clone(),
    }
}

/// A text so that Markdown reads nothing in it.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '\n' | '\r' => out.push(' '),
            c if c.is_ascii_punctuation() => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}

/// What a page shows of the records.
const SHOWN: &str = "Words [@source-$#q1, p. 3], [=figure-$], [=figure-$:full], [=figure-$:by], [=series-$:latest], [words](event:event-$), [words](term:term-$) [@source-$].

![Words [@source-$].](chart:chart-$)

![Words [@source-$].](map:map-$)

![Words [@source-$].](facts:actor-$)

![Words [@source-$].](leaders:actor-$)

![Words [@source-$].](designations:actor-$)

![Words [@source-$].](who:group-$)

![Words [@source-$].](actors:group-$)

![Words [@source-$].](timeline:theme-$)
";

/// The places of a page's text; `¤` is the payload.
const BLOCKS: &[(&str, &str)] = &[
    ("heading", "## ¤ {#heading-$}"),
    ("sentence", "Words ¤ words [@source-$]."),
    ("beginning", "¤"),
    ("strong, slanted, code", "Words **¤** words *¤* words `¤` words [@source-$]."),
    ("text of a link", "Words [¤](https://example.org/a) words [@source-$]."),
    ("address of a link", "Words [words](¤) words [@source-$]."),
    ("address in angles", "Words [words](<¤>) words [@source-$]."),
    ("address behind another", "Words [words](https://example.org/¤) words [@source-$]."),
    ("address alone", "Words <https://example.org/¤> words [@source-$]."),
    ("title of a link", "Words [words](https://example.org/a \"¤\") words [@source-$]."),
    ("address by name", "Words [words][name-$] words [@source-$].\n\n[name-$]: ¤"),
    ("alternative text", "![¤](seal.png)"),
    ("address of a picture", "![Words](¤)"),
    ("caption", "![¤ [@source-$].](chart:chart-$)"),
    ("words before a citation", "Words [see ¤ @source-$, p. 3]."),
    ("words after a citation", "Words [@source-$, p. 3, ¤]."),
    ("locator", "Words [@source-$, p. ¤]."),
    ("id of a source", "Words [@¤]."),
    ("id of a quotation", "Words [@source-$#¤]."),
    ("id of a figure", "Words [=¤] [@source-$]."),
    ("form of a figure", "Words [=figure-$:¤] [@source-$]."),
    ("id of a term", "Words [words](term:¤) [@source-$]."),
    ("id of a drawing", "![Words [@source-$].](chart:¤)"),
    ("reason for a citation", "Words [@? ¤]."),
    ("reason for none", "Words. <!-- uncited: ¤ -->"),
    ("callout", "> [!note] ¤\n> Words ¤ words [@source-$]."),
    ("position", "> [!position] ¤\n> Words ¤ [@source-$].\n\n> [!position] ¤ 2\n> Words ¤ [@source-$]."),
    ("item of a list", "- ¤ [@source-$]"),
    ("cell", "| ¤ |\n|---|\n| ¤ [@source-$] |"),
    ("code", "~~~¤\n¤\n~~~"),
    ("footnote", "Words[^note-$] [@source-$].\n\n[^note-$]: ¤ [@source-$]."),
    ("name of a heading", "### Words {#¤}"),
];
