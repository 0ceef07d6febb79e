//! A page to begin with: its head, and the headings that an explainer has.
//!
//! Nothing in it is a statement, so it needs no source, and nothing claims to be translated: a page in another language has the headings, of this
//! program's own wording, and the title of its source where it is given none.

use crate::ids::Lang;
use crate::workspace::quote::quoted;

/// The headings: what came before, what is contested, what is not known. By language.
const HEADINGS: &[(&str, [&str; 3])] = &[
    ("en", ["Background", "What is contested", "What is not known"]),
    ("he", ["רקע", "מה שנוי במחלוקת", "מה לא ידוע"]),
    ("ar", ["خلفية", "ما هو موضع خلاف", "ما هو غير معروف"]),
    ("fr", ["Contexte", "Ce qui est contesté", "Ce que l’on ne sait pas"]),
    ("es", ["Antecedentes", "Lo que se discute", "Lo que no se sabe"]),
    ("de", ["Hintergrund", "Was umstritten ist", "Was man nicht weiß"]),
    ("ru", ["Предыстория", "Что оспаривается", "Что неизвестно"]),
    ("fa", ["پیشینه", "آنچه مورد اختلاف است", "آنچه معلوم نیست"]),
    ("ur", ["پس منظر", "کیا متنازع ہے", "کیا معلوم نہیں"]),
    ("zh", ["背景", "争议之处", "尚不清楚的事"]),
];

/// The ids of the headings, the same in every language.
const IDS: [&str; 3] = ["background", "contested", "not-known"];

/// What an editor is told under each heading, and before the first. Comments are never published.
const HINTS: [&str; 4] = [
    "<!-- Begin with what a reader must know first. Every sentence shows its source: [@key], [@key, p. 3], [@key#q1]. Numbers are figures: [=id]. -->",
    "<!-- What came before, in the order of time. -->",
    "<!--
A sentence that ends with a colon, and below it each side by itself, from sources of its own:

> [!position] One side
> What it says [@key].

> [!position] The other side
> What it says [@key].
-->",
    "<!--
> [!unknown]
> What nobody counted, and what was not found [@key].
-->",
];

/// A page, and what it is to its languages.
#[derive(Debug, Clone, Copy)]
pub struct Beginning<'a> {
    /// Its title.
    pub title: &'a str,
    /// Whether it is the page that others translate.
    pub is_source: bool,
    /// Whether it names a section: then it has no outline.
    pub is_section: bool,
}

/// The text of the page in a language; `source` is the language that others are translated from.
pub fn text(page: Beginning<'_>, lang: &Lang, source: &Lang) -> String {
    let mut out = format!("---\ntitle: {}\n", quoted(page.title));
    if page.is_source {
        out.push_str("# summary: \"One to three sentences under the title, each with its source [@key].\"\n");
        if !page.is_section {
            out.push_str(
                "# key-facts:\n#   - \"At most five: one sentence each, with a source [@key] or a figure [=id].\"\n",
            );
        }
    } else {
        out.push_str("translation: machine\n");
    }
    out.push_str("status: draft\n---\n");
    if page.is_section {
        if page.is_source {
            out.push_str("<!-- What the pages of this section are about. -->\n");
        }
        return out;
    }
    let [first, hints @ ..] = HINTS;
    if page.is_source {
        out.push_str(first);
        out.push_str("\n\n");
    }
    let hints = hints.map(|hint| if page.is_source { format!("\n{hint}\n") } else { String::new() });
    let sections = headings(lang, source).into_iter().zip(IDS).zip(hints);
    let sections = sections.map(|((heading, id), hint)| format!("## {heading} {{#{id}}}\n{hint}"));
    out.push_str(&sections.collect::<Vec<_>>().join("\n"));
    out
}

/// The headings in the language, else in that of the source, else in English.
fn headings(lang: &Lang, source: &Lang) -> [&'static str; 3] {
    let of = |wanted: &str| HEADINGS.iter().find(|(known, _)| *known == wanted).map(|(_, headings)| *headings);
    let primary = |lang: &Lang| of(lang.as_str()).or_else(|| of(lang.as_str().split('-').next().unwrap_or_default()));
    primary(lang).or_else(|| primary(source)).or_else(|| of("en")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_translation_has_the_headings_and_claims_nothing() {
        let lang = |tag: &str| Lang::parse(tag).unwrap();
        let page = Beginning { title: "The \"first\" census", is_source: false, is_section: false };
        assert_eq!(
            text(page, &lang("ar"), &lang("en")),
            "---\ntitle: \"The \\\"first\\\" census\"\ntranslation: machine\nstatus: draft\n---\n## خلفية {#background}\n\n## ما هو موضع خلاف {#contested}\n\n## ما هو غير معروف {#not-known}\n"
        );
        let source = text(Beginning { is_source: true, ..page }, &lang("sw"), &lang("sw"));
        assert!(source.contains("## Background {#background}\n\n<!-- What came before"), "{source}");
        let portuguese = text(page, &lang("pt-BR"), &lang("fr"));
        assert!(portuguese.contains("## Contexte {#background}"), "{portuguese}");
    }
}
