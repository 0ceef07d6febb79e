//! The way out and back loses nothing, whatever stands in the records.

use super::records::{difference, file, hostile, source, sources};
use crate::book::Library;
use crate::citation::Source;
use crate::exchange::{Audience, Format, Import, Known, export, import, yaml};
use crate::ids::Lang;
use proptest::prelude::*;

fn back(format: Format, text: &str) -> Import {
    import(format, (file(), text), None, &Library::default(), Known::LeftOut)
}

/// What is not the same after the way out and back.
fn lost(format: Format, sources: &[&Source]) -> Vec<String> {
    let exported = export(format, sources, Audience::Sourcebook, Lang::parse("he").as_ref());
    let imported = back(format, &exported.text);
    let mut found: Vec<String> = imported.diagnostics.iter().map(|diagnostic| format!("{diagnostic:?}")).collect();
    found.extend(imported.losses.iter().map(|loss| format!("{loss:?}")));
    if sources.len() != imported.sources.len() {
        found.push(format!("{} went out and {} came back", sources.len(), imported.sources.len()));
    }
    found.extend(sources.iter().zip(&imported.sources).flat_map(|(one, other)| difference(one, other)));
    if !found.is_empty() {
        found.push(exported.text);
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 250, ..ProptestConfig::default() })]

    #[test]
    fn yaml_reads_back(source in source()) {
        let written = yaml::record(&source);
        let read = sources(&written);
        prop_assert_eq!(read.len(), 1);
        prop_assert_eq!(difference(&source, &read[0]), Vec::<String>::new(), "{}", written);
        prop_assert_eq!(&yaml::record(&read[0]), &written);
    }

    #[test]
    fn biblatex_comes_back(source in source()) {
        prop_assert_eq!(lost(Format::Biblatex, &[&source]), Vec::<String>::new());
    }

    #[test]
    fn csl_json_comes_back(source in source()) {
        prop_assert_eq!(lost(Format::CslJson, &[&source]), Vec::<String>::new());
    }

    #[test]
    fn ris_comes_back(source in source()) {
        prop_assert_eq!(lost(Format::Ris, &[&source]), Vec::<String>::new());
    }

    #[test]
    fn no_file_stops_the_program(text in hostile(), other in hostile()) {
        for format in [Format::Biblatex, Format::CslJson, Format::CslYaml, Format::Ris] {
            back(format, &text);
            back(format, &format!("TY  - RPRT\nTI  - {text}\nDA  - {other}\nER  - \n"));
            back(format, &format!("@report{{a, title = {{{text}}}, author = \"{other}\", date = {{{text}}}}}"));
            back(format, &format!("[{{\"id\": \"a\", \"title\": \"{text}\", \"issued\": \"{other}\"}}]"));
        }
    }
}
