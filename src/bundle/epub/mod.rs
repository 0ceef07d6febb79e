//! A language of an edition → a book for reading programs: EPUB 3, one file.
//!
//! 1. [`chapter`] takes each page of the volume and gives it the form of a chapter: everything open, nothing that needs a script.
//!    What stands side by side on the site is put one under the other, and [`notes`] says which parts are notes and what refers to them.
//! 2. [`links`] leads what was a link between pages to the chapter and the place in it, and gathers the pictures. It comes when all chapters
//!    are there, because only then is it known which places are left.
//! 3. [`package`] and [`navigation`] tell reading programs what there is; [`container`] packs it.
//!
//! A note is an entry of a list at the end of its page (`endnote`), and not an `aside`: programs that show notes in a window find either, but
//! hide an `aside`, some for good. So a source that nobody taps is still in the list, and a program that knows no notes follows a link.
//! The list stands in the file that refers to it, because some show in a window only what is in the same file.
//!
//! Uses `bundle::pages`, `bundle::zip` for the date, `ids`, `xml`, `locale` for the direction, `social` for the cover, `site::edition`,
//! `site::volume`.

mod chapter;
mod container;
mod links;
mod navigation;
mod notes;
mod package;

use super::{Bundle, BundleError, Format};
use crate::locale::Direction;
use crate::site::edition::{Edition, Stamp};
use crate::site::volume::Volume;
use crate::social::cover::Cover;
use crate::social::typeface::Typefaces;
use chapter::Chapter;
use container::Member;
pub(super) use container::recognises;
use links::Links;
use navigation::Navigation;
use package::Package;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// What chapters are.
const XHTML: &str = "application/xhtml+xml";

/// Where the style sheet lies in the book.
const STYLE_PATH: &str = "book.css";
const STYLE: &str = include_str!("book.css");

/// Where the title page lies in the book.
const TITLE_PATH: &str = "title.xhtml";

/// Where the cover lies in the book.
const COVER_PATH: &str = "cover.png";

/// Makes the book of a language.
pub(super) fn pack(edition: &Edition, volume: &Volume) -> Result<Bundle, BundleError> {
    let mut chapters: BTreeMap<usize, Chapter> = volume
        .leaves
        .par_iter()
        .enumerate()
        .filter_map(|(index, leaf)| Some((index, chapter::read(edition, leaf, index)?)))
        .collect();
    let links = Links::new(edition, volume, &chapters);
    chapters.par_iter_mut().for_each(|(_, chapter)| links.lead(chapter));
    let chapters: Vec<Chapter> = chapters.into_values().collect();
    let pictures = links::pictures(&chapters);
    let cover = cover(volume, &edition.stamp);
    let has_cover = cover.is_some();
    let package = Package { volume, stamp: &edition.stamp, chapters: &chapters, pictures: &pictures, has_cover };
    let navigation = Navigation { volume, chapters: &chapters };
    let mut members = vec![
        Member::new(package::PATH, package.write()),
        Member::new(navigation::PATH, navigation.write()),
        Member::new(navigation::NCX_PATH, navigation.write_ncx(&package.identifier())),
        Member::new(STYLE_PATH, STYLE),
        Member::new(TITLE_PATH, chapter::title_page(volume)),
    ];
    members.extend(cover.map(|cover| Member::new(COVER_PATH, cover)));
    let texts: Vec<String> = chapters.par_iter().map(Chapter::write).collect();
    members.extend(chapters.iter().zip(texts).map(|(chapter, text)| Member::new(&chapter.path, text)));
    let bytes = |picture: &package::Picture| edition.get(picture.source.as_str()).map(|bytes| bytes.to_vec());
    members.extend(pictures.iter().filter_map(|picture| Some(Member::new(&picture.path, bytes(picture)?))));
    let (files, unpacked) = (members.len(), members.iter().map(|member| member.bytes.len() as u64).sum());
    let bytes = container::pack(members, &edition.stamp)?;
    Ok(Bundle { format: Format::Epub, part: None, lang: Some(volume.lang.clone()), bytes, files, unpacked })
}

/// The cover, with the day and the version of the copy, so that two of them can be told apart on a shelf. None for a title whose letters the
/// program has not.
fn cover(volume: &Volume, stamp: &Stamp) -> Option<Vec<u8>> {
    let day = stamp.date.map(|day| day.to_string());
    let foot: Vec<&str> = day.as_deref().into_iter().chain([stamp.version()]).collect();
    let direction = Direction::parse(volume.dir)?;
    Cover { direction, title: volume.title.clone(), foot: foot.join(" · ") }.draw(&Typefaces::default())
}
