//! The timeline: a page of all events, a page a theme, the short form on a page, links to events, and the events as data.

use crate::cli::{run, status, stderr};
use crate::support::{Built, Site};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

const THEMES: &str = "rights: {name: {en: Human rights, he: זכויות האדם}}\n\
                      war: {name: {en: War and peace, he: מלחמה ושלום}}\n\
                      sea: {name: {en: The sea, he: הים}}\n";

const EVENTS: &str = "\
declaration-1948:
  date: 1948-12-10
  title: {en: The General Assembly adopts the Universal Declaration, he: העצרת הכללית מאמצת את ההכרזה}
  text: {en: \"48 states vote for it, none against.\", he: 48 מדינות הצביעו בעדה ואף לא אחת נגדה.}
  themes: [rights]
  sources: [{source: udhr-1948, locator: art. 1}, un-charter-1945]
  page: documents/declaration
charter-1945:
  date: 1945-06-26/1945-10-24
  title: {en: The Charter is signed and comes into force, he: המגילה נחתמת ונכנסת לתוקף}
  text: {en: It founds the United Nations <and its courts>.}
  themes: [war, rights]
  sources: [un-charter-1945]
conventions-1949:
  date: 1949-08
  title: {en: The Geneva Conventions, he: אמנות ז׳נבה}
  themes: [war]
  sources: [gciv-1949]
league-1920:
  date: ~1920
  title: {en: The League of Nations}
  sources: [un-charter-1945]
";

fn site() -> Site {
    let site = Site::base();
    site.put("content/themes.yaml", THEMES).put("content/events/events.yaml", EVENTS);
    site
}

fn page(site: &Site, text: &str) {
    site.put("content/en/documents/declaration.md", format!("---\ntitle: The Universal Declaration\n---\n{text}"));
}

/// From the first `start` to the next `end`.
fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let from = text.find(start).unwrap_or_else(|| panic!("no {start} in {text}"));
    let length = text[from..].find(end).unwrap_or_else(|| panic!("no {end} after {start}"));
    &text[from..from + length]
}

fn timeline(built: &Built, path: &str) -> String {
    let text = built.text(path);
    format!(
        "{}{}",
        between(text, "<main", "<div class=\"text\">"),
        between(text, "<div class=\"text\">", "<div class=\"apparatus\">")
    )
}

#[test]
fn events_stand_by_year_with_their_sources() {
    let built = site().build();
    insta::assert_snapshot!("timeline-en", timeline(&built, "en/timeline/index.html"));
    insta::assert_snapshot!("timeline-he", timeline(&built, "he/timeline/index.html"));
    insta::assert_snapshot!("timeline-theme-he", timeline(&built, "he/timeline/rights/index.html"));
    let sources = between(built.text("en/timeline/index.html"), "<section class=\"sources\"", "</section>");
    insta::assert_snapshot!("timeline-sources-en", sources);
}

#[test]
fn every_theme_with_events_has_a_page_in_every_language() {
    let built = site().build();
    let pages: BTreeSet<&str> =
        built.files.keys().map(String::as_str).filter(|path| path.contains("/timeline/")).collect();
    let expected =
        ["en", "he"].map(|lang| ["", "rights/", "war/"].map(|theme| format!("{lang}/timeline/{theme}index.html")));
    assert_eq!(pages, expected.iter().flatten().map(String::as_str).collect());
    // What no event belongs to cannot be chosen.
    assert!(!built.text("en/timeline/index.html").contains("The sea"));
    for path in ["en/index.html", "en/documents/index.html", "404.html"] {
        assert!(built.text(path).contains("timeline/\""), "{path} does not lead to the timeline");
    }
}

#[test]
fn a_site_without_events_has_no_timeline() {
    let built = Site::base().build();
    assert!(built.files.keys().all(|path| !path.contains("timeline") && path != "data/events.json"));
    assert!(!built.text("en/index.html").contains("timeline"));
}

