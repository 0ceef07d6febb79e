//! What a reader meets: pages of sources that nothing but a record rests on, entries in the reader's own language, the pages on which a term is used, languages that have begun.

use crate::support::{Built, Site, linked, told};
use sourcebook::book::{Book, Version};
use sourcebook::diagnostic::Code;
use std::fs;

/// The base site in four languages, of which French and Arabic have a home page alone.
fn site() -> Site {
    let site = Site::base();
    let book = fs::read_to_string(site.root().join("book.toml")).unwrap();
    let languages = "[languages.ar]\ntitle = \"وثائق\"\n\n[languages.fr]\ntitle = \"Documents\"\n\n[check]\n";
    site.put("book.toml", book.replace("[check]\n", &format!("{languages}interface-untranslated = \"allow\"\n")));
    site.put("content/ar/index.md", "---\ntitle: وثائق\n---\nنص [@rain].\n");
    site.put("content/fr/index.md", "---\ntitle: Documents\n---\nTexte [@rain].\n");
    site.put("content/he/documents/rain.md", "---\ntitle: גשם\n---\nמילים [@rain].\n");
    site.put("content/en/documents/rain.md", "---\ntitle: Rain\n---\nWords [@rain].\n");
    site.put(
        "content/sources/more.yaml",
        "rain: {type: report, lang: en, title: On rain, author: [{org: Office}], date: 2024-05-03, doc-symbol: R/1, checked: corroborated}\n\
         hail: {type: report, lang: en, title: On hail, author: [{org: Office}], date: 2024-05-04, doc-symbol: R/2, checked: corroborated}\n\
         snow: {type: report, lang: en, title: On snow, author: [{org: Office}], date: 2024-05-05, doc-symbol: R/3, checked: corroborated}\n",
    );
    site
}

/// A record of a figure, with more fields.
fn figure(id: &str, value: u32, more: &str) -> String {
    format!(
        "{id}: {{label: {{en: Count {id}, he: ספירה {id}}}, value: {value}, unit: places, as-of: 2024, reporter: {{en: Office, he: משרד}}, population: {{en: All, he: הכול}}, source: udhr-1948{more}}}\n"
    )
}

/// What a timeline and a who's who are made for.
fn put_event_and_actor(site: &Site) {
    site.put("content/events/events.yaml", "opened: {date: 2024-01-10, title: It opens, sources: [udhr-1948]}\n");
    site.put(
        "content/actors/actors.yaml",
        "office: {name: The Office, kind: un-body, about: {text: It counts., sources: [udhr-1948]}}\n",
    );
}

/// The page about rain in the first language.
fn rain(book: &Book) -> &Version {
    book.versions().find(|(page, ..)| page.id.as_str() == "documents/rain").unwrap().2
}

/// The entry of a source on a page.
fn entry<'b>(built: &'b Built, page: &str, source: &str) -> &'b str {
    let html = built.text(page);
    let start = html.find(&format!("<li id=\"s-{source}\"")).unwrap_or_else(|| panic!("{page} lists no {source}"));
    &html[start..start + html[start..].find("</li>").unwrap()]
}

#[test]
fn entries_are_in_the_language_of_their_reader() {
    let built = site().build();
    let dates = [("en", "3 May 2024"), ("he", "3 במאי 2024"), ("ar", "3 مايو 2024"), ("fr", "3 mai 2024")];
    for (lang, _) in dates {
        let folder = if matches!(lang, "en" | "he") { "documents/rain/" } else { "" };
        let entry = entry(&built, &format!("{lang}/{folder}index.html"), "rain");
        for (other, date) in dates {
            assert_eq!(entry.contains(date), other == lang, "{lang}, {date}: {entry}");
        }
    }
}

#[test]
fn a_source_that_a_record_alone_rests_on_has_its_page() {
    let site = site();
    let built = site.build();
    assert!(!built.files.contains_key("en/sources/hail/index.html"), "nothing rests on it");
    site.put(
        "content/actors/actors.yaml",
        "office: {name: The Office, kind: un-body, about: {text: It counts people., sources: [hail]}}\n",
    );
    site.put(
        "content/events/events.yaml",
        "opened: {date: 2024-01-10, title: {en: It opens, he: הוא נפתח}, sources: [snow]}\n",
    );
    let built = site.build();
    for source in ["hail", "snow"] {
        for lang in ["en", "he", "ar", "fr"] {
            assert!(built.files.contains_key(&format!("{lang}/sources/{source}/index.html")), "{lang} {source}");
        }
    }
}

