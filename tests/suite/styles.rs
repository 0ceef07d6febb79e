//! Sites with a citation style of their own: by number, by author and date, in notes; in four languages, as HTML.

use crate::render::{dead_fragments, intrusions, repeated_ids};
use crate::support::{Built, Site, fixtures};
use std::fmt::Write;
use std::fs;

const LANGUAGES: [&str; 4] = ["en", "he", "ar", "fr"];

const BOOK: &str = r#"[book]
title = "Documents"
language = "en"

[languages.en]
[languages.he]
[languages.ar]
[languages.fr]

[citations]
style = "styles/house.csl"

[check]
source-unused = "allow"
accessed-missing = "allow"
source-unarchived = "allow"
"#;

/// The parts of a page that a style has a say in.
const TEMPLATE: &str = "=body
{{ page.body_html | safe }}
=notes
{% for note in page.notes %}{{ note.id }} {{ note.back }} {{ note.html | safe }}
{% endfor %}=sources
{% for source in page.sources %}{{ source.id }} {{ source.number }}: {{ source.entry_html | safe }}
{% for passage in source.passages %}  {{ passage.marks }}: {{ passage.detail_html | safe }}
{% endfor %}{% endfor %}=end
";

const TEXT: &str = "All are born free [@udhr-1948, art. 1; see @genocide-1948, and later texts].
Both came from one Assembly [@genocide-1948; @udhr-1948].
As @darwin-1860 [p. 110] wrote, species change [-@darwin-1860, pp. 3–5].
The fourth Convention protects civilians [@gciv-1949, art. 27].

It was heard in Washington[^a] [@king-1963].

[^a]: Before a quarter of a million people [@king-1963].
";

/// A site in four languages with a style of the fixtures and the sources of every type.
fn site(style: &str) -> Site {
    let site = Site::empty();
    let csl = fs::read_to_string(fixtures().join(format!("styles/{style}.csl"))).unwrap();
    let sources = fs::read_to_string(fixtures().join("entries/sources.yaml")).unwrap();
    site.put("book.toml", BOOK).put("styles/house.csl", csl);
    site.put("content/sources/sources.yaml", sources.replace("checked: known", "checked: corroborated"));
    for (lang, title) in [("en", "Documents"), ("he", "מסמכים"), ("ar", "وثائق"), ("fr", "Documents")] {
        site.put(&format!("content/{lang}/index.md"), format!("---\ntitle: {title}\n---\n{TEXT}"));
    }
    site.put("content/en/more.md", format!("---\ntitle: More\n---\n{TEXT}"));
    site
}

fn parts(built: &Built) -> String {
    let mut shown = String::new();
    for lang in LANGUAGES {
        writeln!(shown, "{lang}\n{}", built.text(&format!("{lang}/index.html"))).unwrap();
    }
    shown
}

#[test]
fn by_number() {
    let site = site("numeric");
    site.put("templates/page.html", TEMPLATE);
    insta::assert_snapshot!(parts(&site.build()));
}

#[test]
fn by_author_and_date() {
    let site = site("author-date");
    site.put("templates/page.html", TEMPLATE);
    let built = site.build();
    insta::assert_snapshot!(parts(&built));
    // The letters of years are those of the text, so the list of an untranslated page is in its language.
    insta::assert_snapshot!("untranslated", built.text("he/more/index.html"));
}

/// `-@key` stands for a source whose author the sentence has named by itself.
#[test]
fn an_author_who_is_left_out_is_not_named_by_the_citation() {
    let site = site("author-date");
    site.put("templates/page.html", TEMPLATE);
    for (written, names) in [("-@darwin-1860 [p. 110]", 0), ("@darwin-1860 [p. 110]", 1)] {
        site.put("content/en/more.md", format!("---\ntitle: More\n---\nSpecies change, so {written}.\n"));
        let built = site.build();
        let html = built.text("en/more/index.html");
        let paragraph = &html[html.find("<p>Species").unwrap()..html.find("=notes").unwrap()];
        assert_eq!(paragraph.matches("Darwin").count(), names, "{written}: {paragraph}");
        assert!(paragraph.contains("1860") && paragraph.contains("110"), "{written}: {paragraph}");
    }
}

#[test]
fn in_notes() {
    let site = site("note");
    site.put("templates/page.html", TEMPLATE);
    insta::assert_snapshot!(parts(&site.build()));
}

