//! `SECURITY.md` held against the tests that it rests on, and promises of it that no other test keeps.

use crate::support::{Site, repository, told};
use std::fs;

#[test]
fn every_promise_names_a_test_that_is_there() {
    let text = fs::read_to_string(repository().join("SECURITY.md")).unwrap();
    let mut seen = 0;
    // `name` (`file`)
    for (before, after) in text.split("` (`").zip(text.split("` (`").skip(1)) {
        let name = before.rsplit('`').next().unwrap();
        let file = after.split('`').next().unwrap();
        let source = fs::read_to_string(repository().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
        let wanted = if file.starts_with("tests/browser/") { format!("test('{name}'") } else { format!("fn {name}(") };
        assert!(source.contains(&wanted), "{file} has no test {name}");
        seen += 1;
    }
    assert!(seen > 40, "only {seen} tests are named");
    let rows = text.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| tries"));
    for row in rows {
        assert!(row.contains("` (`"), "no test is named: {row}");
    }
}

#[test]
fn the_page_leads_to_what_is_there() {
    let text = fs::read_to_string(repository().join("SECURITY.md")).unwrap();
    for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
        let (file, place) = link.split_once('#').unwrap_or((link, ""));
        let page = fs::read_to_string(repository().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
        let headings = page.lines().filter_map(|line| line.strip_prefix('#'));
        let mut anchors = headings.map(|line| line.trim_start_matches('#').trim().to_lowercase().replace(' ', "-"));
        assert!(place.is_empty() || anchors.any(|anchor| anchor == place), "{link} leads nowhere");
    }
}

/// Aliases are cheap to write and costly to expand.
#[test]
fn a_record_of_aliases_is_refused() {
    let aliases = |count: usize| {
        let site = Site::base();
        let many = vec!["*a"; count].join(", ");
        site.put("content/sources/many.yaml", format!("many:\n  type: &a report\n  note: [{many}]\n"));
        told(&site.check())
    };
    assert!(aliases(2000).contains("aliases") && !aliases(2).contains("aliases"));
}
