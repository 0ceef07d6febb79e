//! What editors, tools and machines do to files while the preview runs: each is done to the program itself, and ends with the right page.

use crate::preview::Preview;
use crate::support::{Site, copy};
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::thread;
use std::time::{Duration, SystemTime};

const FILE: &str = "content/en/documents/declaration.md";
const PAGE: &str = "/en/documents/declaration/";

/// A page that says a word.
fn page(word: &str) -> String {
    format!("---\ntitle: The Universal Declaration\n---\nAll human beings are born {word} [@udhr-1948, art. 1].\n")
}

fn put(path: &Path, word: &str) {
    fs::write(path, page(word)).unwrap();
}

/// A file beside the page, by what is put behind the page's name.
fn beside(file: &Path, ending: &str) -> std::path::PathBuf {
    file.with_file_name(format!("declaration.md{ending}"))
}

/// The ways in which editors save.
type Save = fn(&Path, &str);

fn in_place(file: &Path, word: &str) {
    put(file, word);
}

fn by_rename(file: &Path, word: &str) {
    let new = beside(file, ".vsctmp");
    put(&new, word);
    fs::rename(new, file).unwrap();
}

/// Vim, with a swap file, its test whether it may write, and a backup that it keeps.
fn as_vim(file: &Path, word: &str) {
    let swap = file.with_file_name(".declaration.md.swp");
    fs::write(&swap, "b0VIM").unwrap();
    let test = file.with_file_name("4913");
    fs::write(&test, "").unwrap();
    fs::remove_file(&test).unwrap();
    fs::rename(file, beside(file, "~")).unwrap();
    put(file, word);
    fs::remove_file(swap).unwrap();
}

/// Emacs, with its lock, which is a link that leads nowhere, and what it saved by itself.
fn as_emacs(file: &Path, word: &str) {
    let lock = file.with_file_name(".#declaration.md");
    #[cfg(unix)]
    std::os::unix::fs::symlink("somebody@somewhere.1948", &lock).unwrap();
    put(&file.with_file_name("#declaration.md#"), word);
    fs::rename(file, beside(file, ".~1~")).unwrap();
    put(file, word);
    #[cfg(unix)]
    fs::remove_file(lock).unwrap();
}

fn as_jetbrains(file: &Path, word: &str) {
    put(&beside(file, "___jb_tmp___"), word);
    fs::rename(file, beside(file, "___jb_old___")).unwrap();
    fs::rename(beside(file, "___jb_tmp___"), file).unwrap();
    fs::remove_file(beside(file, "___jb_old___")).unwrap();
}

/// The Mac's own editor, which makes a folder for the new file.
fn as_textedit(file: &Path, word: &str) {
    let folder = beside(file, ".sb-1948a0-Qe2x1Y");
    fs::create_dir(&folder).unwrap();
    put(&folder.join("declaration.md"), word);
    fs::rename(folder.join("declaration.md"), file).unwrap();
    fs::remove_dir(folder).unwrap();
}

/// The file goes, and comes again.
fn anew(file: &Path, word: &str) {
    fs::remove_file(file).unwrap();
    put(file, word);
}

/// A slow disk, or one behind a network: the file is empty, then half there, then whole.
fn in_pieces(file: &Path, word: &str) {
    let text = page(word);
    let mut open = OpenOptions::new().write(true).truncate(true).open(file).unwrap();
    for piece in text.as_bytes().chunks(text.len() / 5) {
        thread::sleep(Duration::from_millis(60));
        open.write_all(piece).unwrap();
        open.sync_all().unwrap();
    }
}

const SAVES: &[(&str, Save)] = &[
    ("inplace", in_place),
    ("renamed", by_rename),
    ("vim", as_vim),
    ("emacs", as_emacs),
    ("jetbrains", as_jetbrains),
    ("textedit", as_textedit),
    ("anew", anew),
    ("pieces", in_pieces),
];

/// Saves a page in every way, and waits for each.
fn save_in_every_way(site: &Site, preview: &Preview) {
    for (name, save) in SAVES {
        let word = format!("equal-{name}");
        save(&site.root().join(FILE), &word);
        preview.wait_for(PAGE, &word);
        preview.wait_for_problems(false);
    }
}