#[test]
fn links_lead_to_places_and_nothing_breaks_out() {
    for style in ["numeric", "author-date", "note"] {
        let site = site(style);
        let hostile = "\"><script>x</script>' onclick='y";
        let yaml = serde_json::to_string(hostile).unwrap();
        site.put(
            "content/sources/hostile.yaml",
            format!(
                "hostile:\n  type: article-journal\n  lang: en\n  title: {{en: {yaml}, he: {yaml}}}\n  title-latn: {yaml}\n  author: [{{family: {yaml}, given: {yaml}}}]\n  \
                 container: {yaml}\n  publisher: {yaml}\n  place: {yaml}\n  volume: {yaml}\n  issue: {yaml}\n  pages: {yaml}\n  doc-symbol: {yaml}\n  \
                 url: \"https://example.org/?a='onclick='y'&b=&quot;#x\"\n  checked: corroborated\n"
            ),
        );
        let words = "\\\"\\>\\<script\\>x\\</script\\>";
        site.put(
            "content/en/hostile.md",
            format!("---\ntitle: x\n---\nSo it is [see {words} @hostile, p. 3, {words}].\nSo says @hostile [p. 3].\nTwice [@{{hostile}}{{p. 3 <b>}}; @udhr-1948].\n"),
        );
        let built = site.build();
        for (path, bytes) in &built.files {
            let Ok(html) = std::str::from_utf8(bytes) else { continue };
            if !path.ends_with("index.html") {
                continue;
            }
            assert_eq!(intrusions(html), Vec::<String>::new(), "{style}, {path}");
            assert_eq!((repeated_ids(html), dead_fragments(html)), (Vec::new(), Vec::new()), "{style}, {path}");
        }
        assert!(built.text("en/hostile/index.html").contains("&lt;script&gt;"), "{style}");
    }
}

/// A style that prints nothing of a source, in a bracket or in the list, loses neither the citation nor the source.
#[test]
fn what_a_style_passes_over_is_told_without_it() {
    let site = Site::base();
    let book = BOOK.replace("[languages.ar]\n[languages.fr]\n", "");
    let style = r#"<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
  <info><title>DOI</title><id>https://example.org/doi</id><updated>2024-01-01T00:00:00+00:00</updated></info>
  <citation><layout delimiter="; "><text variable="volume"/></layout></citation>
  <bibliography><layout><text variable="DOI"/></layout></bibliography>
</style>"#;
    let paper = "paper: {type: article-journal, lang: en, title: On rain, author: [{family: Levi, given: Ruth}], container: Weather, publisher: Clouds, volume: \"3\", issue: \"2\", pages: 7-9, doi: 10.1000/rain, date: 2024-05-03, checked: corroborated}\n";
    let plain = paper
        .replace("paper:", "plain:")
        .replace("doi: 10.1000/rain, ", "")
        .replace("On rain", "On snow")
        .replace("volume: \"3\", ", "");
    let own = "own: {type: report, lang: en, title: {en: On hail, he: על ברד}, author: [{org: Clouds}], publisher: Clouds, doc-symbol: C/1, checked: corroborated}\n";
    site.put("book.toml", book).put("styles/house.csl", style);
    site.put("content/sources/more.yaml", format!("{paper}{plain}{own}"));
    let text = "It rains [@paper]. It snows [@plain]. It hails [@own]. All do [@own; @paper; @plain]. They did [@plain; @paper].";
    site.put("content/en/index.md", format!("---\ntitle: T\n---\n{text}\n"));
    site.put("content/he/index.md", format!("---\ntitle: T\n---\n{text}\n"));
    site.put("templates/page.html", TEMPLATE);
    let built = site.build();
    insta::assert_snapshot!("passed_over", built.text("en/index.html").to_owned() + built.text("he/index.html"));
}

/// A citation is a link to its entry, so the address of the source that a style prints in it stands beside that link.
#[test]
fn an_address_in_a_citation_stands_in_no_other_link() {
    let site = Site::base();
    site.put("book.toml", BOOK.replace("[languages.he]\n[languages.ar]\n[languages.fr]\n", ""));
    site.put("content/sources/more.yaml", "paper: {type: article-journal, lang: en, title: On rain, author: [{family: Levi, given: Ruth}], container: Weather, publisher: Clouds, volume: \"3\", doi: 10.1000/rain, date: 2024-05-03, checked: corroborated}\n");
    fs::remove_dir_all(site.root().join("content/he")).unwrap();
    site.put("content/en/index.md", "---\ntitle: T\n---\nIt rains [@paper; @udhr-1948]. So says @paper [p. 7].\n");
    for class in ["in-text", "note"] {
        let style = format!(
            r#"<style xmlns="http://purl.org/net/xbiblio/csl" class="{class}" version="1.0">
  <info><title>DOI</title><id>https://example.org/doi</id><updated>2024-01-01T00:00:00+00:00</updated></info>
  <citation><layout delimiter="; "><group delimiter=", "><text variable="title"/><text variable="DOI"/></group></layout></citation>
</style>"#
        );
        site.put("styles/house.csl", style);
        let built = site.build();
        let html = built.text("en/index.html");
        assert!(html.contains("href=\"https://doi.org/10.1000/rain\""), "{class}: {html}");
        let ends = html.split("<a ").skip(1).map(|link| link.contains("</a>"));
        assert!(
            ends.clone().count() > 5 && ends.into_iter().all(|ends| ends),
            "{class}: a link stands in a link: {html}"
        );
    }
}
