//! The schemas that editors are given say what the readers of records say: no field more, none less, and every file that is there is right.

use crate::cli::{run, status, stderr, stdout};
use crate::diagnostics;
use crate::support::{Site, fixtures, repository, tree};
use serde_json::{Map, Value as Json, json};
use sourcebook::diagnostic::{Code, Diagnostic};
use sourcebook::ids::Lang;
use sourcebook::schema::{self, SORTS, Sort, Wiring};
use sourcebook::span::Files;
use sourcebook::workspace::node::{Node, Value};
use sourcebook::workspace::shape::{Kind, Shape};
use sourcebook::workspace::yaml::Excerpt;
use sourcebook::workspace::{self, front_matter, toml, yaml};
use sourcebook::{actor, chart, citation, editorial, figure, glossary, locale, map, timeline};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;

/// A field that no record has, and none is called like.
const FOREIGN: &str = "zzzzzzzzzzzz";

/// Every record within a shape, and itself.
fn records<'s>(shape: &'s Shape, found: &mut Vec<&'s Shape>) {
    fn within<'s>(kind: &'s Kind, found: &mut Vec<&'s Shape>) {
        match kind {
            Kind::Record(shape) => records(shape, found),
            Kind::Some(kind) | Kind::Exactly(_, kind) | Kind::ByLanguage(kind) | Kind::ByName(kind) => {
                within(kind, found);
            }
            Kind::Either(kinds) => kinds.iter().for_each(|kind| within(kind, found)),
            Kind::Named(values) => values.iter().for_each(|named| within(&named.kind, found)),
            Kind::Unsaid => panic!("nobody says what a field holds"),
            Kind::Text | Kind::Word(_) | Kind::Boolean | Kind::Integer(_) => {}
        }
    }
    found.push(shape);
    for field in &shape.fields {
        assert!(field.kind != Kind::Unsaid, "it is not said what `{}` of {} holds", field.name, shape.what);
        within(&field.kind, found);
    }
}

#[test]
fn every_field_has_words_and_no_words_are_left_over() {
    let mut fields = BTreeSet::new();
    for sort in SORTS {
        let shape = (sort.shape)();
        let mut found = Vec::new();
        records(&shape, &mut found);
        fields.extend(found.iter().flat_map(|shape| shape.fields.iter().map(|field| (shape.what, field.name))));
    }
    let words: Vec<(&str, &str)> = schema::all().map(|(record, field, _)| (record, field)).collect();
    let set: BTreeSet<(&str, &str)> = words.iter().copied().collect();
    assert_eq!(set.len(), words.len(), "a field has words twice");
    assert_eq!(
        fields.difference(&set).collect::<Vec<_>>(),
        Vec::<&(&str, &str)>::new(),
        "write words for these in src/schema/words.rs"
    );
    assert_eq!(set.difference(&fields).collect::<Vec<_>>(), Vec::<&(&str, &str)>::new(), "there are no such fields");
}

/// A record with every group of fields that it may have, and in each a field that there is not.
fn sample(shape: &Shape) -> Json {
    fn value(kind: &Kind) -> Option<Json> {
        match kind {
            Kind::Record(shape) => Some(sample(shape)),
            Kind::Some(kind) => value(kind).map(|value| json!([value])),
            Kind::ByLanguage(kind) | Kind::ByName(kind) => value(kind).map(|value| json!({ "en": value })),
            Kind::Either(kinds) => kinds.iter().find_map(value),
            _ => None,
        }
    }
    let groups = shape.fields.iter().filter_map(|field| Some((field.name.to_owned(), value(&field.kind)?)));
    let mut record: Map<String, Json> = groups.collect();
    record.insert(FOREIGN.to_owned(), json!(1));
    record.into()
}

/// What the reader of a kind of file says of one.
fn said(sort: &Sort, text: &str) -> Vec<Diagnostic> {
    let mut files = Files::default();
    let file = files.add("a", text);
    let lang = Lang::parse("en").unwrap();
    let said = &mut Vec::new();
    match sort.name {
        "book" => drop(workspace::config::read(file, text, said)),
        "page" => drop(front_matter::read(Excerpt { file, text, offset: 0 }, said)),
        "sources" => drop(citation::read::read_file(file, text, said)),
        "figures" => drop(figure::read::read_file(file, text, said)),
        "series" => drop(figure::series::read("a", (file, text), None, said)),
        "events" => drop(timeline::read::read_file(file, text, said)),
        "themes" => drop(timeline::read::read_themes(file, text, said)),
        "charts" => drop(chart::read::read_file(file, text, said)),
        "maps" => drop(map::read::read_file(file, text, said)),
        "actors" => drop(actor::read::read_file(file, text, said)),
        "actor-groups" => drop(actor::read::read_groups(file, text, said)),
        "terms" => drop(glossary::read::terms(file, text, said)),
        "term-names" => drop(glossary::read::namings(&lang, file, text, said)),
        "style" => drop(editorial::read::read_file(&lang, file, text, said)),
        "strings" => drop(locale::read::read_file(&lang, file, text, said)),
        other => panic!("who reads {other}?"),
    }
    std::mem::take(said)
}

