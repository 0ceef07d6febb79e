//! The library of sources as pages: one a source, lists of them all, and where every sentence on them leads.

use crate::render::{is_a, tags};
use crate::support::{Built, Site, repository};
use sourcebook::book::catalogue;
use sourcebook::citation::read::{FORMS, KINDS};
use sourcebook::compile::{self, Options};
use sourcebook::ids::{Lang, SourceId};
use sourcebook::locale::{Locale, LocaleSettings, Vocabulary};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

const LANGUAGES: &str = "[book]\ntitle = \"Documents\"\nlanguage = \"en\"\n\n[languages.en]\nformat-locale = \"en-GB\"\n\n[languages.he]\ntitle = \"מסמכים\"\n\n\
                         [languages.ar]\ntitle = \"وثائق\"\n\n[languages.fr]\n";

/// Every part of a page about a source.
const SOURCE: &str = r"{{ lang }} {{ source.id }}: {{ source.title }}{% if source.lang %} ({{ source.lang }} {{ source.dir }}){% endif %}{% if source.translated_title %} [{{ source.translated_title }}]{% endif %}
{{ source.entry_html | safe }}
{% for crumb in source.crumbs %}crumb: {{ crumb.title }} {{ crumb.url }}
{% endfor %}{% for notice in source.notices %}notice {{ notice.kind }}: {{ notice.html | safe }}
{% endfor %}{% for link in source.links %}link: {{ link.text_html | safe }} {{ link.href }}
{% endfor %}{% for section in source.sections %}section: {{ section.title }} {{ section.url }}
{% endfor %}{% if source.parts %}{{ source.parts.text }} {{ source.parts.previous }} {{ source.parts.next }}
{% endif %}{% if source.record %}{% for row in source.record.rows %}{{ row.name }}: {% for value in row.values %}{{ value | safe }}{% if not loop.last %} | {% endif %}{% endfor %}
{% endfor %}{% if source.record.note_html %}note: {{ source.record.note_html | safe }}
{% endif %}{% for passage in source.record.quotes %}quote ({{ passage.quote.lang }}): {{ passage.quote.html | safe }}{% if passage.quote.translation %} = {{ passage.quote.translation.html | safe }} ({{ passage.quote.translation.whose }}){% endif %} {{ passage.locator }}{% for link in passage.links %}, {{ link.text_html | safe }} {{ link.href }}{% endfor %}
{% endfor %}{% if source.record.facts %}{{ source.record.facts.about | safe }}
{% for fact in source.record.facts.facts %}fact{% if fact.lang %} ({{ fact.lang }}){% endif %}: {{ fact.text | safe }} {{ fact.locator }} – {{ fact.checked }}
{% endfor %}{% endif %}{% for figure in source.record.figures %}figure: {{ figure.value_html | safe }} {{ figure.label }}, {{ figure.about_html | safe }}{% for page in figure.shown_on %}, {{ page.title }} {{ page.url }}{% endfor %}
{% endfor %}{% for relation in source.record.relations %}{{ relation.name }}:
{% for other in relation.sources %}  {{ other.entry_html | safe }} {{ other.url }} – {{ other.checked }}
{% endfor %}{% endfor %}{% endif %}{{ source.cited | safe }}
{% for citing in source.pages %}{{ citing.page.title }}{% if citing.page.lang %} ({{ citing.page.lang }}){% endif %} {{ citing.page.url }} {{ citing.untranslated }}
{% for sentence in citing.sentences %}  {{ sentence.url }} {{ sentence.html | safe }}{% if sentence.detail_html %} – {{ sentence.detail_html | safe }}{% endif %}
{% endfor %}{% endfor %}";

/// Every part of a page of a list.
const LIST: &str = r"{{ lang }} {{ list.title }} | {{ list.title_html | safe }} | {{ list.description }} | {{ list.count | safe }}
{% for crumb in list.crumbs %}crumb: {{ crumb.title }} {{ crumb.url }}
{% endfor %}{% for order in list.orders %}order: {{ order.title }} {{ order.url }} {{ order.current }}
{% endfor %}{% for filter in list.filters %}{{ filter.name }}:{% for value in filter.values %} {{ value.title }} ({{ value.count }}){% if value.current %}*{% endif %} {{ value.url }}{% if not loop.last %},{% endif %}{% endfor %}{% if filter.more_url %} … {{ filter.more_url }}{% endif %}
{% endfor %}{% if list.letters %}{% for letter in list.letters %}{{ letter.title }} {{ letter.url }} {% endfor %}
{% endif %}{% for group in list.groups %}= {{ group.title }} {{ group.id }}
{% for source in group.sources %}{{ source.url }} {{ source.entry_html | safe }} – {% for part in source.standing %}{{ part | safe }} · {% endfor %}{{ source.cited | safe }}
{% endfor %}{% endfor %}{% if list.parts %}{{ list.parts.text }} {{ list.parts.previous }} {{ list.parts.next }}
{% endif %}";

