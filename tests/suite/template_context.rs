//! `docs/template-context.md` says what templates are given. It is written from the types of the program.

use crate::support::repository;
use sourcebook::site::given::{Reference, given};
use sourcebook::site::shape::{Field, Kind, Part};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;

const PAGE: &str = "docs/template-context.md";

#[test]
fn template_context_is_written_from_the_types() {
    let written = page(&given());
    let path = repository().join(PAGE);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, &written).unwrap();
    }
    let stored = fs::read_to_string(&path).unwrap_or_default();
    let differing = stored.lines().zip(written.lines()).position(|(stored, written)| stored != written);
    assert!(
        stored == written,
        "{PAGE} does not say what templates are given (line {}). Write it anew, read the difference and commit it:\n\n    UPDATE_DOCS=1 cargo test --test suite template_context\n",
        differing.unwrap_or_else(|| stored.lines().count().min(written.lines().count())) + 1
    );
}

#[test]
fn every_field_says_what_it_is_for() {
    let given = given();
    for (name, part) in &given.parts {
        assert!(!part.about.is_empty(), "`{name}` needs a doc comment, for {PAGE}");
        assert!(
            name.contains("Frame") || !name.ends_with(|last: char| last.is_ascii_digit()),
            "`{name}`: two types of values have one name; give one of them another: #[schemars(rename = \"…\")]"
        );
        for field in &part.fields {
            let is_frame = name.contains("Frame") || field.kind == Kind::Part("Frame".to_owned());
            assert!(
                is_frame || !field.about.is_empty(),
                "`{}` of `{name}` needs a doc comment, for {PAGE}",
                field.name
            );
        }
    }
}

#[test]
fn every_template_that_is_rendered_is_described() {
    let given = given();
    let described: BTreeSet<&str> = given.templates.iter().map(|template| template.name).collect();
    let files = fs::read_dir(repository().join("templates")).unwrap();
    let pages =
        files.map(|file| file.unwrap().path()).filter(|path| path.extension().is_some_and(|kind| kind == "html"));
    let names = pages.map(|path| path.file_name().unwrap().to_str().unwrap().to_owned());
    let rendered: BTreeSet<String> = names.filter(|name| name != "base.html").collect();
    assert_eq!(rendered, described.into_iter().map(str::to_owned).collect(), "see `src/site/given.rs`");
}

/// The page.
fn page(given: &Reference) -> String {
    let mut text = String::from(
        "# What templates are given\n\n\
         This page is written from the types of the program (`UPDATE_DOCS=1 cargo test --test suite template_context`). How to make a theme: [themes](themes.md).\n\n\
         *Text* is escaped when it is written. *HTML* is ready and is written with `| safe`; so are the items of a list of HTML. *Words* are texts by key. Everything else is made of\n\
         the [parts](#parts) below. *Or null*: ask for it with `{% if … %}` before you use it. All addresses are relative to the page, unless they are called whole.\n\n\
         ## Every page\n",
    );
    let mut write = |heading: &str, about: &str, part: &Part, without: &Part| {
        if !heading.is_empty() {
            let _ = writeln!(text, "\n{heading}");
        }
        if !about.is_empty() {
            let _ = writeln!(text, "{about}");
        }
        let fields: Vec<&Field> = part.fields.iter().filter(|field| without.field(&field.name).is_none()).collect();
        if fields.is_empty() {
            return;
        }
        let _ = writeln!(text, "\n| name | is | |\n|---|---|---|");
        for field in fields {
            let or_null = if field.optional { ", or null" } else { "" };
            let about = field.about.trim_end_matches('.').replace('|', "\\|");
            let _ = writeln!(text, "| `{}` | {}{or_null} | {about} |", field.name, called(&field.kind));
        }
    };
    let nothing = Part::default();
    write("", "", &given.frame, &nothing);
    for template in &given.templates {
        let is_page = template.values.field("site").is_some();
        let frame = if is_page { &given.frame } else { &given.paper };
        let besides = template.values.fields.iter().any(|field| frame.field(&field.name).is_none());
        let about = match (is_page, besides) {
            (true, true) => "What every page gets, and:",
            (true, false) => "What every page gets.",
            (false, _) => "What every [sheet](#sheets) gets, and:",
        };
        let without = if is_page { &given.frame } else { &given.paper };
        match template.values.fields.iter().find(|field| without.field(&field.name).is_none()) {
            // What a page has is told where it has it.
            Some(Field { name, kind: Kind::Part(part), .. }) => {
                let part = given.parts.get(part).unwrap_or(&nothing);
                let about = about.replace(", and:", &format!(", and `{name}`, in which there is:"));
                write(&format!("## `{}`", template.name), &about, part, &nothing);
            }
            _ => write(&format!("## `{}`", template.name), about, &template.values, without),
        }
    }
    write("## Sheets", "What every file that stands alone gets.", &given.paper, &nothing);
    write("## Parts", "", &nothing, &nothing);
    for (name, part) in used(given) {
        write(&format!("### {name}"), &part.about, part, &nothing);
    }
    text
}

/// The parts that are not told with a template.
fn used(given: &Reference) -> BTreeMap<&str, &Part> {
    fn reach<'a>(part: &'a Part, given: &'a Reference, used: &mut BTreeMap<&'a str, &'a Part>) {
        for field in &part.fields {
            let mut kind = &field.kind;
            while let Kind::List(inner) = kind {
                kind = inner;
            }
            let Kind::Part(name) = kind else { continue };
            let Some((name, part)) = given.parts.get_key_value(name) else { continue };
            if used.insert(name, part).is_none() {
                reach(part, given, used);
            }
        }
    }
    let mut parts = BTreeMap::new();
    reach(&given.frame, given, &mut parts);
    let mut told = BTreeSet::new();
    for template in &given.templates {
        reach(&template.values, given, &mut parts);
        told.extend(template.values.fields.iter().filter_map(|field| match &field.kind {
            Kind::Part(name) if given.frame.field(&field.name).is_none() => Some(name.as_str()),
            _ => None,
        }));
    }
    parts.retain(|name, _| {
        !told.contains(name) || given.frame.fields.iter().any(|field| field.kind == Kind::Part((*name).to_owned()))
    });
    parts
}

fn called(kind: &Kind) -> String {
    match kind {
        Kind::Text => "text".to_owned(),
        Kind::Html => "HTML".to_owned(),
        Kind::Number => "number".to_owned(),
        Kind::Flag => "yes or no".to_owned(),
        Kind::Words => "words".to_owned(),
        Kind::Part(name) => format!("[{name}](#{})", name.to_lowercase()),
        Kind::List(inner) => format!("list of {}", called(inner)),
    }
}
