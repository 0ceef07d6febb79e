//! A language in one file: every page, one after another, with all that it needs to be read, in a browser that can open nothing else.
//!
//! 1. [`leaf`] makes an article of each page: its ids are told apart by the number of the page, its links lead to other articles, its pictures
//!    stand in it.
//! 2. [`style`] has the theme's style sheet, fitted to headings that are one level lower, and what the file's own parts look like (`page.css`).
//! 3. [`front`] writes what stands around the articles: the bar, the title, the table of contents.
//! 4. `find.js` searches the articles, and the theme's script shows cards. The policy in the head allows these by their hash, and nothing else.
//!
//! Without scripts it is a document like any other. Uses `base64` and what `bundle` may use.

mod front;
mod leaf;
mod style;

use super::pages;
use super::{Bundle, BundleError, Format};
use crate::base64;
use crate::site::edition::Edition;
use crate::site::volume::Volume;
use leaf::Book;
use pages::{Syntax, write};
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// The search in the file.
const FIND: &str = include_str!("find.js");

/// What every file begins with, by which it is known again as one that may be replaced.
const START: &str = "<!DOCTYPE html>\n<!-- Sourcebook: one file a language -->\n";

/// Makes the file of a language.
pub(super) fn pack(edition: &Edition, volume: &Volume) -> Result<Bundle, BundleError> {
    let book = Book::read(edition, volume);
    let articles = book.into_articles();
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
    Ok(Bundle { format: Format::Html, lang: Some(volume.lang.clone()), bytes, files: 1, unpacked })
}

/// Whether a file is one that was made here.
pub(super) fn recognises(bytes: &[u8]) -> bool {
    bytes.starts_with(START.as_bytes())
}

fn theme_script(edition: &Edition) -> String {
    let script = edition.get("static/sourcebook.js").and_then(|bytes| std::str::from_utf8(bytes).ok());
    script.unwrap_or_default().to_owned()
}

/// A script or a style sheet as it may stand in a page: nothing in it ends the element. A stroke before a stroke changes no string of either.
fn inline(text: &str) -> String {
    text.replace("</", "<\\/").replace("<!--", "<\\!--")
}

/// What the browser is allowed: these scripts, this style sheet, pictures that stand in the file. No network, in no form.
fn policy(style: &str, scripts: &[String]) -> String {
    let hash = |text: &str| format!("'sha256-{}'", base64::encode(&Sha256::digest(text)));
    let mut policy =
        format!("default-src 'none'; img-src data:; font-src data:; style-src {}; script-src", hash(style));
    for script in scripts {
        let _ = write!(policy, " {}", hash(script));
    }
    policy.push_str("; base-uri 'none'; form-action 'none'");
    policy
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_script_ends_it() {
        assert_eq!(inline("a = \"</script><!-- x\";"), "a = \"<\\/script><\\!-- x\";");
    }

    #[test]
    fn the_policy_allows_what_stands_in_the_file_and_nothing_else() {
        let policy = policy("", &["a".to_owned()]);
        insta::assert_snapshot!(policy, @"default-src 'none'; img-src data:; font-src data:; style-src 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='; script-src 'sha256-ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs='; base-uri 'none'; form-action 'none'");
    }
}
