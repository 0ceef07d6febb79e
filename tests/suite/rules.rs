//! Rules about sources that one example cannot show: what is never published, what stays quiet, in which languages.

use crate::support::{Site, told};
use sourcebook::diagnostic::Code;

/// A record with a kept copy, and its text.
const COPY: &str = "copied:\n  type: pamphlet\n  lang: en\n  title: A leaflet\n  snapshot: {path: snapshots/leaflet.pdf, text-path: snapshots/leaflet.txt}\n  quotes: [{id: q1, exact: kept words}]\n  checked: stored-page\n";

#[test]
fn kept_copies_are_held_against_their_records_and_never_published() {
    let site = Site::base();
    site.put("content/sources/copies.yaml", COPY)
        .put("content/snapshots/leaflet.pdf", b"%PDF\xff\x00 kept words")
        .put("content/snapshots/leaflet.txt", "Only kept words.\n")
        .put("content/en/documents/declaration.md", "---\ntitle: D\n---\nKept words [@copied#q1].\n");
    let built = site.build();
    for (path, bytes) in &built.files {
        assert!(!path.contains("snapshot"), "{path}");
        assert!(!bytes.windows(15).any(|window| window == b"Only kept words"), "{path}");
    }
}

const LANGUAGES: &str =
    "[book]\ntitle = \"T\"\nlanguage = \"en\"\n\n[languages.en]\n[languages.he]\n[languages.ar]\n[languages.fr]\n";

/// Two parties whose names the interface knows, and one that it does not; a body that is none; figures that they counted.
const PARTIES: &str = r"
army:
  type: webpage
  lang: en
  title: Bridges
  author:
    - org: {en: Defense Forces, he: צה״ל, ar: الجيش, fr: Armée}
  affiliation: israel
  names: {en: [spokeswoman], he: [דובר], ar: [ناطق], fr: porte-parole}
  checked: stored-page
office:
  type: webpage
  lang: ar
  title: {en: Roads}
  author: [{org: {en: Office of Roads (OOR), he: משרד הדרכים, ar: مكتب الطرق, fr: Office des routes}}]
  affiliation: hamas
  checked: stored-page
stranger:
  type: webpage
  lang: en
  title: Rivers
  author: [{family: {en: Levi, he: לוי}}]
  affiliation: ruritania
  checked: stored-page
observer: {type: report, lang: en, title: Observations, author: [{org: Observers}], checked: stored-page}
";

const COUNTED: &str = r#"
closed: {label: Closed roads, value: 7, unit: places, as-of: 2024-05-03, reporter: {en: "Office of Roads, via observers", he: משרד הדרכים, ar: "مكتب الطرق", fr: "Office des routes"}, source: observer, checked: stored-page}
seen: {label: Roads seen, value: 9, unit: places, as-of: 2024-05-03, reporter: Observers, source: observer, checked: stored-page}
rough: {label: {en: Rough roads of Ruritania, he: דרכים משובשות ברוריטניה, ar: طرق وعرة في روريتانيا, fr: Routes difficiles de Ruritanie}, value: 1195, unit: places, as-of: 2024-05-03, reporter: Observers, source: observer, checked: stored-page}
argued: {label: {en: Argued}, value: 12, unit: places, as-of: 2024-05-03, reporter: Observers, source: observer, status: disputed, checked: stored-page}
steep: {label: {en: Share of steep roads in Ruritania, he: שיעור הדרכים התלולות ברוריטניה, ar: نسبة الطرق المنحدرة في روريتانيا, fr: Part des routes raides en Ruritanie}, value: 20, unit: percent, as-of: 2024-05-03, reporter: Observers, source: observer, checked: stored-page}
"#;

