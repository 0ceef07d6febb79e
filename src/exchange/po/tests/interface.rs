//! Menus and labels: what differs from the words that are built in goes into the site's own file.

use super::*;

fn find<'u>(units: &'u mut [Unit], context: &str) -> &'u mut Unit {
    units.iter_mut().find(|unit| unit.context == context).unwrap_or_else(|| panic!("no {context}"))
}

/// What the file of the language becomes, and what is said.
fn file(files: &[(&str, &str)], texts: &[(&str, &str)]) -> (Option<String>, Vec<String>) {
    let book = book(files);
    let mut units = units(&book);
    for (context, text) in texts {
        (*text).clone_into(&mut find(&mut units, context).text);
    }
    let (_, mut import) = taken(book, &units);
    let said = said(&import).into_iter().map(str::to_owned).collect();
    (import.files.remove("content/strings/he.yaml").map(|change| change.after), said)
}

#[test]
fn each_form_is_a_unit() {
    let mut units = units(&book(&[]));
    let forms: Vec<&str> = units
        .iter()
        .map(|unit| unit.context.as_str())
        .filter(|context| context.starts_with("ui.source_count"))
        .collect();
    assert_eq!(forms, ["ui.source_count[one]", "ui.source_count[two]", "ui.source_count[other]"]);
    let two = find(&mut units, "ui.source_count[two]");
    assert_eq!((two.source.as_str(), two.text.as_str()), ("{n} sources", "שני מקורות"));
    assert_eq!(
        two.hints,
        ["What: text of the interface", "Form: `two`, for 2", "Keep: what stands in `{}` is filled in"]
    );
    assert_eq!(find(&mut units, "ui.callouts.note").source, "Note");
}

#[test]
fn what_is_said_differently_goes_into_the_sites_own_file() {
    let (file, said) =
        file(&[], &[("ui.menu", "לוח"), ("ui.source_count[two]", "זוג מקורות"), ("ui.callouts.note", "לתשומת לב")]);
    assert_eq!(said, Vec::<String>::new());
    assert_eq!(
        file.unwrap(),
        "callouts:\n  note: \"לתשומת לב\"\ntexts:\n  menu: \"לוח\"\n  source_count: {one: \"מקור אחד\", two: \"זוג מקורות\", other: \"{n} מקורות\"}\n"
    );
}

#[test]
fn a_file_that_is_there_changes_where_it_must() {
    let own = "texts: # ours\n  menu: לוח # short\n  source_count:\n    one: מקור אחד\n    two: שני מקורות\n    other: \"{n} מקורות\"\n";
    let (file, said) = file(
        &[("content/strings/he.yaml", own)],
        &[("ui.menu", "תפריט"), ("ui.source_count[two]", "זוג מקורות"), ("ui.home", "הביתה")],
    );
    assert_eq!(said, Vec::<String>::new());
    let expected = own.replace("menu: לוח", "menu: \"תפריט\"").replace("two: שני מקורות", "two: \"זוג מקורות\"");
    assert_eq!(file.unwrap(), format!("{}\n  home: \"הביתה\"\n", expected.trim_end()));
}

#[test]
fn what_could_not_be_shown_is_refused() {
    let (file, said) = file(&[], &[("ui.data_to", "נתונים עד {day}"), ("ui.menu", "לוח")]);
    assert_eq!(said, ["`{day}` is no placeholder of `data_to`"]);
    assert_eq!(file.unwrap(), "texts:\n  menu: \"לוח\"\n");
}

#[test]
fn a_new_language_needs_all_forms_at_once() {
    let config = "[book]\ntitle = \"T\"\n[languages.en]\n[languages.sw]\n";
    let book = || book(&[("book.toml", config)]);
    let mut some = units(&book());
    assert_eq!(find(&mut some, "ui.source_count[one]").text, "");
    "chanzo {n}".clone_into(&mut find(&mut some, "ui.source_count[one]").text);
    let taken_as = |units: &[Unit]| {
        let mut book = book();
        let text = write("T", &Lang::parse("sw").unwrap(), units);
        let file = book.files.add("sw.po", text);
        let terms = Terms { method: None, fallback: Method::Human, on: Day::new(2026, 11, 26).unwrap() };
        import(&book, file, None, terms).unwrap().1
    };
    assert_eq!(said(&taken_as(&some)), ["`source_count` has no form `other` yet"]);
    "vyanzo {n}".clone_into(&mut find(&mut some, "ui.source_count[other]").text);
    let import = taken_as(&some);
    assert_eq!(said(&import), Vec::<&str>::new());
    assert_eq!(
        import.files["content/strings/sw.yaml"].after,
        "texts:\n  source_count: {one: \"chanzo {n}\", other: \"vyanzo {n}\"}\n"
    );
}
