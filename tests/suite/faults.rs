//! The program is stopped, or let down by the system, at each point at which it changes the disk: nothing is lost.
//!
//! Which points there are is asked of the program (`fault::Point::ALL`), and which of them a command passes of its own trace, so that a new one is tried
//! without anybody thinking of it; [`every_point_is_passed`] fails where no command here comes by. A kill is a real one, from outside, while the program
//! waits at the point.

use crate::cli::{sourcebook, status, stderr};
use crate::moving;
use crate::support::{Site, copy, repository, tree};
use crate::translate;
use sourcebook::fault::Point;
use sourcebook::verify::{compare, folder};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::Duration;

type Tree = BTreeMap<String, Vec<u8>>;

const LOCK: &str = "figures.lock.yaml";
const JOURNAL: &str = ".sourcebook-journal";
/// What the system says where a disk is full, broken, or not to be written to.
const ERRORS: [&str; 3] = ["ENOSPC", "EIO", "EROFS"];

/// What became of a run, and which points it passed, each with its path.
struct Ran {
    output: Output,
    trace: Vec<(String, PathBuf)>,
}

impl Ran {
    fn is_killed(&self) -> bool {
        self.output.status.code().is_none()
    }

    fn points(&self) -> Vec<&str> {
        self.trace.iter().map(|(point, _)| point.as_str()).collect()
    }
}

fn trace_of(site: &Site) -> PathBuf {
    site.beside("trace")
}

fn read_trace(site: &Site) -> Vec<(String, PathBuf)> {
    let text = fs::read_to_string(trace_of(site)).unwrap_or_default();
    text.lines().filter_map(|line| line.split_once('\t')).map(|(point, path)| (point.to_owned(), path.into())).collect()
}

fn start(site: &Site, arguments: &[&str], fault: &str) -> Child {
    fs::write(trace_of(site), "").unwrap();
    let mut command = sourcebook(site);
    command.args(arguments).env("SOURCEBOOK_FAULT", fault).env("SOURCEBOOK_FAULT_TRACE", trace_of(site));
    // One thread writes, so that the third file is the same each time.
    command.env("RAYON_NUM_THREADS", "1").env("SOURCE_DATE_EPOCH", "1795651200");
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// Runs a command. Where it waits at a point, `meanwhile` happens to it; then it may go on.
fn run_while(site: &Site, arguments: &[&str], fault: &str, meanwhile: impl FnOnce(&mut Child)) -> Ran {
    let mut child = start(site, arguments, fault);
    if fault.contains("pause") {
        while child.try_wait().unwrap().is_none() {
            if read_trace(site).iter().any(|(point, _)| point == "pause") {
                meanwhile(&mut child);
                break;
            }
            thread::sleep(Duration::from_millis(1));
        }
    }
    let trace = read_trace(site);
    if fault.contains("pause") {
        let _ = fs::remove_file(trace_of(site));
    }
    let output = child.wait_with_output().unwrap();
    let trace = if fault.contains("pause") { trace } else { read_trace(site) };
    let _ = fs::remove_file(trace_of(site));
    Ran { output, trace }
}

fn run(site: &Site, arguments: &[&str], fault: &str) -> Ran {
    run_while(site, arguments, fault, |child| child.kill().unwrap())
}

fn done(site: &Site, arguments: &[&str]) -> Ran {
    let ran = run(site, arguments, "");
    assert_eq!(status(&ran.output), 0, "{arguments:?}: {}", stderr(&ran.output));
    ran
}

/// The same site again.
fn again(site: &Site) -> Site {
    let other = Site::empty();
    copy(&site.root(), &other.root());
    other
}

/// Every point that was passed, the first, the middle and the last time.
fn positions(ran: &Ran) -> Vec<(String, usize)> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for point in ran.points() {
        *counts.entry(point).or_default() += 1;
    }
    let each = counts.into_iter().flat_map(|(point, count)| {
        let times = BTreeSet::from([1, count.div_ceil(2), count]);
        times.into_iter().map(move |nth| (point.to_owned(), nth))
    });
    each.collect()
}

// A site that is built.

/// How a folder is before a build.
#[derive(Clone, Copy, PartialEq)]
enum Before {
    /// There is no site.
    Nothing,
    /// There is an older one.
    Older,
    /// There is one, and nothing has changed.
    Same,
    /// A build was killed when the new site was in its place.
    Remains,
    /// A build was killed between the two steps of a swap.
    Aside,
}

