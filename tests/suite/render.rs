//! What a reader gets: fragments of pages in four languages as snapshots, and every file of a site whose every text is hostile.
//!
//! Fragments are cut from a template of our own, so that they show what the program makes and not how the default theme places it.

use crate::support::{Built, Site};
use sourcebook::diagnostic::Severity;
use sourcebook::ids::Lang;
use sourcebook::locale::{Locale, LocaleSettings, Vocabulary};
use sourcebook::markdown::citation::Relation;
use sourcebook::markdown::locator::Label;
use std::fmt::Write;

const LANGUAGES: &str = r#"[book]
title = "Documents"
language = "en"

[languages.en]
format-locale = "en-GB"

[languages.he]
title = "מסמכים"

[languages.ar]
title = "وثائق"

[languages.fr]
title = "Documents"
"#;

/// Every part of a page under a line of its own.
const TEMPLATE: &str = r"=body
{{ page.body_html | safe }}
=lead
{% if page.summary_html %}{{ page.summary_html | safe }}{% endif %}
{% for fact in page.key_facts %}- {{ fact | safe }}
{% endfor %}=notices
{% for notice in page.notices %}{{ notice.kind }}: {{ notice.html | safe }}
{% endfor %}=meta
{% for part in page.meta %}{{ part | safe }}
{% endfor %}{{ page.coverage }}
=languages
{% for language in languages %}{{ language.lang }} {{ language.dir }} {{ language.name }} {{ language.url }} {{ language.current }} {{ language.translated }}
{% endfor %}=footnotes
{% if page.footnotes_html %}{{ page.footnotes_html | safe }}{% endif %}
=figures
{% for figure in page.figures %}# {{ figure.id }}: {{ figure.label }}{% if figure.label_lang %} ({{ figure.label_lang }}){% endif %} | {{ figure.value_html | safe }} | {{ figure.status_text }}
{% for row in figure.rows %}  {{ row.name }}: {{ row.value_html | safe }}
{% endfor %}{% for link in figure.backlinks %}  {{ link.label }} {{ link.href }}
{% endfor %}{% endfor %}=sources
{% for source in page.sources %}# {{ source.number }} {{ source.id }} ({{ source.lang }} {{ source.dir }}): {{ source.entry_html | safe }}
{% for run in source.runs %}  run: {{ run.id }} {{ run.length }}
{% endfor %}{% for notice in source.notices %}  notice: {{ notice | safe }}
{% endfor %}{% if source.kind %}  kind: {{ source.kind }}
{% endif %}{% if source.speaks_for %}  {{ source.speaks_for | safe }}
{% endif %}{% for passage in source.passages %}  passage of {{ passage.marks }}{% if passage.detail_html %}: {{ passage.detail_html | safe }}{% endif %}
{% if passage.quote %}    quote{% if passage.quote.lang %} ({{ passage.quote.lang }} {{ passage.quote.dir }}){% endif %}: {{ passage.quote.html | safe }}
{% if passage.quote.translation %}    {{ passage.quote.translation.whose }}: {{ passage.quote.translation.html | safe }}
{% endif %}{% endif %}{% for link in passage.links %}    link: {{ link.text_html | safe }} {{ link.href }}
{% endfor %}{% for link in passage.backlinks %}    back: {{ link.href }} {{ link.name }}
{% endfor %}{% endfor %}{% for how in source.checked %}  checked: {{ how | safe }}
{% endfor %}{% for link in source.links %}  link: {{ link.text_html | safe }}{% if link.note %} ({{ link.note | safe }}){% endif %} {{ link.href }}
{% endfor %}{% if source.gone %}  gone: {{ source.gone.url }} {{ source.gone.status_html | safe }}
{% endif %}{% for link in source.backlinks %}  back: {{ link.href }}{% if link.lang %} ({{ link.lang }}){% endif %} {{ link.name }}{% if link.detail_html %} {{ link.detail_html | safe }}{% endif %}
{% endfor %}{% endfor %}=end
";

const PATH: &str = "documents/declaration.md";

/// A site in four languages that shows the parts of its pages.
fn bare() -> Site {
    let site = Site::base();
    site.put("book.toml", LANGUAGES).put("templates/page.html", TEMPLATE);
    site
}

fn page(site: &Site, lang: &str, title: &str, text: &str) {
    site.put(&format!("content/{lang}/{PATH}"), format!("---\ntitle: {title}\n---\n{text}"));
}

/// A part of the page about the declaration.
fn part(built: &Built, lang: &str, name: &str) -> String {
    between(built.text(&format!("{lang}/documents/declaration/index.html")), name)
}

