//! The entry of a source as HTML: each value isolated, labelled with its language, and under a class of its role.

use super::bidi;
use super::html::Html;
use super::words::{self, WithLang};
use crate::book::Book;
use crate::citation::Source;
use crate::citation::entry::{Look, Piece, Role, Run, Value};
use crate::locale::{Direction, Locale};

/// The entry of a source, for a reader of the locale's language.
pub(super) fn entry_html(book: &Book, source: &Source, locale: &Locale) -> Html {
    let mut html = Html::new();
    PieceWriter { book, locale, descriptive: source.title_descriptive }
        .pieces(&book.entry(source, locale).entry.pieces, &mut html);
    html
}

/// Writes the pieces of entries and citations.
#[derive(Clone, Copy)]
pub(super) struct PieceWriter<'a> {
    pub(super) book: &'a Book,
    pub(super) locale: &'a Locale,
    /// Whether the title is the editors' own.
    pub(super) descriptive: bool,
}

impl PieceWriter<'_> {
    pub(super) fn pieces(&self, pieces: &[Piece], html: &mut Html) {
        for piece in pieces {
            match piece {
                Piece::Words(run) => self.words(run, html),
                Piece::Value(value) => self.value(value, html),
                Piece::Group(role, pieces) => {
                    html.open("span", &[("class", class(*role))]);
                    self.pieces(pieces, html);
                    html.close("span");
                }
                Piece::Link { href, pieces } => {
                    html.open("a", &[("class", "external"), ("rel", "noopener"), ("href", href)]);
                    self.pieces(pieces, html);
                    html.close("a");
                }
                Piece::Break => {
                    html.markup("<br>");
                }
            }
        }
    }

    /// Words of the style.
    pub(super) fn words(&self, run: &Run, html: &mut Html) {
        looking(&run.looks, html, &mut |html| {
            bidi::write(html, &run.text, self.locale.direction());
        });
    }

    fn value(&self, value: &Value, html: &mut Html) {
        match value.role {
            Role::Name => self.isolated(value, html),
            Role::Title => {
                let slanted = value.runs.iter().any(|run| run.looks.contains(&Look::Italic));
                let class = match (self.descriptive, slanted) {
                    (true, _) => "title descriptive",
                    (false, true) => "title",
                    (false, false) => "title upright",
                };
                html.open("cite", &[("class", class)]);
                self.isolated(value, html);
                html.close("cite");
            }
            role => {
                html.open("span", &[("class", class(role))]);
                self.isolated(value, html);
                html.close("span");
            }
        }
    }

    fn isolated(&self, value: &Value, html: &mut Html) {
        let with = WithLang::of(value.lang.as_ref(), self.book);
        let direction = with.direction(self.locale);
        // What has no words takes its direction from its first letter.
        let of_words = !matches!(value.role, Role::Number | Role::Symbol | Role::Date | Role::Address);
        let mut attributes = words::attributes(with);
        // What has no letter at all (`469–477`) would take the direction of the page.
        if direction == Direction::Rtl
            && with.dir.is_none()
            && !value.runs.iter().any(|run| run.text.contains(char::is_alphabetic))
        {
            attributes.push(("dir", Direction::Ltr.name()));
        }
        html.open("bdi", &attributes);
        for run in &value.runs {
            let in_title = value.role == Role::Title;
            // `<cite>` slants by itself.
            let looks: Vec<Look> =
                run.looks.iter().copied().filter(|look| !(in_title && *look == Look::Italic)).collect();
            looking(&looks, html, &mut |html| {
                if of_words {
                    bidi::write(html, &run.text, direction);
                } else {
                    html.text(&run.text);
                }
            });
        }
        html.close("bdi");
    }
}

/// The class of a role. `docs/themes.md` lists them.
fn class(role: Role) -> &'static str {
    match role {
        Role::Author => "author",
        Role::Name => "name",
        Role::Title => "title",
        Role::LatinTitle => "latin-title",
        Role::TranslatedTitle => "translated-title",
        Role::Container => "container",
        Role::Publisher => "publisher",
        Role::Place => "place",
        Role::Authority => "authority",
        Role::Number => "number",
        Role::Symbol => "symbol",
        Role::Date => "date",
        Role::Address => "address",
    }
}

/// Writes with the elements around it that look so.
fn looking(looks: &[Look], html: &mut Html, write: &mut dyn FnMut(&mut Html)) {
    let tags: Vec<(&'static str, &'static str)> = looks
        .iter()
        .map(|look| match look {
            Look::Italic => ("i", ""),
            Look::Bold => ("b", ""),
            Look::SmallCapitals => ("span", "small-capitals"),
            Look::Underlined => ("u", ""),
            Look::Raised => ("sup", ""),
            Look::Lowered => ("sub", ""),
        })
        .collect();
    for (tag, class) in &tags {
        html.open(tag, &[(if class.is_empty() { "" } else { "class" }, class)]);
    }
    write(html);
    for (tag, _) in tags.iter().rev() {
        html.close(tag);
    }
}
