//! A translator's file: what was read of it reads back the same when it is written anew.

use super::told::{Sheet, text};
use sourcebook::ids::Lang;
use sourcebook::translation::po::{Unit, read, write};

pub fn run(bytes: &[u8]) {
    let sheet = Sheet::new("he.po", &text(bytes));
    let mut diagnostics = Vec::new();
    let (_, units) = read(sheet.file, sheet.text(), &mut diagnostics);
    sheet.hold(&diagnostics);
    for unit in &units {
        sheet.hold_span(unit.span, "unit");
    }
    let told = |unit: &sourcebook::translation::po::Returned| {
        (unit.context.clone(), unit.source.clone(), unit.text.clone(), unit.is_fuzzy)
    };
    let written: Vec<Unit> = units
        .iter()
        .map(|unit| Unit {
            context: unit.context.clone(),
            source: unit.source.clone(),
            text: unit.text.clone(),
            is_fuzzy: unit.is_fuzzy,
            hints: vec![unit.text.clone()],
            previous: Some(unit.source.clone()),
            ..Unit::default()
        })
        .collect();
    let back = Sheet::new("back.po", &write("project", &Lang::parse("he").expect("a language"), &written));
    let mut problems = Vec::new();
    let (language, again) = read(back.file, back.text(), &mut problems);
    assert_eq!(problems, [], "{}", back.text());
    assert_eq!(language.as_deref(), Some("he"));
    assert_eq!(again.iter().map(told).collect::<Vec<_>>(), units.iter().map(told).collect::<Vec<_>>());
}
