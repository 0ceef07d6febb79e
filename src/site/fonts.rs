//! Fonts of the site's own, one or several a language: each cut down to what the pages of its language show, with the rules for style sheets that name them.
//!
//! The letters are taken from the finished pages, markup and all: whatever a page shows, or a script may show of it, stands there. Only pages of the language
//! load its fonts, and none waits for them: what is not there at once is for the next page (`font-display: optional`), so no text moves under its reader's eyes.

use super::edition::OutPath;
use crate::diagnostic::{Code, Diagnostic};
use crate::ids::Lang;
use crate::webfont::face::Face;
use crate::webfont::letters::Letters;
use crate::webfont::memo::Memo;
use crate::webfont::script::Characters;
use crate::webfont::subset::Subset;
use crate::workspace::{Placed, Workspace};
use rayon::prelude::*;
use sha2::{Digest as _, Sha256};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

/// The folder of the fonts. Their names change when they do, so they may be kept for ever, which is not true of what lies in `static/`.
pub(super) const FOLDER: &str = "fonts";

/// What all fonts of a language may weigh together, in bytes: more than the text of a page is too much for the look of its letters.
const HEAVIEST: usize = 60_000;

/// So many missing letters are named.
const NAMED: usize = 20;

/// A font of a language.
#[derive(Debug, Clone)]
pub(super) struct Font {
    lang: Lang,
    /// Its file, where `book.toml` names it.
    place: Placed<String>,
    face: Face,
}

/// The pages of a language, as they are written.
pub(super) struct Pages<'a> {
    pub(super) lang: &'a Lang,
    pub(super) html: Vec<&'a str>,
}

/// What comes of the fonts.
#[derive(Debug, Default)]
pub(super) struct Cut {
    pub(super) files: Vec<(OutPath, Arc<[u8]>)>,
    /// What is put after the style sheet.
    pub(super) rules: String,
    pub(super) warnings: Vec<Diagnostic>,
}

/// A font of a language, cut down.
struct Ready<'a> {
    font: &'a Font,
    subset: Arc<Subset>,
    /// Where it lies.
    path: OutPath,
}

/// Reads the fonts that `book.toml` names for languages.
pub(super) fn read(workspace: &Workspace, diagnostics: &mut Vec<Diagnostic>) -> Vec<Font> {
    let mut fonts = Vec::new();
    for (lang, place, bytes) in &workspace.language_fonts {
        match Face::read(bytes) {
            Ok(face) => {
                let font = Font { lang: lang.clone(), place: place.clone(), face };
                diagnostics.extend(lacking(&font, workspace));
                fonts.push(font);
            }
            Err(flaw) => diagnostics.push(unusable(place, flaw.what(), flaw.help())),
        }
    }
    fonts
}

fn unusable(place: &Placed<String>, what: &str, help: &str) -> Diagnostic {
    Diagnostic::new(Code::SB722, place.span, format!("`{}` {what}", place.value)).help(help)
}

