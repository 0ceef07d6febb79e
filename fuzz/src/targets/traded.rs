//! Sources that come from other programs: what was taken from a file goes out in the same format and comes back the same.

use super::told::{Sheet, text};
use sourcebook::book::Library;
use sourcebook::exchange::{Audience, Format, Known, export, import, yaml};
use sourcebook::ids::Lang;

pub fn traded(format: Format, bytes: &[u8]) {
    let text = text(bytes);
    let sheet = Sheet::new("import", &text);
    let english = Lang::parse("en");
    let library = Library::default();
    let taken = import(format, (sheet.file, sheet.text()), english.as_ref(), &library, Known::Taken);
    sheet.hold(&taken.diagnostics);
    for loss in &taken.losses {
        if let Some(span) = loss.span {
            sheet.hold_span(span, &loss.field);
        }
    }
    if taken.sources.is_empty() {
        return;
    }
    let sources: Vec<_> = taken.sources.iter().collect();
    // CSL YAML is read and not written.
    let written = if format == Format::CslYaml { Format::CslJson } else { format };
    let out = export(written, &sources, Audience::Sourcebook, english.as_ref());
    let back = Sheet::new("export", &out.text);
    let again = import(written, (back.file, back.text()), None, &library, Known::Taken);
    back.hold(&again.diagnostics);
    let records = |sources: &[sourcebook::citation::Source]| sources.iter().map(yaml::record).collect::<Vec<_>>();
    assert_eq!(records(&again.sources), records(&taken.sources), "{}\n{:?}", out.text, again.diagnostics);
    for record in records(&taken.sources) {
        let sheet = Sheet::new("sources.yaml", &record);
        let mut diagnostics = Vec::new();
        let read = sourcebook::citation::read::read_file(sheet.file, &record, &mut diagnostics);
        assert_eq!(diagnostics, [], "{record}");
        assert_eq!(records(&read), [record]);
    }
    for format in Format::WRITTEN {
        export(*format, &sources, Audience::Others, english.as_ref());
    }
}
