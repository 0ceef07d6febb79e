//! Entries of sources: one of every type, in four languages, as a reader meets them; and whatever a record may hold.

use crate::support::{fixtures, repository};
use proptest::prelude::*;
use sourcebook::citation::csl::cites::{Bracket, CitePart, CiteText, Cited};
use sourcebook::citation::csl::{Formatter, Style};
use sourcebook::citation::entry::{Entry, Role};
use sourcebook::citation::record::{Author, Numbers};
use sourcebook::citation::{Source, read};
use sourcebook::date::Date;
use sourcebook::ids::Lang;
use sourcebook::locale::{Locale, LocaleSettings};
use sourcebook::markdown;
use sourcebook::markdown::citation::{CiteGroup, CiteMode};
use sourcebook::markdown::tree::{BlockKind, InlineKind};
use sourcebook::span::{Files, Origin};
use sourcebook::workspace::{Localized, Placed};
use std::fmt::Write;
use std::fs;
use std::sync::Arc;

const LANGUAGES: [&str; 4] = ["en", "he", "ar", "fr"];

fn locale(lang: &str) -> Locale {
    Locale::new(&Lang::parse(lang).unwrap(), &LocaleSettings::default()).unwrap()
}

/// The sources of a YAML text, which must be right.
fn sources(yaml: &str) -> Vec<Source> {
    let file = Files::default().add("sources.yaml", yaml);
    let mut diagnostics = Vec::new();
    let sources = read::read_file(file, yaml, &mut diagnostics);
    assert!(diagnostics.is_empty(), "{diagnostics:?}\n{yaml}");
    sources
}

fn of_every_type() -> Vec<Source> {
    sources(&fs::read_to_string(fixtures().join("entries/sources.yaml")).unwrap())
}

#[test]
fn every_type_is_there() {
    let there = of_every_type();
    for form in read::FORMS {
        assert!(there.iter().any(|source| source.form == *form), "{form}");
    }
}

#[test]
fn entries_in_four_languages() {
    let formatter = Formatter::new(Style::default(), Arc::default());
    for lang in LANGUAGES {
        let locale = locale(lang);
        let mut shown = String::new();
        for source in of_every_type() {
            let made = formatter.entry(&source, &locale);
            assert!(!made.by_hand, "{} in {lang} was made by hand", source.id);
            writeln!(shown, "{}\n  {}", source.form, made.entry.plain_text()).unwrap();
        }
        insta::assert_snapshot!(format!("entries-{lang}"), shown);
    }
}

/// A style of the fixtures.
fn style(name: &str) -> Style {
    let path = format!("tests/fixtures/styles/{name}.csl");
    let text = fs::read_to_string(repository().join(&path)).unwrap();
    Style::read(Files::default().add(path, text.clone()), &text).unwrap()
}

#[test]
fn entries_of_a_numeric_style() {
    let formatter = Formatter::new(style("numeric"), Arc::default());
    let mut shown = String::new();
    for lang in LANGUAGES {
        for source in of_every_type() {
            let made = formatter.entry(&source, &locale(lang));
            assert!(!made.by_hand, "{} in {lang} was made by hand", source.id);
            writeln!(shown, "{lang} {}\n  {}", source.form, made.entry.plain_text()).unwrap();
        }
    }
    insta::assert_snapshot!(shown);
}

/// A bracket as an editor writes it, in the sentence where it does not begin with `[`.
fn bracket<'a>(written: &'a CiteGroup, sources: &'a [Source]) -> Bracket<'a> {
    let cites = written.cites.iter().map(|cite| Cited {
        source: sources.iter().find(|source| source.id == cite.source).unwrap(),
        locator: cite.locator.as_ref(),
        prefix: cite.prefix.as_deref(),
        suffix: cite.suffix.as_deref(),
        suppress_author: cite.suppress_author,
    });
    Bracket { cites: cites.collect(), in_sentence: written.mode == CiteMode::Narrative }
}

/// The brackets of a page, in Markdown.
const BRACKETS: &str = "[@udhr-1948, art. 3; see @genocide-1948]
[@darwin-1860, p. 110; @genocide-1948; @udhr-1948]
@darwin-1860 [pp. 3--5]
[-@darwin-1860, p. 110]
[-@darwin-1860, p. 110]
[see @watson-crick-1953, p. 737, with a drawing; @senate-1954; @ibn-khaldun-1377]
[@gciv-1949, art. 27]
@gciv-1949 [art. 27]
[@www-project; @zola-1898]
@zola-1898
";