/// How often a page with this body is reported under a code.
fn reported(code: Code, lang: &str, body: &str) -> usize {
    let site = Site::base();
    std::fs::remove_dir_all(site.root().join("content")).unwrap();
    site.put("book.toml", LANGUAGES).put("content/sources/all.yaml", PARTIES).put("content/figures/all.yaml", COUNTED);
    site.put("content/en/index.md", "---\ntitle: T\n---\n");
    site.put("content/en/actors/index.md", "---\ntitle: T\n---\n")
        .put("content/en/actors/hamas.md", "---\ntitle: T\n---\n");
    if lang != "en" {
        site.put(&format!("content/{lang}/index.md"), "---\ntitle: T\n---\n");
    }
    site.put(&format!("content/{lang}/page.md"), format!("---\ntitle: T\n---\n{body}\n"));
    if lang != "en" {
        site.put("content/en/page.md", "---\ntitle: T\n---\n");
    }
    let compilation = site.check();
    let unexpected = compilation
        .diagnostics
        .iter()
        .any(|found| found.severity == sourcebook::diagnostic::Severity::Error && found.code != code);
    assert!(!unexpected, "{lang}: {body}\n{}", told(&compilation));
    compilation.diagnostics.iter().filter(|found| found.code == code).count()
}

#[test]
fn the_word_of_a_party_has_its_name() {
    let named = [
        ("en", "Israel says that the bridge is open [@army]."),
        ("en", "The Israeli military opened it [@army]."),
        ("en", "The bridge, said a spokeswoman, is open [@army]."),
        ("en", "It is open, according to the Defense Forces’ page [@army]."),
        ("en", "As @army [p. 3] says, it is open."),
        ("en", "It is “open to everybody” [@army]."),
        ("en", "It is open, says the OOR [@office]."),
        ("en", "It is open, says [the movement](actors/hamas.md) [@office]."),
        ("en", "It is open, says Levi [@stranger]."),
        ("en", "Ruritania says that it is open [@stranger]."),
        ("en", "> It is open [@army]."),
        ("en", "According to Israel:\n\n- It is open [@army].\n- It was closed [@army]."),
        ("en", "- Israel: it is open [@observer].\n\n  It was closed [@army]."),
        ("en", "| Israel’s word | Note |\n|---|---|\n| open [@army] | x |"),
        ("en", "| Road | Who says so |\n|---|---|\n| open [@army] | Israel |"),
        ("en", "It is open.[^n] End [@observer].\n\n[^n]: So says Israel [@army]."),
        ("en", "Israel says that it is open.[^n] End [@observer].\n\n[^n]: See the page [@army]."),
        ("en", "Israel says that it is open. It was closed. It will close [@army]."),
        ("en", "Israel says that it is open [@army]. It was closed [@army]. It will close [@army; @observer]."),
        ("en", "The Office of Roads counts [=closed]."),
        ("en", "There are [=closed:full]."),
        ("en", "There are [=closed], according to [=closed:by]."),
        ("en", "There are [=seen] [@observer]."),
        ("he", "ישראל מסרה שהגשר פתוח [@army]."),
        ("he", "לפי הצבא הישראלי הגשר פתוח [@army]."),
        ("he", "מצה״ל נמסר שהגשר פתוח [@army]."),
        ("he", "לדברי הדובר הגשר פתוח [@army]."),
        ("he", "שלחמאס יש גשר פתוח [@office]."),
        ("he", "לפי משרד הדרכים [=closed] נסגרו."),
        ("he", "הגשר ״פתוח לכול״ [@army]."),
        ("ar", "قالت إسرائيل إن الجسر مفتوح [@army]."),
        ("ar", "وبحسب الجيش الإسرائيلي فالجسر مفتوح [@army]."),
        ("ar", "للجيش جسر مفتوح [@army]."),
        ("ar", "والناطق يقول إن الجسر مفتوح [@army]."),
        ("ar", "وحماس تقول إن الجسر مفتوح [@office]."),
        ("ar", "أحصى مكتب الطرق [=closed]."),
        ("ar", "الجسر «مفتوح للجميع» [@army]."),
        ("fr", "Selon l’armée israélienne, le pont est ouvert [@army]."),
        ("fr", "D’après Israël, le pont est ouvert [@army]."),
        ("fr", "L’Office des routes compte [=closed]."),
        ("fr", "Le pont est « ouvert à tous » [@army]."),
    ];
    for (lang, body) in named {
        assert_eq!(reported(Code::SB221, lang, body), 0, "{lang}: {body}");
    }
    let unnamed = [
        ("en", "The bridge is open [@army].", 1),
        ("en", "The bridge is open [@army; @observer].", 1),
        ("en", "The bridge is “open” [@army].", 1),
        ("en", "Hamas says that the bridge is open [@army].", 1),
        ("en", "There are [=closed].", 1),
        ("en", "There are [=closed] and [=closed:short].", 2),
        ("en", "The Observers count [=closed].", 1),
        ("en", "Israel says that it is open [@army]. It rained [@observer]. It was closed [@army].", 1),
        ("en", "Israel says that it is open [@army].\n\nIt was closed [@army].", 1),
        ("en", "According to Israel:\n\n- It is open [@army].\n\nIt was closed [@army].", 1),
        ("en", "- It is open [@army].", 1),
        ("en", "Somebody says so [@observer]:\n\n- It is open [@army].", 1),
        ("en", "Israel is near [@observer].\n\n- It is open [@army].", 1),
        ("en", "[The movement](actors/hamas.md) is old [@observer]. It is open [@office].", 1),
        ("en", "It is open [@office]. [The movement](actors/hamas.md) is old [@observer].", 1),
        ("en", "| Road | Note |\n|---|---|\n| Israel | x [@observer] |\n| open [@army] | y |", 1),
        ("he", "הגשר פתוח [@army].", 1),
        ("he", "נסגרו [=closed].", 1),
        ("ar", "الجسر مفتوح [@army].", 1),
        ("ar", "أُغلق [=closed].", 1),
        ("fr", "Le pont est ouvert [@army].", 1),
        ("fr", "Il y en a [=closed].", 1),
    ];
    for (lang, body, times) in unnamed {
        assert_eq!(reported(Code::SB221, lang, body), times, "{lang}: {body}");
    }
}