/// A site in four languages, of which only English has all pages, with a source that says everything a record can say.
fn told() -> Site {
    let site = Site::base();
    site.put("book.toml", LANGUAGES).put("templates/source.html", SOURCE).put("templates/sources.html", LIST);
    site.put(
        "content/sources/more.yaml",
        r#"
Peace.Report-2020:
  type: report
  lang: ar
  title: {ar: "تقرير عن السلم", en: "Report on peace"}
  title-descriptive: true
  title-latn: "Taqrir an al-silm"
  author: [{org: {ar: "مكتب", en: "An office"}}]
  publisher: {ar: "دار", en: "A house"}
  place: {en: "Beirut"}
  number: "7"
  edition: "2"
  date: 2020-05
  doc-symbol: "X/2020/7"
  url: https://example.org/peace
  url-status: dead
  url-checked: 2024-02-01
  accessed: 2021-01-02
  archive: [{url: "https://example.org/copy", at: 2021-01-03, by: wayback}]
  snapshot: {sha256: "0000000000000000000000000000000000000000000000000000000000000000", bytes: 81920, media-type: application/pdf, at: 2021-01-03, by: "N. N."}
  kind: official-statement
  affiliation: lebanon
  perspective: {en: "Of one party"}
  chain: [udhr-1948, hearsay]
  superseded-by: [peace-2021]
  corrected: {at: 2020-06-01, url: "https://example.org/errata", note: {en: "Two numbers"}}
  reliability: {grade: C, credibility: 2, note: {en: "Read with care"}, by: "N. N.", at: 2024-02-01}
  aliases: [old-peace, peace.report-2020]
  license: CC-BY-4.0
  rights: {en: "Its office"}
  note: {en: "Read in part."}
  quotes:
    - {id: q1, exact: {ar: "السلم خير", en: "Peace is good"}, locator: p. 3, translated-by: person}
  checked: {level: stored-page, at: 2024-02-01, by: "N. N."}
  review: {at: 2024-02-01, expires: 2025-01-01}
  facts:
    - {text: "Peace was kept in May.", locator: p. 4, checked: stored-page}
    - {text: "Everybody knows this.", checked: known}
peace-2021: {type: webpage, lang: en, title: "Peace, again", date: 2021, supersedes: [Peace.Report-2020], checked: corroborated}
hearsay: {type: webpage, lang: en, title: "Hearsay", checked: known}
"#,
    );
    site.put(
        "content/en/documents/peace.md",
        "---\ntitle: Peace\nsummary: \"The Court has [=icj-judges] judges [see @Peace.Report-2020, p. 3, at length; @udhr-1948].\"\n---\n\
         Peace was kept. It was kept in May [@Peace.Report-2020#q1; @disputes:gciv-1949, art. 3].\n\n| Text | Judges |\n|---|---|\n| Charter | [=icj-judges] |\n",
    );
    site
}

fn texts(built: &Built, paths: &[&str]) -> String {
    paths.iter().fold(String::new(), |mut all, path| {
        writeln!(all, "## {path}\n{}", built.text(path)).unwrap();
        all
    })
}

#[test]
fn a_page_about_a_source_tells_its_record_and_what_rests_on_it() {
    let built = told().build();
    let page = |lang: &str, id: &str| format!("{lang}/sources/{id}/index.html");
    let pages = [page("en", "peace.report-2020"), page("he", "peace.report-2020"), page("ar", "peace.report-2020")];
    insta::assert_snapshot!("source-told", texts(&built, &pages.each_ref().map(String::as_str)));
    let pages =
        [page("fr", "udhr-1948"), page("en", "un-charter-1945"), page("he", "gciv-1949"), page("en", "peace-2021")];
    insta::assert_snapshot!("source-others", texts(&built, &pages.each_ref().map(String::as_str)));
    // What was not checked has no page, and what is only known is told nowhere.
    assert!(!built.files.contains_key("en/sources/hearsay/index.html"));
    for (path, bytes) in &built.files {
        assert!(!String::from_utf8_lossy(bytes).contains("Everybody knows"), "{path}");
    }
}

#[test]
fn lists_are_sorted_and_filtered() {
    let built = told().build();
    let lists = [
        "en/sources/index.html",
        "ar/sources/index.html",
        "en/sources/date/index.html",
        "he/sources/kind/legal/index.html",
    ];
    insta::assert_snapshot!("source-lists", texts(&built, &lists));
    let all = ["affiliation/lebanon", "kind/un", "language/ar", "year/1948", "year/2020"];
    for (lang, list) in ["en", "he", "ar", "fr"].iter().flat_map(|lang| all.map(|list| (lang, list))) {
        assert!(built.files.contains_key(&format!("{lang}/sources/{list}/index.html")), "{lang} {list}");
    }
}

