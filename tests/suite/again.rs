//! Builds over an edition of before take from it what could not be different, and come to what a build from nothing comes to: random edits, each held against one.
//!
//! `BUILT_EDITS` says how many edits are tried; `scripts/soak again` tries many.

use crate::edits::{cut, retitled, try_random};
use crate::support::{Site, copy, repository, told, tree};
use proptest::prelude::*;
use sourcebook::compile::{self, Options, Recording};
use sourcebook::date::Day;
use sourcebook::publish::receipt::{self, Receipt};
use sourcebook::publish::{Publication, Published};
use sourcebook::site::SiteOptions;
use sourcebook::site::edition::Edition;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::Arc;

const PAGES: [&str; 7] = [
    "content/en/index.md",
    "content/en/about.md",
    "content/en/counting/index.md",
    "content/en/counting/eight-billion.md",
    "content/ar/index.md",
    "content/ar/counting/index.md",
    "content/ar/counting/eight-billion.md",
];

const PASSAGES: &[&str] = &[
    "It was reached on 15 November 2022 [@unfpa-8-billion].",
    "## More {#more}\n\nA census is taken now and then [@oecd-census; @newser-2023].",
    "By then there will be [=world-population-2050].",
    "> [!note]\n> Each billion has its day [@gov-za-population-day].",
    "See [the day](eight-billion.md), [counting](../counting/index.md) and the [timeline](../timeline.md). <!-- uncited: guides to other pages -->",
    "![The curve.](chart:world-population)",
    "> [!correction] 2024-02-01\n> The number was another one [@unfpa-7-billion].",
    "سجّلت الأمم المتحدة اليوم [@unfpa-8-billion].",
];

