//! The program itself: what it asks, what it writes, and what it says, on this run and on the next.

use super::{Host, Page, certificate};
use crate::cli::{run, sourcebook, status, stderr, stdout};
use crate::support::{Site, tree};
use insta::assert_snapshot;
use serde_json::Value;
use sourcebook::date::Day;
use std::fs;
use std::process::Child;
use std::thread;
use std::time::UNIX_EPOCH;
use std::time::{Duration, Instant};

const LOCK: &str = "links.lock.yaml";
const SOURCES: &str = "content/sources/elsewhere.yaml";
const PAGE: &str = "content/en/documents/declaration.md";

/// A site that treats this machine's hosts hastily and leaves all others alone.
fn site() -> Site {
    let site = Site::base();
    external(&site, "");
    site
}

fn external(site: &Site, more: &str) {
    let book = fs::read_to_string(site.root().join("book.toml")).unwrap();
    let book = book.split("\n[check]").next().unwrap();
    let section = format!("pause = 0\nretries = 0\nskip = [\"https://www.un.org/\"]\n{more}");
    let check = "source-unused = \"allow\"\nsource-unarchived = \"allow\"\naccessed-missing = \"allow\"\n";
    site.put("book.toml", format!("{book}\n[check]\n{check}\n[external]\n{section}"));
}

fn source(id: &str, fields: &str) -> String {
    format!("{id}:\n  type: webpage\n  lang: en\n  title: The page {id}\n  kind: un\n{fields}  checked: stored-page\n")
}

fn at(host: &Host, id: &str) -> String {
    source(id, &format!("  url: {}\n", host.url(&format!("/{id}"))))
}

fn lock(site: &Site) -> String {
    fs::read_to_string(site.root().join(LOCK)).unwrap()
}

/// The day it is, in Greenwich.
fn today() -> Day {
    Day::of_second(UNIX_EPOCH.elapsed().unwrap().as_secs()).unwrap()
}

/// What a run says, without what differs from run to run.
fn steady(text: &str, host: &Host) -> String {
    text.replace(&host.url(""), "http://host").replace(&today().to_string(), "TODAY")
}

/// A host on which pages have come and gone.
fn rotten_host() -> Host {
    Host::new(&[
        ("/alive", Page::Head("200 OK")),
        ("/moved", Page::Head("301 Moved Permanently\r\nLocation: /alive")),
        ("/home", Page::Head("301 Moved Permanently\r\nLocation: /")),
        ("/", Page::Head("200 OK")),
        ("/refused", Page::Head("403 Forbidden")),
        ("/revived", Page::Head("200 OK")),
        ("/copy", Page::Head("200 OK")),
    ])
}

/// A site that leads to it.
fn rotten_site(host: &Host) -> Site {
    let site = site();
    let archive = format!("  archive: [{{url: \"{}\", at: 2024-03-01, by: wayback}}]\n", host.url("/copy"));
    let sources = [
        at(host, "alive"),
        at(host, "gone"),
        source("gone-with-copy", &format!("  url: {}\n{archive}", host.url("/gone-with-copy"))),
        source("dead", &format!("  url: {}\n  url-status: dead\n", host.url("/dead"))),
        source("usurped", &format!("  url: {}\n  url-status: usurped\n", host.url("/usurped"))),
        at(host, "moved"),
        at(host, "home"),
        at(host, "refused"),
        source("revived", &format!("  url: {}\n  url-status: dead\n", host.url("/revived"))),
    ];
    let link = host.url("/missing#part");
    let page = format!("---\ntitle: The Universal Declaration\n---\nAll are born [free]({link}) [@udhr-1948].\n");
    site.put(SOURCES, sources.concat()).put(PAGE, page);
    site
}