#[test]
fn editors_save_in_their_ways() {
    let site = Site::base();
    let preview = Preview::start(&site);
    save_in_every_way(&site, &preview);
    // What they leave behind is nobody's business, whether it stays or goes, and nothing of it is complained of.
    let file = site.root().join(FILE);
    for left in ["~", ".bak", ".orig", ".tmp", "___jb_tmp___", ".swp"] {
        fs::write(beside(&file, left), "no page at all").unwrap();
    }
    in_place(&file, "equal-inspite");
    preview.wait_for(PAGE, "equal-inspite");
    assert_eq!(preview.problems(), "");
    // What is none of theirs is complained of until it is gone.
    fs::write(beside(&file, ".copy"), "no page at all").unwrap();
    preview.wait_for_problems(true);
    fs::remove_file(beside(&file, ".copy")).unwrap();
    preview.wait_for_problems(false);
}

#[test]
fn ten_thousand_changes_at_once() {
    let site = Site::base();
    let preview = Preview::start(&site);
    let root = site.root();
    let folder = |n: usize| root.join(format!("static/burst/f{n:03}"));
    let mut changes = 0;
    for n in 0..200 {
        fs::create_dir_all(folder(n)).unwrap();
        for file in 0..15 {
            let path = folder(n).join(format!("{file}.txt"));
            fs::write(&path, "first").unwrap();
            fs::write(&path, format!("last {n}")).unwrap();
            let renamed = folder(n).join(format!("{file}-renamed.txt"));
            fs::rename(&path, &renamed).unwrap();
            changes += 3;
            if file > 0 {
                fs::remove_file(&renamed).unwrap();
                changes += 1;
            }
        }
        put(&root.join(FILE), &format!("equal-{n}"));
        changes += 1;
    }
    // A folder goes and another comes in its place.
    fs::rename(folder(7), root.join("static/burst/moved")).unwrap();
    fs::create_dir_all(folder(7).join("deep")).unwrap();
    assert!(changes >= 10_000, "{changes}");
    preview.wait_for(PAGE, "equal-199");
    preview.wait_for("/static/burst/f199/0-renamed.txt", "last 199");
    preview.wait_for("/static/burst/moved/0-renamed.txt", "last 7");
    for gone in ["/static/burst/f199/1-renamed.txt", "/static/burst/f007/0-renamed.txt", "/static/burst/f000/0.txt"] {
        preview.wait_until(gone, "nothing", |answer| answer.status == 404);
    }
    // Every folder that came is watched, whatever was missed on the way.
    for path in ["burst/f000", "burst/f199", "burst/moved", "burst/f007/deep"] {
        fs::write(root.join(format!("static/{path}/after.txt")), "afterwards").unwrap();
        preview.wait_for(&format!("/static/{path}/after.txt"), "afterwards");
    }
}

#[test]
fn folders_go_and_come_back() {
    let site = Site::base();
    let preview = Preview::start(&site);
    let (root, away) = (site.root(), site.beside("away"));
    let file = root.join(FILE);

    for (name, folder) in
        [("content", root.join("content")), ("english", root.join("content/en")), ("site", root.clone())]
    {
        // Long enough for it to be noticed.
        fs::rename(&folder, &away).unwrap();
        preview.wait_for_problems(true);
        // The last good page stays meanwhile.
        assert_eq!(preview.get(PAGE).status, 200, "{name}");
        fs::rename(&away, &folder).unwrap();
        preview.wait_for_problems(false);
        put(&file, &format!("equal-{name}"));
        preview.wait_for(PAGE, &format!("equal-{name}"));

        // And at once.
        fs::rename(&folder, &away).unwrap();
        fs::rename(&away, &folder).unwrap();
        put(&file, &format!("equal-{name}-atonce"));
        preview.wait_for(PAGE, &format!("equal-{name}-atonce"));

        // Another folder takes its place, as where an older state is brought back.
        fs::rename(&folder, &away).unwrap();
        fs::create_dir(&folder).unwrap();
        copy(&away, &folder);
        put(&file, &format!("equal-{name}-another"));
        preview.wait_for(PAGE, &format!("equal-{name}-another"));
        put(&file, &format!("equal-{name}-later"));
        preview.wait_for(PAGE, &format!("equal-{name}-later"));
        fs::remove_dir_all(&away).unwrap();
    }
    preview.wait_for_problems(false);
}