const BUILD: &[&str] = &["build", "--quiet"];
/// As on a disk that cannot exchange two folders, and cannot be synced at once.
const PLAIN_DISK: &str = "swap-exchange:*:EINVAL,stage-sync:*:EINVAL";

fn prepared(before: Before) -> Site {
    let site = Site::base();
    if before == Before::Nothing {
        return site;
    }
    done(&site, BUILD);
    if before == Before::Same {
        return site;
    }
    // A figure and a page are edited, so that the lock file changes with the site.
    let figures = fs::read_to_string(site.root().join("content/figures/figures.yaml")).unwrap();
    assert!(figures.contains("value: 15"));
    site.put("content/figures/figures.yaml", figures.replacen("value: 15", "value: 17", 1));
    let page = fs::read_to_string(site.root().join("content/en/documents/index.md")).unwrap();
    site.put("content/en/documents/index.md", page.replacen("title: ", "title: New ", 1));
    if before != Before::Older {
        site.put(".public.sourcebook-stage/en/half.html", "ha");
    }
    if before == Before::Remains {
        site.put(".public.sourcebook-old/en/old.html", "old");
    }
    if before == Before::Aside {
        fs::rename(site.root().join("public"), site.root().join(".public.sourcebook-old")).unwrap();
    }
    site
}

/// What a site's folder holds of what a build writes.
#[derive(Debug, PartialEq, Clone)]
struct State {
    /// The manifest of the site, which is whole.
    site: Option<Vec<u8>>,
    lock: Option<Vec<u8>>,
}

fn whole(out: &Path) -> Option<Vec<u8>> {
    if !out.exists() {
        return None;
    }
    let seen = folder::look(out).unwrap_or_else(|error| panic!("{}: {error}", out.display()));
    let report = compare(&seen);
    assert!(report.findings.is_empty(), "{}: {:?}", out.display(), report.findings);
    Some(seen.list)
}

fn state(site: &Site, may_be_aside: bool) -> State {
    let aside = site.root().join(".public.sourcebook-old");
    let there = whole(&site.root().join("public"));
    let there = if there.is_none() && may_be_aside { whole(&aside) } else { there };
    State { site: there, lock: fs::read(site.root().join(LOCK)).ok() }
}

fn sources(site: &Site) -> Tree {
    let mut files = tree(&site.root());
    files.retain(|path, _| path.starts_with("content/") || path == "book.toml");
    files
}

fn remains(site: &Site) -> Vec<String> {
    let names = fs::read_dir(site.root()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.starts_with('.') && name != ".sourcebook").collect()
}

/// Breaks a build off at each point that `only` allows, by a kill and by each of the errors.
fn break_off(before: Before, disk: &str, errors: &[&str], only: impl Fn(&str) -> bool) {
    let template = prepared(before);
    let may_be_aside = before == Before::Aside || !disk.is_empty();
    let old = state(&template, may_be_aside);
    let reference = again(&template);
    let ran = run(&reference, BUILD, disk);
    assert_eq!(status(&ran.output), 0, "{}", stderr(&ran.output));
    let new = state(&reference, false);
    let positions: Vec<_> = positions(&ran).into_iter().filter(|(point, _)| only(point)).collect();
    assert!(!positions.is_empty());
    for (point, nth) in positions {
        let faults = errors.iter().map(|error| format!("{point}:*:{error}"));
        let faults = faults.filter(|_| nth == 1).chain([format!("{point}:{nth}:pause")]);
        for fault in faults {
            let site = again(&template);
            let asked = [disk, &fault].into_iter().filter(|fault| !fault.is_empty()).collect::<Vec<_>>().join(",");
            let ran = run(&site, BUILD, &asked);
            let told = format!("{fault}: {}", stderr(&ran.output));
            assert_eq!(ran.is_killed(), fault.ends_with("pause"), "{told}");
            let now = state(&site, may_be_aside);
            assert!(now.site == old.site || now.site == new.site, "{told}: neither the old site nor the new one");
            assert!(now.lock == old.lock || now.lock == new.lock, "{told}: half a lock file");
            assert!(now.site == old.site || now.lock == new.lock, "{told}: published, and not recorded");
            if !ran.is_killed() {
                let expected = if status(&ran.output) == 0 { &new } else { &old };
                assert!(&now == expected, "{told}: {}", status(&ran.output));
                assert!(matches!(status(&ran.output), 0 | 3), "{told}");
            }
            assert_eq!(sources(&site), sources(&template), "{told}");
            let next = run(&site, BUILD, disk);
            assert_eq!(status(&next.output), 0, "after {told}: {}", stderr(&next.output));
            assert!(state(&site, false) == new, "after {told}: not the new site");
            assert_eq!(remains(&site), [""; 0], "after {told}");
        }
    }
}