#[test]
fn a_contested_point_has_two_witnesses_or_names_the_one() {
    let other = "\n\n> [!position] Observers\n> It is closed [@observer; @stranger].";
    let quiet = [
        format!("> [!position] Israel\n> It is open [@army].{other}"),
        format!("> [!position] Hamas\n> It is open, Observers report [@observer].{other}"),
        format!("> [!position] Hamas\n> It is open [@observer]. It was closed [@stranger].{other}"),
        "It is open, say the Observers [@observer; @disputes:office].".to_owned(),
        "It is open [@observer; @stranger; @disputes:office].".to_owned(),
        "It is open [@observer; @supports:office].".to_owned(),
        "The Observers count [=argued].".to_owned(),
        "It is open [@supports:observer].".to_owned(),
    ];
    for body in quiet {
        assert_eq!(reported(Code::SB222, "en", &body), 0, "{body}");
    }
    let told = [
        (format!("> [!position] Hamas\n> It is open [@observer].{other}"), 1),
        (format!("> [!position] Hamas\n> - It is open [@observer].\n> - It was closed [=seen].{other}"), 1),
        (format!("> [!position] Hamas\n> There are [=seen].{other}"), 1),
        ("There are [=argued].".to_owned(), 1),
        // What is said before and behind a position names nobody in it.
        (
            format!(
                "Observers report it [@observer; @stranger].\n\n> [!position] Hamas\n> It is open [@observer].{other}"
            ),
            1,
        ),
        (
            format!(
                "> [!position] Hamas\n> It is open [@observer].{other}\n\nObservers report it [@observer; @stranger]."
            ),
            1,
        ),
        ("It is open [@observer; @disputes:office].".to_owned(), 1),
        ("It is open. It was closed [@disputes:observer].".to_owned(), 1),
    ];
    for (body, times) in told {
        assert_eq!(reported(Code::SB222, "en", &body), times, "{body}");
    }
}

/// A file of sources, each with a line of its own.
fn sources(lines: &[(&str, &str)]) -> String {
    let record = |(id, line): &(&str, &str)| {
        format!("{id}: {{type: webpage, lang: en, title: T, checked: stored-page, {line}}}\n")
    };
    lines.iter().map(record).collect()
}

