//! The lists of loaded words that the explainer uses, held against phrases of our own: what must light up, and what must not.

use crate::support::{Site, repository};
use sourcebook::diagnostic::Code;
use std::fs;

fn said(lang: &str, sentence: &str) -> Vec<(Code, String)> {
    let site = Site::base();
    let style = fs::read(repository().join(format!("content/style/{lang}.yaml"))).unwrap();
    site.put(&format!("content/style/{lang}.yaml"), style);
    let page = format!("---\ntitle: A page\n---\n{sentence}\n");
    site.put("content/en/documents/voice.md", if lang == "en" { page.clone() } else { said_nothing() });
    if lang != "en" {
        site.put(&format!("content/{lang}/documents/voice.md"), page);
    }
    let compilation = site.check();
    let found = compilation.diagnostics.iter();
    found.map(|one| (one.code, compilation.files.slice(one.span.unwrap()).to_owned())).collect()
}

fn said_nothing() -> String {
    "---\ntitle: A page\n---\nAll human beings are born free [@udhr-1948].\n".to_owned()
}

#[test]
fn loaded_words_light_up() {
    let cases = [
        ("en", "The terrorists were stopped at the gate [@udhr-1948].", Code::SB602, "terrorists"),
        ("en", "Hamas terrorists crossed the fence [@udhr-1948].", Code::SB602, "terrorists"),
        // Who is named in the sentence before or behind does not say it.
        (
            "en",
            "The United Nations counts [@udhr-1948]. Terrorists came [@un-charter-1945].",
            Code::SB602,
            "Terrorists",
        ),
        (
            "en",
            "Terrorists came [@un-charter-1945]. The United Nations counts [@udhr-1948].",
            Code::SB602,
            "Terrorists",
        ),
        ("en", "It was a harrowing morning [@udhr-1948].", Code::SB605, "harrowing"),
        ("en", "A fiery assault hit the town [@udhr-1948].", Code::SB605, "fiery assault"),
        ("en", "The crews showed extraordinary courage [@udhr-1948].", Code::SB605, "extraordinary courage"),
        ("en", "Ten people tragically drowned [@udhr-1948].", Code::SB605, "tragically"),
        ("en", "Two martyrs were buried [@udhr-1948].", Code::SB604, "martyrs"),
        ("en", "The camp is currently closed [@udhr-1948].", Code::SB606, "currently"),
        ("en", "So far nobody has returned [@udhr-1948].", Code::SB606, "So far"),
        ("he", "והמחבלים נעצרו בשער [@udhr-1948].", Code::SB602, "והמחבלים"),
        ("he", "המחנה סגור כיום [@udhr-1948].", Code::SB606, "כיום"),
        ("he", "הצוות גילה גבורה [@udhr-1948].", Code::SB605, "גבורה"),
    ];
    for (lang, sentence, code, words) in cases {
        let found = said(lang, sentence);
        assert!(found.iter().any(|(own, place)| *own == code && place == words), "{sentence}: {found:?}");
    }
}

#[test]
fn what_is_attributed_quoted_or_a_name_does_not() {
    let cases = [
        ("en", "The United Nations speaks of terrorists at the gate [@udhr-1948]."),
        ("en", "@udhr-1948 calls them terrorists."),
        ("en", "A neighbour called the morning “harrowing” [@udhr-1948]."),
        ("en", "> It was a harrowing morning [@udhr-1948]."),
        ("en", "She wrote *A Harrowing Journey* [@udhr-1948]."),
        ("en", "The Genocide Convention is a treaty of 1948 [@udhr-1948]."),
        ("he", "הם כינו אותם ״מחבלים״ [@udhr-1948]."),
    ];
    for (lang, sentence) in cases {
        assert_eq!(said(lang, sentence), [], "{sentence}");
    }
}
