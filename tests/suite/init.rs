//! `sourcebook init DIR`: the site that it makes is whole, and nothing that is there is touched.

use crate::cli::{run, status, stderr};
use crate::support::{Site, linked, repository, told, tree};
use sourcebook::compile::{self, Options};
use std::fs;

#[test]
fn a_new_site_has_everything_once_and_nothing_is_wrong_with_it() {
    let site = Site::empty();
    let output = run(&site, &["init", "new"]);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    assert!(
        stderr(&output).contains("cd new\n") && stderr(&output).contains("sourcebook serve"),
        "{}",
        stderr(&output)
    );
    let root = site.root().join("new");
    assert!(
        tree(&root) == tree(&repository().join("starter")),
        "the folder is that of the repository, and nothing else"
    );
    let checked = compile::check(&root, &Options::default());
    assert!(checked.diagnostics.is_empty(), "{}", told(&checked));
    let built = run(&site, &["build", "--root", "new", "--base-url", "https://example.org/"]);
    assert_eq!(status(&built), 0, "{}", stderr(&built));

    let book = linked(&root);
    let directions: Vec<&str> = book.languages.iter().map(|language| language.locale.direction().name()).collect();
    assert_eq!(directions, ["ltr", "rtl"]);
    let page = fs::read_to_string(root.join("public/ar/counting/eight-billion/index.html")).unwrap();
    for part in ["class=\"positions\"", "class=\"cite\"", "class=\"figure\"", "ترجمة آلية"] {
        assert!(page.contains(part), "{part}");
    }
    let home = fs::read_to_string(root.join("public/en/index.html")).unwrap();
    assert!(home.contains("drawing-chart"), "a chart");
    for page in ["timeline", "glossary", "sources", "figures"] {
        assert!(root.join(format!("public/ar/{page}/index.html")).is_file(), "{page}");
    }
}

/// What its README tells to type exists.
#[test]
fn its_readme_names_what_is_there() {
    let starter = repository().join("starter");
    let readme = fs::read_to_string(starter.join("README.md")).unwrap();
    let paths = readme.lines().filter(|line| line.starts_with("| `")).flat_map(|line| {
        line.split('|').nth(1).unwrap().split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>()
    });
    let paths: Vec<String> = paths.collect();
    assert!(paths.len() > 8, "{paths:?}");
    for path in paths {
        assert!(starter.join(&path).exists(), "{path}");
    }
}

#[test]
fn a_folder_with_something_in_it_is_left_alone() {
    let site = Site::empty();
    site.put("there/notes.txt", "mine").put("file", "").put("cloned/.git/HEAD", "ref");
    let before = tree(&site.root());
    for (dir, said) in [("there", "there is not empty: it has notes.txt"), ("file", "file is no folder")] {
        let output = run(&site, &["init", dir]);
        assert_eq!(status(&output), 2, "{dir}");
        assert!(stderr(&output).contains(said), "{}", stderr(&output));
    }
    assert_eq!(status(&run(&site, &["init", "new", "--theme"])), 2);
    assert_eq!(status(&run(&site, &["init", "new", "--root", "there"])), 2);
    assert!(tree(&site.root()) == before);
    // A repository that was made first is no obstacle.
    assert_eq!(status(&run(&site, &["init", "cloned"])), 0);
    assert_eq!(fs::read_to_string(site.root().join("cloned/.git/HEAD")).unwrap(), "ref");
}