#[test]
fn a_page_shows_a_timeline_of_a_theme_within_a_time() {
    let site = site();
    page(
        &site,
        "It was [adopted](event:declaration-1948) in 1948 [@udhr-1948]. See [all events](../timeline.md). <!-- uncited: guides -->\n\n\
         ![How it came about.](timeline:rights@1946/1950)\n\n![Everything.](timeline:all)\n",
    );
    let built = site.build();
    let text = built.text("en/documents/declaration/index.html");
    insta::assert_snapshot!("timeline-compact-en", between(text, "<p>It was", "<div class=\"apparatus\""));
    // What a timeline shows, the page rests on.
    assert!(between(text, "<section class=\"sources\"", "</section>").contains("id=\"s-gciv-1949\""));
}

#[test]
fn a_source_lists_the_events_that_rest_on_it() {
    let built = site().build();
    let text = built.text("en/sources/un-charter-1945/index.html");
    let events = between(text, "<h3><a href=\"../../timeline/\"", "</ul>");
    let places =
        ["league-1920", "charter-1945", "declaration-1948"].map(|id| events.find(&format!("#e-{id}\"")).unwrap());
    assert!(places.is_sorted(), "{events}");
}

#[test]
fn what_is_dated_to_a_month_or_a_year_alone_stands_after_its_days() {
    let site = site();
    let dates = ["2023", "2023-10", "2023-10-07", "2023-10-31", "2023-11-24/2023-11-30", "2023-11", "2024-01-01"];
    let record = |(index, date)| format!("e{index}: {{date: {date}, title: E{index}, sources: [udhr-1948]}}");
    let events: Vec<String> = dates.iter().enumerate().map(record).collect();
    site.put("content/events/events.yaml", events.join("\n"));
    let data: Value = serde_json::from_str(site.build().text("data/events.json")).unwrap();
    let order: Vec<&str> =
        data["events"].as_array().unwrap().iter().map(|event| event["date"].as_str().unwrap()).collect();
    let expected = ["2023-10-07", "2023-10-31", "2023-10", "2023-11-24/2023-11-30", "2023-11", "2023", "2024-01-01"];
    assert_eq!(order, expected);
}

#[test]
fn the_events_are_data() {
    let built = site().build();
    let data: Value = serde_json::from_str(built.text("data/events.json")).unwrap();
    insta::assert_snapshot!("timeline-data", serde_json::to_string_pretty(&data["events"]).unwrap());
    assert_eq!(data["themes"][0]["name"]["he"], "זכויות האדם");
}

#[test]
fn styles_without_numbers_list_the_sources_of_events_too() {
    for style in ["author-date", "note"] {
        let site = site();
        let csl = std::fs::read(crate::support::fixtures().join(format!("styles/{style}.csl"))).unwrap();
        site.put("styles/own.csl", csl);
        let book = std::fs::read_to_string(site.root().join("book.toml")).unwrap();
        site.put("book.toml", format!("{book}\n[citations]\nstyle = \"styles/own.csl\"\n"));
        page(&site, "It was so [@udhr-1948].\n\n![Everything.](timeline:all)\n");
        let built = site.build();
        let text = built.text("en/timeline/index.html");
        for id in ["udhr-1948", "un-charter-1945", "gciv-1949"] {
            assert!(text.contains(&format!("id=\"s-{id}\"")), "{style}: {id}");
        }
        assert!(text.contains("id=\"c-1\""), "{style}");
    }
}

#[test]
fn the_program_says_what_a_timeline_lacks_and_writes_nothing() {
    let site = site();
    page(
        &site,
        "It was [adopted](event:declaration-1984) [@udhr-1948].\n\n![a](timeline:rihgts)\n\n![b](timeline:sea)\n\n![c](timeline:war@1999)\n\n![d](timeline:war@soon)\n",
    );
    site.put("content/en/timeline.md", "---\ntitle: Ours\n---\n");
    let output = run(&site, &["build"]);
    assert_eq!(status(&output), 1);
    assert!(!site.root().join("public").exists());
    let said = stderr(&output);
    for expected in [
        "SB321]: there is no event `declaration-1984`",
        "did you mean `event:declaration-1948`?",
        "SB320]: there is no theme `rihgts`",
        "did you mean `timeline:rights`?",
        "SB322]: this timeline has no event",
        "SB322]: no event of this timeline lies within 1999",
        "SB504]: `timeline:war@soon` names no time",
        "SB247]: the address `timeline` belongs to the timeline",
    ] {
        assert!(said.contains(expected), "{expected}\n{said}");
    }
}

