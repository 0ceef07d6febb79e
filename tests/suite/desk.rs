//! What an editor is told beside each page of a preview.

use crate::cli::{run, status, stderr};
use crate::support::{Site, told};
use sourcebook::compile::{self, LinkOptions, Options, UNFINISHED};

const COURT: &str = "---\ntitle: The Court\n---\nIt sits in The Hague [@un-charter-1945].\n\nIt has [=icj-judges] judges [@un-charter-1945].\n";
const COURT_HE: &str = "---\ntitle: בית הדין\ntranslation: human\n---\nמושבו בהאג [@un-charter-1945].\n\nבו [=icj-judges] שופטים [@un-charter-1945].\n";

#[test]
fn it_tells_what_is_open_on_each_page() {
    let site = Site::base();
    site.put("content/en/court.md", COURT).put("content/he/court.md", COURT_HE);
    let adopted = run(&site, &["translate", "adopt", "he", "court", "--date", "2026-11-25"]);
    assert_eq!(status(&adopted), 0, "{}", stderr(&adopted));
    // The original changes; one statement shows nothing, one shows a number of which others say otherwise; a page is not ready yet.
    let figures = std::fs::read_to_string(site.root().join("content/figures/figures.yaml")).unwrap();
    site.put("content/figures/figures.yaml", figures.replacen("status: reported", "status: disputed", 1));
    site.put("content/en/court.md", COURT.replace("It sits in", "It works in") + "\nNobody says why.\n");
    site.put("content/en/documents/later.md", "---\ntitle: Later\nstatus: draft\n---\nIt rained [@udhr-1948].\n");
    let options = Options {
        desk: true,
        shown_with: UNFINISHED,
        link: LinkOptions { drafts: true, ..LinkOptions::default() },
        ..Options::default()
    };
    let compilation = compile::build(&site.root(), &options, &|_, _| {});
    let Some(desk) = &compilation.desk else { panic!("{}", told(&compilation)) };
    assert_eq!(desk.site.drafts, ["en/documents/later/index.html", "he/documents/later/index.html"]);
    let pages = ["en/court/index.html", "he/court/index.html", "en/index.html", "he/documents/later/index.html"];
    let shown = pages.map(|path| format!("{path}\n{}", serde_json::to_string_pretty(&desk.pages[path]).unwrap()));
    let sources = serde_json::to_string_pretty(&desk.site.sources).unwrap();
    insta::assert_snapshot!(format!("{}\n\n{sources}\n", shown.join("\n\n")));
}
