//! `<language>/manifest.webmanifest`: what a telephone is told when a reader puts the site among its programs.
//!
//! It opens at the home page of its language and keeps the whole site, so that a reader who changes the language stays. `minimal-ui` leaves a
//! way back and the address: a reader of sources needs both.

use crate::book::Language;
use crate::ids::Lang;
use crate::site::address::STATIC;
use crate::site::edition::OutPath;
use serde::Serialize;

/// The ground of a page in the default theme's light colours, as `--paper` in the style sheet.
const PAPER: &str = "#fbfaf7";

/// The pictures that stand for the site, by their names in `static/`.
const ICONS: &[(&str, &str, &str, Option<&str>)] = &[
    ("favicon.svg", "any", "image/svg+xml", None),
    ("icon-192.png", "192x192", "image/png", None),
    ("icon-512.png", "512x512", "image/png", None),
    ("icon-maskable-512.png", "512x512", "image/png", Some("maskable")),
];

#[derive(Serialize)]
struct Manifest<'a> {
    name: &'a str,
    short_name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    lang: &'a str,
    dir: &'a str,
    start_url: &'a str,
    scope: &'a str,
    display: &'a str,
    background_color: &'a str,
    theme_color: &'a str,
    icons: &'a [Icon],
}

/// A picture that stands for the site.
#[derive(Debug, Serialize)]
pub(in crate::site) struct Icon {
    src: String,
    sizes: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    purpose: Option<&'static str>,
}

/// Those of the known pictures that the site has.
pub(in crate::site) fn icons<'p>(files: impl Iterator<Item = &'p OutPath>) -> Vec<Icon> {
    let files: Vec<&str> = files.map(OutPath::as_str).collect();
    let icon = |(name, sizes, kind, purpose): &(&str, &'static str, &'static str, Option<&'static str>)| {
        let path = format!("{STATIC}/{name}");
        files.contains(&path.as_str()).then(|| Icon { src: format!("../{path}"), sizes, kind, purpose: *purpose })
    };
    ICONS.iter().filter_map(icon).collect()
}

/// Where the manifest of a language lies.
pub(in crate::site) fn path(lang: &Lang) -> String {
    format!("{lang}/manifest.webmanifest")
}

/// The manifest of a language.
pub(super) fn file(language: &Language, icons: &[Icon]) -> String {
    let name = language.site_title.as_str();
    let manifest = Manifest {
        name,
        short_name: short(name),
        description: language.site_description.as_deref(),
        lang: language.lang.as_str(),
        dir: language.locale.direction().name(),
        start_url: "./",
        scope: "../",
        display: "minimal-ui",
        background_color: PAPER,
        theme_color: PAPER,
        icons,
    };
    // Strings always serialise.
    serde_json::to_string_pretty(&manifest).unwrap_or_default() + "\n"
}

/// What stands under the picture: a title up to its colon.
fn short(title: &str) -> &str {
    let end = title.find([':', '：']).unwrap_or(title.len());
    title.get(..end).map(str::trim).filter(|short| !short.is_empty()).unwrap_or(title)
}

#[cfg(test)]
mod tests {
    use super::{PAPER, short};

    #[test]
    fn a_short_name_ends_before_the_colon() {
        assert_eq!(short("La guerre Israël–Hamas\u{a0}: repères sourcés"), "La guerre Israël–Hamas");
        assert_eq!(short("Documents"), "Documents");
        assert_eq!(short(": x"), ": x");
    }

    #[test]
    fn the_ground_is_the_style_sheets() {
        let sheet = include_str!("../../../static/sourcebook.css");
        let frame = include_str!("../../../templates/base.html");
        assert!(sheet.contains(&format!("--paper: {PAPER};")));
        assert!(frame.contains(&format!("name=\"theme-color\" content=\"{PAPER}\"")));
    }
}