/// What stands under one of the lines of the template.
fn between(text: &str, name: &str) -> String {
    let start = text.find(&format!("={name}\n")).unwrap() + name.len() + 2;
    let end = start - 1 + text[start - 1..].find("\n=").unwrap();
    text[start - 1..end].trim().to_owned()
}

#[test]
fn citations() {
    let site = bare();
    page(
        &site,
        "en",
        "The Universal Declaration",
        "Everyone has the right to life [see @udhr-1948, art. 3, in full; @gciv-1949, arts. 27–34].\n\
         @udhr-1948 [art. 4] forbids slavery.\nThe Assembly forbade torture, too [-@udhr-1948, art. 5].\n\
         All are born free [@udhr-1948#q1]; the Charter says so of nations [@supports:un-charter-1945, p. 2].\n",
    );
    let built = site.build();
    insta::assert_snapshot!("citations-body", part(&built, "en", "body"));
    insta::assert_snapshot!("citations-sources", part(&built, "en", "sources"));
}

/// Three numbers in a row share a mark, unless the bracket says more than which sources are meant.
#[test]
fn marks_of_a_bracket_are_merged() {
    let site = bare();
    let record =
        |id: &str| format!("{id}:\n  type: report\n  lang: en\n  title: Report {id}\n  checked: corroborated\n");
    let records = ["a", "b", "c", "d", "e", "f"].map(record).concat();
    site.put("content/sources/letters.yaml", records);
    let text = "All of them, one by one: [@a]. [@b]. [@c]. [@d]. [@e]. [@f].\n\n\
                In disorder, with a gap and a double [@f; @d; @c; @b; @c].\n\n\
                Two in a row [@b; @a]. Twice the same [@a; @a].\n\n\
                With a place [@a; @b; @c, p. 3]. With a relation [@c; @b; @disputes:a]. All [@a; @b; @c; @d; @e; @f].\n";
    page(&site, "en", "The Universal Declaration", text);
    page(&site, "ar", "الإعلان", "جميعها [@c; @b; @a; @f; @d] [@a، ص 3; @b].\n");
    let built = site.build();
    insta::assert_snapshot!("merged-body-en", part(&built, "en", "body"));
    insta::assert_snapshot!("merged-body-ar", part(&built, "ar", "body"));
    let shown = built.text("en/documents/declaration/index.html");
    for anchor in 1..=27 {
        assert_eq!(shown.matches(&format!("id=\"c-{anchor}\"")).count(), 1, "c-{anchor}");
    }
    let runs: Vec<&str> = shown.lines().filter(|line| line.contains("  run: ")).collect();
    assert_eq!(runs, ["  run: r-1-6 6", "  run: r-2-4 3"]);
}

const FORMS: &str = "[=gciv-labour-age] | [=gciv-labour-age:short] | [=gciv-labour-age:full]

[=world-population-2100:value] | [=world-population-2100:short] | [=world-population-2100:full] | [=world-population-2100:range] | [=world-population-2100:asof] | [=world-population-2100:by]

[=world-population@2011-10-31] | [=world-population@2011-10-31:asof] | [=world-population:latest:short] | [=world-population:latest:full]
";

#[test]
fn figures_in_four_languages() {
    let site = bare();
    let titles = [("en", "The Universal Declaration"), ("he", "ההכרזה"), ("ar", "الإعلان"), ("fr", "La Déclaration")];
    for (lang, title) in titles {
        page(&site, lang, title, FORMS);
    }
    let built = site.build();
    let mut forms = String::new();
    for (lang, _) in titles {
        let body = part(&built, lang, "body");
        // The marks are the same in every language; their words are what differs.
        let words: Vec<&str> = body
            .split("<a class=\"figure\"")
            .skip(1)
            .map(|rest| rest.split_once("<bdi>").unwrap().1.split("</bdi>").next().unwrap())
            .collect();
        writeln!(forms, "{lang}\n  {}", words.join("\n  ")).unwrap();
    }
    insta::assert_snapshot!("figures-forms", forms);
    insta::assert_snapshot!("figures-body-he", part(&built, "he", "body"));
    insta::assert_snapshot!("figures-list-en", part(&built, "en", "figures"));
    insta::assert_snapshot!("figures-list-ar", part(&built, "ar", "figures"));
    insta::assert_snapshot!("figures-sources-fr", part(&built, "fr", "sources"));
}