fn said(code: Code, lines: &[(&str, &str)]) -> Vec<String> {
    let site = Site::base();
    site.put("content/sources/more.yaml", sources(lines));
    let compilation = site.check();
    let own = compilation.diagnostics.iter().filter(|found| found.code == code);
    own.map(|found| found.message.clone()).collect()
}

#[test]
fn circles_are_told_once() {
    let circle = [
        ("a", "supersedes: [b], superseded-by: [c]"),
        ("b", "supersedes: [c], superseded-by: [a]"),
        ("c", "supersedes: [old-a], superseded-by: [b]"),
        ("d", "supersedes: [d]"),
        ("e", "chain: [f, a]"),
        ("f", "chain: [g]"),
        ("g", "chain: [f, h]"),
        ("h", "aliases: [old-h], chain: [old-h]"),
    ];
    let aliased: Vec<(&str, &str)> = circle
        .iter()
        .map(
            |(id, line)| {
                if *id == "a" { (*id, "aliases: [old-a], supersedes: [b], superseded-by: [c]") } else { (*id, *line) }
            },
        )
        .collect();
    assert_eq!(
        said(Code::SB218, &aliased),
        [
            "`a` comes after itself, by way of `b`, `c`",
            "`d` comes after itself",
            "`f` relies on itself, by way of `g`",
            "`h` relies on itself"
        ]
    );
}

#[test]
fn long_chains_are_followed_to_their_end() {
    let ids: Vec<(String, String)> = (0..4000)
        .map(|n| {
            let older = if n == 0 { String::new() } else { format!("supersedes: [s{}], ", n - 1) };
            let newer = if n == 3999 { String::new() } else { format!("superseded-by: [s{}], ", n + 1) };
            (format!("s{n}"), format!("{older}{newer}chain: [s{}]", (n + 1) % 4000))
        })
        .collect();
    let lines: Vec<(&str, &str)> = ids.iter().map(|(id, line)| (id.as_str(), line.as_str())).collect();
    let told = said(Code::SB218, &lines);
    assert_eq!(told.len(), 1);
    assert!(told[0].starts_with("`s0` relies on itself, by way of `s1`, `s2`"), "{}", told[0]);
}

#[test]
fn two_records_of_one_document_are_told_apart_by_what_they_say() {
    let url = "url: \"https://example.org/a\"";
    let pair = |one: &str, other: &str| {
        let lines = [("a", format!("{url}, {one}")), ("b", format!("{url}, {other}"))];
        said(Code::SB223, &[("a", lines[0].1.as_str()), ("b", lines[1].1.as_str())]).len()
    };
    assert_eq!(pair("date: 2024", "date: 2024"), 1);
    assert_eq!(pair("date: 2024", "place: X"), 1, "what is not said tells nothing apart");
    for (one, other) in [
        ("date: 2024-01", "date: 2024-02"),
        ("doc-symbol: S/1", "doc-symbol: S/2"),
        ("number: \"1\"", "number: \"2\""),
        ("volume: \"1\"", "volume: \"2\""),
        ("issue: \"1\"", "issue: \"2\""),
        ("pages: 1-3", "pages: 4-6"),
        ("version: \"1\"", "version: \"2\""),
        ("supersedes: [b]", "superseded-by: [a]"),
        ("supersedes: [b]", "place: X"),
        ("superseded-by: [b]", "place: X"),
    ] {
        assert_eq!(pair(one, other), 0, "{one} {other}");
    }
    // A DOI names one thing, whatever the dates.
    let doi = [("a", "doi: 10.1000/X, date: 2023"), ("b", "url: \"https://doi.org/10.1000/x\", date: 2024")];
    assert_eq!(said(Code::SB223, &doi), ["`a` and `b` have one DOI"]);
    // Only its own host gives a path that looks like a DOI its meaning, and an escape that divides an address is not opened.
    for urls in [
        ["https://example.org/10.1000/x", "https://example.com/10.1000/x"],
        ["https://example.org/a%3Fb", "https://example.org/a?b"],
    ] {
        let lines = urls.map(|url| format!("url: \"{url}\""));
        assert_eq!(said(Code::SB223, &[("a", &lines[0]), ("b", &lines[1])]), Vec::<String>::new(), "{urls:?}");
    }
    // One pair is told once, whatever it has in common.
    let twice = [("a", "doi: 10.1000/X, doc-symbol: S/1"), ("b", "doi: 10.1000/x, doc-symbol: s/ 1")];
    assert_eq!(said(Code::SB223, &twice).len(), 1);
}