#[test]
fn older_ids_lead_on() {
    let site = told();
    std::fs::remove_dir_all(site.root().join("templates")).unwrap();
    let built = site.build();
    let old = built.text("he/sources/old-peace/index.html");
    assert!(old.contains("0; url=../peace.report-2020/"), "{old}");
    assert!(old.contains("<bdi lang=\"ar\" dir=\"rtl\">تقرير عن السلم</bdi>"), "{old}");
    assert!(built.text("he/sources/peace.report-2020/index.html").contains("<h1>"));
}

/// Ids that end in a dot, that a list wants, that Windows keeps for a device, or that are very long.
#[test]
fn every_id_has_an_address() {
    let site = Site::base();
    let ids = ["ends.", "kind", "date", "con", "aux.1", "7", &"long".repeat(60)];
    let mut sources = String::new();
    let mut text = "---\ntitle: Odd\n---\nAll of them".to_owned();
    for (number, id) in ids.iter().enumerate() {
        writeln!(sources, "\"{id}\": {{type: report, lang: en, title: T{number}, checked: corroborated}}").unwrap();
        write!(text, "{}@{{{id}}}", if number == 0 { " [" } else { "; " }).unwrap();
    }
    site.put("content/sources/odd.yaml", sources).put("content/en/documents/odd.md", format!("{text}].\n"));
    let built = site.build();
    for id in ids {
        let address = catalogue::address(&SourceId::parse(id).unwrap());
        assert!(built.text(&format!("en/sources/{address}/index.html")).contains("Odd"), "{id}");
    }
}

/// A site with so many sources, cited by pages of 50.
fn many(count: usize) -> Site {
    let site = Site::base();
    let mut sources = String::new();
    for number in 0..count {
        let kind = KINDS[number % KINDS.len()];
        writeln!(
            sources,
            "source-{number:05}: {{type: report, lang: en, title: \"Report {number}\", author: [{{org: \"Office {}\"}}], date: {}, kind: {kind}, affiliation: party-{}, checked: corroborated}}",
            number % 97,
            1900 + number % 120,
            number % 60,
        )
        .unwrap();
    }
    site.put("content/sources/many.yaml", sources);
    for page in 0..count.div_ceil(50) {
        let mut text = format!("---\ntitle: Page {page}\n---\n");
        for number in (page * 50..count).take(50) {
            write!(text, "It said so [@source-{number:05}].\n\n").unwrap();
        }
        site.put(&format!("content/en/documents/page-{page}.md"), text);
    }
    site
}

fn library(built: &Built) -> BTreeMap<&str, usize> {
    let pages = built.files.iter().filter(|(path, _)| path.starts_with("en/sources/"));
    pages.map(|(path, bytes)| (path.as_str(), bytes.len())).collect()
}

#[test]
fn long_lists_run_over_pages_and_grow_with_the_sources() {
    let (some, more) = (many(450).build(), many(900).build());
    // Each source stands once in the list of all, whatever page it is on.
    let parts = ["en/sources/index.html", "en/sources/page/2/index.html", "en/sources/page/3/index.html"];
    let mut listed = BTreeSet::new();
    for part in parts {
        for tag in tags(some.text(part)) {
            let id = tag.attributes.iter().find(|(name, value)| name == "id" && value.starts_with("e-"));
            assert!(id.is_none_or(|(_, id)| listed.insert(id.clone())), "{id:?} stands twice");
        }
    }
    // 450 and the four of the base, of which the text cites some.
    assert!((450..=454).contains(&listed.len()), "{}", listed.len());
    assert!(!some.files.contains_key("en/sources/page/4/index.html"));
    assert!(some.text("en/sources/page/2/index.html").contains("Page \u{2068}2\u{2069} of \u{2068}3\u{2069}"));
    let (small, large) = (library(&some), library(&more));
    let largest = large.values().max().unwrap();
    assert!(*largest < 300_000, "a page of {largest} bytes");
    let bytes = |pages: &BTreeMap<&str, usize>| pages.values().sum::<usize>();
    assert!(bytes(&large) < 2 * bytes(&small) + 300_000, "{} → {}", bytes(&small), bytes(&large));
}