#[test]
fn positions_and_tables() {
    let text = "> [!position] Members that voted in favour\n> It is a common standard [@udhr-1948].\n\n\
                > [!position] Members that abstained\n> They gave their reasons [@udhr-1948].\n\n\
                > [!note]\n> Nobody voted against it [@udhr-1948].\n\n\
                | Text | Year |\n|:--|--:|\n| Charter [@un-charter-1945] | 1945 |\n| Convention, *fourth* [@gciv-1949] | 1949 |\n\n\
                It was adopted in Paris[^paris] [@udhr-1948].\n\n[^paris]: In the Palais de Chaillot [@udhr-1948].\n";
    let site = bare();
    page(&site, "en", "The Universal Declaration", text);
    page(&site, "ar", "الإعلان", text);
    let built = site.build();
    insta::assert_snapshot!("positions-en", part(&built, "en", "body"));
    insta::assert_snapshot!("positions-ar", part(&built, "ar", "body"));
    insta::assert_snapshot!("footnotes-en", part(&built, "en", "footnotes"));
}

#[test]
fn a_quotation_is_shown_in_its_own_words_and_in_the_readers() {
    let site = bare();
    page(&site, "en", "The Universal Declaration", "All are born free [@udhr-1948#q1].\n");
    page(&site, "he", "ההכרזה", "כולם נולדו בני חורין [@udhr-1948#q1, סעיף 1].\n");
    let built = site.build();
    insta::assert_snapshot!("quotation-sources-en", part(&built, "en", "sources"));
    insta::assert_snapshot!("quotation-sources-he", part(&built, "he", "sources"));
    insta::assert_snapshot!("quotation-body-he", part(&built, "he", "body"));
}

/// A list that is divided keeps the numbers, and no mark spans entries that stand apart.
#[test]
fn a_list_is_divided_by_kind_where_the_site_asks_for_it() {
    let site = Site::of("cards");
    let config = std::fs::read_to_string(site.root().join("book.toml")).unwrap();
    site.put("book.toml", format!("{config}\n[citations]\ngroup-by = \"kind\"\n"));
    let built = site.build();
    for lang in ["en", "he"] {
        let text = built.text(&format!("{lang}/tower/index.html"));
        let list = &text[text.find("doc-bibliography").unwrap()..];
        let lines = list.lines().filter(|line| line.starts_with("<h3>") || line.starts_with("<li id=\"s-"));
        insta::assert_snapshot!(format!("grouped-{lang}"), lines.collect::<Vec<_>>().join("\n"));
        assert!(!text.contains("href=\"#r-"), "{lang}");
    }
    site.put("book.toml", format!("{config}\n[citations]\ngroup-by = \"colour\"\n"));
    let found = site.check().diagnostics;
    let errors = found.iter().filter(|found| found.severity == Severity::Error).map(|found| found.code.to_string());
    assert_eq!(errors.collect::<Vec<_>>(), ["SB102"]);
}

/// Everything that can be said of a source: gone, archived, taken back, corrected, replaced, speaking for a party, quoted, played at a minute.
#[test]
fn a_list_says_what_each_source_is_worth() {
    let site = Site::of("cards");
    site.put("templates/page.html", TEMPLATE);
    let built = site.build();
    for lang in ["en", "he", "ar"] {
        let text = built.text(&format!("{lang}/tower/index.html"));
        insta::assert_snapshot!(format!("cards-body-{lang}"), between(text, "body"));
        insta::assert_snapshot!(format!("cards-sources-{lang}"), between(text, "sources"));
    }
}

/// A way back begins the sentence that it leads to, and a party's sentence says whose it is.
#[test]
fn a_way_back_names_its_sentence_and_whose_it_is() {
    let site = bare();
    let text = "It was adopted in Paris [@udhr-1948].\n\n\
                > [!position] Members that voted in favour\n> It is a common standard [@udhr-1948].\n\n\
                > [!position] Members that abstained\n> They gave their reasons [@udhr-1948, art. 1].\n";
    page(&site, "en", "The Universal Declaration", text);
    let built = site.build();
    let sources = part(&built, "en", "sources");
    let names: Vec<&str> = sources.lines().filter_map(|line| line.trim().strip_prefix("back: #c-")).collect();
    let expected = [
        "3 c: back to “According to Members that abstained: They gave their reasons.”",
        "1 a: back to “It was adopted in Paris.”",
        "2 b: back to “According to Members that voted in favour: It is a common standard.”",
    ];
    assert_eq!(names, expected);
}

