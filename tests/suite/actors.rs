//! Fact boxes, tables of leaders and of who lists whom, comparisons and cards, as they are written into pages.

use crate::render::{dead_fragments, repeated_ids};
use crate::support::{Built, Site, fixtures, told};

/// Two bodies and the lists they stand on.
const ACTORS: &str = "\
office:
  name: {en: The Office, he: המשרד}
  full-name: {en: The Office of Counting, he: משרד הספירה}
  native: {fr: Le Bureau, ar: المكتب}
  short: {en: OC, he: מ״ס}
  kind: un-body
  about: {text: {en: It counts people., he: הוא סופר אנשים.}, sources: [udhr-1948]}
  founded: {date: 1945-10-24, text: {en: by treaty, he: באמנה}, sources: [{source: un-charter-1945, locator: art. 7}, gciv-1949]}
  seat: {text: {en: New York}, sources: [un-charter-1945]}
  aims:
    - {by: {en: Its founders, he: מייסדיו}, date: 1948, sources: [{source: udhr-1948, quote: q1}]}
  part-of: [{actor: union, sources: [un-charter-1945]}]
  leaders:
    - {name: {en: Second, he: השני}, role: {en: head, he: ראש}, from: 1953-04-10, as-of: 1960, latest: true, sources: [udhr-1948]}
    - {name: {en: First, he: הראשון}, role: {en: head, he: ראש}, from: 1946-02, to: 1953-04-10, note: {en: resigned, he: התפטר}, sources: [{source: udhr-1948, locator: p. 2}]}
    - {name: {en: Acting, he: ממלא המקום}, role: {en: acting head, he: ממלא מקום הראש}, to: 1946-02, sources: [gciv-1949]}
  size: [world-population-2100]
  designations:
    - {by: {en: A state, he: מדינה}, what: {en: all of it, he: כולו}, as: {en: a nuisance, he: מטרד}, since: 1951-01-01, sources: [gciv-1949]}
    - {by: union, what: {en: its branch, he: סניפו}, since: 1950, until: 1955, status: ended, note: {en: taken off on request, he: הוסר לפי בקשה}, sources: [un-charter-1945]}
    - {by: {en: Another state, he: מדינה אחרת}, status: not-listed, as-of: 1960-05, sources: [{source: udhr-1948, locator: p. 9}]}
  unknown: {en: where its papers are, he: היכן ניירותיו}
  page: documents/declaration
union:
  name: {en: The Union, he: האיגוד}
  kind: international-organisation
  about: {text: {en: It brings the states together., he: הוא מאגד את המדינות.}, sources: [un-charter-1945]}
";

const BODY: &str = "It was so [@un-charter-1945]. The [Office](actor:office) says so, too [@udhr-1948].\n\n\
    ![As recorded.](leaders:office)\n\n![Each in its own words.](designations:office)\n\n![As recorded.](actors:both)\n\n![As recorded.](who:both)\n";

const GROUPS: &str = "both: {title: {en: Both, he: שניהם}, actors: [office, union]}\n";

fn site() -> Site {
    let site = Site::base();
    site.put("content/actors/bodies.yaml", ACTORS).put("content/actors/groups.yaml", GROUPS);
    for (lang, title) in [("en", "The Universal Declaration"), ("he", "ההכרזה")] {
        let page = format!("---\ntitle: {title}\nactor: office\n---\n{BODY}");
        site.put(&format!("content/{lang}/documents/declaration.md"), page);
    }
    site
}

/// A drawing of that kind on the page in a language.
fn drawing(built: &Built, lang: &str, kind: &str) -> String {
    let html = built.text(&format!("{lang}/documents/declaration/index.html"));
    let start = html.find(&format!("<figure class=\"drawing drawing-{kind}\"")).unwrap();
    let end = start + html[start..].find("</figure>").unwrap();
    // A line a cell, so that a change is seen where it is.
    html[start..end].replace("</td>", "</td>\n").replace("</th>", "</th>\n").replace("</li>", "</li>\n")
}

#[test]
fn actors_are_drawn() {
    let built = site().build();
    for kind in ["facts", "leaders", "designations", "actors", "who"] {
        insta::assert_snapshot!(format!("actors-{kind}-en"), drawing(&built, "en", kind));
    }
    for kind in ["facts", "designations"] {
        insta::assert_snapshot!(format!("actors-{kind}-he"), drawing(&built, "he", kind));
    }
}

