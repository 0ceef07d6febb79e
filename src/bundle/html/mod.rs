//! A language in one file: every page, one after another, with all that it needs to be read, in a browser that can open nothing else.
//!
//! 1. [`bound`](super::bound) makes an article of each page, and has the theme's style sheet.
//! 2. [`style`] adds what the file's own parts look like (`page.css`).
//! 3. [`front`] writes what stands around the articles: the bar, the title, the table of contents.
//! 4. `find.js` searches the articles, and the theme's script shows cards. The policy in the head allows these by their hash, and nothing else.
//!
//! Without scripts it is a document like any other. Uses what `bundle` may use.

mod front;
mod style;

use super::bound::{Book, inline, policy};
use super::pages::{Element, Syntax, write};
use super::{Bundle, BundleError, Format};
use crate::site::edition::Edition;
use crate::site::volume::Volume;

/// The search in the file.
const FIND: &str = include_str!("find.js");

/// What every file begins with, by which it is known again as one that may be replaced.
const START: &str = "<!DOCTYPE html>\n<!-- Sourcebook: one file a language -->\n";

/// Makes the file of a language.
pub(super) fn pack(edition: &Edition, volume: &Volume) -> Result<Bundle, BundleError> {
    let book = Book::read(edition, volume);
    let mut articles = book.into_articles();
    for article in &mut articles {
        article.element.children.push(way_back(volume).into());
    }
    let style = style::sheet(edition, &articles);
    let scripts = [theme_script(edition), FIND.to_owned()].map(|script| inline(&script));
    let mut out = START.to_owned();
    front::write_head(volume, &policy(&style, &scripts), &style, &mut out);
    front::write_opening(volume, &articles, &mut out);
    for article in &articles {
        out.push_str(&write(&article.element, Syntax::Html));
        out.push('\n');
    }
    out.push_str("</main>\n");
    let [theme, find] = scripts;
    front::write_scripts(volume, &theme, &find, &mut out).map_err(|error| BundleError::Packing(error.to_string()))?;
    out.push_str("</body>\n</html>\n");
    let bytes = out.into_bytes();
    let unpacked = bytes.len() as u64;
    Ok(Bundle { format: Format::Html, part: None, lang: Some(volume.lang.clone()), bytes, files: 1, unpacked })
}

/// Whether a file is one that was made here.
pub(super) fn recognises(bytes: &[u8]) -> bool {
    bytes.starts_with(START.as_bytes())
}

fn theme_script(edition: &Edition) -> String {
    let script = edition.get("static/sourcebook.js").and_then(|bytes| std::str::from_utf8(bytes).ok());
    script.unwrap_or_default().to_owned()
}

/// The way from the end of a page to the table of contents.
fn way_back(volume: &Volume) -> Element {
    let words = volume.words.get("table_of_contents").map_or("↑", String::as_str);
    let link = Element::new("a").with("href", "#contents").holding(words);
    let own = Element::new("p").with("class", "way-back").holding(link);
    own.with("lang", volume.lang.as_str()).with("dir", volume.dir)
}