/// Where only a translation of the original is recorded, nobody may take it for the original.
#[test]
fn a_quotation_without_its_original_says_so() {
    let site = bare();
    site.put(
        "content/sources/arabic.yaml",
        "resolution:\n  type: document\n  lang: ar\n  title: {ar: قرار, en: Resolution, he: החלטה}\n  checked: stored-page\n  \
         quotes: [{id: q1, exact: {en: \"a light on every cape\", he: \"אור על כל כף\"}, translated-by: machine}]\n",
    );
    page(&site, "en", "The Universal Declaration", "It asked for light [@resolution#q1].\n");
    page(&site, "he", "ההכרזה", "היא ביקשה אור [@resolution#q1].\n");
    let template = "{% for source in page.sources %}{% for passage in source.passages %}{% set quote = passage.quote %}{% include \"partials/quote.html\" %}{% endfor %}{% endfor %}";
    site.put("templates/page.html", template);
    let built = site.build();
    let shown = ["en", "he"].map(|lang| built.text(&format!("{lang}/documents/declaration/index.html")).trim());
    insta::assert_snapshot!("quotation-rendered", shown.join("\n"));
}

#[test]
fn a_page_without_translation_is_shown_and_says_so() {
    let site = bare();
    page(&site, "en", "The Universal Declaration", "It came after [the Charter](index.md) [@udhr-1948].\n");
    page(&site, "fr", "La Déclaration", "Elle suit [la Charte](index.md) [@udhr-1948].\n");
    let fr = format!("{}/content/fr/{PATH}", site.root().display());
    let machine = std::fs::read_to_string(&fr).unwrap().replacen("title:", "translation: machine\ntitle:", 1);
    std::fs::write(fr, machine).unwrap();
    let built = site.build();
    let mut shown = String::new();
    for lang in ["en", "he", "ar", "fr"] {
        for name in ["notices", "meta", "languages", "body"] {
            writeln!(shown, "{lang} {name}\n{}\n", part(&built, lang, name)).unwrap();
        }
    }
    insta::assert_snapshot!("fallback", shown);
}

/// Whether a path has this extension.
pub fn is_a(path: &str, extension: &str) -> bool {
    std::path::Path::new(path).extension().is_some_and(|found| found == extension)
}

/// A tag and its attributes, as a browser reads them.
#[derive(Debug)]
pub struct Tag {
    pub name: String,
    pub attributes: Vec<(String, String)>,
}

/// The tags of a page. Comments are passed over.
pub fn tags(html: &str) -> Vec<Tag> {
    let chars: Vec<char> = html.chars().collect();
    let mut tags = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let opens = chars[at] == '<'
            && chars.get(at + 1).is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
        if !opens {
            at += 1;
            continue;
        }
        if chars[at..].starts_with(&['<', '!', '-', '-']) {
            at = (at + 4..chars.len()).find(|at| chars[*at..].starts_with(&['-', '-', '>'])).unwrap_or(chars.len());
            continue;
        }
        at += 1;
        let mut tag = Tag { name: take(&chars, &mut at, |c| c.is_whitespace() || c == '>'), attributes: Vec::new() };
        while at < chars.len() && chars[at] != '>' {
            if chars[at].is_whitespace() || chars[at] == '/' {
                at += 1;
                continue;
            }
            let name = take(&chars, &mut at, |c| c.is_whitespace() || matches!(c, '=' | '>' | '/'));
            let mut value = String::new();
            if chars.get(at) == Some(&'=') {
                at += 1;
                let quote = chars.get(at).copied().filter(|c| matches!(c, '"' | '\''));
                value = match quote {
                    Some(quote) => {
                        at += 1;
                        let value = take(&chars, &mut at, |c| c == quote);
                        at += 1;
                        value
                    }
                    None => take(&chars, &mut at, |c| c.is_whitespace() || c == '>'),
                };
            }
            tag.attributes.push((name.to_lowercase(), value));
            at += usize::from(chars.get(at) == Some(&'='));
        }
        tags.push(tag);
    }
    tags
}

fn take(chars: &[char], at: &mut usize, stop: impl Fn(char) -> bool) -> String {
    let start = *at;
    while chars.get(*at).is_some_and(|c| !stop(*c)) {
        *at += 1;
    }
    chars[start..*at].iter().collect()
}

/// What must not be in any page: elements and attributes that nobody but an attacker wrote.
pub fn intrusions(html: &str) -> Vec<String> {
    let mut found = Vec::new();
    for tag in tags(html) {
        let name = tag.name.to_lowercase();
        // Data for machines are no script: nothing runs them, and no policy has to allow them.
        let is_data =
            matches!(tag.attributes.as_slice(), [(name, value)] if name == "type" && value == "application/ld+json");
        let inline_script = name == "script" && !is_data && tag.attributes.iter().all(|(name, _)| name != "src");
        if name.contains("hostile") || inline_script || matches!(name.as_str(), "iframe" | "object" | "embed" | "base")
        {
            found.push(format!("{tag:?}"));
        }
        for (name, value) in &tag.attributes {
            let address =
                ["href", "src", "action", "formaction", "content", "srcset", "poster"].contains(&name.as_str());
            let scheme: String = value.trim_start().to_lowercase().chars().filter(|c| !c.is_whitespace()).collect();
            let runs = ["javascript:", "data:text", "vbscript:"].iter().any(|bad| scheme.starts_with(bad));
            if name.starts_with("on") || name.contains("hostile") || name == "style" || (address && runs) {
                found.push(format!("{name}={value:?} in {tag:?}"));
            }
        }
    }
    found
}

