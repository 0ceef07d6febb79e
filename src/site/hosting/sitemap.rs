//! `sitemap.xml`: every page that search engines shall show, with its counterparts in the other languages.
//!
//! Left out are drafts, pages for translators, old addresses, and pages in languages into which they are not translated. A page has a date
//! (`lastmod`) only where the content or the log of figures knows one.

use super::counterparts::{Counterparts, choice};
use crate::book::{BookPage, View};
use crate::date::{Date, Day};
use crate::site::address;
use crate::site::edition::OutPath;
use crate::site::renderer::{Job, Renderer};
use crate::xml::Xml;

/// The name of the file that search engines are led to.
pub(super) const SITEMAP: &str = "sitemap.xml";

/// What the protocol allows in a file.
const MOST: Limits = Limits { addresses: 50_000, bytes: 50_000_000 };

const NONE: &[(&str, &str)] = &[];

/// How much a file may hold.
#[derive(Clone, Copy)]
struct Limits {
    addresses: usize,
    bytes: usize,
}

/// A page that search engines shall show.
pub(in crate::site) struct Listed {
    pub(in crate::site) path: OutPath,
    pub(in crate::site) counterparts: Counterparts,
    pub(in crate::site) changed: Option<Day>,
}

impl<'a> Renderer<'a> {
    /// The pages that search engines shall show, in the order of their paths.
    pub(in crate::site) fn listed(&self, jobs: &[(usize, Job<'a>)]) -> Vec<Listed> {
        let pages = jobs.iter().filter_map(|(language, job)| {
            let (path, counterparts) = self.counterparts(*language, *job)?;
            let changed = match job {
                Job::Page(page) => self.book.view(page, *language).and_then(|view| self.changed(page, view)),
                Job::Changes(0) => self.last_change(),
                _ => None,
            };
            Some(Listed { path, counterparts, changed })
        });
        let door =
            choice().map(|path| Listed { path, counterparts: Counterparts::of_choice(self.book), changed: None });
        // A page whose counterparts do not hold it is only shown in this language.
        let mut listed: Vec<Listed> = pages.chain(door).filter(|page| page.counterparts.hold(&page.path)).collect();
        listed.sort_by(|a, b| a.path.cmp(&b.path));
        listed
    }

    /// The last day on which the text, its figures or what is said of them is known to have changed.
    pub(in crate::site) fn changed(&self, page: &BookPage, view: View<'_>) -> Option<Day> {
        let front = &view.version.page.front;
        // A month or a year says too little to be a day.
        let day = |date: &Date| Some(date.last_day()).filter(|day| *day == date.first_day());
        let corrected = page.corrections().into_iter().map(|one| one.correction.at).max();
        let reviewed = front.reviewed.as_ref().and_then(|(date, _)| day(date));
        let figures = self.history.newest_on(self.book, view);
        front.published.max(front.data_to.as_ref().and_then(day)).max(reviewed).max(corrected).max(figures)
    }

    fn last_change(&self) -> Option<Day> {
        let corrected = self.book.corrections().first().map(|one| one.correction.at);
        corrected.max(self.history.newest())
    }
}

/// The file, or an index and its parts where one would be too large.
pub(super) fn files(base: &str, listed: &[Listed]) -> Vec<(String, String)> {
    within(base, listed, MOST)
}

fn within(base: &str, listed: &[Listed], most: Limits) -> Vec<(String, String)> {
    let mut parts: Vec<Xml> = Vec::new();
    let mut count = 0;
    for page in listed {
        let entry = entry(base, page);
        let fits = |part: &Xml| count < most.addresses && part.as_str().len() + entry.as_str().len() < most.bytes;
        if !parts.last().is_some_and(fits) {
            parts.push(beginning());
            count = 0;
        }
        if let Some(part) = parts.last_mut() {
            part.append(&entry);
            count += 1;
        }
    }
    let mut parts: Vec<String> = parts.into_iter().map(|mut part| part.close("urlset").clone().into_file()).collect();
    if parts.len() < 2 {
        return parts.pop().map(|only| (SITEMAP.to_owned(), only)).into_iter().collect();
    }
    let name = |part: usize| format!("sitemap-{}.xml", part + 1);
    let mut index = Xml::document();
    index.open("sitemapindex", &[("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9")]);
    for part in 0..parts.len() {
        index.open("sitemap", NONE).element("loc", NONE, &format!("{base}{}", name(part))).close("sitemap");
    }
    index.close("sitemapindex");
    let parts = parts.into_iter().enumerate().map(|(part, text)| (name(part), text));
    std::iter::once((SITEMAP.to_owned(), index.into_file())).chain(parts).collect()
}

/// The beginning of a file; room for its end is in the limit, which is below what the protocol's 50 MiB are.
fn beginning() -> Xml {
    let mut xml = Xml::document();
    let namespaces =
        [("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9"), ("xmlns:xhtml", "http://www.w3.org/1999/xhtml")];
    xml.open("urlset", &namespaces);
    xml
}

fn entry(base: &str, page: &Listed) -> Xml {
    let mut xml = Xml::default();
    xml.open("url", NONE).element("loc", NONE, &address::absolute(base, &page.path));
    if let Some(day) = page.changed {
        xml.element("lastmod", NONE, &day.to_string());
    }
    for other in page.counterparts.alternates(Some(base)) {
        xml.empty("xhtml:link", &[("rel", "alternate"), ("hreflang", &other.lang), ("href", &other.url)]);
    }
    xml.close("url");
    xml
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::Lang;

    fn page(path: &str) -> Listed {
        let path = OutPath::parse(path).unwrap();
        let counterparts = Counterparts::alone(Lang::parse("en").unwrap(), path.clone());
        Listed { path, counterparts, changed: Day::new(2026, 11, 2) }
    }

    #[test]
    fn a_long_list_is_cut_by_its_length_and_by_its_weight() {
        let base = "https://example.org/x/";
        let listed = ["en/a/index.html", "en/b/index.html", "en/c/index.html"].map(page);
        let names = |most| within(base, &listed, most).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
        assert_eq!(names(MOST), ["sitemap.xml"]);
        let two = Limits { addresses: 2, ..MOST };
        assert_eq!(names(two), ["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml"]);
        let small = Limits { bytes: 500, ..MOST };
        assert_eq!(names(small), ["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml"]);

        let files = within(base, &listed, two);
        assert!(files[0].1.contains("<loc>https://example.org/x/sitemap-2.xml</loc>"), "{}", files[0].1);
        assert_eq!(files[1].1.matches("<url>").count(), 2);
        assert!(files[2].1.ends_with("</urlset>\n") && files[2].1.contains("<lastmod>2026-11-02</lastmod>"));
    }

    #[test]
    fn a_site_without_pages_has_no_list() {
        assert_eq!(files("https://example.org/", &[]), []);
    }
}