/// JSON as TOML, as far as `book.toml` goes.
fn as_toml(name: &str, value: &Json, text: &mut String) {
    let Json::Object(entries) = value else { panic!("{value}") };
    if !name.is_empty() {
        writeln!(text, "[{name}]").unwrap();
    }
    let is_group = |value: &Json| value.is_object();
    for (key, value) in entries.iter().filter(|(_, value)| !is_group(value)) {
        writeln!(text, "{key} = {value}").unwrap();
    }
    for (key, value) in entries.iter().filter(|(_, value)| is_group(value)) {
        let name = if name.is_empty() { key.clone() } else { format!("{name}.{key}") };
        as_toml(&name, value, text);
    }
}

#[test]
fn readers_and_schemas_know_the_same_fields() {
    for sort in SORTS {
        let shape = (sort.shape)();
        let mut found = Vec::new();
        records(&shape, &mut found);
        let described: BTreeSet<(&str, Vec<&str>)> = found
            .iter()
            .map(|shape| {
                let mut names: Vec<&str> = shape.fields.iter().map(|field| field.name).collect();
                names.sort_unstable();
                (shape.what, names)
            })
            .collect();

        let record = sample(&shape);
        let record = if sort.by_id { json!({ "a": record }) } else { record };
        let mut text = record.to_string();
        if sort.name == "book" {
            text.clear();
            as_toml("", &record, &mut text);
        }
        let mut read = BTreeSet::new();
        let said = said(sort, &text);
        for one in &said {
            let Some(what) = one.message.strip_suffix(&format!(" has no field `{FOREIGN}`")) else { continue };
            let names = one.help.as_deref().and_then(|help| help.strip_prefix("the fields are ")).unwrap();
            read.insert((what, names.split(", ").collect::<Vec<_>>()));
        }
        assert_eq!(read, described, "{}: {said:?}", sort.name);
    }
}

struct Schemas {
    schemas: boon::Schemas,
    by_name: BTreeMap<&'static str, boon::SchemaIndex>,
}

impl Schemas {
    fn new() -> Self {
        let languages: Vec<Lang> = ["en", "he"].into_iter().filter_map(Lang::parse).collect();
        let mut compiler = boon::Compiler::new();
        let mut schemas = boon::Schemas::new();
        let mut by_name = BTreeMap::new();
        for sort in SORTS {
            let address = format!("http://localhost/{}", sort.file());
            let schema: Json = serde_json::from_str(&schema::write(sort, &languages)).unwrap();
            compiler.add_resource(&address, schema).unwrap();
            by_name.insert(sort.name, compiler.compile(&address, &mut schemas).unwrap());
        }
        Self { schemas, by_name }
    }

    fn faults(&self, sort: &Sort, value: &Json) -> Option<String> {
        self.schemas.validate(value, self.by_name[sort.name]).err().map(|error| format!("{error}"))
    }

    /// What is wrong with a file of a site; nothing where it is none that has a schema. `Err` where it cannot be read.
    fn file(&self, path: &str, text: &str) -> Result<Option<String>, ()> {
        let Some(sort) = Sort::of(path, "content") else { return Ok(None) };
        let mut files = Files::default();
        let file = files.add(path, text);
        let whole = Excerpt { file, text, offset: 0 };
        let node = match sort.name {
            "book" => toml::read(file, text).map_err(drop)?,
            "page" => yaml::read(front_matter::split(file, text).map_err(drop)?.head, Code::SB104).map_err(drop)?,
            _ => yaml::read(whole, Code::SB106).map_err(drop)?,
        };
        // A file of comments alone holds nothing.
        if node.value == Value::Null {
            return Ok(None);
        }
        Ok(self.faults(sort, &value(&node)))
    }
}