/// Every id of a page is there once, or a link leads to another place than is meant.
pub fn repeated_ids(html: &str) -> Vec<String> {
    let mut seen = std::collections::BTreeSet::new();
    let ids =
        tags(html).into_iter().flat_map(|tag| tag.attributes).filter(|(name, _)| name == "id").map(|(_, value)| value);
    ids.filter(|id| !seen.insert(id.clone())).collect()
}

/// Every link within a page leads to an id that the page has.
pub fn dead_fragments(html: &str) -> Vec<String> {
    let attributes: Vec<(String, String)> = tags(html).into_iter().flat_map(|tag| tag.attributes).collect();
    let ids: std::collections::BTreeSet<&str> =
        attributes.iter().filter(|(name, _)| name == "id").map(|(_, value)| value.as_str()).collect();
    let fragments =
        attributes.iter().filter(|(name, _)| name == "href").filter_map(|(_, value)| value.strip_prefix('#'));
    fragments.filter(|id| !id.is_empty() && !ids.contains(id)).map(str::to_owned).collect()
}

#[test]
fn ids_are_unique_and_links_within_a_page_lead_to_them() {
    let site = Site::base();
    page(
        &site,
        "en",
        "The Universal Declaration",
        "## Article 1 {#article-1}\n\nAll are born free[^a] [@udhr-1948#q1; @un-charter-1945].\nThe Court has [=icj-judges] judges, and [=icj-judges:short].\n\n\
         ## Article 1\n\n## Article 1\n\nAgain[^a] [@udhr-1948], see [there](#article-1).\n\n[^a]: Not all were [@gciv-1949, art. 3].\n",
    );
    let built = site.build();
    for (path, bytes) in built.files.iter().filter(|(path, _)| path.ends_with("index.html")) {
        let html = std::str::from_utf8(bytes).unwrap();
        assert_eq!((repeated_ids(html), dead_fragments(html)), (Vec::new(), Vec::new()), "{path}");
    }
    assert_eq!(repeated_ids("<p id=a><p id='b'><p id=\"a\">"), ["a"]);
    assert_eq!(dead_fragments("<a href=#a id=b></a><a href='#b'>"), ["a"]);
}

#[test]
fn headings_do_not_take_the_ids_of_the_page() {
    let site = Site::base();
    let mut headings = String::new();
    for id in ["c-1", "n-1", "fn-1", "fr-1", "s-udhr-1948", "f-icj-judges", "main", "sources", "page-sources", "menu"] {
        writeln!(headings, "## {id} {{#{id}}}\n").unwrap();
    }
    page(
        &site,
        "en",
        "The Universal Declaration",
        &format!("{headings}## C 1\n\nFree[^a] [@udhr-1948] [=icj-judges].\n\n[^a]: Not all [@udhr-1948].\n"),
    );
    // Refused by `check`, or given other ids: both will do.
    if sourcebook::diagnostic::has_errors(&site.check().diagnostics) {
        return;
    }
    assert_eq!(repeated_ids(site.build().text("en/documents/declaration/index.html")), Vec::<String>::new());
}

#[test]
fn an_intrusion_is_found() {
    let bad = [
        "<p><script>x</script>",
        "<a href=\"x\" onclick=\"y\">",
        "<a href=x onclick=y>",
        "<img alt='x' on-hostile='1'>",
        "<x-hostile>",
        "<a href=\" java\nscript:x\">",
        "<p style=\"x\">",
        "<!-- a --><iframe src=x>",
    ];
    for html in bad {
        assert_eq!(intrusions(html).len(), 1, "{html}");
    }
    assert!(
        intrusions(
            "<a href=\"x?a=&quot; on-hostile=&quot;\">1 < 2 & on-hostile=\"x\"</a><script src=\"x\" defer></script>"
        )
        .is_empty()
    );
}

/// Values that end an attribute, an element, a comment or a template, each with its number.
const HOSTILE: &[&str] = &[
    "<script>hostile()</script>",
    "\"><x-hostile>",
    "'><x-hostile>",
    "\" on-hostile=\"1",
    "' on-hostile='1",
    "--><x-hostile><!--",
    "</title><x-hostile>",
    "]]><x-hostile>",
    "{{ page.title }}{% raw %}<x-hostile>",
    "&lt;x-hostile&gt;&quot;&#x3c;x-hostile>",
    "<x-hostile/on-hostile=1>",
    "\u{2067}x\u{2069}<x-hostile>",
    "`<x-hostile>`",
];

