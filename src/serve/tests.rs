//! A running preview, over real sockets and real files. Nothing is timed; deadlines are generous.

use super::*;
use crate::site::edition::OutPath;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use tempfile::TempDir;

const DEADLINE: Duration = Duration::from_secs(30);

/// A site's folder with one page.
fn site() -> TempDir {
    let root = tempfile::tempdir().unwrap();
    fs::create_dir_all(root.path().join("content/en")).unwrap();
    fs::write(root.path().join("content/en/a.md"), "first").unwrap();
    root
}

fn options(root: &Path) -> Options {
    Options {
        host: "localhost".to_owned(),
        port: 0,
        open: false,
        root: root.to_path_buf(),
        out: Some(root.join("public")),
        editor: None,
    }
}

/// A stand-in for the compiler: the page `a.md` becomes `en/a/index.html`; “broken” is an error, “panic” a panic.
fn compile(root: &Path) -> Rebuilt {
    let text = fs::read_to_string(root.join("content/en/a.md")).unwrap_or_else(|_| "gone".to_owned());
    assert!(!text.contains("panic"), "stumbled");
    if text.contains("broken") {
        let problem = Problem {
            severity: "error".to_owned(),
            code: "SB201".to_owned(),
            message: "no source “x” <b>".to_owned(),
            help: None,
            place: Some("content/en/a.md:1:1".to_owned()),
            excerpt: None,
        };
        return Rebuilt { problems: vec![problem], summary: "1 error".to_owned(), ..Rebuilt::default() };
    }
    let mut edition = Edition::default();
    for (path, text) in [
        ("en/a/index.html", format!("<head></head>{text}")),
        ("404.html", "<head></head>nothing here".to_owned()),
        ("x.css", "a{}".to_owned()),
    ] {
        edition.add(OutPath::parse(path).unwrap(), text.into_bytes());
    }
    Rebuilt { edition: Some(Arc::new(edition)), summary: "1 page".to_owned(), ..Rebuilt::default() }
}

fn start(root: &TempDir) -> Server {
    let folder = root.path().to_path_buf();
    Server::start(&options(root.path()), move |_| compile(&folder), |_| {}).unwrap()
}

