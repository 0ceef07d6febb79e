//! The sentences of a page by the marks in them, so that a way back says where it leads.

use super::context::Backlink;
use super::marks::letters;
use super::words::{self, WithLang};
use crate::book::evidence::{Mark, Statement, statements};
use crate::book::{Book, View};
use crate::locale::{Arg, Key};
use std::collections::BTreeMap;

/// So many letters of a sentence tell it from the others.
const BEGINNING: usize = 70;

/// The beginnings of a page's sentences.
pub(super) struct Sentences<'a> {
    book: &'a Book,
    view: View<'a>,
    by_mark: BTreeMap<String, String>,
}

impl<'a> Sentences<'a> {
    pub(super) fn of(book: &'a Book, view: View<'a>) -> Self {
        let mut found: BTreeMap<String, (bool, String)> = BTreeMap::new();
        for statement in statements(view.version) {
            let locale = &view.text_language.locale;
            let beginning = statement.as_whose(beginning(&statement.told(book, locale)), locale);
            for mark in &statement.marks {
                // A mark covers sentences before its own, too; its own is the one around it, or else the last.
                let own = is_within(mark, &statement);
                if own || found.get(&mark.anchor()).is_none_or(|(certain, _)| !certain) {
                    found.insert(mark.anchor(), (own, beginning.clone()));
                }
            }
        }
        let by_mark = found.into_iter().map(|(anchor, (_, words))| (anchor, words)).collect();
        Self { book, view, by_mark }
    }

    /// Words that somebody else has put to the marks.
    pub(super) fn told(book: &'a Book, view: View<'a>, by_mark: BTreeMap<String, String>) -> Self {
        Self { book, view, by_mark }
    }

    /// The way back to a mark, the one of that number among those of its entry, with a word about what stands there.
    pub(super) fn backlink(&self, index: usize, anchor: &str, detail: Option<&str>) -> Backlink {
        let locale = &self.view.language.locale;
        let label = letters(index);
        let sentence = self.by_mark.get(anchor).map(String::as_str);
        // A screen reader says the name; it holds the letter that is seen. Where the text is in another language than the interface, the name is the sentence alone, in its own.
        let foreign = sentence.filter(|_| self.view.is_fallback()).map(|_| &self.view.text_language.lang);
        let with = WithLang::of(foreign, self.book);
        Backlink {
            href: format!("#{anchor}"),
            name: match sentence {
                Some(sentence) if foreign.is_none() => {
                    let arguments = [("mark", Arg::Text(&label)), ("sentence", Arg::Text(sentence))];
                    locale.fill_plain(Key::BackToSentence, &arguments)
                }
                _ => {
                    let told = sentence.or(detail).unwrap_or(locale.text(Key::BackToText));
                    locale.fill_plain(Key::LabelValue, &[("label", Arg::Text(&label)), ("value", Arg::Text(told))])
                }
            },
            label,
            lang: with.lang.map(str::to_owned),
            dir: with.dir,
            detail_html: detail.map(|detail| words::isolated_sentence(detail, WithLang::default(), locale)),
        }
    }
}

fn is_within(mark: &Mark<'_>, statement: &Statement<'_>) -> bool {
    let (mark, claim) = (mark.span, statement.claim.span);
    mark.file == claim.file && claim.start <= mark.start && mark.end <= claim.end
}

/// The first words of a sentence.
fn beginning(sentence: &str) -> String {
    let mut words = String::new();
    let mut letters = 0;
    for word in sentence.split_whitespace() {
        letters += word.chars().count() + 1;
        if letters > BEGINNING && !words.is_empty() {
            words.push('…');
            return words;
        }
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::beginning;

    #[test]
    fn a_sentence_is_cut_between_words() {
        let long =
            "The ministry said that in these months 1,234 people had been counted in the two hospitals of the city.";
        assert_eq!(beginning(long), "The ministry said that in these months 1,234 people had been counted…");
        assert_eq!(beginning("  Short,\n and whole. "), "Short, and whole.");
        assert_eq!(beginning(&"x".repeat(100)), "x".repeat(100));
        assert_eq!(beginning(""), "");
    }
}