/// What a style makes of the citations of a page, and of its list.
fn page_of(style_name: &str) -> String {
    let sources = of_every_type();
    let mut files = Files::default();
    let file = files.add("page.md", BRACKETS);
    let parsed = markdown::parse(BRACKETS, Origin::Verbatim { file, offset: 0 });
    assert!(parsed.diagnostics.is_empty(), "{:?}", parsed.diagnostics);
    let mut written = Vec::new();
    for block in &parsed.value.blocks {
        if let BlockKind::Paragraph(content) = &block.kind {
            written.extend(content.iter().filter_map(|inline| match &inline.kind {
                InlineKind::Cite(group) => Some(group.clone()),
                _ => None,
            }));
        }
    }
    assert_eq!(written.len(), 10);
    let brackets: Vec<Bracket<'_>> = written.iter().map(|group| bracket(group, &sources)).collect();
    let also: Vec<&Source> = sources.iter().filter(|source| source.id.as_str() == "wpp-2022").collect();
    let formatter = Formatter::new(style(style_name), Arc::default());
    let mut shown = String::new();
    for lang in LANGUAGES {
        let page = formatter.page(&brackets, &also, &locale(lang));
        assert!(!page.by_hand);
        writeln!(shown, "{lang}").unwrap();
        for (text, written) in page.brackets.iter().zip(BRACKETS.lines()) {
            writeln!(shown, "  {written}\n    {}", told(text)).unwrap();
        }
        for (id, entry) in &page.list {
            writeln!(shown, "  {id}\n    {}", entry.plain_text()).unwrap();
        }
    }
    shown
}

/// A bracket in words; `⟨` and `⟩` stand around citations.
fn told(text: &CiteText) -> String {
    let mut told = Entry { pieces: text.name.clone() }.plain_text();
    if !told.is_empty() {
        told.push_str(" … ");
    }
    for part in &text.parts {
        match part {
            CitePart::Words(run) => told.push_str(&run.text),
            CitePart::Cite { pieces, by_hand, .. } => {
                assert!(!by_hand, "{pieces:?}");
                write!(told, "⟨{}⟩", Entry { pieces: pieces.clone() }.plain_text()).unwrap();
            }
        }
    }
    told
}

#[test]
fn citations_by_author_and_date() {
    insta::assert_snapshot!(page_of("author-date"));
}

#[test]
fn citations_in_notes() {
    let page = page_of("note");
    assert!(["ibid", "שם,", "المرجع نفسه"].iter().all(|ibid| !page.contains(ibid)), "{page}");
    insta::assert_snapshot!(page);
}

/// The site that this repository was made for keeps every source whole: nothing is made by hand, and the title is there.
#[test]
fn every_source_of_the_site_is_formatted() {
    let formatter = Formatter::new(Style::default(), Arc::default());
    let mut seen = 0;
    for file in fs::read_dir(repository().join("content/sources")).unwrap() {
        for source in sources(&fs::read_to_string(file.unwrap().path()).unwrap()) {
            for lang in LANGUAGES {
                let made = formatter.entry(&source, &locale(lang));
                let text = made.entry.plain_text();
                assert!(!made.by_hand && made.entry.has(Role::Title), "{} in {lang}: {text}", source.id);
                for wrong in ["  ", "..", ",,", " ,", " .", "?.", "()", "[]", "20026", "22023"] {
                    assert!(!text.replace("...", "…").contains(wrong), "{} in {lang}: {text}", source.id);
                }
                seen += 1;
            }
        }
    }
    assert!(seen > 400, "{seen}");
}

#[test]
fn an_entry_is_made_once_and_again_when_its_source_changes() {
    let memo = Arc::default();
    let before = of_every_type();
    let english = locale("en");
    let entries = |sources: &[Source]| {
        let formatter = Formatter::new(Style::default(), Arc::clone(&memo));
        sources.iter().map(|source| formatter.entry(source, &english)).collect::<Vec<_>>()
    };
    let first = entries(&before);
    let mut after = of_every_type();
    after[0].numbers.number = Some("1".to_owned());
    let second = entries(&after);
    let same = first.iter().zip(&second).map(|(first, second)| Arc::ptr_eq(first, second)).collect::<Vec<_>>();
    assert_eq!(same.iter().filter(|same| !**same).count(), 1, "only the changed source is formatted again");
    assert!(!same[0] && first[0] != second[0]);
    assert_eq!(memo.len(), before.len() + 1);
    entries(&after);
    assert_eq!(memo.len(), before.len(), "what two builds in a row did not ask for is forgotten");
}