#[test]
fn the_glossary_leads_to_the_pages_that_use_a_term() {
    let site = site();
    site.put(
        "content/terms/terms.yaml",
        "charter: {sources: [un-charter-1945], definition: {en: The treaty of 1945., he: האמנה משנת 1945.}}\n\
         seat: {sources: [un-charter-1945], definition: {en: A place in a body., he: מקום בגוף.}}\n",
    );
    site.put("content/terms/en.yaml", "charter: {term: Charter}\nseat: {term: Seat}\n");
    site.put("content/terms/he.yaml", "charter: {term: מגילה}\nseat: {term: מושב}\n");
    site.put("content/en/documents/rain.md", "---\ntitle: Rain\n---\nThe [treaty](term:charter) came first [@rain].\n");
    let built = site.build();
    let html = built.text("en/glossary/index.html");
    let of = |term: &str| {
        let start = html.find(&format!("id=\"t-{term}\"")).unwrap_or_else(|| panic!("no {term} in {html}"));
        let rest = &html[start..];
        &rest[..rest[1..].find("class=\"term\"").map_or(rest.len(), |end| end + 1)]
    };
    let leads = |term: &str| of(term).contains("documents/rain/\"");
    assert_eq!((leads("charter"), leads("seat")), (true, false), "{html}");
}

#[test]
fn names_are_asked_for_in_languages_that_have_begun() {
    let site = site();
    site.put("content/themes.yaml", "rain: {name: {en: Rain, he: גשם}}\n");
    let asked = || {
        let found = site.check();
        let own = found.diagnostics.iter().filter(|one| one.message.contains("the name of the theme `rain`"));
        own.map(|one| one.message.clone()).collect::<Vec<_>>().join("; ")
    };
    let both = asked();
    assert!(both.ends_with("is not written in ar, fr"), "{both}");
    fs::remove_dir_all(site.root().join("content/fr")).unwrap();
    let one = asked();
    assert!(one.ends_with("is not written in ar"), "{one}");
}

#[test]
fn pages_are_read_by_weight_then_by_name() {
    let site = site();
    for (name, weight) in [("first", 2), ("second", 3), ("third", 3)] {
        let page = format!("---\ntitle: The {name}\nweight: {weight}\n---\nWords [@rain].\n");
        site.put(&format!("content/en/documents/{name}.md"), page);
    }
    let built = site.build();
    let next = |page: &str| {
        let html = built.text(&format!("en/documents/{page}/index.html"));
        let start = html.find("<a rel=\"next\" href=\"../").map(|at| at + "<a rel=\"next\" href=\"../".len());
        start.and_then(|at| html[at..].split(['/', '"']).next())
    };
    // A page that says none has the weight 0; the declaration has 20.
    assert_eq!(
        [next("rain"), next("first"), next("second"), next("third"), next("declaration")],
        [Some("first"), Some("second"), Some("third"), Some("declaration"), None]
    );
}

#[test]
fn what_is_not_there_is_not_led_to() {
    let site = site();
    let has = |built: &Built, path: &str| built.files.contains_key(path);
    let built = site.build();
    assert!(!has(&built, "en/timeline/index.html"));
    site.put("content/themes.yaml", "rain: {name: {en: Rain, he: גשם}}\nsun: {name: {en: Sun, he: שמש}}\n");
    site.put(
        "content/events/events.yaml",
        "opened: {date: 2024-01-10, title: {en: It opens, he: הוא נפתח}, themes: [rain], sources: [snow]}\n",
    );
    let built = site.build();
    assert!(built.text("en/index.html").contains("href=\"timeline/\""));
    assert!(
        has(&built, "en/timeline/rain/index.html"),
        "{:?}",
        built.files.keys().filter(|path| path.contains("timeline")).collect::<Vec<_>>()
    );
    assert!(!has(&built, "en/timeline/sun/index.html"));
}

#[test]
fn pages_that_the_site_makes_are_there_to_be_led_to_when_it_makes_them() {
    let site = Site::base();
    let page = |name: &str| format!("---\ntitle: Links\n---\nSee [it](../{name}.md) [@udhr-1948].\n");
    let is_dead = |name: &str| {
        site.put("content/en/documents/links.md", page(name));
        site.check().diagnostics.iter().any(|one| one.code == Code::SB501)
    };
    for (name, is_made) in [
        ("sourcing", true),
        ("search", true),
        ("changes", true),
        ("offline", false),
        ("timeline", false),
        ("people", false),
    ] {
        assert_eq!(is_dead(name), !is_made, "{name}");
    }
    let book = fs::read_to_string(site.root().join("book.toml")).unwrap();
    site.put("book.toml", format!("{book}\n[build]\noffline = [\"zip\"]\n"));
    put_event_and_actor(&site);
    for name in ["offline", "timeline", "people"] {
        assert!(!is_dead(name), "{name}");
    }
}