#[test]
fn a_first_build_is_broken_off() {
    break_off(Before::Nothing, "", &ERRORS[..1], |_| true);
}

#[test]
fn a_build_over_an_older_site_is_broken_off() {
    break_off(Before::Older, "", &ERRORS, |point| !point.starts_with("file-"));
}

#[test]
fn a_build_is_broken_off_while_it_records_figures() {
    break_off(Before::Older, "", &ERRORS, |point| point.starts_with("file-"));
}

#[test]
fn a_build_on_a_plain_disk_is_broken_off() {
    break_off(Before::Older, PLAIN_DISK, &ERRORS[..1], |point| {
        point.starts_with("swap-") && point != "swap-exchange" || point == "stage-sync-each"
    });
}

#[test]
fn a_build_after_one_that_was_killed_is_broken_off() {
    let is_tidying = |point: &str| point.starts_with("remains-") || point == "stage-folder";
    break_off(Before::Remains, "", &ERRORS[1..2], is_tidying);
    break_off(Before::Aside, "", &ERRORS[2..], is_tidying);
}

#[test]
fn a_build_that_changes_nothing_is_broken_off() {
    break_off(Before::Same, "", &[], |_| true);
}

// What else writes files of a site.

/// A command that writes files of a site.
struct Case {
    site: Site,
    arguments: Vec<&'static str>,
    /// Whether its files are changed as one.
    is_one: bool,
}

const BIB: &str = "@book{morris-2004,\n  title = {The Birth of the Palestinian Refugee Problem Revisited},\n  author = {Morris, Benny},\n  date = {2004},\n  langid = {english},\n}\n";