#[test]
fn the_sources_of_a_fact_box_are_the_pages() {
    let built = site().build();
    let html = built.text("en/documents/declaration/index.html");
    let start = html.find("<li id=\"s-gciv-1949\"").unwrap();
    let entry = &html[start..start + html[start..].find("</li>").unwrap()];
    // The box is read before the text: the seat's source is the second, and this the third. It leads back to the founding, a leader and a list.
    assert!(entry.starts_with("<li id=\"s-gciv-1949\" value=\"3\">"), "{entry}");
    for place in ["d-1-2-2", "d-2-1", "d-3-2"] {
        assert!(entry.contains(&format!("href=\"#{place}\"")), "{place} in {entry}");
        assert!(html.contains(&format!("id=\"{place}\"")), "{place}");
    }
}

#[test]
fn in_a_style_of_authors_facts_name_their_sources() {
    let site = site();
    let style = std::fs::read(fixtures().join("styles/author-date.csl")).unwrap();
    let book = std::fs::read_to_string(site.root().join("book.toml")).unwrap();
    site.put("styles/house.csl", style);
    site.put("book.toml", format!("{book}\n[citations]\nstyle = \"styles/house.csl\"\n"));
    insta::assert_snapshot!("actors-facts-author-date", drawing(&site.build(), "en", "facts"));
}

#[test]
fn a_link_to_an_actor_leads_to_its_page() {
    let built = site().build();
    let html = built.text("en/documents/declaration/index.html");
    assert!(html.contains("The <a href=\"./\">Office</a> says so"), "{html}");
}

#[test]
fn the_whos_who_tells_of_everybody_in_the_order_of_the_language() {
    let built = site().build();
    for (lang, first, second) in [("en", "The Union", "The Office"), ("he", "האיגוד", "המשרד")] {
        let html = built.text(&format!("{lang}/people/index.html"));
        let (first, second) = (
            html.find(&format!("<bdi>{first}</bdi> <a class=\"anchor\"")),
            html.find(&format!("<bdi>{second}</bdi> <a class=\"anchor\"")),
        );
        assert!(first.is_some() && first < second, "{lang}: {first:?}, {second:?}");
        // The leaders before the latest, and the way to the page that tells more.
        assert!(
            html.contains("<table class=\"sortable\">") && html.contains("href=\"../documents/declaration/\""),
            "{lang}"
        );
        assert_eq!(repeated_ids(html), Vec::<String>::new(), "{lang}");
        assert_eq!(dead_fragments(html), Vec::<String>::new(), "{lang}");
    }
    // Whoever has no page is linked to here.
    let page = built.text("en/documents/declaration/index.html");
    assert!(page.contains("<a href=\"../../people/#a-union\"><bdi>The Union</bdi></a>"), "{page}");
    // What only the who's who rests on has a page, too.
    assert!(built.files.contains_key("en/sources/un-wpp-2022/index.html"));
}

#[test]
fn actors_are_data() {
    let built = site().build();
    let data: serde_json::Value = serde_json::from_str(built.text("data/actors.json")).unwrap();
    let office = &data["actors"][0];
    assert_eq!(office["name"]["he"], "המשרד");
    assert_eq!(office["facts"][1]["date"], "1945-10-24");
    assert_eq!(
        office["facts"][1]["sources"][0],
        serde_json::json!({"id": "un-charter-1945", "locator": "art. 7", "quote": null})
    );
    assert_eq!(office["designations"][1]["by"]["actor"], "union");
    assert_eq!(data["groups"][0]["actors"], serde_json::json!(["office", "union"]));
}

#[test]
fn a_site_without_actors_has_no_whos_who() {
    let built = Site::base().build();
    assert!(!built.files.keys().any(|path| path.contains("people") || path.contains("actors")));
}

#[test]
fn what_is_wrong_is_reported_all_at_once() {
    let site = Site::base();
    site.put(
        "content/actors/bodies.yaml",
        "office:\n  name: {en: The Office, he: המשרד}\n  kind: offce\n  about: {sources: [udhr-1948]}\n  seat: {text: x}\n  size: [no-figure]\n  colour: red\n\
         union:\n  name: Union\n  kind: court\n  about: {text: {he: x}, sources: [udhr-1948]}\n  part-of: [{actor: nobody, sources: [udhr]}]\n  aims: {sources: [{source: udhr-1948, quote: q9}]}\n  size: [no-figure]\n  page: nowhere\n",
    );
    insta::assert_snapshot!(told(&site.check()));
}
