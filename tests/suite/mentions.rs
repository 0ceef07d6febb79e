//! Every place that names something, as editors and `rename` are told of it: of a site whose records name each other in every way that there is.

use crate::support::{Site, linked};
use sourcebook::book::mentions::{Mentions, Thing};
use sourcebook::diagnostic::Severity;
use sourcebook::ids::{FigureId, SourceId};
use std::fmt::Write;

const SOURCES: &str = "\
rain-2024:
  type: report
  lang: en
  title: On rain
  author: [{org: Office}]
  aliases: [rain]
  quotes: [{id: wet, exact: It was wet., locator: p. 3}]
  chain: [hail-2024]
  checked: corroborated
rain-2024-annex: {type: report, lang: en, title: Annex, author: [{org: Office}], supersedes: [hail-2024], checked: corroborated}
hail-2024: {type: report, lang: en, title: On hail, author: [{org: Office}], superseded-by: [rain-2024-annex], checked: corroborated}
";

const FIGURES: &str = "\
wet: {label: {en: Wet}, value: 4, unit: places, as-of: 2024, reporter: {en: Office}, population: {en: All}, source: rain, via: hail-2024, counter-figures: [dry]}
dry: {label: {en: Dry}, value: 5, unit: places, as-of: 2024, reporter: {en: Office}, population: {en: All}, source: hail-2024, superseded-by: wet-all}
wet-all:
  label: {en: Both}
  derived: wet + dry - wet
  unit: places
  as-of: 2024
  reporter: {en: Office}
  population: {en: All}
  source: rain-2024
  history: [{value: 3, as-of: 2023, source: hail-2024}]
";

const ACTORS: &str = "\
office:
  name: The Office
  kind: un-body
  about: {text: It counts., sources: [{source: rain-2024, quote: wet}]}
  part-of: [{actor: union, sources: [hail-2024]}]
  designations: [{by: union, what: its branch, since: 1950, sources: [rain]}]
  size: [wet]
  page: documents/rain
union: {name: The Union, kind: international-organisation, about: {text: It unites., sources: [hail-2024]}}
";

const PAGE: &str = "---
title: Rain
actor: office
---
It rained [@rain-2024#wet, p. 3; @rain-2024-annex], as @rain-2024 says: [=wet] of [=wet-all] places, [=rained@2024-02-01].
See [it](term:wet), [them](actor:office), [then](event:wet) and [there](../index.md) [@rain].

![Drawn [@rain].](chart:wet)

![Listed.](who:wet)

![On a map.](map:wet)

![In time.](timeline:wet)
";

fn site() -> Site {
    let site = Site::base();
    site.put("content/sources/more.yaml", SOURCES).put("content/figures/more.yaml", FIGURES);
    site.put("content/actors/actors.yaml", ACTORS);
    site.put("content/actors/groups.yaml", "wet: {title: Wet, actors: [office, union]}\n");
    site.put("content/themes.yaml", "wet: {name: Wet}\n");
    site.put(
        "content/events/events.yaml",
        "wet: {date: 2024-01-10, title: It rains, themes: [wet], page: documents/rain, sources: [{source: rain-2024, quote: wet}]}\n",
    );
    site.put(
        "content/charts/charts.yaml",
        "wet: {title: Wet, kind: line, series: [rained], events: [wet]}\nboth: {title: Both, kind: bar, figures: [wet, dry]}\n",
    );
    site.put(
        "content/figures/series/rained.yaml",
        "label: {en: Rain}\nunit: places\nreporter: {en: Office}\npopulation: {en: All}\nsource: rain-2024\nkind: cumulative\n",
    );
    site.put("content/figures/series/rained.csv", "date,value,source_id\n2024-01-01,1,\n2024-02-01,2,hail-2024\n");
    site.put("content/maps/field.txt", "area land 10 50, 12 50, 12 52\nplace town 11 51\n");
    site.put(
        "content/maps/maps.yaml",
        "wet: {title: Wet, data: field, window: 9 49 13 53, places: [{place: town, name: Town}], note: N., credit: C.}\n",
    );
    site.put(
        "content/terms/terms.yaml",
        "wet: {definition: {en: \"As [there](documents/rain.md).\"}, see: [dry], page: documents/rain, sources: [{source: rain-2024, quote: wet}]}\n\
         dry: {definition: {en: Not wet.}, uncited: {en: a word}}\n",
    );
    site.put("content/terms/en.yaml", "wet: {term: Wet}\ndry: {term: Dry}\n");
    site.put("content/en/documents/rain.md", PAGE);
    site
}

#[test]
fn every_name_is_found_where_it_stands() {
    let site = site();
    let book = linked(&site.root());
    let mentions = Mentions::of(&book);
    let found = site.check();
    let errors: Vec<_> = found.diagnostics.iter().filter(|one| one.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:?}");
    let mut told = String::new();
    for (file, of) in book.files.iter() {
        // Records of the base site say nothing more.
        if ["content/sources/sources.yaml", "content/figures/figures.yaml"].contains(&of.path()) {
            continue;
        }
        for mention in mentions.in_file(file) {
            let (start, end) = book.files.positions(mention.span).unwrap();
            let text = book.files.text(file).get(mention.span.range()).unwrap();
            let shown = if mention.is_written {
                text.to_owned()
            } else {
                format!("(in {:?})", text.chars().take(30).collect::<String>())
            };
            writeln!(
                told,
                "{}:{}:{}-{}: {:?} {:?} {shown}",
                of.path(),
                start.line,
                start.column,
                end.column,
                mention.role,
                mention.thing
            )
            .unwrap();
            assert!(!mention.is_written || mentions.at(file, mention.span.range().end).is_some());
        }
    }
    insta::assert_snapshot!(told);
}

#[test]
fn a_thing_is_found_by_its_name_and_by_its_place() {
    let site = site();
    let book = linked(&site.root());
    let mentions = Mentions::of(&book);
    let rain = Thing::Source(SourceId::parse("rain-2024").unwrap());
    let definition = mentions.definition(&rain).unwrap();
    assert_eq!(book.files.path(definition.span.file), "content/sources/more.yaml");
    assert_eq!(mentions.at(definition.span.file, definition.span.range().start + 3), Some(definition));
    assert_eq!(mentions.at(definition.span.file, definition.span.range().end), Some(definition));
    // Twice by its name, and twice by the one that it had before.
    let on_page = mentions.of_thing(&rain).filter(|one| book.files.path(one.span.file).ends_with("rain.md"));
    assert_eq!(on_page.count(), 4);
    let wet = Thing::Figure(FigureId::parse("wet").unwrap());
    assert_eq!(mentions.definitions().filter(|one| one.thing == wet).count(), 1);
    assert_eq!(mentions.definition(&Thing::Source(SourceId::parse("nobody").unwrap())), None);
}