fn case(site: Site, arguments: &[&'static str]) -> Case {
    Case { site, arguments: arguments.to_vec(), is_one: true }
}

fn untidy() -> Case {
    let site = Site::base();
    for path in ["content/en/index.md", "content/en/documents/index.md", "content/sources/sources.yaml"] {
        let text = fs::read_to_string(site.root().join(path)).unwrap();
        site.put(path, format!("{text}\n\n\n"));
    }
    case(site, &["fmt"])
}

fn moved() -> Case {
    let site = moving::site();
    // A picture goes with its page.
    let page = "---\ntitle: The Declaration\n---\nSee [the texts](index.md) [@udhr-1948].\n\n![The seal](seal.png)\n";
    site.put("content/en/documents/seal.png", b"\x89PNG").put("content/en/documents/declaration.md", page);
    case(site, &["translate", "move", "documents", "papers"])
}

fn imported() -> Case {
    let (site, po) = translate::site_and_work();
    site.put("he.po", po);
    case(site, &["translate", "import", "he.po", "--method", "human", "--date", "2026-11-26"])
}

fn sources_imported() -> Case {
    let site = Site::base();
    site.put("one.bib", BIB).put("content/sources/imported.yaml", "# ours\n");
    Case { is_one: false, ..case(site, &["source", "import", "one.bib"]) }
}

fn packed() -> Case {
    Case { is_one: false, ..case(Site::base(), &["bundle", "--quiet", "--out", "copy.zip"]) }
}

fn cases() -> Vec<Case> {
    vec![
        untidy(),
        moved(),
        imported(),
        case(Site::base(), &["translate", "adopt", "--date", "2026-11-25"]),
        case(Site::base(), &["new", "page", "counting/births", "--title", "Births"]),
        case(Site::base(), &["new", "language", "fa"]),
        case(Site::empty(), &["init", "."]),
        sources_imported(),
        packed(),
    ]
}

/// Whether a site is as a command leaves it, where wordings that are not needed any more may be left, too.
fn is_after(now: &Tree, after: &Tree) -> bool {
    let is_needless = |path: &String| path.starts_with("translations/source/") && !after.contains_key(path);
    now.iter().filter(|(path, _)| !is_needless(path)).eq(after.iter())
}

fn is_byproduct(path: &str) -> bool {
    path == JOURNAL || path.ends_with(".sourcebook-stage")
}

/// Breaks a command off at each point, by a kill and by an error that comes once or stays.
fn break_off_command(case: &Case) {
    let arguments = &case.arguments;
    let before = tree(&case.site.root());
    let reference = again(&case.site);
    let ran = done(&reference, arguments);
    let after = tree(&reference.root());
    assert!(before != after);
    for (number, (point, nth)) in positions(&ran).into_iter().enumerate() {
        let error = ERRORS[number % ERRORS.len()];
        let times = if number % 2 == 0 { "*".to_owned() } else { nth.to_string() };
        for fault in [format!("{point}:{nth}:pause"), format!("{point}:{times}:{error}")] {
            let site = again(&case.site);
            let ran = run(&site, arguments, &fault);
            let told = format!("{arguments:?}, {fault}: {}", stderr(&ran.output));
            let now = tree(&site.root());
            for (path, bytes) in now.iter().filter(|(path, _)| !is_byproduct(path)) {
                let is_known = [&before, &after].iter().any(|files| files.get(path) == Some(bytes));
                assert!(is_known, "{told}: {path} is neither the old file nor the new one");
            }
            for path in before.keys().filter(|path| after.contains_key(*path)) {
                assert!(now.contains_key(path), "{told}: {path} is gone");
            }
            if case.is_one {
                // Any command tidies up, be it one that writes nothing; `init` begins where there is no site yet.
                if arguments[0] != "init" {
                    run(&site, &["check"], "");
                    let now = tree(&site.root());
                    let is_done = is_after(&now, &after);
                    assert!(is_done || now == before, "{told}: neither done nor undone");
                    if !ran.is_killed() {
                        assert_eq!(is_done, status(&ran.output) == 0, "{told}");
                    }
                    if is_done {
                        continue;
                    }
                } else if is_after(&tree(&site.root()), &after) {
                    continue;
                }
            }
            let next = run(&site, arguments, "");
            assert_eq!(status(&next.output), 0, "after {told}: {}", stderr(&next.output));
            assert!(is_after(&tree(&site.root()), &after), "after {told}");
        }
    }
}

#[test]
fn formatting_is_broken_off() {
    break_off_command(&untidy());
}

#[test]
fn a_move_is_broken_off() {
    break_off_command(&moved());
}

#[test]
fn a_translators_work_is_broken_off() {
    break_off_command(&imported());
}

#[test]
fn what_begins_is_broken_off() {
    let cases = cases();
    let rest = cases
        .iter()
        .filter(|case| matches!(case.arguments[0], "new" | "init") || case.arguments.get(1) == Some(&"adopt"));
    rest.for_each(break_off_command);
}

#[test]
fn single_files_are_broken_off() {
    cases().iter().filter(|case| !case.is_one).for_each(break_off_command);
}

#[test]
fn what_somebody_wrote_since_stays() {
    let case = moved();
    let ran = run(&case.site, &case.arguments, "file-replace:3:pause");
    assert!(ran.is_killed() && case.site.root().join(JOURNAL).exists());
    let written: Vec<_> = ran.trace.iter().filter(|(point, _)| point == "file-replace").map(|(_, path)| path).collect();
    fs::write(written[1], "mine").unwrap();
    let next = run(&case.site, &["check"], "");
    let said = stderr(&next.output);
    assert!(said.contains("broken off") && said.contains("has changed since, and is left as it is"), "{said}");
    assert_eq!(fs::read_to_string(written[1]).unwrap(), "mine");
    assert!(!case.site.root().join(JOURNAL).exists());
}

#[test]
fn a_command_that_is_at_work_is_waited_for() {
    let case = untidy();
    let before = tree(&case.site.root());
    let ran = run_while(&case.site, &case.arguments, "file-replace:2:pause", |_| {
        // Its journal is no remains.
        let read = sourcebook(&case.site).arg("check").output().unwrap();
        assert!(!stderr(&read).contains("broken off"), "{}", stderr(&read));
        let other = sourcebook(&case.site).args(&case.arguments).output().unwrap();
        assert_eq!(status(&other), 2);
        assert!(stderr(&other).contains("another command is changing the files of this site"), "{}", stderr(&other));
    });
    assert_eq!(status(&ran.output), 0, "{}", stderr(&ran.output));
    let after = tree(&case.site.root());
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    assert_eq!(status(&run(&case.site, &["fmt", "--check"], "").output), 0);
}

#[test]
fn a_journal_of_a_stranger_leads_nowhere() {
    let site = Site::base();
    let outside = site.beside("outside");
    fs::write(&outside, "after").unwrap();
    std::os::unix::fs::symlink(site.beside(""), site.root().join("static")).unwrap();
    let write = |path: &str| {
        format!(r#"{{"process":1,"steps":[{{"Write":{{"path":"{path}","before":"","after":"after"}}}}],"folders":[]}}"#)
    };
    let absolute = outside.to_str().unwrap().to_owned();
    let all =
        [write("../outside"), write(&absolute), write("static/outside"), write(""), "{".to_owned(), "{}".to_owned()];
    for text in all {
        site.put(JOURNAL, &text);
        let output = run(&site, &["check"], "").output;
        assert_eq!(status(&output), 2, "{text}: {}", stderr(&output));
        assert!(stderr(&output).contains(JOURNAL), "{text}: {}", stderr(&output));
        assert_eq!(fs::read_to_string(&outside).unwrap(), "after", "{text}");
        assert_eq!(fs::read_to_string(site.root().join(JOURNAL)).unwrap(), text);
    }
}

// All points, and their order.

#[test]
fn every_point_is_passed() {
    let mut passed = BTreeSet::new();
    let mut note = |ran: Ran| passed.extend(ran.points().into_iter().map(str::to_owned));
    for before in [Before::Nothing, Before::Older, Before::Same, Before::Remains, Before::Aside] {
        note(done(&prepared(before), BUILD));
    }
    note(run(&prepared(Before::Older), BUILD, PLAIN_DISK));
    note(run(&untidy().site, &["fmt"], "file-fill:2:ENOSPC"));
    for case in cases() {
        note(done(&case.site, &case.arguments));
    }
    let all: BTreeSet<String> = Point::ALL.iter().map(|point| point.name().to_owned()).collect();
    let missing: Vec<_> = all.difference(&passed).collect();
    assert!(missing.is_empty(), "no command here passes {missing:?}");
    assert!(passed.is_subset(&all), "{passed:?}");
}

#[test]
fn only_one_file_changes_the_disk() {
    // The locks of a run, a browser's and an older state's temporary folders.
    const MAY: [&str; 4] = ["publish/disk.rs", "press/run.rs", "revision.rs", "fault.rs"];
    const WAYS: [&str; 11] = [
        "fs::write(",
        "fs::rename(",
        "fs::remove_",
        "fs::create_dir",
        "fs::hard_link(",
        "fs::copy(",
        "File::create",
        ".create(true)",
        ".create_new(",
        ".sync_all(",
        "set_permissions(",
    ];
    let src = repository().join("src");
    let mut seen = 0;
    let mut wrong = Vec::new();
    for (path, bytes) in
        tree(&src).into_iter().filter(|(path, _)| Path::new(path).extension().is_some_and(|ext| ext == "rs"))
    {
        let text = String::from_utf8(bytes).unwrap();
        let text = text.split("#[cfg(test)]").next().unwrap();
        let is_test = path.ends_with("tests.rs") || path.contains("/tests/");
        for way in WAYS.iter().filter(|way| !is_test && text.contains(**way)) {
            seen += 1;
            if !MAY.contains(&path.as_str()) {
                wrong.push(format!("src/{path}: {way}"));
            }
        }
    }
    assert!(seen > 8 && wrong.is_empty(), "{wrong:#?}: use `publish::file`, or a function of `publish::disk`");
}

fn first(ran: &Ran, point: &str) -> usize {
    ran.points().iter().position(|passed| *passed == point).unwrap_or_else(|| panic!("{point} was not passed"))
}

fn last(ran: &Ran, point: &str) -> usize {
    ran.points().iter().rposition(|passed| *passed == point).unwrap_or_else(|| panic!("{point} was not passed"))
}

#[test]
fn a_site_outlives_a_power_cut() {
    let ran = done(&prepared(Before::Older), BUILD);
    // Written, kept, recorded, exchanged, the names kept, and only then is the old site removed.
    let order = [
        "lock-take",
        "stage-folder",
        "stage-sync",
        "file-stage",
        "file-fill",
        "file-sync",
        "file-replace",
        "file-settle",
        "swap-exchange",
        "swap-settle",
        "stage-remove",
        "lock-leave",
    ];
    let places: Vec<usize> = order.iter().map(|point| first(&ran, point)).collect();
    assert!(places.is_sorted(), "{:?}", ran.points());
    for point in ["stage-folder", "stage-link", "stage-file", "stage-fill"] {
        assert!(last(&ran, point) < first(&ran, "stage-sync"), "{point}");
    }

    // Where the disk cannot be told at once, each file and each folder is.
    let site = prepared(Before::Older);
    let ran = run(&site, BUILD, PLAIN_DISK);
    let stage = site.root().join(".public.sourcebook-stage");
    let kept: BTreeSet<PathBuf> = ran
        .trace
        .iter()
        .filter(|(point, _)| point == "stage-sync-each")
        .map(|(_, path)| path.components().collect())
        .collect();
    let public = site.root().join("public");
    let mut expected = BTreeSet::from([stage.clone()]);
    for path in tree(&public).keys() {
        let full = stage.join(path);
        expected.extend(full.ancestors().take_while(|above| *above != stage).map(Path::to_path_buf));
    }
    assert!(expected.len() > 100 && kept == expected);
    assert!(last(&ran, "stage-sync-each") < first(&ran, "swap-aside"));
    assert!(last(&ran, "swap-in") < first(&ran, "swap-settle"));
}

#[test]
fn a_change_of_several_files_outlives_a_power_cut() {
    let case = moved();
    let ran = done(&case.site, &case.arguments);
    let of = |point: &'static str| ran.trace.iter().enumerate().filter(move |(_, (passed, _))| passed == point);
    let journal = case.site.root().join(JOURNAL);
    let noted = of("file-settle").next().unwrap().0;
    let done = of("file-remove").find(|(_, (_, path))| *path == journal).unwrap().0;
    // The journal is there to stay before anything else is touched …
    for point in ["file-stage", "file-fill", "file-sync", "file-replace"] {
        let (at, (_, path)) = of(point).next().unwrap();
        let of_journal = *path == journal || point == "file-stage" && path.to_string_lossy().contains(JOURNAL);
        assert!(of_journal && at < noted, "{point}");
        assert!(of(point).skip(1).all(|(at, _)| noted < at && at < done), "{point}");
    }
    // … every file is kept before it takes its place, and every folder before the journal goes.
    let synced: Vec<&PathBuf> = of("file-sync").map(|(_, (_, path))| path).collect();
    assert_eq!(synced, of("file-replace").map(|(_, (_, path))| path).collect::<Vec<_>>());
    let settled: BTreeSet<&Path> =
        of("file-settle").filter(|(at, _)| *at < done).map(|(_, (_, path))| path.as_path()).collect();
    for path in &synced {
        assert!(settled.contains(path.parent().unwrap()), "{}", path.display());
    }
    assert!(of("file-settle").any(|(at, _)| at > done));
}

// What others do to the output folder meanwhile, and two runs at once.

#[test]
fn what_happens_to_the_target_meanwhile() {
    type Change = fn(&Site);
    let gone: Change = |site| fs::remove_dir_all(site.root().join("public")).unwrap();
    let moved: Change = |site| fs::rename(site.root().join("public"), site.root().join("kept")).unwrap();
    let link: Change = |site| {
        moved_away(site);
        std::os::unix::fs::symlink(site.root().join("kept"), site.root().join("public")).unwrap();
    };
    let foreign: Change = |site| {
        moved_away(site);
        site.put("public/thesis.doc", "my life");
    };
    let stranger: Change = |site| {
        site.put("public/CNAME", "example.org");
    };
    let cases = [
        ("stage-sync", gone, 0),
        ("stage-sync", moved, 0),
        ("stage-sync", link, 2),
        ("stage-sync", foreign, 2),
        ("stage-sync", stranger, 2),
        ("swap-exchange", gone, 3),
        ("swap-exchange", moved, 3),
        ("swap-exchange", link, 2),
        ("swap-exchange", foreign, 2),
    ];
    for (number, (point, change, expected)) in cases.into_iter().enumerate() {
        let site = prepared(Before::Older);
        let old = state(&site, false);
        let mut changed = Tree::new();
        let ran = run_while(&site, BUILD, &format!("{point}:1:pause"), |_| {
            change(&site);
            changed = tree(&site.root());
            changed.retain(|path, _| path.starts_with("public/") || path.starts_with("kept/"));
        });
        let told = format!("{number}, {point}: {}", stderr(&ran.output));
        assert_eq!(status(&ran.output), expected, "{told}");
        assert!(whole(&site.root().join("kept")).is_none_or(|kept| Some(kept) == old.site), "{told}");
        if expected != 0 {
            let mut now = tree(&site.root());
            now.retain(|path, _| path.starts_with("public/") || path.starts_with("kept/"));
            assert!(now == changed, "{told}: something was lost");
            assert_eq!(fs::read(site.root().join(LOCK)).ok(), old.lock, "{told}: recorded, and not published");
            let public = site.root().join("public");
            if public.is_symlink() {
                fs::remove_file(&public).unwrap();
            } else if public.join("thesis.doc").exists() {
                fs::remove_dir_all(&public).unwrap();
            } else {
                let _ = fs::remove_file(public.join("CNAME"));
            }
        }
        done(&site, BUILD);
        assert!(state(&site, false).site.is_some_and(|new| Some(new) != old.site), "{told}");
        assert_eq!(remains(&site), [""; 0], "{told}");
    }
}

fn moved_away(site: &Site) {
    fs::rename(site.root().join("public"), site.root().join("kept")).unwrap();
}

#[test]
fn two_runs_at_once() {
    let site = prepared(Before::Older);
    let ran = run_while(&site, BUILD, "stage-sync:1:pause", |_| {
        let other = sourcebook(&site).args(BUILD).output().unwrap();
        assert_eq!(status(&other), 2);
        assert!(stderr(&other).contains("another build is writing to"), "{}", stderr(&other));
    });
    assert_eq!(status(&ran.output), 0, "{}", stderr(&ran.output));
    assert_eq!(remains(&site), [""; 0]);

    // Into two folders: the lock file of figures is of both.
    let site = prepared(Before::Older);
    let ran = run_while(&site, BUILD, "file-sync:1:pause", |_| {
        let other = sourcebook(&site)
            .args(["build", "--quiet", "--out", "elsewhere"])
            .env("SOURCE_DATE_EPOCH", "1795651200")
            .output()
            .unwrap();
        assert_eq!(status(&other), 2, "{}", stderr(&other));
        assert!(stderr(&other).contains("another run of Sourcebook is writing"), "{}", stderr(&other));
        assert!(!site.root().join("elsewhere").exists());
    });
    assert_eq!(status(&ran.output), 0, "{}", stderr(&ran.output));
    assert!(fs::read_to_string(site.root().join(LOCK)).unwrap().contains("17"));

    // A lock that outlived its build is no obstacle.
    let site = prepared(Before::Older);
    assert!(run(&site, BUILD, "swap-exchange:1:pause").is_killed());
    assert!(remains(&site).contains(&".public.sourcebook-lock".to_owned()));
    done(&site, BUILD);
    assert_eq!(remains(&site), [""; 0]);
}

// Limits of the system.

/// Runs a script of the shell in a site's folder; `$SB` is the program.
fn shell(site: &Site, shell: &[&str], script: &str) -> Output {
    let mut command = Command::new(shell[0]);
    command.args(&shell[1..]).arg(script).current_dir(site.root()).env("SB", env!("CARGO_BIN_EXE_sourcebook"));
    command.env("SOURCE_DATE_EPOCH", "1795651200").output().unwrap()
}

#[test]
fn files_that_may_not_grow() {
    // The system stops whoever writes more, or, where that is ignored, says that the file is too large.
    for (trap, expected) in [("", None), ("trap '' XFSZ; ", Some(3))] {
        let site = prepared(Before::Older);
        let old = state(&site, false);
        for limit in [1, 4, 16] {
            let output = shell(&site, &["sh", "-c"], &format!("{trap}ulimit -f {limit}; exec \"$SB\" build --quiet"));
            assert_eq!(output.status.code(), expected, "{limit}: {}", stderr(&output));
            let now = state(&site, false);
            assert!(now.site == old.site, "{limit}");
        }
        done(&site, BUILD);
        assert!(state(&site, false) != old);
        assert_eq!(remains(&site), [""; 0]);
    }
}

/// In a disk of its own, which is full, then larger, then not to be written to.
const FULL: &str = r#"
set -e
say() { echo "$*" >&2; exit 9; }
mkdir disk
mount -t tmpfs -o size=64m tmpfs disk || exit 77
"$SB" build --quiet --out disk/public
used=$(du -sk disk | cut -f1)
cp disk/public/manifest.json old.json
sed -i 's/^title = "Documents"/title = "Other documents"/' book.toml
mount -o remount,size=$((used + 100))k disk
if "$SB" build --quiet --out disk/public 2>said; then say "a full disk was written to"; else [ $? = 3 ] || say "not the machine's fault"; fi
grep -q 'make room on the disk' said || say "$(cat said)"
cmp disk/public/manifest.json old.json
"$SB" verify disk/public
[ "$(ls -A disk)" = public ] || say "left: $(ls -A disk)"
mount -o remount,ro disk
if "$SB" build --quiet --out disk/public 2>said; then say "a disk was written to that may only be read"; else [ $? = 3 ] || say "not the machine's fault"; fi
grep -qi 'read-only' said || say "$(cat said)"
"$SB" verify disk/public
mount -o remount,rw,size=64m disk
"$SB" build --quiet --out disk/public
"$SB" verify disk/public
[ "$(ls -A disk)" = public ] || say "left: $(ls -A disk)"
if cmp -s disk/public/manifest.json old.json; then say "not the new site"; fi
"#;

#[test]
fn a_disk_that_is_full() {
    let site = Site::base();
    let output = shell(&site, &["unshare", "-rm", "sh", "-c"], FULL);
    let cannot_mount = output.status.code() == Some(77) || stderr(&output).starts_with("unshare:");
    if cannot_mount {
        // `scripts/test` says the same where everybody sees it. `files_that_may_not_grow` needs no rights.
        eprintln!("not tried: this machine lets nobody mount a disk of their own: {}", stderr(&output));
        return;
    }
    assert_eq!(status(&output), 0, "{}", stderr(&output));
}

#[test]
fn a_folder_that_may_not_be_written_to() {
    // Whoever may do everything is told no by the fault points; others by the system.
    let site = prepared(Before::Older);
    let old = state(&site, false);
    for point in ["lock-take", "stage-folder", "file-stage", "swap-exchange"] {
        let ran = run(&site, BUILD, &format!("{point}:*:EACCES"));
        assert_eq!(status(&ran.output), 3, "{point}");
        let said = stderr(&ran.output);
        assert!(said.contains("check who may write") || said.contains("make the site's folder writable"), "{said}");
        assert!(state(&site, false) == old, "{point}");
    }
    let mode = |mode: u32| fs::set_permissions(site.root(), fs::Permissions::from_mode(mode)).unwrap();
    mode(0o555);
    let output = run(&site, BUILD, "").output;
    mode(0o755);
    // Root may write everywhere.
    if status(&output) != 0 {
        assert_eq!(status(&output), 3, "{}", stderr(&output));
        assert!(stderr(&output).contains("check who may write"), "{}", stderr(&output));
        assert!(state(&site, false) == old);
    }
    done(&site, BUILD);
    assert_eq!(remains(&site), [""; 0]);
}

#[test]
fn a_site_is_built_while_it_is_served() {
    let site = prepared(Before::Older);
    let mut served = sourcebook(&site);
    let mut served = served.args(["serve", "--port", "0"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    for _ in 0..3 {
        let page = fs::read_to_string(site.root().join("content/en/documents/index.md")).unwrap();
        site.put("content/en/documents/index.md", page.replacen("title: ", "title: Newer ", 1));
        assert!(run(&site, BUILD, "swap-exchange:1:pause").is_killed());
        assert!(state(&site, false).site.is_some());
        done(&site, BUILD);
        assert!(state(&site, false).site.is_some());
    }
    assert!(served.try_wait().unwrap().is_none(), "serve has ended");
    served.kill().unwrap();
    served.wait().unwrap();
    assert_eq!(remains(&site), [""; 0]);
}