/// A timeline of many events, and a list of many figures, run over pages; whatever leads to one of them finds it.
#[test]
fn what_is_long_is_divided_and_every_link_finds_its_place() {
    let site = site();
    let event = |number: u32| {
        let (year, day) = (1900 + number / 3, number % 28 + 1);
        format!(
            "e{number}:\n  date: {year}-01-{day:02}\n  title: {{en: Event {number}}}\n  themes: [sea]\n  sources: [udhr-1948]\n"
        )
    };
    site.put("content/events/many.yaml", (0..100).map(event).collect::<String>());
    let figure = |number: u32| {
        format!(
            "f{number}:\n  value: {number}\n  unit: people\n  as-of: 1948-12-10\n  label: {{en: Members, he: חברים}}\n  \
             reporter: {{en: United Nations, he: האו״ם}}\n  population: {{en: All members, he: כל החברים}}\n  status: reported\n  source: udhr-1948\n"
        )
    };
    site.put("content/figures/many.yaml", (1..=100).map(figure).collect::<String>());
    let told: Vec<String> = (1..=100).map(|number| format!("There were [=f{number}] then.")).collect();
    let told = told.join(" ");
    page(
        &site,
        &format!(
            "{told}[@udhr-1948] The [first](event:e0) came before the [last](event:e99). <!-- uncited: a guide -->\n"
        ),
    );
    let built = site.build();
    let pages: Vec<&str> = built
        .files
        .keys()
        .map(String::as_str)
        .filter(|path| path.starts_with("en/") && path.contains("/page/"))
        .collect();
    assert_eq!(
        pages,
        ["en/figures/page/2/index.html", "en/timeline/page/2/index.html", "en/timeline/sea/page/2/index.html"]
    );
    let declaration = built.text("en/documents/declaration/index.html");
    for way in [
        "../../timeline/#e-e0\"",
        "../../timeline/page/2/#e-e99\"",
        "../../figures/#f-f1\"",
        "../../figures/page/2/#f-f100\"",
    ] {
        assert!(declaration.contains(way), "no {way}");
    }
    let timeline = built.text("en/timeline/index.html");
    for way in ["#y-1900\"", "page/2/#y-1933\"", "rel=\"next\" href=\"page/2/\""] {
        assert!(timeline.contains(way), "no {way}");
    }
    assert!(built.text("en/timeline/page/2/index.html").contains("rel=\"prev\" href=\"../../\""));
    for path in built.files.keys().filter(|path| Path::new(path).extension().is_some_and(|kind| kind == "html")) {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        for (place, anchor) in ways(built.text(path)) {
            let to = resolve(folder, place);
            let target = built.text(if place.is_empty() { path } else { &to });
            assert!(target.contains(&format!("id=\"{anchor}\"")), "{path}: {place}#{anchor} leads nowhere");
        }
    }
}

/// The links of a page to events, years and figures: folder and anchor.
fn ways(text: &str) -> Vec<(&str, &str)> {
    let links = text.split("href=\"").skip(1).filter_map(|rest| rest.split_once('"')?.0.split_once('#'));
    links.filter(|(_, anchor)| ["e-", "y-", "f-"].iter().any(|kind| anchor.starts_with(kind))).collect()
}

/// The file that a relative link to a folder means.
fn resolve(folder: &str, link: &str) -> String {
    let mut steps: Vec<&str> = folder.split('/').collect();
    for step in link.split('/').filter(|step| !step.is_empty() && *step != ".") {
        if step == ".." {
            steps.pop();
        } else {
            steps.push(step);
        }
    }
    format!("{}/index.html", steps.join("/"))
}