#[test]
fn links_that_rot_are_reported_where_they_are_written() {
    let host = rotten_host();
    let output = run(&rotten_site(&host), &["check", "--external"]);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    assert_snapshot!(steady(stderr(&output), &host), @r"
    warning[SB230]: `http://host/missing` answers 404 (since TODAY)
     --> content/en/documents/declaration.md:4:14
      |
    4 | All are born [free](http://host/missing#part) [@udhr-1948].
      |              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: link to a copy in an archive or to another page, or take the link out

    warning[SB230]: `http://host/gone` answers 404 (since TODAY)
      --> content/sources/elsewhere.yaml:13:8
       |
    13 |   url: http://host/gone
       |        ^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: look for a copy in an archive and add it as `archive:`; then it becomes the main link with these lines
                 url-status: dead
                 url-checked: TODAY

    warning[SB230]: `http://host/gone-with-copy` answers 404 (since TODAY)
      --> content/sources/elsewhere.yaml:20:8
       |
    20 |   url: http://host/gone-with-copy
       |        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: with these lines the copy of 2024-03-01 that the record names becomes the main link
                 url-status: dead
                 url-checked: TODAY

    warning[SB231]: `http://host/moved` has moved for good to `http://host/alive`
      --> content/sources/elsewhere.yaml:44:8
       |
    44 |   url: http://host/moved
       |        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: if it shows the same document, write
                 url: http://host/alive
                 url-checked: TODAY

    warning[SB231]: `http://host/home` now leads to the home page `http://host/`
      --> content/sources/elsewhere.yaml:51:8
       |
    51 |   url: http://host/home
       |        ^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: the document is not there; look for its new address. If there is none: look for a copy in an archive and add it as `archive:`; then it becomes the main link with these lines
                 url-status: dead
                 url-checked: TODAY

    warning[SB235]: `http://host/refused` does not show itself: it answers 403 (since TODAY)
      --> content/sources/elsewhere.yaml:58:8
       |
    58 |   url: http://host/refused
       |        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: open it in a browser, since many hosts refuse programs; then write what you found and when you looked
                 url-status: live
                 url-checked: YYYY-MM-DD

    warning[SB234]: `http://host/revived` answers, and the record calls it dead
      --> content/sources/elsewhere.yaml:65:8
       |
    65 |   url: http://host/revived
       |        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: open it; if it shows the document, write
                 url-status: live
                 url-checked: TODAY

    7 warnings: 3 pages in 2 languages, 13 sources, coverage 100.0 % of 16 statements (0 exempt)
    10 addresses: 10 visited, 0 skipped; 3 alive, 2 moved, 4 gone, 1 refused, 0 not reached
    ");
}

#[test]
fn how_every_address_answered_is_recorded() {
    let host = rotten_host();
    let site = rotten_site(&host);
    run(&site, &["check", "--external"]);
    assert_snapshot!(steady(&lock(&site), &host), @r#"
    # Written by `sourcebook check --external`: what each address answered, and when. Keep it with the site; do not edit it.
    # docs/link-rot.md of Sourcebook says how to read it.
    version: 1
    links:
      "http://host/alive":
        status: alive
        since: TODAY
        visited: TODAY
        alive: TODAY
      "http://host/copy":
        status: alive
        since: TODAY
        visited: TODAY
        alive: TODAY
      "http://host/dead":
        status: gone
        code: 404
        since: TODAY
        visited: TODAY
        failures: 1
      "http://host/gone":
        status: gone
        code: 404
        since: TODAY
        visited: TODAY
        failures: 1
      "http://host/gone-with-copy":
        status: gone
        code: 404
        since: TODAY
        visited: TODAY
        failures: 1
      "http://host/home":
        status: moved
        moved-to: "http://host/"
        since: TODAY
        visited: TODAY
        alive: TODAY
      "http://host/missing":
        status: gone
        code: 404
        since: TODAY
        visited: TODAY
        failures: 1
      "http://host/moved":
        status: moved
        moved-to: "http://host/alive"
        since: TODAY
        visited: TODAY
        alive: TODAY
      "http://host/refused":
        status: refused
        code: 403
        since: TODAY
        visited: TODAY
      "http://host/revived":
        status: alive
        since: TODAY
        visited: TODAY
        alive: TODAY
    "#);
}

#[test]
fn what_was_visited_is_said_again_without_the_network() {
    let host = rotten_host();
    let site = rotten_site(&host);
    let first = run(&site, &["check", "--external"]);
    let (asked, written) = (host.asked(), lock(&site));
    let again = run(&site, &["check", "--external"]);
    assert!(stderr(&again).contains("10 addresses: 0 visited, 10 skipped;"), "{}", stderr(&again));
    let warnings = |text: &str| text.matches("warning[").count();
    assert_eq!(warnings(stderr(&run(&site, &["check"]))), warnings(stderr(&first)));
    assert_eq!(status(&run(&site, &["check", "--deny", "link-gone"])), 1);
    assert_eq!(status(&run(&site, &["build"])), 0);
    assert_eq!((host.asked(), lock(&site)), (asked, written));
}

#[test]
fn what_nothing_leads_to_any_more_is_forgotten() {
    let host = rotten_host();
    let site = rotten_site(&host);
    run(&site, &["check", "--external"]);
    site.put(SOURCES, at(&host, "alive"));
    let output = run(&site, &["check", "--external", "--external-max-age", "0"]);
    assert!(stderr(&output).contains("2 addresses: 2 visited, 0 skipped;"), "{}", stderr(&output));
    assert_eq!(lock(&site).matches("status:").count(), 2);
}

#[test]
fn every_format_carries_what_was_found() {
    let host = Host::new(&[]);
    let site = site();
    site.put(SOURCES, at(&host, "gone"));
    let output = run(&site, &["check", "--external", "--format", "json"]);
    let found: Value = serde_json::from_str(stdout(&output)).unwrap();
    assert_eq!(found[0]["code"], "SB230");
    assert_eq!(found[0]["file"], SOURCES);
    assert_eq!(found[0]["line"], 6);
    assert!(stderr(&output).starts_with("1 address: 1 visited"), "{}", stderr(&output));
    let output = run(&site, &["check", "--external", "--format", "sarif"]);
    assert!(stdout(&output).contains("\"ruleId\": \"SB230\"") || stdout(&output).contains("\"ruleId\":\"SB230\""));
    let output = run(&site, &["check", "--external", "--format", "github"]);
    assert!(stdout(&output).starts_with(&format!("::warning file={SOURCES},line=6,")), "{}", stdout(&output));
}

#[test]
fn an_archive_is_asked_only_where_the_site_names_one() {
    let answer = |body: &'static str| {
        Page::Made(std::sync::Arc::new(move || {
            format!("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}", body.len())
        }))
    };
    let archive = Host::new(&[(
        "/available",
        answer(
            r#"{"archived_snapshots": {"closest": {"available": true, "status": "200", "timestamp": "20240302101010", "url": "http://web.archive.org/web/20240302101010/http://host/gone"}}}"#,
        ),
    )]);
    let host = Host::new(&[("/alive", Page::Head("200 OK"))]);
    let site = site();
    let gone = source("gone", &format!("  url: {}\n  accessed: 2024-03-01\n", host.url("/gone")));
    site.put(SOURCES, at(&host, "alive") + &gone);
    run(&site, &["check", "--external"]);
    assert!(archive.asked().is_empty());

    external(&site, &format!("archive-api = \"{}\"\n", archive.url("/available?url={url}&timestamp={date}")));
    let output = run(&site, &["check", "--external", "--external-max-age", "0"]);
    assert_eq!(archive.asked().len(), 1);
    assert!(archive.asked()[0].ends_with("%2Fgone&timestamp=20240301"), "{:?}", archive.asked());
    assert!(
        stderr(&output).contains(
            "archive: [{url: https://web.archive.org/web/20240302101010/http://host/gone, at: 2024-03-02, by: wayback}]"
        ),
        "{}",
        stderr(&output)
    );
    // What was offered once is kept, and not asked for again.
    run(&site, &["check", "--external", "--external-max-age", "0"]);
    assert_eq!(archive.asked().len(), 1);
}

/// A lock file that says that an address failed on some days in a row, the last long ago.
fn failed(url: &str, failures: u32) -> String {
    let days = "since: 2001-01-01\n    visited: 2001-01-03\n    alive: 2000-12-31";
    format!("version: 1\nlinks:\n  \"{url}\":\n    status: timed-out\n    {days}\n    failures: {failures}\n")
}

#[test]
fn what_may_pass_is_reported_when_it_has_lasted() {
    let host = Host::new(&[("/ill", Page::Head("500 Internal Server Error"))]);
    let site = site();
    site.put(SOURCES, at(&host, "ill"));
    for (failures, is_reported) in [(1, false), (2, true)] {
        site.put(LOCK, failed(&host.url("/ill"), failures));
        let output = run(&site, &["check", "--external"]);
        assert_eq!(stderr(&output).contains("warning[SB233]"), is_reported, "{}", stderr(&output));
        assert!(lock(&site).contains(&format!("failures: {}", failures + 1)));
        assert!(lock(&site).contains("status: failed\n    code: 500\n    since: 2001-01-01"), "{}", lock(&site));
        assert!(lock(&site).contains("alive: 2000-12-31"));
    }
    // A second run on the same day proves nothing more.
    run(&site, &["check", "--external", "--external-max-age", "0"]);
    assert!(lock(&site).contains("failures: 3"));
    assert!(stderr(&run(&site, &["check"])).contains(
        "could not be reached on 3 days in a row: it answers 500 (since 2001-01-01; last seen alive on 2000-12-31)"
    ));
}

#[test]
fn a_damaged_lock_file_is_not_written_over() {
    let host = Host::new(&[]);
    let site = site();
    site.put(SOURCES, at(&host, "gone"));
    for damaged in [&b"version: 1\nlinks:\n<<<<<<< HEAD\n"[..], b"version: 9\n", b"\xff\xfe"] {
        site.put(LOCK, damaged);
        let output = run(&site, &["check", "--external"]);
        assert_eq!(status(&output), 1, "{}", stderr(&output));
        assert!(stderr(&output).contains("no address was visited"), "{}", stderr(&output));
        assert!(stderr(&output).contains("links.lock.yaml:"), "{}", stderr(&output));
        assert_eq!(fs::read(site.root().join(LOCK)).unwrap(), damaged);
    }
    assert!(host.asked().is_empty());
}

#[test]
fn an_address_is_kept_while_its_record_cannot_be_read() {
    let host = Host::new(&[("/alive", Page::Head("200 OK"))]);
    let site = site();
    site.put(SOURCES, at(&host, "alive") + &at(&host, "gone"));
    run(&site, &["check", "--external"]);
    site.put(SOURCES, at(&host, "alive") + &at(&host, "gone").replace("type: webpage", "type: wabpage"));
    let output = run(&site, &["check", "--external"]);
    assert_eq!(status(&output), 1);
    assert!(lock(&site).contains(&host.url("/gone")));
}

#[test]
fn nothing_is_visited_unless_asked_and_nothing_else_is_written() {
    let host = Host::new(&[("/alive", Page::Head("200 OK"))]);
    let site = site();
    site.put(SOURCES, at(&host, "alive"));
    let before = tree(&site.root());
    for arguments in [&["check"][..], &["check", "--deny", "link-gone"], &["check", "--external-max-age", "0"]] {
        run(&site, arguments);
        assert!(host.asked().is_empty(), "{arguments:?}");
        assert_eq!(tree(&site.root()), before, "{arguments:?}");
    }
    assert_eq!(status(&run(&site, &["check", "--external-max-age", "0"])), 2);
    run(&site, &["check", "--external"]);
    let mut after = tree(&site.root());
    assert!(after.remove(LOCK).is_some());
    assert_eq!(after, before);
}

#[test]
fn a_site_that_leads_nowhere_gets_no_file() {
    let site = site();
    let output = run(&site, &["check", "--external"]);
    assert!(stderr(&output).contains("0 addresses: 0 visited"), "{}", stderr(&output));
    assert!(!site.root().join(LOCK).exists());
}

#[test]
fn a_machine_that_is_alone_holds_nothing_against_the_others() {
    let site = site();
    let sources: Vec<String> = ["a", "b", "c"].map(|id| source(id, &format!("  url: https://{id}.invalid/\n"))).into();
    site.put(SOURCES, sources.concat());
    let output = run(&site, &["check", "--external"]);
    assert_eq!(status(&output), 3, "{}", stderr(&output));
    assert!(stderr(&output).contains("no host answered at all, so nothing was recorded"), "{}", stderr(&output));
    assert!(!site.root().join(LOCK).exists());
    // Two hosts may be gone, even both of a small site.
    site.put(SOURCES, sources[..2].concat());
    let output = run(&site, &["check", "--external"]);
    assert_eq!(stderr(&output).matches("warning[SB232]").count(), 2, "{}", stderr(&output));
}

#[test]
fn authorities_may_be_named_as_for_other_programs() {
    let (config, authority) = certificate("127.0.0.1", false);
    let host = Host::secret(&[("/alive", Page::Head("200 OK"))], config);
    let site = site();
    site.put(SOURCES, at(&host, "alive"));
    let pem = site.beside("authority.pem");
    fs::write(&pem, authority).unwrap();
    let visit = |file: &std::path::Path| {
        sourcebook(&site)
            .args(["check", "--external", "--external-max-age", "0"])
            .env("SSL_CERT_FILE", file)
            .output()
            .unwrap()
    };
    assert!(stderr(&run(&site, &["check", "--external"])).contains("warning[SB232]"));
    assert!(!stderr(&visit(&pem)).contains("warning["));
    assert_eq!(status(&visit(&site.beside("nothing.pem"))), 2);
}

/// Waits until something has come about; a minute is for ever.
fn wait_for(what: &str, mut is_so: impl FnMut() -> bool) {
    let began = Instant::now();
    while !is_so() {
        assert!(began.elapsed() < Duration::from_secs(60), "it never came about that {what}");
        thread::sleep(Duration::from_millis(5));
    }
}

/// A run that was begun and does not come to an end; the test ends it.
struct Endless(Child);

impl Endless {
    fn begin(site: &Site) -> Self {
        Self(sourcebook(site).args(["check", "--external"]).spawn().unwrap())
    }
}

impl Drop for Endless {
    fn drop(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

#[test]
fn a_run_that_is_broken_off_has_kept_what_it_found() {
    let host = Host::new(&[("/a", Page::Head("200 OK")), ("/b", Page::Silence)]);
    let site = site();
    external(&site, "time-out = 600\n");
    site.put(SOURCES, at(&host, "a") + &at(&host, "b"));
    let run = Endless::begin(&site);
    wait_for("the first finding is written", || {
        fs::read_to_string(site.root().join(LOCK)).is_ok_and(|text| text.contains("status: alive"))
    });
    wait_for("the second host is asked", || host.asked().len() == 2);
    drop(run);
    assert_eq!(host.asked(), ["HEAD /a", "HEAD /b"]);
    site.put(SOURCES, at(&host, "a"));
    let output = crate::cli::run(&site, &["check", "--external"]);
    assert!(stderr(&output).contains("1 address: 0 visited, 1 skipped; 1 alive"), "{}", stderr(&output));
    assert_eq!(host.asked(), ["HEAD /a", "HEAD /b"]);
}

#[cfg(unix)]
#[test]
fn one_run_is_at_work_at_a_time() {
    let host = Host::new(&[("/a", Page::Silence)]);
    let site = site();
    external(&site, "time-out = 600\n");
    site.put(SOURCES, at(&host, "a"));
    let first = Endless::begin(&site);
    wait_for("the first run is at work", || !host.asked().is_empty());
    let second = run(&site, &["check", "--external"]);
    assert_eq!(status(&second), 3);
    assert!(stderr(&second).contains("another `check --external` is at work"), "{}", stderr(&second));
    // Other commands are not in its way.
    assert_eq!(status(&run(&site, &["check"])), 0);
    drop(first);
}

#[cfg(unix)]
#[test]
fn a_link_laid_in_the_way_is_not_written_through() {
    let host = Host::new(&[("/alive", Page::Head("200 OK"))]);
    let site = site();
    site.put(SOURCES, at(&host, "alive"));
    let mine = site.beside("mine.txt");
    fs::write(&mine, "mine").unwrap();
    std::os::unix::fs::symlink(&mine, site.root().join(".links.lock.yaml.new")).unwrap();
    assert_eq!(status(&run(&site, &["check", "--external"])), 0);
    assert!(lock(&site).contains("status: alive"));
    // Nor is the lock file itself, where it is a link.
    fs::remove_file(site.root().join(LOCK)).unwrap();
    std::os::unix::fs::symlink(&mine, site.root().join(LOCK)).unwrap();
    let output = run(&site, &["check", "--external"]);
    assert_eq!(status(&output), 1, "{}", stderr(&output));
    assert!(stderr(&output).contains("it is a symbolic link"), "{}", stderr(&output));
    assert_eq!(fs::read_to_string(&mine).unwrap(), "mine");
}