/// Cuts the fonts down to what the pages of their languages show.
pub(super) fn cut(fonts: &[Font], pages: &[Pages<'_>], memo: &Memo) -> Cut {
    let of = |lang: &Lang| fonts.iter().filter(|font| font.lang == *lang).collect::<Vec<&Font>>();
    let shown: Vec<(&Lang, Vec<&Font>, Letters)> = pages
        .iter()
        .map(|pages| (pages.lang, of(pages.lang), &pages.html))
        .filter(|(_, fonts, _)| !fonts.is_empty())
        .map(|(lang, fonts, html)| (lang, fonts, letters(html)))
        .collect();
    let wanted: Vec<(&Face, &Letters)> =
        shown.iter().flat_map(|(_, fonts, letters)| fonts.iter().map(move |font| (&font.face, letters))).collect();
    let mut subsets = memo.subsets(&wanted).into_iter();
    let mut cut = Cut::default();
    for (lang, fonts, _) in &shown {
        let mut ready = Vec::new();
        for (font, subset) in fonts.iter().zip(&mut subsets) {
            let named = subset.and_then(|subset| Some((path(font, &subset)?, subset)));
            match named {
                Some((path, subset)) => ready.push(Ready { font, subset, path }),
                None => cut.warnings.push(unusable(
                    &font.place,
                    "is broken: it cannot be cut down",
                    "name a whole TrueType file (`.ttf`)",
                )),
            }
        }
        cut.rules.push_str(&rules(lang, &ready));
        cut.warnings.extend(too_heavy(lang, &ready));
        cut.files.extend(ready.into_iter().map(|ready| (ready.path, ready.subset.packed.clone().into())));
    }
    // A font that is named twice is one file.
    cut.files.sort();
    cut.files.dedup();
    cut
}

/// All characters of some pages.
fn letters(pages: &[&str]) -> Letters {
    let join = |mut one: Letters, other: Letters| {
        one.extend(other.iter());
        one
    };
    pages.par_iter().map(|page| Letters::of(page)).reduce(Letters::default, join)
}

/// Where a font lies: its language and the hash of what it holds, not its own name, which some licences keep for the whole font.
fn path(font: &Font, subset: &Subset) -> Option<OutPath> {
    let hash = format!("{:x}", Sha256::digest(&subset.packed));
    OutPath::parse(&format!("{FOLDER}/{}-{}.woff2", font.lang.as_str().to_lowercase(), hash.get(..8)?))
}

/// The rules that name the fonts of a language and put them before those of the theme, on pages of the language alone.
fn rules(lang: &Lang, fonts: &[Ready<'_>]) -> String {
    let mut rules = String::new();
    if fonts.is_empty() {
        return rules;
    }
    for Ready { font, subset, path } in fonts {
        let weight = match font.face.weight {
            (least, most) if least == most => least.to_string(),
            (least, most) => format!("{least} {most}"),
        };
        let style = if font.face.is_italic { "font-style:italic;" } else { "" };
        let range = subset.letters.unicode_range();
        // Writing into a text cannot fail.
        let _ = write!(
            rules,
            "@font-face{{font-family:\"Own {lang}\";{style}font-weight:{weight};src:url(../{path}) format(\"woff2\");font-display:optional;unicode-range:{range}}}"
        );
    }
    let _ = write!(rules, ":root[lang=\"{lang}\"],:root[lang=\"{lang}\"] :lang({lang}){{--face:\"Own {lang}\",}}");
    rules
}

/// What is said where the fonts of a language weigh too much, at the heaviest.
fn too_heavy(lang: &Lang, fonts: &[Ready<'_>]) -> Option<Diagnostic> {
    let weight = |ready: &Ready<'_>| ready.subset.packed.len();
    let whole: usize = fonts.iter().map(weight).sum();
    let heaviest = fonts.iter().rev().max_by_key(|ready| weight(ready)).filter(|_| whole > HEAVIEST)?;
    let kilobytes = |bytes: usize| bytes.div_ceil(1000);
    let shares = heaviest.subset.shares();
    let most = kilobytes(HEAVIEST);
    let what = if fonts.len() == 1 {
        format!("the font of `{lang}` weighs {} KB, and {most} KB are enough", kilobytes(whole))
    } else {
        let own = kilobytes(weight(heaviest));
        format!(
            "the {} fonts of `{lang}` weigh {} KB together, and {most} KB are enough; this is the heaviest with {own} KB",
            fonts.len(),
            kilobytes(whole),
        )
    };
    let made_of = format!(
        "{} letters in {} outlines, which are {} % of it; rules of joining are {} %, variations {} %",
        heaviest.subset.letters.len(),
        heaviest.subset.glyphs,
        shares.outlines,
        shares.rules,
        shares.variations
    );
    let help = if shares.variations > shares.outlines / 2 {
        "name a font with one weight in place of a variable one, or fewer fonts"
    } else {
        "name a font with plainer outlines or without letters of other scripts, or fewer fonts"
    };
    Some(Diagnostic::new(Code::SB724, heaviest.font.place.span, format!("{what} ({made_of})")).help(help))
}

/// What is said where a font has not all letters of its language: those of its script that stand in the texts that people wrote in it.
fn lacking(font: &Font, workspace: &Workspace) -> Option<Diagnostic> {
    let characters = Characters::of_language(font.lang.as_str())?;
    let mut missing: BTreeMap<char, usize> = BTreeMap::new();
    for text in texts(workspace, &font.lang) {
        let letters = Letters::of(text);
        for c in font.face.lacks(letters.iter().filter(|c| characters.has(*c))) {
            *missing.entry(c).or_default() += 1;
        }
    }
    let mut missing: Vec<(char, usize)> = missing.into_iter().collect();
    missing.sort_by_key(|(c, texts)| (Reverse(*texts), *c));
    if missing.is_empty() {
        return None;
    }
    let named: Vec<String> = missing
        .iter()
        .take(NAMED)
        .map(|(c, texts)| {
            let texts = if *texts == 1 { "1 text".to_owned() } else { format!("{texts} texts") };
            format!("`{c}` (U+{:04X}, in {texts})", u32::from(*c))
        })
        .collect();
    let more = match missing.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(", and {more} more"),
    };
    let Font { lang, place, .. } = font;
    let script = characters.name();
    let message =
        format!("`{}` lacks {script} letters that texts in `{lang}` have: {}{more}", place.value, named.join(", "));
    Some(
        Diagnostic::new(Code::SB724, place.span, message)
            .help("name a font that has them; without it they are drawn in another font, in the middle of words"),
    )
}

/// What was written in a language: its pages, its words of the interface, its names of terms.
fn texts<'w>(workspace: &'w Workspace, lang: &Lang) -> impl Iterator<Item = &'w str> {
    let pages = workspace.pages.iter().map(|page| (&page.lang, page.file));
    let words = workspace.strings.iter().chain(&workspace.term_names).map(|(lang, file)| (lang, *file));
    pages.chain(words).filter(move |(own, _)| *own == lang).map(|(_, file)| workspace.files.text(file))
}