#[test]
fn folders_of_another_name_are_watched() {
    let site = Site::base();
    let book = fs::read_to_string(site.root().join("book.toml")).unwrap();
    site.put("book.toml", book.replace("language = \"en\"", "language = \"en\"\nsrc = \"texts/all\""));
    fs::create_dir(site.root().join("texts")).unwrap();
    fs::rename(site.root().join("content"), site.root().join("texts/all")).unwrap();
    let preview = Preview::start(&site);
    put(&site.root().join("texts/all/en/documents/declaration.md"), "equal-elsewhere");
    preview.wait_for(PAGE, "equal-elsewhere");
}

/// Where the system watches no more folders. Only a debug build lets a test say so; `scripts/soak watch` makes it true.
#[cfg(debug_assertions)]
#[test]
fn where_the_system_watches_no_more_it_is_looked_for() {
    for limit in ["0", "1", "2"] {
        let site = Site::base();
        let preview = Preview::with(&site, |command| {
            command.env("SOURCEBOOK_TEST_WATCHES", limit);
        });
        // Two folders are there from the beginning, and the third is one too many.
        let says_so = || preview.said().contains("looking every second instead");
        assert_eq!(says_so(), limit != "2", "{limit}: {}", preview.said());
        site.put("static/third.txt", "the third");
        preview.wait_for("/static/third.txt", "the third");
        assert!(says_so(), "{limit}: {}", preview.said());
        put(&site.root().join(FILE), "equal-first");
        preview.wait_for(PAGE, "equal-first");
        if limit != "0" {
            continue;
        }
        save_in_every_way(&site, &preview);
        clocks_jump(&site, &preview);

        // Folders come and go.
        let (content, away) = (site.root().join("content"), site.beside("away"));
        fs::rename(&content, &away).unwrap();
        preview.wait_for_problems(true);
        fs::rename(&away, &content).unwrap();
        preview.wait_for_problems(false);
        site.put("static/new/deep/a.txt", "first");
        preview.wait_for("/static/new/deep/a.txt", "first");
        fs::remove_dir_all(site.root().join("static")).unwrap();
        preview.wait_until("/static/new/deep/a.txt", "nothing", |answer| answer.status == 404);
        put(&site.root().join(FILE), "equal-last");
        preview.wait_for(PAGE, "equal-last");
    }
}

#[test]
fn clocks_that_jump() {
    let site = Site::base();
    let preview = Preview::start(&site);
    clocks_jump(&site, &preview);
}

/// Saves with times in the past and in the future, each text as long as the one before.
fn clocks_jump(site: &Site, preview: &Preview) {
    let file = site.root().join(FILE);
    let day = Duration::from_secs(86_400);
    let long_ago = SystemTime::UNIX_EPOCH + day;
    let times = [SystemTime::now() + 400 * day, long_ago, long_ago, SystemTime::now() - day, SystemTime::now() + day];
    for (n, time) in times.into_iter().enumerate() {
        let (word, new) = (format!("equal-time{n}"), beside(&file, ".tmp"));
        put(&new, &word);
        File::options().write(true).open(&new).unwrap().set_modified(time).unwrap();
        fs::rename(&new, &file).unwrap();
        preview.wait_for(PAGE, &word);
        // In place, and the time is put back to what it was.
        let word = format!("equal-Time{n}");
        put(&file, &word);
        File::options().write(true).open(&file).unwrap().set_modified(time).unwrap();
        preview.wait_for(PAGE, &word);
    }
}

#[test]
fn what_is_saved_while_the_site_is_built_is_not_lost() {
    let site = Site::base();
    let preview = Preview::start(&site);
    let file = site.root().join(FILE);
    // Saves that do not wait for builds: whichever build one falls into, the last is what stays.
    for n in 0..60 {
        let (_, save) = SAVES[n % 2];
        save(&file, &format!("equal-{n}-"));
        thread::sleep(Duration::from_millis(7 * (n as u64 % 23)));
    }
    preview.wait_for(PAGE, "equal-59-");
    assert_eq!(preview.problems(), "");
}
