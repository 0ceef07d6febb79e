//! Texts of records, and the names of terms: whatever hand laid out the file, one value changes and no other byte.

use super::*;
use crate::exchange::po::edit::{self, New};
use proptest::prelude::*;

const EN: &str = "# Names.
west-bank:
  term: \"West Bank\"
occupation: {term: Occupation, forms: [\"occupied territory\", occupied]}
nakba:
  term: Nakba
";

const HE: &str = "# שמות.
west-bank:
  term: \"הגדה המערבית\" # כך נקבע
  # סיבה
  avoid:
    - {term: \"השטחים\", use: \"הגדה המערבית\", why: \"מילה של צד\"}
nakba: {term: נכבה}
";

const TERMS: &str = "west-bank:
  definition: {en: \"A territory.\", he: \"שטח.\"}
  uncited: explains a word
occupation:
  definition:
    en: \"Rule over the West Bank [@hague-1907].\"
  sources: [hague-1907]
nakba:
  definition: {en: \"The war of 1948.\"}
  sources: [hague-1907]
";

fn with_terms(he: &str) -> Book {
    book(&[("content/terms/en.yaml", EN), ("content/terms/he.yaml", he), ("content/terms/terms.yaml", TERMS)])
}

fn told(units: &[Unit]) -> Vec<(&str, &str, &str)> {
    let told = units.iter().map(|unit| (unit.context.as_str(), unit.source.as_str(), unit.text.as_str()));
    told.filter(|(context, ..)| context.starts_with("term")).collect()
}

#[test]
fn names_and_meanings_of_terms_are_units() {
    let units = units(&with_terms(HE));
    assert_eq!(
        told(&units),
        [
            ("term.west-bank[name]", "West Bank", "הגדה המערבית"),
            ("term.occupation[name]", "Occupation", ""),
            ("term.occupation[forms]", "occupied territory\noccupied", ""),
            ("term.nakba[name]", "Nakba", "נכבה"),
            ("terms/terms.yaml#west-bank/definition", "A territory.", "שטח."),
            ("terms/terms.yaml#occupation/definition", "Rule over the West Bank [@hague-1907].", ""),
            ("terms/terms.yaml#nakba/definition", "The war of 1948.", ""),
        ]
    );
    let definition = units.iter().find(|unit| unit.context.ends_with("occupation/definition")).unwrap();
    assert_eq!(
        definition.hints,
        ["What: definition", "Term: “West Bank” is “הגדה המערבית”", "Not: “השטחים”, but “הגדה המערבית”: מילה של צד",]
    );
}

fn changed(texts: &[(&str, &str)]) -> (Vec<(String, String)>, Vec<String>) {
    let book = with_terms(HE);
    let mut units = units(&book);
    for (context, text) in texts {
        units.iter_mut().find(|unit| unit.context == *context).unwrap().text = (*text).to_owned();
    }
    let (_, import) = taken(book, &units);
    let said = said(&import).into_iter().map(str::to_owned).collect();
    (import.files.into_iter().map(|(path, change)| (path, change.after)).collect(), said)
}

#[test]
fn what_a_translator_names_is_put_into_the_file_of_the_language() {
    let (files, said) = changed(&[
        ("term.west-bank[name]", "הגדה"),
        ("term.occupation[name]", "כיבוש"),
        ("term.occupation[forms]", "שטח כבוש\nכבוש\n"),
        ("terms/terms.yaml#nakba/definition", "מלחמת 1948."),
    ]);
    assert_eq!(said, Vec::<String>::new());
    let he = HE
        .replace("  term: \"הגדה המערבית\"", "  term: \"הגדה\"")
        .replace("nakba:", "occupation:\n  term: \"כיבוש\"\n  forms: [\"שטח כבוש\", \"כבוש\"]\nnakba:");
    let terms = TERMS.replace("\"The war of 1948.\"", "\"The war of 1948.\", he: \"מלחמת 1948.\"");
    assert_eq!(files, [("content/terms/he.yaml".to_owned(), he), ("content/terms/terms.yaml".to_owned(), terms)]);
}

#[test]
fn what_does_not_fit_is_refused() {
    let (files, said) = changed(&[
        ("term.occupation[forms]", "שטח כבוש"),
        ("terms/terms.yaml#occupation/definition", "שליטה בגדה המערבית."),
    ]);
    assert_eq!(files, []);
    assert_eq!(said, ["the term has no name in this language yet", "this loses `@hague-1907` of its source"]);
}

#[test]
fn the_first_name_makes_the_file() {
    let book = book(&[("content/terms/en.yaml", EN), ("content/terms/terms.yaml", TERMS)]);
    let mut units = units(&book);
    units.iter_mut().find(|unit| unit.context == "term.nakba[name]").unwrap().text = "נכבה".to_owned();
    let (_, import) = taken(book, &units);
    let change = &import.files["content/terms/he.yaml"];
    assert_eq!((change.before.as_str(), change.after.as_str()), ("", "nakba:\n  term: \"נכבה\"\n"));
}

#[test]
fn a_quotation_in_its_own_language_is_said_to_be_one() {
    let source = "a: {type: report, lang: he, title: {he: דוח, en: A report}, checked: known, names: {en: a, he: b}}\n";
    let units = units(&book(&[("content/sources/a.yaml", source)]));
    let of: Vec<&Unit> = units.iter().filter(|unit| unit.context.starts_with("sources/")).collect();
    assert_eq!(of.len(), 1);
    assert!(of[0].hints[1].starts_with("Original: "), "{:?}", of[0].hints);
}

/// A record as some hand lays it out.
fn any_layout() -> impl Strategy<Value = String> {
    let scalar = prop_oneof![
        Just("\"A \\\"text\\\": one\"".to_owned()),
        Just("'it''s one'".to_owned()),
        Just("plain words".to_owned()),
        Just("1948".to_owned()),
    ];
    let block = prop_oneof![
        scalar.clone(),
        Just(">\n      folded\n      lines".to_owned()),
        Just("|-\n      kept\n      lines".to_owned()),
        Just("two\n      lines".to_owned()),
    ];
    let comment = prop_oneof![Just(""), Just(" # a note")];
    (scalar, block, comment, any::<bool>(), any::<bool>(), any::<bool>()).prop_map(
        |(one, other, note, is_flow, is_last, windows)| {
            let mut text = if is_flow {
                format!("# head\na:\n  title: {{en: {one}, fr: {one}}}{note}\n")
            } else {
                format!("# head\na:\n  title:{note}\n    en: {one}{note}\n    fr: {other}\n")
            };
            if !is_last {
                text.push_str("\n# next\nb: {title: {en: Other, he: אחר}}\n");
            }
            if windows { text.replace('\n', "\r\n") } else { text }
        },
    )
}

proptest! {
    #[test]
    fn one_value_changes_and_no_other_byte(
        text in any_layout(),
        lang in "en|fr|he",
        words in "[א-ת \"'\\\\#:{}\\[\\],&*!|>%@`-]{0,20}[א-ת]",
    ) {
        let words = words.trim();
        let before = edit::tree(&text).unwrap();
        let place = ["a", "title", lang.as_str()];
        let after = edit::set(&text, &place, New::Text(words), None).expect("every layout can be edited");
        let now = edit::tree(&after).unwrap();
        prop_assert_eq!(edit::find(&now, &place).unwrap().as_text().unwrap(), words);
        for other in ["en", "fr"].into_iter().filter(|other| *other != lang) {
            let place = ["a", "title", other];
            prop_assert_eq!(edit::find(&now, &place).unwrap().as_text(), edit::find(&before, &place).unwrap().as_text());
        }
        // What stands before and after is there, byte by byte.
        let old = edit::find(&before, &place).map(|node| edit::range(&text, node));
        let start = old.as_ref().map_or_else(|| text.find("title").unwrap(), |range| range.start);
        prop_assert!(after.starts_with(&text[..start]));
        let rest = old.map_or_else(|| text.find("# next").map_or("", |at| &text[at..]), |range| &text[range.end..]);
        prop_assert!(after.ends_with(rest), "{after}");
    }
}