#[test]
fn what_changed_is_told_where_anything_could() {
    let bare = || {
        let site = Site::base();
        fs::remove_dir_all(site.root().join("content/figures")).unwrap();
        for (lang, title) in [("en", "Documents"), ("he", "מסמכים")] {
            site.put(&format!("content/{lang}/index.md"), format!("---\ntitle: {title}\n---\nWords [@udhr-1948].\n"));
        }
        site
    };
    let tells = |site: &Site| site.build().files.contains_key("en/changes/index.html");
    assert!(!tells(&bare()), "there is nothing that could change");
    let corrected = bare();
    let front = "---\ntitle: Documents\ncorrection: [{at: 2026-11-20, note: The year was wrong.}]\n---\n";
    corrected.put("content/en/index.md", format!("{front}Words [@udhr-1948].\n"));
    assert!(tells(&corrected), "{}", told(&corrected.check()));
    let figures = bare();
    figures.put("content/figures/one.yaml", figure("one", 4, ""));
    assert!(tells(&figures));
    let series = bare();
    series.put(
        "content/figures/series/one.yaml",
        "label: {en: One, he: אחד}\nunit: places\nreporter: {en: Office, he: משרד}\npopulation: {en: All, he: הכול}\nsource: udhr-1948\nkind: cumulative\n",
    );
    series.put("content/figures/series/one.csv", "date,value\n2024-01-01,1\n");
    assert!(tells(&series));
}

#[test]
fn pages_about_the_site_stand_with_what_explains_it() {
    let site = Site::base();
    let lists = |about: &str| {
        site.put("content/en/about.md", format!("---\ntitle: Who writes here\n{about}---\nWords [@udhr-1948].\n"));
        let html = site.build().text("en/search/index.html").to_owned();
        let part = |id: &str| {
            let rest = &html[html.find(&format!("id=\"{id}\"")).unwrap_or_else(|| panic!("no {id}"))..];
            rest[..rest.find("</section>").unwrap_or(rest.len())].contains("Who writes here")
        };
        (part("index-pages"), part("index-site"))
    };
    assert_eq!(lists(""), (true, false));
    assert_eq!(lists("about-site: true\n"), (false, true));
}

#[test]
fn headings_of_a_translation_take_ids_from_a_source_of_the_same_shape() {
    let site = Site::base();
    site.put(
        "content/en/documents/rain.md",
        "---\ntitle: Rain\n---\n## One {#one}\n\nIt [@udhr-1948].\n\n### Two {#two}\n\nIt [@udhr-1948].\n",
    );
    let ids = |first: &str, second: &str| {
        let text = format!("---\ntitle: גשם\n---\n{first}\n\nמילים [@udhr-1948].\n\n{second}\n\nמילים [@udhr-1948].\n");
        site.put("content/he/documents/rain.md", text);
        let html = site.build().text("he/documents/rain/index.html").to_owned();
        (html.contains("id=\"one\""), html.contains("id=\"two\""))
    };
    assert_eq!(ids("## אחת", "### שתיים"), (true, true));
    assert_eq!(ids("## אחת", "## שתיים"), (false, false));
    assert_eq!(ids("## אחת", ""), (false, false));
    assert_eq!(ids("## אחת {#one}", "### שתיים {#one-more}"), (true, false));
}