/// A text that an editor may have pasted: any letters, controls, marks of direction, markup, private use.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{1,24}",
        "[\\u{200E}\\u{200F}\\u{202A}-\\u{202E}\\u{2066}-\\u{2069}\\u{E000}-\\u{E020}\\u{F8FF} a-zא-תء-ي.,;:?!'\"]{1,24}",
        Just("<script>alert(1)</script>".to_owned()),
        Just("{{ x }} & <b>\"bold\"</b>".to_owned()),
        "[0-9]{1,12}([-–, ][0-9]{1,12}){0,3}",
        "[IVXLCDMivxlcdm]{1,8}",
        "\\p{Any}{1,12}",
    ]
}

/// A text in the document's language, in the reader's, or in both.
fn localized() -> impl Strategy<Value = Localized> {
    let lang = |lang: &str| Lang::parse(lang).unwrap();
    prop_oneof![
        text().prop_map(Localized::Plain),
        (text(), text())
            .prop_map(move |(own, hebrew)| Localized::ByLang(vec![(lang("en"), own), (lang("he"), hebrew)])),
    ]
}

fn author() -> impl Strategy<Value = Author> {
    prop_oneof![
        localized().prop_map(Author::Body),
        (localized(), prop::option::of(localized())).prop_map(|(family, given)| Author::Person { family, given }),
    ]
}

prop_compose! {
    /// A source whose every field may hold anything.
    fn source()(
        form in prop::sample::select(read::FORMS),
        lang in prop::sample::select(&["en", "he", "ar", "de", "zh-Hant", "az-Arab"][..]),
        title in localized(),
        title_descriptive in any::<bool>(),
        title_latn in prop::option::of(text()),
        authors in prop::collection::vec(author(), 0..16),
        names in prop::collection::vec(prop::option::of(localized()), 4),
        numbers in prop::collection::vec(prop::option::of(text()), 7),
        dates in prop::collection::vec(prop::option::of(date()), 2),
    ) -> Source {
        let mut source = of_every_type().remove(0);
        let mut names = names.into_iter();
        let mut numbers = numbers.into_iter();
        let mut name = || names.next().flatten();
        let mut number = || numbers.next().flatten();
        let symbol = number().map(|value| Placed { value, span: source.span });
        source.form = form;
        source.lang = Lang::parse(lang).unwrap();
        (source.title, source.title_descriptive, source.title_latn) = (title, title_descriptive, title_latn);
        source.authors = authors;
        (source.container, source.publisher, source.place, source.authority) = (name(), name(), name(), name());
        source.numbers = Numbers {
            number: number(), volume: number(), issue: number(), pages: number(), edition: number(), version: number(),
        };
        source.symbol = symbol;
        (source.date, source.accessed) = (dates[0], dates[1]);
        source
    }
}

fn date() -> impl Strategy<Value = Date> {
    let year = 1u16..=9999;
    let text = prop_oneof![
        (year.clone(), 1u8..=12, 1u8..=28).prop_map(|(year, month, day)| format!("{year:04}-{month:02}-{day:02}")),
        (year.clone(), 1u8..=12).prop_map(|(year, month)| format!("{year:04}-{month:02}~")),
        year.clone().prop_map(|year| format!("{year:04}")),
        year.prop_map(|year| format!("{year:04}/9999-12")),
    ];
    text.prop_map(|text| Date::parse(&text).unwrap())
}

/// What is left of a text when it is shown: on one line, without controls and private-use characters.
fn shown(text: &str) -> String {
    let kept = text.chars().filter(|c| !matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{2061}'..='\u{2064}'));
    let kept: String = kept.map(|c| if c.is_control() { ' ' } else { c }).collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn whatever_a_record_holds_its_title_and_date_are_told(source in source(), lang in prop::sample::select(&LANGUAGES[..])) {
        let locale = locale(lang);
        let made = Formatter::new(Style::default(), Arc::default()).entry(&source, &locale);
        let text = made.entry.plain_text();
        let title = shown(source.title.pick(&source.lang, &[]).0);
        prop_assert!(text.contains(&title), "{text:?} does not hold {title:?}");
        prop_assert!(title.is_empty() || !made.by_hand, "{text:?} was made by hand");
        if let Some(date) = &source.date {
            // A date with which a sentence of the entry begins has a capital: `About 1948`.
            let told = locale.date(date).to_lowercase();
            prop_assert!(text.to_lowercase().contains(&told), "{text:?} does not hold the date {date}");
        }
        prop_assert!(!text.contains(|c: char| c.is_control() || ('\u{E000}'..='\u{F8FF}').contains(&c)), "{text:?}");
    }
}
