//! Maps: the drawing, its names in every language, its table, and what is said of it.

use crate::support::{Built, Site, repository};
use proptest::prelude::*;
use sourcebook::compile;
use sourcebook::map::data::{self, Point};
use sourcebook::span::Files;

const DATA: &str = "# By nobody.\n\
                    area land 10 50, 12 50, 12 52, 10 52\n\
                    area other 12 50, 14 50, 14 52, 12 52\n\
                    area beyond 40 10, 41 10, 41 11\n\
                    line coast 10 50, 10 52\n\
                    line border 12 50, 12 51\n\
                    line disputed 12 51, 12 52\n\
                    place town 11 51\n\
                    place port 10.5 50.5\n";

const MAP: &str = "\
land:
  title: {en: \"Land & <sea>\", he: יבשה וים}
  data: square
  window: 9 49 13 53
  shade: [land]
  names:
    - {at: \"9.5 52\", kind: water, name: {en: The sea, he: הים}}
    - {at: \"12.5 51\", kind: state, name: {en: The other state, he: המדינה האחרת}}
  places:
    - {place: town, side: west, name: {en: The town, he: העיר}}
    - {place: port, name: {en: The port, he: הנמל}}
  note: {en: This map takes no position., he: המפה אינה נוקטת עמדה.}
  credit: {en: Drawn for a test., he: שורטט לבדיקה.}
";

fn site() -> Site {
    let site = Site::base();
    site.put("content/maps/square.txt", DATA).put("content/maps/maps.yaml", MAP);
    for (lang, title) in [("en", "The Universal Declaration"), ("he", "ההכרזה")] {
        let text = format!("---\ntitle: {title}\n---\nIt was so [@udhr-1948].\n\n![Where it was.](map:land)\n");
        site.put(&format!("content/{lang}/documents/declaration.md"), text);
    }
    site
}

/// The drawing on a page, and what stands around it.
fn figure<'a>(built: &'a Built, path: &str) -> &'a str {
    let text = built.text(path);
    let start = text.find("<figure class=\"drawing drawing-map\"").unwrap_or_else(|| panic!("no map in {path}"));
    let length = text[start..].find("</figure>").unwrap();
    &text[start..start + length]
}

#[test]
fn a_map_is_drawn_with_what_its_lines_mean_and_its_places() {
    let built = site().build();
    insta::assert_snapshot!("map-en", figure(&built, "en/documents/declaration/index.html"));
    insta::assert_snapshot!("map-he", figure(&built, "he/documents/declaration/index.html"));
}

#[test]
fn a_map_covers_no_sentence() {
    let site = site();
    let text = "---\ntitle: The Universal Declaration\n---\nThe border ran here:\n\n![Where it was.](map:land)\n";
    site.put("content/en/documents/declaration.md", text);
    let said = crate::support::told(&site.check());
    assert!(said.contains("SB210"), "{said}");
}

/// Small, real text, and nothing that a strict policy refuses.
#[test]
fn the_maps_of_the_site_are_small_and_have_every_name_in_every_language() {
    let built = Built::of(&repository());
    let mut seen = 0;
    for (path, bytes) in &built.files {
        let Ok(text) = std::str::from_utf8(bytes) else { continue };
        for drawing in text.split("<svg class=\"map\"").skip(1).filter_map(|rest| rest.split("</svg>").next()) {
            if !drawing.contains("<title") {
                continue;
            }
            seen += 1;
            assert!(drawing.len() < 60_000, "{path}: {} bytes", drawing.len());
            assert!(drawing.contains("<desc") && !drawing.contains("style="), "{path}");
            assert!(drawing.matches("<text ").count() > 10, "{path}");
        }
    }
    assert_eq!(seen, 8, "two maps in four languages");
    let book = compile::check(&repository(), &compile::Options::default());
    assert!(book.diagnostics.iter().all(|problem| problem.code.id() != "SB325"));
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "(area|line|place)? ?[a-z]{0,6} ?[-0-9., ]{0,30}|\\PC{0,20}") {
        let mut files = Files::default();
        let file = files.add("content/maps/x.txt", text.as_str());
        let mut problems = Vec::new();
        let read = data::read_file(file, "x", &text, &mut problems).unwrap();
        let kept = read.areas.len() + read.lines.len() + read.places.len();
        prop_assert!(kept + problems.len() <= 1);
    }

    #[test]
    fn points_lie_on_the_earth(longitude in -400.0..400.0_f64, latitude in -200.0..200.0_f64) {
        let point = Point::parse(&format!("{longitude} {latitude}"));
        prop_assert_eq!(point.is_some(), longitude.abs() <= 180.0 && latitude.abs() <= 90.0);
    }
}
