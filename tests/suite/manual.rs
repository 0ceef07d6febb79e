//! Completions for shells and pages of the manual: each has every command.

use crate::cli::{run, status, stderr, stdout};
use crate::support::{Site, tree};

/// Every command, as one would type it: those below `help`.
fn commands(site: &Site, above: &[&str]) -> Vec<Vec<String>> {
    let help = run(site, &[above, &["--help"]].concat());
    assert_eq!(status(&help), 0, "{above:?}");
    let Some((_, list)) = stdout(&help).split_once("\nCommands:\n") else { return Vec::new() };
    let list = list.split("\n\n").next().unwrap();
    let names = list.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    let names = names.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help");
    let mut all = Vec::new();
    for name in names {
        let path = [above, &[name]].concat();
        all.extend(commands(site, &path));
        all.push(path.into_iter().map(str::to_owned).collect());
    }
    all
}

#[test]
fn every_shell_completes_every_command() {
    let site = Site::empty();
    let commands = commands(&site, &[]);
    assert!(commands.len() > 20 && commands.contains(&vec!["new".to_owned(), "page".to_owned()]), "{commands:?}");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = run(&site, &["completions", shell]);
        assert_eq!(status(&script), 0, "{shell}: {}", stderr(&script));
        for name in commands.iter().flatten() {
            assert!(stdout(&script).contains(name.as_str()), "{shell} does not know `{name}`");
        }
    }
    assert_eq!(status(&run(&site, &["completions", "tcsh"])), 2);
    assert!(tree(&site.root()).is_empty());
}

#[test]
fn the_manual_has_a_page_for_every_command_and_leaves_other_files_alone() {
    let site = Site::empty();
    site.put("man1/ls.1", "ours").put("man1/sourcebook-old.1", "");
    for _ in 0..2 {
        let written = run(&site, &["man", "man1"]);
        assert_eq!(status(&written), 0, "{}", stderr(&written));
    }
    let pages = tree(&site.root().join("man1"));
    let commands = commands(&site, &[]);
    assert_eq!(pages.len(), commands.len() + 1 + 2, "one a command, that of the program, and what was there");
    for command in &commands {
        let name = format!("sourcebook-{}", command.join("-"));
        let page = String::from_utf8(pages[&format!("{name}.1")].clone()).unwrap();
        assert!(page.contains(&format!(".TH {name} 1  \"sourcebook ")) && page.contains(".SH EXAMPLES\n"), "{page}");
    }
    assert_eq!(pages["ls.1"], b"ours");
    // A page that somebody else wrote is not written over.
    site.put("man1/sourcebook.1", "somebody else's");
    assert_eq!(status(&run(&site, &["man", "man1"])), 2);
}