#[test]
fn a_number_is_not_typed_where_there_is_a_figure_of_it() {
    let cases: [(&str, &str, usize); 25] = [
        ("en", "There are 1,195 of them [@observer].", 1),
        ("en", "There are 1195 of them [@observer].", 0),
        ("en", "Rough roads of Ruritania: 1.195 in all [@observer].", 1),
        ("fr", "On en compte 1\u{a0}195 [@observer].", 1),
        ("he", "נספרו 1,195 דרכים [@observer].", 1),
        ("ar", "أُحصي ١٬١٩٥ طريقاً [@observer].", 1),
        ("ar", "أُحصي 1,195 طريقاً [@observer].", 1),
        ("en", "There are [=rough] of them.", 0),
        ("en", "Of the steep roads in Ruritania a share of 20% is closed [@observer].", 1),
        ("en", "Only 20% voted [@observer].", 0),
        ("en", "There are 20 steep roads in Ruritania and their share grows [@observer].", 0),
        ("fr", "La part des routes raides en Ruritanie est de 20\u{a0}% [@observer].", 1),
        ("he", "שיעור הדרכים התלולות ברוריטניה הוא 20% [@observer].", 1),
        ("ar", "تبلغ نسبة الطرق المنحدرة في روريتانيا ٢٠٪ [@observer].", 1),
        ("en", "He said “there are 1,195 of them” [@observer].", 0),
        ("en", "He said “yes” and “there are 1,195 of them” [@observer].", 0),
        ("en", "“Yes”, there are 1,195 of them; “no”, he said [@observer].", 1),
        ("en", "> There are 1,195 of them [@observer].", 0),
        ("en", "In resolution 1195 and on page 1,195 [@observer].", 0),
        ("en", "It was 1195, in the year of the rough roads of Ruritania [@observer].", 0),
        ("en", "The file 1,195/2024 is closed [@observer].", 0),
        ("en", "It takes `1,195` steps [@observer].", 1),
        ("en", "There are 1.195 million of them [@observer].", 0),
        ("en", "They cost $1,195 [@observer].", 0),
        ("en", "No count beyond 1,195 was found. <!-- uncited: says what was not found -->", 0),
    ];
    for (lang, body, expected) in cases {
        assert_eq!(reported(Code::SB317, lang, body), expected, "{lang}: {body}");
    }
}

#[test]
fn a_number_contradicts_a_figure_where_the_whole_label_stands() {
    let cases: [(&str, &str, usize); 12] = [
        ("en", "There are 1,400 rough roads of Ruritania [@observer].", 1),
        ("en", "There are 1,400 rough roads [@observer].", 0),
        ("en", "There are 1,400 rough roads of Ruritania, not [=rough].", 0),
        ("en", "By 9 August 2023 there were 1,400 rough roads of Ruritania [@observer].", 0),
        ("en", "By 3 May 2024 there were 1,400 rough roads of Ruritania [@observer].", 1),
        ("en", "| Roads | Number |\n|---|---|\n| Rough roads of Ruritania | 1,400 [@observer] |", 0),
        ("en", "There are 14 rough roads of Ruritania [@observer].", 0),
        ("fr", "Il y a 1\u{a0}400 routes difficiles de Ruritanie [@observer].", 1),
        ("he", "יש 1,400 דרכים משובשות ברוריטניה [@observer].", 1),
        ("ar", "هناك 1,400 طرق وعرة في روريتانيا [@observer].", 1),
        ("en", "The share of steep roads in Ruritania is 30% [@observer].", 1),
        ("en", "The share of steep roads in Ruritania is 20% [@observer].", 0),
    ];
    for (lang, body, expected) in cases {
        assert_eq!(reported(Code::SB318, lang, body), expected, "{lang}: {body}");
    }
}