#[test]
fn a_source_that_is_cited_everywhere_runs_over_pages() {
    let site = Site::base();
    for page in 0..5 {
        let mut text = format!("---\ntitle: Page {page}\n---\n");
        for number in 0..90 {
            write!(text, "It said {number} [@udhr-1948].\n\n").unwrap();
        }
        site.put(&format!("content/en/documents/page-{page}.md"), text);
    }
    let built = site.build();
    let (first, second) =
        (built.text("en/sources/udhr-1948/index.html"), built.text("en/sources/udhr-1948/page/2/index.html"));
    let sentences = |html: &str| html.matches("class=\"sentence\"").count();
    // 450 and those of the base.
    assert_eq!(sentences(first), 400);
    assert!(sentences(second) >= 50, "{}", sentences(second));
    assert!(first.contains("rel=\"next\" href=\"page/2/\"") && second.contains("rel=\"prev\" href=\"../../\""));
    assert!(first.contains("source-record") && !second.contains("source-record"));
}

/// The built site of this repository.
fn real() -> BTreeMap<String, String> {
    let compilation = compile::build(&repository(), &Options::default(), &|_, _| {});
    let edition = compilation.edition.expect("the site builds");
    let html = edition.iter().filter(|(path, _)| is_a(path.as_str(), "html"));
    html.map(|(path, bytes)| (path.to_string(), String::from_utf8(bytes.to_vec()).unwrap())).collect()
}

/// The file that a link leads to.
fn resolve(from: &str, href: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in href.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let path = parts.join("/");
    if href.ends_with('/') || href.is_empty() { format!("{path}/index.html") } else { path }
}

#[test]
fn every_sentence_on_a_page_about_a_source_leads_to_its_mark() {
    let pages = real();
    let ids: BTreeMap<&str, BTreeSet<String>> = pages
        .iter()
        .map(|(path, html)| {
            let attributes = tags(html).into_iter().flat_map(|tag| tag.attributes);
            (path.as_str(), attributes.filter(|(name, _)| name == "id").map(|(_, id)| id).collect())
        })
        .collect();
    let mut sources = 0;
    let mut sentences = 0;
    let mut wrong = Vec::new();
    for (path, html) in
        pages.iter().filter(|(path, html)| path.contains("/sources/") && html.contains("id=\"page-sentences\""))
    {
        sources += 1;
        for tag in tags(html).into_iter().filter(|tag| tag.name == "a") {
            let Some((_, href)) = tag.attributes.iter().find(|(name, _)| name == "href") else { continue };
            let Some((to, anchor)) = href.split_once('#').filter(|(to, _)| !to.is_empty() && !to.starts_with("http"))
            else {
                continue;
            };
            sentences += usize::from(anchor.starts_with("c-") || anchor.starts_with("n-"));
            let file = resolve(path, to);
            if !ids.get(file.as_str()).is_some_and(|ids| ids.contains(anchor)) {
                wrong.push(format!("{path}: {href}"));
            }
        }
    }
    assert!(sources > 4 * 60 && sentences > 1000, "{sources} pages, {sentences} sentences");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// A source that a page lists leads to its own page.
#[test]
fn every_entry_of_a_page_leads_to_the_page_of_its_source() {
    let pages = real();
    let mut seen = 0;
    for (path, html) in pages.iter().filter(|(_, html)| html.contains("role=\"doc-bibliography\"")) {
        let list = html.split("role=\"doc-bibliography\"").nth(1).unwrap();
        let entries = list.matches("<li id=\"s-").count();
        let links: Vec<String> = tags(list)
            .into_iter()
            .filter(|tag| tag.name == "a")
            .flat_map(|tag| tag.attributes)
            .filter(|(name, href)| name == "href" && !href.starts_with("http"))
            .filter(|(_, href)| href.contains("sources/") && !href.ends_with("sources/"))
            .map(|(_, href)| resolve(path, &href))
            .collect();
        seen += links.len();
        assert_eq!(links.len(), entries, "{path}");
        assert!(links.iter().all(|link| pages.contains_key(link)), "{path}");
    }
    assert!(seen > 100, "{seen}");
}

#[test]
fn every_word_of_a_record_has_a_name_in_every_language() {
    let mut missing = Vec::new();
    for lang in ["en", "he", "ar", "fr"] {
        let locale = Locale::new(&Lang::parse(lang).unwrap(), &LocaleSettings::default()).unwrap();
        let words = FORMS.iter().map(|form| (Vocabulary::SourceForm, *form));
        let words = words.chain(KINDS.iter().map(|kind| (Vocabulary::SourceKind, *kind)));
        let grades = ["A", "B", "C", "D", "E", "F"].map(|grade| (Vocabulary::Reliability, grade));
        let beliefs = ["1", "2", "3", "4", "5", "6"].map(|grade| (Vocabulary::Credibility, grade));
        let all = words.chain(grades).chain(beliefs);
        missing.extend(
            all.filter(|(list, word)| locale.term(*list, word).is_none()).map(|(_, word)| format!("{lang}: {word}")),
        );
    }
    assert!(missing.is_empty(), "{missing:?}");
}