/// What is done to a file; numbers count its possible places.
#[derive(Debug, Clone)]
enum Edit {
    /// A passage at the end of a page.
    Add(usize, &'static str),
    /// The last paragraph of a page goes.
    Cut(usize),
    /// A page as it was at first.
    Undo(usize),
    /// A page goes, or comes back.
    Leave(usize),
    /// Something in a page's head.
    Title(usize, String),
    /// Other words in a heading that gives ids to those of the translations.
    Heading(String),
    /// Other words in a file that is no page: of a source, a term, an event, a figure, the site, a template, the interface.
    Around(usize, String),
}

/// Where the words of a file that is no page are changed: the file, and what stands before them.
const AROUND: &[(&str, &str)] = &[
    ("content/sources/sources.yaml", "title: {en: "),
    ("content/terms/terms.yaml", "    en: "),
    ("content/events/events.yaml", "title: {en: "),
    ("content/figures/figures.yaml", "label: {en: "),
    ("book.toml", "title = "),
    ("templates/partials/footer.html", "<footer class="),
    ("content/strings/en.yaml", "  timeline: "),
];

/// A heading without an id, which the translation has, too.
const HEADING: &str = "## Later";

fn edit() -> impl Strategy<Value = Edit> {
    let page = || 0..PAGES.len();
    let word = || "[A-Za-zא-ת\u{e9}]{1,8}";
    prop_oneof![
        8 => (page(), proptest::sample::select(PASSAGES)).prop_map(|(page, passage)| Edit::Add(page, passage)),
        2 => page().prop_map(Edit::Cut),
        2 => page().prop_map(Edit::Undo),
        1 => page().prop_map(Edit::Leave),
        2 => (page(), word()).prop_map(|(page, word)| Edit::Title(page, word)),
        2 => word().prop_map(Edit::Heading),
        3 => (0..AROUND.len(), word()).prop_map(|(place, word)| Edit::Around(place, word)),
    ]
}

/// The starter's site, with files of its own where an edit wants some.
fn site() -> Site {
    let site = Site::empty();
    copy(&repository().join("starter"), &site.root());
    let footer = fs::read_to_string(repository().join("templates/partials/footer.html")).unwrap();
    site.put("templates/partials/footer.html", footer);
    site.put("content/strings/en.yaml", "texts:\n  timeline: \"Timeline\"\n");
    for (page, heading) in [(PAGES[3], HEADING), (PAGES[6], "## لاحقًا")] {
        let text = fs::read_to_string(site.root().join(page)).unwrap();
        site.put(page, format!("{text}\n{heading}\n\n{}\n", PASSAGES[0]));
    }
    site
}

fn apply(root: &Path, first: &BTreeMap<&str, String>, edit: &Edit) {
    let change = |path: &str, change: &dyn Fn(String) -> String| {
        if let Ok(text) = fs::read_to_string(root.join(path)) {
            fs::write(root.join(path), change(text)).unwrap();
        }
    };
    match edit {
        Edit::Add(page, passage) => change(PAGES[*page], &|text| format!("{text}\n{passage}\n")),
        Edit::Cut(page) => change(PAGES[*page], &cut),
        Edit::Undo(page) => fs::write(root.join(PAGES[*page]), &first[PAGES[*page]]).unwrap(),
        Edit::Leave(page) => match fs::remove_file(root.join(PAGES[*page])) {
            Ok(()) => {}
            Err(_) => fs::write(root.join(PAGES[*page]), &first[PAGES[*page]]).unwrap(),
        },
        Edit::Title(page, word) => change(PAGES[*page], &|text| retitled(&text, word)),
        Edit::Heading(word) => change(PAGES[3], &|text| text.replacen(HEADING, &format!("{HEADING} {word}"), 1)),
        Edit::Around(place, word) => {
            let (path, before) = AROUND[*place];
            change(path, &|text| {
                assert!(text.contains(before), "{path} has no `{before}`");
                text.replacen(&format!("{before}\""), &format!("{before}\"{word} "), 1)
            });
        }
    }
}

/// Builds as `sourcebook build` does; what is wrong where nothing comes of it.
fn build(root: &Path, out: &Path) -> Result<Published, String> {
    let mut options = Options {
        recording: Recording::On(Day::new(2026, 11, 26).unwrap()),
        unsaid: compile::FOR_READERS,
        site: SiteOptions { pictures: true, ..SiteOptions::default() },
        ..Options::default()
    };
    let reading = compile::read(root, &options).map_err(|unreadable| told(&unreadable))?;
    let name = reading.name("");
    let publication = Arc::new(Publication::new(out, root));
    options.site.outlet = Some(publication.clone());
    options.site.surroundings = reading.name_around_pages("");
    let made = compile::build_of(reading, &options, &|_, _| ());
    let said = told(&made);
    let Some(edition) = &made.edition else { return Err(said) };
    if let Some(record) = &made.record {
        fs::write(root.join("figures.lock.yaml"), &record.after).unwrap();
    }
    let published = publication.finish(edition, &mut || Ok(())).unwrap();
    if let Some(made_of) = name.and_then(|name| name.left(&made)) {
        let receipt = Receipt { made_of, said, told: String::new() };
        receipt::keep(&receipt, &publication.take_recipes(), out, root);
    }
    Ok(published)
}

/// Builds over the site of before and from nothing: what came of the two, and the files in which they differ.
fn over_and_anew(site: &Site) -> (Result<Published, String>, Result<Published, String>, Vec<String>) {
    let (root, out, clean) = (site.root(), site.beside("out"), site.beside("clean"));
    if clean.exists() {
        fs::remove_dir_all(&clean).unwrap();
    }
    let (over, anew) = (build(&root, &out), build(&root, &clean));
    if anew.is_err() {
        return (over, anew, Vec::new());
    }
    assert_eq!(anew.as_ref().unwrap().again, 0, "there was nothing to take");
    let (ours, theirs) = (tree(&out), tree(&clean));
    let paths: BTreeSet<&String> = ours.keys().chain(theirs.keys()).collect();
    let differs = paths.into_iter().filter(|path| ours.get(*path) != theirs.get(*path)).cloned().collect();
    (over, anew, differs)
}

/// Builds after each edit over the site of before, and from nothing. How many files each build took as they were.
fn try_edits(edits: &[Edit]) -> Result<Vec<usize>, TestCaseError> {
    let site = site();
    let root = site.root();
    let first = PAGES.map(|page| (page, fs::read_to_string(root.join(page)).unwrap())).into();
    build(&root, &site.beside("out")).unwrap();
    let mut again = Vec::new();
    for edit in edits {
        apply(&root, &first, edit);
        let (over, anew, differs) = over_and_anew(&site);
        match (over, anew) {
            (Ok(built), Ok(_)) => {
                prop_assert!(differs.is_empty(), "{:?} after {:?} of {:?}", differs, edit, edits);
                again.push(built.again);
            }
            (Err(ours), Err(theirs)) => prop_assert_eq!(ours, theirs),
            (ours, theirs) => prop_assert!(false, "{:?} and {:?} after {:?}", ours, theirs, edit),
        }
    }
    Ok(again)
}

#[test]
fn what_is_built_over_a_site_is_what_is_built_from_nothing() {
    try_random("BUILT_EDITS", edit(), try_edits);
}

/// Each kind of edit leaves files as they were but for those that tell of it.
#[test]
fn what_cannot_be_different_is_not_made() {
    let edits = [
        Edit::Add(3, PASSAGES[0]),
        Edit::Add(1, PASSAGES[3]),
        Edit::Cut(1),
        Edit::Title(3, "other".to_owned()),
        Edit::Around(5, "wide".to_owned()),
    ];
    let again = try_edits(&edits).unwrap();
    let [page, other, cut, title, template] = again[..] else { panic!("{again:?}") };
    assert!(page > 20, "the other pages, their sources and all that is of Arabic: {again:?}");
    assert!(other > 20 && cut > 20, "{again:?}");
    // What a page is called is told on others, and a template is everywhere.
    assert_eq!((title, template), (0, 0), "{again:?}");
}

/// The two come to the same.
fn hold(site: &Site) {
    let (over, anew, differs) = over_and_anew(site);
    over.and(anew).unwrap();
    assert!(differs.is_empty(), "{differs:?}");
}

/// More figures on one page move those of another to the next page of their list.
#[test]
fn where_things_lie_is_asked_again() {
    let site = Site::base();
    let figure = |number: usize| {
        format!(
            "n-{number}:\n  label: Members {number}\n  value: {number}\n  unit: people\n  as-of: 1945-06-26\n  reporter: The Court\n  population: Members\n  source: un-charter-1945\n  status: reported\n  checked: corroborated\n\n"
        )
    };
    site.put("content/figures/more.yaml", (1..=100).map(figure).collect::<String>());
    let page = |title: &str, numbers: &[usize]| {
        let shown: Vec<String> = numbers.iter().map(|number| format!("There are [=n-{number}].\n\n")).collect();
        format!("---\ntitle: {title}\nsummary: Numbers [@un-charter-1945].\n---\n{}", shown.concat())
    };
    let figures: Vec<usize> = (1..=100).collect();
    site.put("content/en/a.md", page("A", &figures[..60])).put("content/en/b.md", page("B", &figures[80..]));
    hold(&site);
    let before = fs::read_to_string(site.beside("out/en/b/index.html")).unwrap();
    site.put("content/en/a.md", page("A", &figures[..80]));
    hold(&site);
    assert!(before != fs::read_to_string(site.beside("out/en/b/index.html")).unwrap(), "nothing was moved");
}

/// A heading without an id has that of its source, which stands in the statements and in the index of every language.
#[test]
fn ids_of_headings_are_asked_again() {
    let site = site();
    hold(&site);
    let statements = || fs::read_to_string(site.beside("out/data/ledger.ar.json")).unwrap();
    assert!(statements().contains("\"later\""));
    let page = fs::read_to_string(site.root().join(PAGES[3])).unwrap();
    site.put(PAGES[3], page.replacen(HEADING, "## Much later", 1));
    hold(&site);
    assert!(statements().contains("\"much-later\""));
}

/// What the lock file of figures tells of their past is on pages, too.
#[test]
fn what_has_changed_is_told_again() {
    let site = site();
    let page = fs::read_to_string(site.root().join(PAGES[3])).unwrap();
    site.put(PAGES[3], format!("{page}\nBy then there will be [=world-population-2050].\n"));
    hold(&site);
    let figures = fs::read_to_string(site.root().join("content/figures/figures.yaml")).unwrap();
    site.put("content/figures/figures.yaml", figures.replacen("\n  value: 9", "\n  value: 8", 1));
    hold(&site);
    let lock = fs::read_to_string(site.root().join("figures.lock.yaml")).unwrap();
    assert!(lock.contains("noted: 2026-11-26"), "{lock}");
    let page = site.beside("out/en/counting/eight-billion/index.html");
    let before = fs::read_to_string(&page).unwrap();
    site.put("figures.lock.yaml", lock.replace("noted: 2026-11-26", "noted: 2026-11-20"));
    hold(&site);
    assert!(before != fs::read_to_string(&page).unwrap(), "the page does not tell");
}

/// An edition as `sourcebook serve` makes it, with that of before; what is wrong where nothing comes of it.
fn held(root: &Path, before: Option<&Arc<Edition>>) -> Result<Arc<Edition>, String> {
    let site = SiteOptions { before: before.map(Arc::clone), ..SiteOptions::default() };
    let options = Options { site, shown_with: compile::UNFINISHED, ..Options::default() };
    let (made, _) = compile::preview(root, &options, &|_, _| ());
    let said = told(&made);
    made.edition.map(Arc::new).ok_or(said)
}

/// Makes editions after each edit with that of before and from nothing. How many recipes each has in common with that of before.
fn try_held(edits: &[Edit]) -> Result<Vec<usize>, TestCaseError> {
    let site = site();
    let root = site.root();
    let first = PAGES.map(|page| (page, fs::read_to_string(root.join(page)).unwrap())).into();
    let mut before = held(&root, None).unwrap();
    let mut again = Vec::new();
    for edit in edits {
        apply(&root, &first, edit);
        match (held(&root, Some(&before)), held(&root, None)) {
            (Ok(over), Ok(anew)) => {
                prop_assert_eq!(over.paths().collect::<Vec<_>>(), anew.paths().collect::<Vec<_>>());
                for ((path, ours), (_, theirs)) in over.iter().zip(anew.iter()) {
                    prop_assert!(ours == theirs, "{} after {:?} of {:?}", path, edit, edits);
                    let old = before.get(path.as_str()).filter(|old| *old == ours);
                    prop_assert!(old.is_none_or(|old| Arc::ptr_eq(old, ours)), "{} is held twice", path);
                }
                prop_assert_eq!(&over.recipes, &anew.recipes);
                again.push(over.recipes.keys().filter(|recipe| before.recipes.contains_key(*recipe)).count());
                before = over;
            }
            (Err(ours), Err(theirs)) => prop_assert_eq!(ours, theirs),
            (ours, theirs) => prop_assert!(false, "{:?} and {:?} after {:?}", ours.err(), theirs.err(), edit),
        }
    }
    Ok(again)
}

#[test]
fn what_a_preview_keeps_is_what_it_would_make() {
    try_random("BUILT_EDITS", edit(), try_held);
}

/// A preview makes what an edit touches, and holds nothing twice.
#[test]
fn a_preview_makes_what_can_be_different() {
    let edits = [Edit::Add(3, PASSAGES[0]), Edit::Around(5, "wide".to_owned())];
    let again = try_held(&edits).unwrap();
    assert!(again[0] > 15 && again[1] == 0, "{again:?}");
}

/// A site whose files somebody has changed, and a list that somebody has, are of no use.
#[test]
fn what_was_touched_is_made_again() {
    let site = site();
    let (root, out) = (site.root(), site.beside("out"));
    build(&root, &out).unwrap();
    let page = out.join("en/about/index.html");
    let text = fs::read_to_string(&page).unwrap();
    let edit = |number: usize| {
        let own = root.join(PAGES[3]);
        let text = fs::read_to_string(&own).unwrap();
        fs::write(own, format!("{text}\nThe {number}th time [@unfpa-8-billion].\n")).unwrap();
        build(&root, &out).unwrap().again
    };
    assert!(edit(1) > 0);
    fs::write(&page, text.replacen("<p", "<b", 1)).unwrap();
    assert_eq!(edit(2), 0);
    assert_eq!(fs::read_to_string(&page).unwrap(), text);
    assert!(edit(3) > 0);
    for list in fs::read_dir(root.join(".sourcebook/recipes")).unwrap() {
        let list = list.unwrap().path();
        let text = fs::read_to_string(&list).unwrap();
        fs::write(list, text.replace("en/about", "ar/about")).unwrap();
    }
    assert_eq!(edit(4), 0);
    assert_eq!(fs::read_to_string(&page).unwrap(), text);
}