/// Sends one request, with `HOST` put in place, and returns the whole answer.
fn ask(server: &Server, request: &str) -> String {
    let mut stream = TcpStream::connect(server.address()).unwrap();
    stream.set_read_timeout(Some(DEADLINE)).unwrap();
    let request = request.replace("HOST", &format!("localhost:{}", server.address().port()));
    stream.write_all(request.replace('\n', "\r\n").as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

fn get(server: &Server, path: &str) -> String {
    ask(server, &format!("GET {path} HTTP/1.1\nHost: HOST\nConnection: close\n\n"))
}

/// The events that one page is told.
struct Events(BufReader<TcpStream>);

impl Events {
    fn listen(server: &Server, edition: &str) -> Self {
        let mut stream = TcpStream::connect(server.address()).unwrap();
        stream.set_read_timeout(Some(DEADLINE)).unwrap();
        let port = server.address().port();
        write!(stream, "GET /__sourcebook/events?edition={edition} HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n")
            .unwrap();
        Self(BufReader::new(stream))
    }

    /// Waits for the next event: its name and its data.
    fn next(&mut self) -> (String, String) {
        let mut name = String::new();
        let began = std::time::Instant::now();
        loop {
            // The server's signs of life keep the socket from timing out.
            assert!(began.elapsed() < DEADLINE, "no event came");
            let mut line = String::new();
            assert!(self.0.read_line(&mut line).unwrap() > 0, "the stream ended");
            if let Some(event) = line.strip_prefix("event: ") {
                event.trim().clone_into(&mut name);
            } else if let Some(data) = line.strip_prefix("data: ").or_else(|| line.strip_prefix("data:")) {
                return (name, data.trim().to_owned());
            }
        }
    }

    fn wait_for(&mut self, wanted: &str) -> String {
        loop {
            let (name, data) = self.next();
            if name == wanted {
                return data;
            }
        }
    }
}

/// Saves as many editors do: a new file takes the old one's name.
fn save(file: &Path, text: &str) {
    let beside = file.with_extension("md~");
    fs::write(&beside, text).unwrap();
    fs::rename(&beside, file).unwrap();
}

/// The name of the edition that a page says it was made from.
fn edition_of(page: &str) -> String {
    page.split("data-edition=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

/// Asks until the answer holds a text.
fn wait_for_text(server: &Server, path: &str, text: &str) {
    let began = std::time::Instant::now();
    while !get(server, path).contains(text) {
        assert!(began.elapsed() < DEADLINE, "{text} did not come");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn pages_from_memory() {
    let root = site();
    let server = start(&root);
    let page = get(&server, "/en/a/");
    assert!(page.starts_with("HTTP/1.1 200 ") && page.contains("text/html") && page.contains("no-store"), "{page}");
    assert!(page.contains("nosniff") && page.contains("live.js") && page.ends_with("</head>first"), "{page}");
    let redirect = get(&server, "/en/a?x=1");
    assert!(redirect.starts_with("HTTP/1.1 308 ") && redirect.contains("location: /en/a/?x=1\r\n"), "{redirect}");
    let missing = get(&server, "/en/b/");
    assert!(missing.starts_with("HTTP/1.1 404 ") && missing.ends_with("nothing here"), "{missing}");
    let style = get(&server, "/x.css");
    assert!(style.contains("text/css") && style.ends_with("\r\n\r\na{}"), "{style}");
    let script = get(&server, "/__sourcebook/live.js");
    assert!(script.contains("text/javascript") && script.contains("EventSource"), "{script}");
    // Nothing of the folder itself.
    for path in ["/content/en/a.md", "/../content/en/a.md", "/%2e%2e/content/en/a.md"] {
        assert!(get(&server, path).starts_with("HTTP/1.1 404 "), "{path}");
    }
    let head = ask(&server, "HEAD /x.css HTTP/1.1\nHost: HOST\nConnection: close\n\n");
    assert!(
        head.starts_with("HTTP/1.1 200 ") && head.contains("content-length: 3") && head.ends_with("\r\n\r\n"),
        "{head}"
    );
    let post = ask(&server, "POST / HTTP/1.1\nHost: HOST\nContent-Length: 0\nConnection: close\n\n");
    assert!(post.starts_with("HTTP/1.1 405 "), "{post}");
    server.stop();
}

#[test]
fn strangers_are_refused() {
    let root = site();
    let server = start(&root);
    for request in [
        "GET /en/a/ HTTP/1.1\nHost: evil.example\nConnection: close\n\n",
        "GET /en/a/ HTTP/1.0\n\n",
        "GET http://evil.example/en/a/ HTTP/1.1\nHost: HOST\nConnection: close\n\n",
        "GET /__sourcebook/events?edition=1 HTTP/1.1\nHost: HOST\nOrigin: http://evil.example\nConnection: close\n\n",
    ] {
        let answer = ask(&server, request);
        assert!(answer.contains(" 403 ") && !answer.contains("first"), "{answer}");
    }
    let public = Options { host: "0.0.0.0".to_owned(), ..options(root.path()) };
    let error = Server::start(&public, |_| Rebuilt::default(), |_| {}).unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::InvalidInput, "{error}");
    let taken = Options { port: server.address().port(), ..options(root.path()) };
    let error = Server::start(&taken, |_| Rebuilt::default(), |_| {}).unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::AddrInUse, "{error}");
}

#[test]
fn a_save_reloads_and_a_broken_one_is_shown() {
    let root = site();
    let server = start(&root);
    let file = root.path().join("content/en/a.md");
    let edition = edition_of(&get(&server, "/en/a/"));
    let mut events = Events::listen(&server, &edition);
    assert_eq!(events.next().0, "fixed");

    save(&file, "second");
    events.wait_for("edition");
    assert!(get(&server, "/en/a/").ends_with("second"));

    save(&file, "broken");
    let problems = events.wait_for("problems");
    assert!(problems.contains("content/en/a.md:1:1"), "{problems}");
    let last_good = get(&server, "/en/a/");
    assert!(last_good.ends_with("second"));
    // A page opened now is told at once.
    assert_eq!(Events::listen(&server, &edition_of(&last_good)).next(), ("problems".to_owned(), problems));

    save(&file, "second");
    events.wait_for("fixed");
    save(&file, "panic");
    assert!(events.wait_for("problems").contains("stumbled"));
    save(&file, "third");
    events.wait_for("edition");
    assert!(get(&server, "/en/a/").ends_with("third"));
    server.stop();
}

#[test]
fn a_site_that_was_never_good() {
    let root = site();
    let file = root.path().join("content/en/a.md");
    save(&file, "broken");
    let server = start(&root);
    let page = get(&server, "/any/where/");
    assert!(page.starts_with("HTTP/1.1 503 ") && page.contains("no source “x” &lt;b>"), "{page}");
    let mut events = Events::listen(&server, &edition_of(&page));
    assert_eq!(events.next().0, "problems");
    save(&file, "good");
    events.wait_for("edition");
    assert!(get(&server, "/en/a/").ends_with("good"));
}

#[test]
fn folders_that_go_and_come_back() {
    let root = site();
    let server = start(&root);
    let content = root.path().join("content");
    fs::rename(&content, root.path().join("away")).unwrap();
    wait_for_text(&server, "/en/a/", "gone");
    fs::create_dir_all(content.join("en")).unwrap();
    fs::write(content.join("en/a.md"), "back").unwrap();
    wait_for_text(&server, "/en/a/", "back");
    fs::write(content.join("en/a.md"), "again").unwrap();
    wait_for_text(&server, "/en/a/", "again");
    fs::remove_dir_all(&content).unwrap();
    fs::create_dir_all(content.join("en")).unwrap();
    fs::write(content.join("en/a.md"), "at once").unwrap();
    wait_for_text(&server, "/en/a/", "at once");
    fs::write(content.join("en/a.md"), "last").unwrap();
    wait_for_text(&server, "/en/a/", "last");
}

#[test]
fn what_does_not_matter_is_not_built() {
    let root = site();
    let elsewhere = tempfile::tempdir().unwrap();
    let extra = fs::canonicalize(elsewhere.path()).unwrap().join("logo.svg");
    fs::write(&extra, "1").unwrap();
    let (folder, watched) = (root.path().to_path_buf(), extra.clone());
    let (sender, changes) = mpsc::channel();
    let rebuild = move |changed: &[PathBuf]| {
        sender.send(changed.to_vec()).unwrap();
        Rebuilt { watched: vec![watched.clone()], ..compile(&folder) }
    };
    let server = Server::start(&options(root.path()), rebuild, |_| {}).unwrap();
    assert!(changes.recv_timeout(DEADLINE).unwrap().is_empty(), "the first build is of everything");

    fs::create_dir(root.path().join("public")).unwrap();
    for noise in ["public/index.html", "README.md", ".book.toml.swp", "content/en/.#a.md", "content/en/a.md~"] {
        fs::write(root.path().join(noise), "x").unwrap();
    }
    let page = fs::canonicalize(root.path()).unwrap().join("content/en/a.md");
    save(&page, "second");
    assert_eq!(changes.recv_timeout(DEADLINE).unwrap(), [page]);
    fs::write(&extra, "2").unwrap();
    assert_eq!(changes.recv_timeout(DEADLINE).unwrap(), [extra]);
    server.stop();
}

/// A draft that takes pages in, and stumbles over some.
struct Jotter(String);

impl Draft for Jotter {
    fn take_in(&mut self, changed: &[PathBuf]) -> Option<Taken> {
        let text = fs::read_to_string(changed.first()?).ok()?;
        assert!(!text.contains("stumble"), "stumbled");
        if text.contains("whole") {
            return None;
        }
        self.0 = text;
        Some(Taken { problems: Vec::new(), summary: "taken in".to_owned() })
    }

    fn page(&self, path: &str) -> Option<String> {
        (path == "en/a/index.html").then(|| format!("<head></head>at once {}", self.0))
    }

    fn desk(&self, _: &str) -> Option<String> {
        Some("\"beside\"".to_owned())
    }
}

#[test]
fn a_page_is_shown_before_the_whole_is_built() {
    let root = site();
    let folder = root.path().to_path_buf();
    let (allow, allowed) = mpsc::channel::<()>();
    let rebuild = move |_: &[PathBuf]| {
        allowed.recv().unwrap();
        Rebuilt { draft: Some(Box::new(Jotter(String::new()))), ..compile(&folder) }
    };
    allow.send(()).unwrap();
    let server = Server::start(&options(root.path()), rebuild, |_| {}).unwrap();
    let file = fs::canonicalize(root.path()).unwrap().join("content/en/a.md");
    let shown = get(&server, "/en/a/");
    assert!(shown.ends_with("</head>first"), "{shown}");
    let mut events = Events::listen(&server, &edition_of(&shown));

    // No build is allowed to be done, and the page is there.
    save(&file, "second");
    events.wait_for("edition");
    assert!(get(&server, "/en/a/").ends_with("at once second"));
    assert!(get(&server, "/__sourcebook/desk?page=/en/a/").ends_with("\"beside\""));
    // The next one while the whole is built.
    std::thread::sleep(Duration::from_secs(1));
    save(&file, "third");
    wait_for_text(&server, "/en/a/", "at once third");
    // What is built meanwhile does not take it back.
    allow.send(()).unwrap();
    save(&file, "fourth");
    wait_for_text(&server, "/en/a/", "at once fourth");
    allow.send(()).unwrap();
    allow.send(()).unwrap();
    wait_for_text(&server, "/en/a/", "</head>fourth");

    // What it cannot take in, and what it stumbles over, the whole shows.
    for text in ["whole", "stumble"] {
        save(&file, text);
        allow.send(()).unwrap();
        wait_for_text(&server, "/en/a/", &format!("</head>{text}"));
    }
    drop(allow);
}