/// A value as an editor's validator has it.
fn value(node: &Node) -> Json {
    match &node.value {
        Value::Null => Json::Null,
        Value::Bool(value) => json!(value),
        Value::Number(digits) => digits.parse().map_or_else(|_| json!(digits), Json::Number),
        Value::Text { text, .. } => json!(text),
        Value::List(items) => items.iter().map(value).collect(),
        Value::Map(entries) => {
            entries.iter().map(|(key, node)| (key.text.clone(), value(node))).collect::<Map<_, _>>().into()
        }
    }
}

#[test]
fn every_file_that_is_there_is_right() {
    let schemas = Schemas::new();
    let mut seen = BTreeMap::new();
    let mut wrong = Vec::new();
    let entries = fs::read(fixtures().join("entries/sources.yaml")).unwrap();
    for root in [repository(), fixtures().join("base"), fixtures().join("cards")] {
        let files = tree(&root.join("content")).into_iter().map(|(path, bytes)| (format!("content/{path}"), bytes));
        let book = ("book.toml".to_owned(), fs::read(root.join("book.toml")).unwrap());
        let files = files.chain([book, ("content/sources/entries.yaml".to_owned(), entries.clone())]);
        for (path, bytes) in files {
            let Some(sort) = Sort::of(&path, "content") else { continue };
            let text = String::from_utf8(bytes).unwrap();
            match schemas.file(&path, &text) {
                Ok(None) => *seen.entry(sort.name).or_insert(0) += 1,
                Ok(Some(fault)) => wrong.push(format!("{}: {fault}", root.join(path).display())),
                Err(()) => wrong.push(format!("{} cannot be read", root.join(path).display())),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for sort in SORTS.iter().filter(|sort| sort.name != "strings") {
        assert!(seen.contains_key(sort.name), "no file of the kind {} was looked at", sort.name);
    }
}

#[test]
fn the_strings_of_the_program_are_right() {
    let schemas = Schemas::new();
    for (path, bytes) in tree(&repository().join("src/locale/strings")) {
        let text = String::from_utf8(bytes).unwrap();
        assert_eq!(schemas.file(&format!("content/strings/{path}"), &text), Ok(None), "{path}");
    }
}

#[test]
fn what_passes_the_check_passes_the_schema_and_what_no_reader_knows_does_not() {
    let schemas = Schemas::new();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    for code in Code::ALL {
        let [fails, passes] = diagnostics::examples(code.id());
        for (path, bytes) in passes.iter().flatten() {
            assert_eq!(schemas.file(path, &text(bytes)).unwrap_or(None), None, "{code:?} {path}");
        }
        let is_unknown = matches!(code, Code::SB101 | Code::SB103 | Code::SB105 | Code::SB450);
        for example in fails.iter().filter(|_| is_unknown) {
            // The columns of a series have no schema.
            let mut files = example.iter().filter(|(path, _)| Sort::of(path, "content").is_some()).peekable();
            let is_found = files.peek().is_none()
                || files.any(|(path, bytes)| schemas.file(path, &text(bytes)).is_ok_and(|fault| fault.is_some()));
            assert!(is_found, "{code:?}: {example:?}");
        }
    }
}

#[test]
fn a_value_of_the_wrong_kind_is_told() {
    let schemas = Schemas::new();
    let cases = [
        ("content/sources/a.yaml", "a: {type: treatise, lang: en, title: A, checked: known}", true),
        ("content/sources/a.yaml", "a: {type: treaty, lang: en, title: A, checked: known}", false),
        ("content/sources/a.yaml", "a: {type: treaty, lang: en, title: [A], checked: known}", true),
        ("content/sources/a.yaml", "a: {type: treaty, lang: en, title: {en: A, hebrew: B}, checked: known}", true),
        ("content/sources/a.yaml", "a: {type: treaty, lang: en, title: {sw: A}, checked: {level: known}}", false),
        ("content/sources/a.yaml", "a: {type: treaty, lang: en, title: A}", true),
        ("content/sources/a.yaml", "a: {type: treaty, lang: en, title: A, checked: known, author: {given: B}}", true),
        (
            "content/sources/a.yaml",
            "a: {type: treaty, lang: en, title: A, checked: known, reliability: {grade: B, credibility: 2}}",
            false,
        ),
        ("content/events/a.yaml", "a: {date: 1948, title: A, sources: [b, {source: c, locator: p. 3}]}", false),
        ("content/events/a.yaml", "a: {date: 1948, title: A, sources: [{locator: p. 3}]}", true),
        ("content/events/a.yaml", "a: {date: 1948, title: A}", true),
        ("content/figures/a.yaml", "a: {label: A, value: 3, unit: people, as-of: 1948, source: b}", false),
        ("content/figures/a.yaml", "a: {label: A, value: 3, unit: poeple, as-of: 1948, source: b}", true),
        ("content/figures/a.yaml", "a: {label: A, value: 3, unit: people, source: b}", true),
        ("content/figures/a.yaml", "a: {label: A, range: [1, 2, 3], unit: people, as-of: 1948, source: b}", true),
        (
            "content/figures/a.yaml",
            "a: {label: A, value: 3, unit: people, as-of: 1948, source: b, stale-after: 0}",
            true,
        ),
        ("content/en/a.md", "---\ntitle: A\nweight: ten\n---\n", true),
        ("book.toml", "[book]\ntitle = \"A\"\n[external]\npause = 601\n", true),
        ("book.toml", "[book]\ntitle = \"A\"\n[check]\nSB208 = \"off\"\n", true),
        ("book.toml", "[book]\ntitle = \"A\"\n[languages.sw]\ndirection = \"ltr\"\n", false),
    ];
    for (path, text, is_wrong) in cases {
        assert_eq!(schemas.file(path, text).unwrap().is_some(), is_wrong, "{path}: {text}");
    }
}

#[test]
fn the_repositorys_own_schemas_are_written_anew() {
    let root = repository();
    let config = workspace::config_of(&root).unwrap();
    let languages: Vec<Lang> = config.languages.iter().map(|language| language.lang.clone()).collect();
    let wiring = Wiring { schemas: "schema", content: "content" };
    // The other two change with every word of the interface and every check: `sourcebook schema` writes them where they are wanted.
    let kept = SORTS.iter().filter(|sort| !matches!(sort.name, "book" | "strings"));
    let schemas = kept.map(|sort| (format!("schema/{}", sort.file()), schema::write(sort, &languages)));
    for (path, text) in schemas.chain([(".vscode/settings.json".to_owned(), wiring.settings())]) {
        let path = root.join(path);
        if std::env::var_os("UPDATE_DOCS").is_some() {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, &text).unwrap();
        }
        let is_same = fs::read_to_string(&path).is_ok_and(|stored| stored == text);
        assert!(
            is_same,
            "{} is not what the program writes:\n\n    UPDATE_DOCS=1 cargo test --test suite schemas\n",
            path.display()
        );
    }
}

#[test]
fn the_command_writes_them_and_says_where_they_belong() {
    let site = Site::base();
    let output = run(&site, &["schema"]);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    for sort in SORTS {
        let schema: Json =
            serde_json::from_slice(&fs::read(site.root().join("schema").join(sort.file())).unwrap()).unwrap();
        assert_eq!(schema["title"], sort.title);
    }
    let told = stdout(&output);
    for words in [
        "\"./schema/sources.schema.json\": \"content/sources/**/*.yaml\"",
        "#:schema ./schema/book.schema.json",
        "# yaml-language-server: $schema=",
    ] {
        assert!(told.contains(words), "{words}:\n{told}");
    }
    // Again, elsewhere, and not over what is somebody's own.
    assert_eq!(status(&run(&site, &["schema"])), 0);
    assert_eq!(status(&run(&site, &["schema", ".editor/schema"])), 0);
    assert!(site.root().join(".editor/schema/page.schema.json").is_file());
    site.put("own/book.schema.json", "{}");
    let output = run(&site, &["schema", "own"]);
    assert_eq!(status(&output), 2, "{}", stderr(&output));
    assert_eq!(fs::read_to_string(site.root().join("own/book.schema.json")).unwrap(), "{}");
    assert_eq!(status(&run(&site, &["check"])), 0, "schemas are no part of the site");
}

#[test]
fn every_file_of_a_site_has_the_schema_of_its_kind() {
    let cases = [
        ("book.toml", Some("book")),
        ("content/en/war/index.md", Some("page")),
        ("content/sources/un/treaties.yaml", Some("sources")),
        ("content/figures/a.yaml", Some("figures")),
        ("content/figures/series/a.yaml", Some("series")),
        ("content/figures/series/a.csv", None),
        ("content/themes.yaml", Some("themes")),
        ("content/actors/groups.yaml", Some("actor-groups")),
        ("content/actors/a.yaml", Some("actors")),
        ("content/terms/terms.yaml", Some("terms")),
        ("content/terms/he.yaml", Some("term-names")),
        ("content/style/he.yaml", Some("style")),
        ("content/strings/he.yaml", Some("strings")),
        ("content/snapshots/a.txt", None),
        ("links.lock.yaml", None),
        ("translations/he/index.yaml", None),
    ];
    for (path, name) in cases {
        assert_eq!(Sort::of(path, "content").map(|sort| sort.name), name, "{path}");
    }
}