#[test]
fn headings_have_ids_of_their_words_and_none_twice() {
    let site = Site::base();
    let text = "## What Is It?\n\n## What is it\n\n## Main\n\n## …\n\n## 2023–24, שנה א׳\n\n## What is it 2\n";
    let words = text.replace("\n\n", "\n\nWords [@udhr-1948].\n\n");
    site.put("content/en/documents/rain.md", format!("---\ntitle: Rain\n---\n{words}\nWords [@udhr-1948].\n"));
    let html = site.build().text("en/documents/rain/index.html").to_owned();
    let ids: Vec<&str> = html.split("<h2 id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let own: Vec<&str> = ids.into_iter().filter(|id| !id.starts_with("page-")).collect();
    assert_eq!(own, ["what-is-it", "what-is-it-2", "h-main", "section", "2023-24-שנה-א", "what-is-it-2-2"], "{html}");
}

#[test]
fn an_address_at_which_the_site_makes_a_page_is_no_pages() {
    let site = Site::base();
    let book = fs::read_to_string(site.root().join("book.toml")).unwrap();
    let told = |name: &str| {
        let path = format!("content/en/{name}.md");
        site.put(&path, "---\ntitle: Mine\n---\nWords [@udhr-1948].\n");
        let found = site.check();
        fs::remove_file(site.root().join(&path)).unwrap();
        found.diagnostics.iter().any(|one| one.code == Code::SB247)
    };
    let always = ["sourcing", "glossary", "figures", "search", "offline", "sources/rain", "changes"];
    let sometimes = ["timeline/rain", "people", "translation-status"];
    for name in always {
        assert!(told(name), "{name}");
    }
    for name in sometimes {
        assert!(!told(name), "{name}");
    }
    assert!(!told("rain") && !told("about"));
    site.put("book.toml", format!("{book}\n[build]\ntranslation-status = true\n"));
    put_event_and_actor(&site);
    for name in sometimes {
        assert!(told(name), "{name}");
    }
}

/// The mark of what a page says is another when a number is another that a reader of it sees, wherever on the page.
#[test]
fn the_state_of_a_page_is_that_of_its_words_and_its_numbers() {
    let state = |changed: &str, words: &str| {
        let value = |id: &str| if id == changed { 5 } else { 4 };
        let records: String =
            [("said", ", counter-figures: [against]"), ("against", ""), ("drawn", ""), ("part", ""), ("elsewhere", "")]
                .map(|(id, more)| figure(id, value(id), more))
                .concat();
        let sum = "sum: {label: {en: Sum}, derived: part + said, unit: places, as-of: 2024, reporter: {en: Office}, population: {en: All}, source: udhr-1948}\n";
        let site = Site::base();
        site.put("content/figures/more.yaml", records + sum);
        site.put("content/figures/series/drawn-too.yaml", "label: {en: Rain}\nunit: places\nreporter: {en: Office}\npopulation: {en: All}\nsource: udhr-1948\nkind: cumulative\n");
        site.put("content/figures/series/drawn-too.csv", format!("date,value\n2024-01-01,{}\n", value("drawn-too")));
        site.put(
            "content/charts/charts.yaml",
            "bars: {title: Bars, kind: bar, figures: [drawn]}\nlines: {title: Lines, kind: line, series: [drawn-too]}\n",
        );
        let page = format!(
            "---\ntitle: Rain\n---\n{words} [=said] and [=sum] [@udhr-1948].\n\n![Bars.](chart:bars)\n\n![Lines.](chart:lines)\n"
        );
        site.put("content/en/documents/rain.md", page);
        let book = linked(&site.root());
        book.state_of(rain(&book))
    };
    let first = state("", "There were");
    for id in ["said", "against", "drawn", "part", "drawn-too"] {
        assert_ne!(state(id, "There were"), first, "{id}");
    }
    assert_eq!(state("elsewhere", "There were"), first);
    assert_ne!(state("", "There are"), first);
}

#[test]
fn words_are_read_wherever_they_stand() {
    let site = Site::base();
    let places = [
        "Words [@SOURCE].",
        "> Words [@SOURCE].",
        "> [!note] Head\n> Words [@SOURCE].",
        "- Words [@SOURCE].",
        "- one [@udhr-1948]\n\n  1. Words [@SOURCE].",
        "| a |\n|---|\n| Words [@SOURCE]. |",
        "| Words [@SOURCE]. |\n|---|\n| a [@udhr-1948] |",
        "Words[^a] [@udhr-1948].\n\n[^a]: More [@SOURCE].",
        "**Words [@SOURCE].**",
        "### Words [@SOURCE]",
    ];
    for place in places {
        let page = format!("---\ntitle: Rain\n---\n{}\n", place.replace("SOURCE", "gciv-1949"));
        site.put("content/en/documents/rain.md", page);
        let book = linked(&site.root());
        assert!(rain(&book).sources.iter().any(|source| source.as_str() == "gciv-1949"), "{place}");
    }
}

#[test]
fn a_figure_is_listed_with_the_sentence_that_shows_it_and_with_what_it_is_worked_out_from() {
    let site = Site::base();
    let sum = "sum: {label: {en: Sum, he: סכום}, derived: part + other, unit: places, as-of: 2024, reporter: {en: Office, he: משרד}, population: {en: All, he: הכול}, source: udhr-1948}\n";
    site.put(
        "content/figures/more.yaml",
        figure("part", 40, "") + &figure("other", 7, "") + &figure("unshown", 9, "") + sum,
    );
    site.put(
        "content/en/documents/rain.md",
        "---\ntitle: Rain\n---\nIt rained for days. Then [=sum] places were wet [@udhr-1948]. It stopped at last [@udhr-1948].\n",
    );
    let built = site.build();
    for (id, is_there) in [("sum", true), ("part", true), ("other", true), ("unshown", false)] {
        assert_eq!(built.files.contains_key(&format!("data/figures/{id}.json")), is_there, "{id}");
    }
    let html = built.text("en/figures/index.html");
    assert!(
        html.contains("places were wet") && !html.contains("rained for days") && !html.contains("at last"),
        "{html}"
    );
}