fn yaml(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

/// A text that Markdown shows letter by letter.
fn escaped(text: &str) -> String {
    text.chars().flat_map(|c| [c.is_ascii_punctuation().then_some('\\'), Some(c)]).flatten().collect()
}

/// A chart of each kind over the same numbers, events and gaps among them.
const CHARTS: &str = "\
line:
  title: {en: Reported, he: דווח}
  kind: line
  series: [reported]
  events: [opened, closed]
  gap: 45
bars:
  title: {en: Counted and estimated, he: נספר ונאמד}
  kind: bar
  figures: [world-population-2100, icj-judges]
panels:
  title: {en: Side by side, he: זה לצד זה}
  kind: step
  panels: true
  series: [reported, world-population]
  period: 2024-01-01/2024-12-31
";

#[test]
fn charts_are_drawn_with_their_table() {
    let site = bare();
    site.put("content/charts/charts.yaml", CHARTS);
    site.put(
        "content/events/events.yaml",
        "opened: {date: 2024-01-10, title: {en: The office opens, he: המשרד נפתח}, short: {en: Opening, he: פתיחה}, sources: [un-wpp-2022]}\n\
         closed: {date: 2024-05, title: The office closes, sources: [{source: un-charter-1945, locator: art. 3}]}\n",
    );
    site.put(
        "content/figures/series/reported.yaml",
        "label: {en: Cases, he: מקרים}\nunit: people\nreporter: {en: An office, he: משרד}\npopulation: {en: Cases that were reported, he: מקרים שדווחו}\n\
         source: un-wpp-2022\nkind: cumulative\n",
    );
    site.put(
        "content/figures/series/reported.csv",
        "date,value,low,high,source_id,note\n2024-01-01,100,,,,\n2024-02-01,150,140,180,,\n2024-02-15,,,,,nothing was reported\n\
         2024-03-01,1250,,,un-charter-1945,\n2024-08-31,1300,,,,\n",
    );
    let body = "## Charts {#charts}\n\nIt was so [@udhr-1948].\n\n![As reported.](chart:line)\n\n![Two kinds [@gciv-1949].](chart:bars)\n\n![Over one year.](chart:panels)\n";
    for (lang, title) in [("en", "The Universal Declaration"), ("he", "ההכרזה")] {
        page(&site, lang, title, body);
    }
    let built = site.build();
    insta::assert_snapshot!("charts-en", part(&built, "en", "body"));
    insta::assert_snapshot!("charts-he", part(&built, "he", "body"));
    insta::assert_snapshot!("charts-sources-en", part(&built, "en", "sources"));
}

#[test]
fn a_figure_shows_what_it_was_and_how_its_source_puts_it() {
    let site = bare();
    site.put(
        "content/figures/more.yaml",
        "members:\n  label: {en: Members of the United Nations}\n  value: 193\n  unit: people\n  as-of: 2011-07-14\n  reporter: {en: United Nations}\n  source: un-charter-1945\n  \
         as-stated: {en: all but a few}\n  history: [{value: 159, as-of: 1984-09-21}, {value: 51, as-of: 1945-10-24}]\nothers:\n  label: {en: Members that joined later}\n  \
         derived: members - 51\n  unit: people\n  as-of: 2011-07-14\n  reporter: {en: United Nations}\n  source: udhr-1948\n",
    );
    site.put(
        "content/figures/series/reported.yaml",
        "label: {en: Cases}\nunit: people\nreporter: {en: An office}\npopulation: {en: Cases that were reported}\nsource: un-wpp-2022\nkind: period\n",
    );
    site.put("content/figures/series/reported.csv", "date,value\n2024-01-01/2024-01-31,7\n2024-02,9\n");
    page(
        &site,
        "en",
        "The Universal Declaration",
        "It has [=members], of which [=others] joined later. In January there were [=reported@2024-01-01/2024-01-31], and [=reported@../2024-03-01] then.\n",
    );
    let built = site.build();
    insta::assert_snapshot!("figures-history-body", part(&built, "en", "body"));
    insta::assert_snapshot!("figures-history-list", part(&built, "en", "figures"));
}

#[test]
fn an_interval_without_a_number_is_written_whole() {
    let site = bare();
    site.put(
        "content/figures/more.yaml",
        "displaced:\n  label: {en: People who left}\n  range: [600000, 850000]\n  unit: people\n  as-of: 1949\n  reporter: {en: An office}\n  population: {en: People}\n  \
         source: un-charter-1945\nshare:\n  label: {en: Their share}\n  range: [40, 60]\n  unit: percent\n  as-of: 1949\n  reporter: {en: An office}\n  population: {en: People}\n  \
         source: un-charter-1945\n",
    );
    page(&site, "en", "The Universal Declaration", "[=displaced:short] left, [=displaced] or [=share].\n");
    let built = site.build();
    let body = part(&built, "en", "body").replace(['\u{2068}', '\u{2069}'], "");
    assert!(body.contains("600,000–850,000 people"), "{body}");
    assert!(body.contains("40–60%"), "{body}");
    assert!(!body.contains(">600,000<"), "{body}");
}

#[test]
fn hostile_texts_stay_texts() {
    for (number, hostile) in HOSTILE.iter().enumerate() {
        let site = Site::base();
        let (text, words) = (yaml(&format!("word {hostile} word")), escaped(hostile));
        site.put(
            "book.toml",
            format!(
                "[book]\ntitle = {text}\ndescription = {text}\nauthors = [{text}]\nlanguage = \"en\"\n\n[site]\nbase-url = \"https://example.org/x/\"\n\
                 [languages.en]\nname = {text}\n\n[languages.he]\ntitle = {text}\ndescription = {text}\n"
            ),
        );
        let localized = format!("{{en: {text}, he: {text}}}");
        site.put(
            "content/sources/hostile.yaml",
            format!(
                "hostile:\n  type: report\n  lang: en\n  title: {localized}\n  author:\n    - org: {text}\n    - {{family: {text}, given: {text}}}\n  container: {text}\n  \
                 publisher: {localized}\n  place: {text}\n  number: {text}\n  volume: {text}\n  issue: {text}\n  pages: {text}\n  edition: {text}\n  doc-symbol: {text}\n  \
                 isbn: 978-0-521-00967-6\n  url: \"https://example.org/?a='on-hostile='1'&b=&quot;#x\"\n  archive: [{{url: \"https://example.org/'x'\", by: perma, wacz: {text}}}]\n  \
                 title-latn: {text}\n  authority: {localized}\n  snapshot: {{tool: {text}, by: {text}, media-type: {text}}}\n  rights: {localized}\n  \
                 corrected: {{at: 2024-01-01, note: {localized}}}\n  reliability: {{grade: B, note: {localized}, by: {text}}}\n  \
                 affiliation: {text}\n  perspective: {text}\n  license: {text}\n  note: {localized}\n  quotes:\n    - {{id: q1, exact: {localized}, prefix: {text}, suffix: {text}}}\n  \
                 checked: corroborated\n"
            ),
        );
        site.put(
            "content/figures/hostile.yaml",
            format!(
                "hostile:\n  label: {localized}\n  value: 5\n  range: [4, 6]\n  unit: people\n  as-of: 2024\n  reporter: {localized}\n  population: {text}\n  method: {text}\n  \
                 caveat: {text}\n  source: hostile\n  quote: q1\n  as-stated: {localized}\n  counter-figures: [icj-judges]\n"
            ),
        );
        site.put(
            "content/events/hostile.yaml",
            format!("hostile: {{date: 2022-07, title: {localized}, short: {localized}, text: {localized}, themes: [hostile], sources: [hostile]}}\n"),
        );
        site.put("content/themes.yaml", format!("hostile: {{name: {localized}}}\n"));
        site.put(
            "content/charts/hostile.yaml",
            format!(
                "hostile:\n  title: {localized}\n  subtitle: {localized}\n  kind: line\n  series: [world-population]\n  events: [hostile]\n\
                 bars:\n  title: {localized}\n  kind: bar\n  figures: [hostile]\n"
            ),
        );
        site.put(
            "content/actors/hostile.yaml",
            format!(
                "hostile:\n  name: {localized}\n  full-name: {text}\n  native: {localized}\n  short: {text}\n  kind: court\n  about: {{text: {localized}, by: {text}, sources: [hostile]}}\n  \
                 aims: {{by: {text}, date: 2020, sources: [{{source: hostile, quote: q1}}]}}\n  unknown: {text}\n  \
                 leaders: [{{name: {localized}, role: {localized}, as-of: 2020, note: {text}, latest: true, sources: [hostile]}}]\n  \
                 designations: [{{by: {localized}, what: {text}, as: {text}, since: 2020, note: {text}, sources: [hostile]}}]\n"
            ),
        );
        site.put("content/actors/groups.yaml", format!("hostile: {{title: {localized}, actors: [hostile]}}\n"));
        site.put("content/en/documents/page.png", b"not a picture");
        for lang in ["en", "he"] {
            site.put(
                &format!("content/{lang}/documents/hostile.md"),
                format!(
                    "---\ntitle: {text}\nsummary: {summary}\nkey-facts: [{summary}]\nreviewed: 2024-01-01\nreviewed-by: {text}\naliases: [old/hostile]\nactor: hostile\n---\n\
                     ## Heading {words}\n\nWords {words} here [see {words} @hostile#q1, p. 3, {words}].\n\
                     @hostile says **{words}** and [{words}](https://example.org/?a='on-hostile='1'&b=2) and [=hostile:full] [=hostile:by] [@? {words}].\n\
                     ![{words}](page.png)\n\n> [!position] {words}\n> {words} [@hostile].\n\n> [!position] {words}\n> {words} [@hostile].\n\n> [!note] {words}\n> {words} [@hostile].\n\n\
                     ~~~{words}\n{hostile}\n~~~\n\n| {words} |\n|---|\n| {words} [@hostile] |\n\n![{words} [@hostile]](chart:hostile)\n\n![{words}](chart:bars)\n\n![{words}](leaders:hostile)\n\n![{words}](designations:hostile)\n\n![{words}](actors:hostile)\n\n![{words}](who:hostile)\n\nA note[^a] [@hostile].\n\n[^a]: {words} [@hostile].\n",
                    summary = yaml(&format!("word {words} word [@hostile].")),
                ),
            );
        }
        let built = site.build();
        let mut seen = 0;
        for (path, bytes) in &built.files {
            let Ok(text) = std::str::from_utf8(bytes) else { continue };
            if is_a(path, "html") {
                assert_eq!(intrusions(text), Vec::<String>::new(), "value {number}, {path}");
                seen += text.matches("hostile").count();
            } else {
                assert!(!is_a(path, "xml") || !text.contains("<x-hostile"), "value {number}, {path}");
            }
        }
        assert!(seen > 50, "value {number} is shown {seen} times only");
    }
}

#[test]
fn addresses_that_could_run_are_refused() {
    let addresses = [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "https://example.org/\"on-hostile=\"1",
        "https://example.org/<x-hostile>",
        "//example.org",
        "file:///etc/passwd",
        "java\\nscript:x",
        " https:// ",
        "https://example.org/\\u0000",
    ];
    for address in addresses {
        let site = Site::base();
        site.put(
            "content/sources/hostile.yaml",
            format!(
                "hostile:\n  type: report\n  lang: en\n  title: x\n  url: \"{}\"\n  checked: corroborated\n",
                address.replace('"', "\\\"")
            ),
        );
        let codes: Vec<String> = site.check().diagnostics.iter().map(|found| found.code.to_string()).collect();
        assert!(codes.contains(&"SB504".to_owned()), "{address}: {codes:?}");
    }
    for address in [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "//example.org",
        "/etc/passwd",
        "java&#115;cript:x",
        "&#x6a;avascript:x",
    ] {
        let site = Site::base();
        site.put(&format!("content/en/{PATH}"), format!("---\ntitle: x\n---\nAll are [free]({address}) [@udhr-1948].\n\nAll are ![free]({address}) [@udhr-1948].\n"));
        let found = site.check().diagnostics.iter().filter(|found| found.code.id() == "SB504").count();
        assert_eq!(found, 2, "{address}");
    }
}

/// A place in a source is told in the reader's language, whatever is counted.
#[test]
fn every_locator_has_words_in_every_language() {
    let mut missing = Vec::new();
    for lang in ["en", "he", "ar", "fr"] {
        let lang = Lang::parse(lang).unwrap();
        let locale = Locale::new(&lang, &LocaleSettings::default()).unwrap();
        for label in Label::ALL.iter().filter(|label| locale.locator(label.name(), "3", false).is_none()) {
            missing.push(format!("{lang}: {}", label.name()));
        }
    }
    assert!(missing.is_empty(), "{missing:?}");
}

/// What a source does for a sentence is said in the reader's language.
#[test]
fn every_relation_has_words_in_every_language() {
    let mut missing = Vec::new();
    for lang in ["en", "he", "ar", "fr"] {
        let lang = Lang::parse(lang).unwrap();
        let locale = Locale::new(&lang, &LocaleSettings::default()).unwrap();
        let relations = Relation::ALL.iter().map(|relation| relation.name());
        let lacking = relations.filter(|name| locale.term(Vocabulary::Relation, name).is_none());
        missing.extend(lacking.map(|name| format!("{lang}: {name}")));
    }
    assert!(missing.is_empty(), "{missing:?}");
}
