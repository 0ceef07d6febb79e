//! SB427: a correction stands where readers of every language are told of it, and names a passage that the page has.

use crate::book::{Book, Version};
use crate::diagnostic::{Code, Diagnostic, did_you_mean};

/// The corrections in the head of a page.
pub(super) fn page(book: &Book, version: &Version, diagnostics: &mut Vec<Diagnostic>) {
    let source = book.find(&version.page.id).and_then(|page| page.versions.iter().flatten().next());
    let Some(source) = source else { return };
    for correction in &version.page.front.corrections {
        if source.page.lang != version.page.lang {
            let message = "a correction stands in the page that the others are translated from";
            let lang = &version.page.lang;
            diagnostics.push(Diagnostic::new(Code::SB427, correction.span, message).help(format!(
                "move it to `{}`: readers of every language are told of it there, in `{lang}` where its `note` has `{lang}: …`",
                book.files.path(source.page.file)
            )));
            continue;
        }
        let Some(passage) = &correction.passage else { continue };
        let places: Vec<String> = version.blocks().iter().map(|block| block.at.to_string()).collect();
        let sections = version.outline.iter().map(|heading| heading.id.as_str());
        let mut known = sections.chain(places.iter().map(String::as_str));
        let wanted = passage.value.trim_start_matches('#');
        if known.clone().all(|place| place != wanted) {
            let help = match did_you_mean(wanted, known.clone()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => known.next().map_or_else(
                    || "leave `passage` out".to_owned(),
                    |first| {
                        format!("name a section, or a passage as `sourcebook translate status` does, such as `{first}`")
                    },
                ),
            };
            diagnostics.push(
                Diagnostic::new(Code::SB427, passage.span, format!("the page has no passage `{wanted}`")).help(help),
            );
        }
    }
}
