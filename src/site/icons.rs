//! The icons that phones ask for, drawn from the theme's `favicon.svg`, which may be the site's own.

use super::address::STATIC;
use super::edition::OutPath;
use crate::diagnostic::{Code, Diagnostic};
use crate::social::icon::{Icon, Shape};
use crate::span::{FileId, Span};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What they are drawn from.
const SOURCE: &str = "favicon.svg";

/// Each file with its size and what becomes of the corners.
const ICONS: &[(&str, u16, Shape)] = &[
    ("apple-touch-icon.png", 180, Shape::Filled),
    ("icon-192.png", 192, Shape::Own),
    ("icon-512.png", 512, Shape::Own),
    ("icon-maskable-512.png", 512, Shape::Maskable),
];

/// Reads the icon among the static files.
pub(super) fn read(
    assets: &BTreeMap<OutPath, Arc<[u8]>>,
    config: FileId,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Icon> {
    let svg = assets.get(&path(SOURCE)?)?;
    let icon = Icon::read(svg);
    if icon.is_none() {
        diagnostics.push(
            Diagnostic::new(
                Code::SB723,
                Span::start_of(config),
                format!("`{STATIC}/{SOURCE}` is no SVG that can be drawn"),
            )
            .help("replace it by a whole SVG file, or remove it to have the theme's icon"),
        );
    }
    icon
}

/// Draws those that the site does not have itself.
pub(super) fn draw(icon: &Icon, assets: &BTreeMap<OutPath, Arc<[u8]>>) -> Vec<(OutPath, Arc<[u8]>)> {
    ICONS
        .par_iter()
        .filter_map(|(name, size, shape)| {
            let path = path(name).filter(|path| !assets.contains_key(path))?;
            Some((path, icon.draw(*size, *shape)?.into()))
        })
        .collect()
}

fn path(name: &str) -> Option<OutPath> {
    OutPath::parse(&format!("{STATIC}/{name}"))
}
