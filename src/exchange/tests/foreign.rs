//! Files as other programs write them: what becomes of each field, and what is said of the rest.

use crate::book::Library;
use crate::exchange::{Format, Known, import, yaml};
use crate::span::Files;
use std::fmt::Write;

/// The records, then what was left behind and what was wrong.
fn told(format: Format, text: &str) -> String {
    let mut files = Files::default();
    let file = files.add("import", text);
    let import = import(format, (file, text), None, &Library::default(), Known::LeftOut);
    let mut told = import.sources.iter().map(yaml::record).collect::<Vec<_>>().join("\n");
    told.push_str("---\n");
    for loss in &import.losses {
        let place = loss.span.and_then(|span| files.positions(span)).unwrap().0;
        writeln!(told, "{}: {} {} ({}:{})", loss.source, loss.field, loss.fate, place.line, place.column).unwrap();
    }
    told.push_str(&crate::diagnostic::human::render(&import.diagnostics, &files, false));
    told
}

/// As Better BibTeX for Zotero exports it, and older files look.
const BIB: &str = r#"@comment{jabref-meta: databaseType:biblatex;}
@string{cup = "Cambridge University Press"}
@book{morris2004,
  title = {The {{Birth}} of the {{Palestinian Refugee Problem}} {{Revisited}}},
  author = {Morris, Benny},
  date = {2004},
  series = {Cambridge {{Middle East}} Studies},
  edition = {2},
  publisher = cup,
  location = {Cambridge},
  isbn = {978-0-521-00967-6},
  langid = {english},
  keywords = {1948,history},
  file = {/home/x/Morris - 2004.pdf}
}
@article{hirst-etal:1983,
  author    = {Hirst, Paul and Ben{-}Gurion, David and von der Leyen, Ursula and {United Nations} and Müller, J{\"o}rg and others},
  title     = "{T}he {\'E}tat of \emph{things}: ``10\,\% \& more'' --- a~test",
  journal   = {Journal of \textit{Things}},
  year      = 1983,
  month     = mar,
  volume    = {12},
  number    = {3},
  pages     = {1--20},
  doi       = {https://doi.org/10.1000/182},
  url       = {https://example.org/a--b_c%20d},
}
@techreport{un181,
  title = {Future government of Palestine},
  institution = {United Nations General Assembly},
  number = {A/RES/181(II)},
  date = {1947-11-29},
  hyphenation = {english},
}
@incollection{child, crossref = {parent}, title = {A Chapter}, pages = {5}, langid = {hebrew}}
@collection{parent, title = {The Whole}, date = {1948~}, publisher = {A House}, langid = {hebrew}}
"#;

#[test]
fn biblatex() {
    insta::assert_snapshot!(told(Format::Biblatex, BIB));
}

/// As Zotero exports it.
const CSL: &str = r#"[
  {
    "id": "http://zotero.org/users/1/items/ABCD1234",
    "type": "report",
    "title": "The <i>Question</i> of Palestine",
    "language": "en-US",
    "author": [
      {"literal": "United Nations Special Committee on Palestine"},
      {"family": "Sandström", "given": "Emil", "suffix": "Jr."},
      {"family": "Berg", "given": "Jan", "non-dropping-particle": "van den"}
    ],
    "issued": {"date-parts": [["1947", 9, 3]]},
    "number": "A/364",
    "publisher": "United Nations",
    "event-place": "New York",
    "accessed": {"date-parts": [[2026, 11, 23]]},
    "note": "tex.shortname: unscop",
    "abstract": "\ud83d\udcd6 A report."
  },
  {"id": 7, "citation-key": "census1922", "type": "manuscript", "title": "Census", "issued": {"date-parts": [[1922]], "circa": 1}, "language": "English"},
  {"id": "range", "type": "webpage", "title": "Range", "issued": {"date-parts": [[2023, 10], [2024, 2]]}, "language": "he", "URL": "javascript:alert(1)"},
  {"id": "season", "type": "book", "title": "Season", "issued": {"date-parts": [[2020]], "season": 2}, "language": "fr"},
  "no item"
]"#;

#[test]
fn csl_json() {
    insta::assert_snapshot!(told(Format::CslJson, CSL));
}

/// As Better CSL YAML and pandoc have it.
const CSL_YAML: &str = "---
references:
- id: morris2004
  type: book
  title: The Birth of the Palestinian Refugee Problem Revisited
  author:
  - family: Morris
    given: Benny
  issued:
  - year: 2004
    month: 1
  language: en-GB
  page: 1-20
- id: morris2004
  type: book
  title: The same key again
  language: en
...
";

#[test]
fn csl_yaml() {
    insta::assert_snapshot!(told(Format::CslYaml, CSL_YAML));
}

/// As reference managers and press databases write it, with Windows line ends and a byte order mark.
const RIS: &str = "\u{feff}\r\nTY  - JOUR\r\nAU  - כהן, יעל\r\nAU  - Ministry of Health and Population\r\nTI  - דו\"ח צה\"ל: נתונים\r\nT2  - הארץ\r\nJF  - הארץ\r\nPY  - 2024///\r\nDA  - 2024/02/16/Friday\r\nVL  - 3\r\nSP  - 12\r\nEP  - 15\r\nSN  - 1234-5679\r\nKW  - one\r\nKW  - two\r\nUR  - https://example.org/1\r\nUR  - https://example.org/2\r\nLA  - Hebrew\r\nN1  - first line\r\nsecond line\r\nER  - \r\n\r\nTY  - BOOK\r\nTI  - تاريخ فلسطين، الجزء الأول\r\nSN  - 978-0-521-00967-6\r\nLA  - ara\r\nER  -\r\nTY  - XXXX\r\nT1  - No language\r\n";

#[test]
fn ris() {
    insta::assert_snapshot!(told(Format::Ris, RIS));
}

#[test]
fn what_is_no_such_file() {
    let cases = [
        (Format::Biblatex, "@book{a, title = {x}\n@book{b}"),
        (Format::Biblatex, "nothing of the kind"),
        (Format::CslJson, "[{\"id\": \"שלום\", \"title\": }]"),
        (Format::CslJson, "3"),
        (Format::CslYaml, "references: [a: b: c]"),
        (Format::Ris, "Title: no RIS\n"),
        (Format::Ris, ""),
    ];
    let told = cases.map(|(format, text)| format!("{}: {text:?}\n{}", format.name(), told(format, text)));
    insta::assert_snapshot!(told.join("\n"));
}

/// Nothing is so deep that reading it takes the program down.
#[test]
fn depth_is_refused() {
    let nested = |open: &str, close: &str| open.repeat(20_000) + &close.repeat(20_000);
    for (format, text) in [
        (Format::CslJson, nested("[", "]")),
        (Format::CslJson, nested("{\"a\":", "}")),
        (Format::CslYaml, nested("[", "]")),
        (Format::Biblatex, format!("@book{{a, title = {{{}}}}}", nested("{", "}"))),
        (Format::Biblatex, format!("@book{{a, title = {{{}}}}}", nested("\\a{", "}"))),
    ] {
        let file = Files::default().add("import", "");
        let import = import(format, (file, &text), None, &Library::default(), Known::LeftOut);
        assert_eq!((import.sources.len(), import.diagnostics.len()), (0, 1), "{format:?}");
    }
}

#[test]
fn formats_are_told_by_name_or_content() {
    let guess = |name, text| Format::guess(name, text);
    assert_eq!(guess("a.bib", ""), Some(Format::Biblatex));
    assert_eq!(guess("A.JSON", ""), Some(Format::CslJson));
    assert_eq!(guess("a.ris", ""), Some(Format::Ris));
    assert_eq!(guess("", BIB), Some(Format::Biblatex));
    assert_eq!(guess("", CSL), Some(Format::CslJson));
    assert_eq!(guess("a.txt", RIS), Some(Format::Ris));
    assert_eq!(guess("", CSL_YAML), Some(Format::CslYaml));
    assert_eq!(guess("a.txt", "a@b.org wrote {nothing}"), None);
}
