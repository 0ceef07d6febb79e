//! HTTP: an edition in memory, shown to this computer only. Reads no file and knows no path outside the edition. Uses `media`, `site::edition`, the policy that hosts are told, and its sister modules only.
//!
//! A foreign website must not read the preview through the editor's browser: requests by another host name (DNS rebinding)
//! are refused, and so is whatever another site's page asks for by a script. There is no leave to do so in any answer.

use super::Options;
use super::live::{Current, EVENTS_PATH, Listener};
use super::page::{self, BESIDE, BESIDE_PATH, BESIDE_POLICY, FOLDER, SCRIPT_PATH};
use crate::media;
use crate::site::edition::Edition;
use crate::site::hosting::policy;
use crate::site::html::Html;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::header::{
    ALLOW, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HOST, LOCATION, ORIGIN, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri};
use axum::response::sse::{KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use tokio::sync::watch::Receiver;
use tokio_stream::StreamExt;
use tokio_stream::wrappers::WatchStream;

const HTML: &str = "text/html; charset=utf-8";
const TEXT: &str = "text/plain; charset=utf-8";
const JSON: &str = "application/json";

/// What an editor is told beside a page, or with no page named, of the site.
const DESK_PATH: &str = "/__sourcebook/desk";

/// What is shown where nothing is, at the root and in each language.
const MISSING: &str = "404.html";

/// What every answer knows.
#[derive(Clone)]
struct Preview {
    hosts: Arc<Hosts>,
    current: Receiver<Arc<Current>>,
    about: Arc<About>,
}

/// What scripts are told of the editor's computer, as attributes.
#[derive(Debug)]
struct About {
    root: String,
    editor: String,
}

/// What is needed to answer.
pub(super) struct Means<'a> {
    pub(super) address: SocketAddr,
    pub(super) options: &'a Options,
    pub(super) shown: Receiver<Arc<Current>>,
}

/// Begins to answer.
pub(super) fn spawn(runtime: &tokio::runtime::Runtime, listener: TcpListener, means: Means<'_>) -> io::Result<()> {
    listener.set_nonblocking(true)?;
    let _in_runtime = runtime.enter();
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let Options { root, editor, .. } = means.options;
    let root = root.canonicalize().unwrap_or_else(|_| root.clone());
    let about = About { root: root.to_string_lossy().replace('\\', "/"), editor: editor.clone().unwrap_or_default() };
    let hosts = Arc::new(Hosts::new(means.address));
    let preview = Preview { hosts, current: means.shown, about: Arc::new(about) };
    let router = Router::new().fallback(answer).with_state(preview);
    runtime.spawn(async move { axum::serve(listener, router).await });
    Ok(())
}

async fn answer(State(preview): State<Preview>, request: Request) -> Response {
    let (method, uri, headers) = (request.method(), request.uri(), request.headers());
    let mut response = if !preview.hosts.allow(uri, headers) {
        plain(StatusCode::FORBIDDEN, "This preview answers only to localhost.")
    } else if !preview.hosts.allow_origin(headers) {
        plain(StatusCode::FORBIDDEN, "This preview answers only to its own pages.")
    } else if method != Method::GET && method != Method::HEAD {
        let mut response = plain(StatusCode::METHOD_NOT_ALLOWED, "This preview can only be read.");
        response.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
        response
    } else if uri.path() == EVENTS_PATH {
        events(&preview, uri)
    } else {
        let current = preview.current.borrow().clone();
        show(&current, uri, &preview.about)
    };
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    // What a host would say: a page that breaks under it breaks here first. The preview itself may show pages side by side. The editor says its own.
    let said = if uri.path() == BESIDE_PATH { BESIDE_POLICY.to_owned() } else { policy::in_frames_of_its_own() };
    if !policy::is_of_editor(uri.path())
        && let Ok(policy) = HeaderValue::try_from(said)
    {
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
    headers.insert(HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin"));
    response
}

/// The names by which this computer may ask for the preview.
#[derive(Debug)]
struct Hosts(Vec<String>);

impl Hosts {
    fn new(address: SocketAddr) -> Self {
        let port = address.port();
        let own = SocketAddr::new(address.ip(), port).to_string();
        let mut hosts = vec![format!("localhost:{port}"), format!("127.0.0.1:{port}"), format!("[::1]:{port}"), own];
        if port == 80 {
            hosts.extend(["localhost", "127.0.0.1", "[::1]"].map(str::to_owned));
        }
        Self(hosts)
    }

    fn knows(&self, host: &str) -> bool {
        self.0.iter().any(|known| known.eq_ignore_ascii_case(host))
    }

    /// Whether a request names one of them, and nothing else.
    fn allow(&self, uri: &Uri, headers: &HeaderMap) -> bool {
        let mut hosts = headers.get_all(HOST).iter();
        let (Some(host), None) = (hosts.next(), hosts.next()) else { return false };
        host.to_str().is_ok_and(|host| self.knows(host))
            && uri.authority().is_none_or(|authority| self.knows(authority.as_str()))
    }

    /// Whether the page that asks, if it says which it is, is one of ours.
    fn allow_origin(&self, headers: &HeaderMap) -> bool {
        headers.get_all(ORIGIN).iter().all(|origin| {
            origin.to_str().ok().and_then(|origin| origin.strip_prefix("http://")).is_some_and(|host| self.knows(host))
        })
    }
}

fn events(preview: &Preview, uri: &Uri) -> Response {
    let edition = uri.query().and_then(|query| query.strip_prefix("edition=")).unwrap_or_default();
    let mut listener = Listener::new(edition);
    let events = WatchStream::new(preview.current.clone())
        .filter_map(move |current| listener.next_event(&current))
        .map(Ok::<_, std::convert::Infallible>);
    Sse::new(events).keep_alive(KeepAlive::default()).into_response()
}

fn show(current: &Current, uri: &Uri, about: &About) -> Response {
    if uri.path().starts_with(FOLDER) {
        return own(current, uri);
    }
    let Some(edition) = &current.edition else {
        return reply(
            StatusCode::SERVICE_UNAVAILABLE,
            HTML,
            with_script(waiting_page(&current.text).as_bytes(), current, about),
        );
    };
    match find(edition, uri.path()) {
        // What is typed into the editor must not be lost when the site is built anew.
        Found::File(path, bytes) if policy::is_of_editor(uri.path()) => {
            reply(StatusCode::OK, &content_type(&path), Bytes::from_owner(bytes.clone()))
        }
        Found::File(path, bytes) => {
            let ahead = if content_type(&path) == HTML { current.page(&path) } else { None };
            file(StatusCode::OK, (&path, ahead.as_ref().unwrap_or(bytes)), current, about)
        }
        Found::Folder => {
            let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
            let mut response = plain(StatusCode::PERMANENT_REDIRECT, "This page's address ends in /.");
            match HeaderValue::try_from(format!("{}/{query}", uri.path())) {
                Ok(location) => response.headers_mut().insert(LOCATION, location),
                Err(_) => return plain(StatusCode::NOT_FOUND, "Not found."),
            };
            response
        }
        Found::Nothing => match nearest_missing(edition, uri.path()) {
            Some(bytes) => file(StatusCode::NOT_FOUND, (MISSING, bytes), current, about),
            None => plain(StatusCode::NOT_FOUND, "Not found."),
        },
    }
}

/// What is the preview's own.
fn own(current: &Current, uri: &Uri) -> Response {
    match uri.path() {
        BESIDE_PATH => reply(StatusCode::OK, HTML, BESIDE),
        DESK_PATH => {
            let asked = uri.query().and_then(|query| query.strip_prefix("page="));
            let Some(asked) = asked else { return reply(StatusCode::OK, JSON, current.desk.site.clone()) };
            let edition = current.edition.as_ref();
            let found = decode(asked).and_then(|address| match find(edition?, &address) {
                Found::File(path, _) => current.desk_of(&path).or_else(|| current.desk.pages.get(&path).cloned()),
                _ => None,
            });
            // A page that is made of records has no desk of its own.
            reply(StatusCode::OK, JSON, found.unwrap_or_else(|| "null".to_owned()))
        }
        path => match page::script(path) {
            Some(script) => reply(StatusCode::OK, "text/javascript; charset=utf-8", script),
            None => plain(StatusCode::NOT_FOUND, "Not found."),
        },
    }
}

/// What lies at an address.
#[derive(Debug, PartialEq, Eq)]
enum Found<'a> {
    File(String, &'a Arc<[u8]>),
    /// A page asked for without the `/` at the end of its address.
    Folder,
    Nothing,
}

/// The page that says in the language of the address that nothing is there, or else the one for all.
fn nearest_missing<'a>(edition: &'a Edition, address: &str) -> Option<&'a Arc<[u8]>> {
    let top = address.trim_start_matches('/').split('/').next().unwrap_or_default();
    edition.get(&format!("{top}/{MISSING}")).or_else(|| edition.get(MISSING))
}

fn find<'a>(edition: &'a Edition, address: &str) -> Found<'a> {
    let Some(path) = address.strip_prefix('/').and_then(decode) else { return Found::Nothing };
    let is_folder = path.is_empty() || path.ends_with('/');
    let file = if is_folder { format!("{path}index.html") } else { path.clone() };
    match edition.get(&file) {
        Some(bytes) => Found::File(file, bytes),
        None if !is_folder && edition.get(&format!("{path}/index.html")).is_some() => Found::Folder,
        None => Found::Nothing,
    }
}

/// Undoes percent-encoding; `None` where it is broken.
fn decode(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let mut digit = || rest.next().and_then(|digit| char::from(digit).to_digit(16));
            let value = digit()? * 16 + digit()?;
            bytes.push(u8::try_from(value).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

fn file(status: StatusCode, (path, bytes): (&str, &Arc<[u8]>), current: &Current, about: &About) -> Response {
    let kind = content_type(path);
    if kind == HTML {
        reply(status, &kind, with_script(bytes, current, about))
    } else {
        reply(status, &kind, Bytes::from_owner(bytes.clone()))
    }
}

/// The kind of a file, with the letters that texts are written in.
fn content_type(path: &str) -> String {
    let kind = media::of(path);
    if kind.starts_with("text/") { format!("{kind}; charset=utf-8") } else { kind.to_owned() }
}

/// The page with the script that keeps it up to date. Nothing else is changed.
fn with_script(page: &[u8], current: &Current, about: &About) -> Vec<u8> {
    let mut script = Html::new();
    let attributes = [
        ("type", "module"),
        ("src", SCRIPT_PATH),
        ("data-edition", &*current.id),
        ("data-look", &*current.look),
        ("data-root", &*about.root),
        ("data-editor", &*about.editor),
    ];
    script.element("script", &attributes, "");
    let script = script.as_str();
    let end_of_head = b"</head>";
    let at = page.windows(end_of_head.len()).position(|tag| tag.eq_ignore_ascii_case(end_of_head));
    let (before, after) = page.split_at(at.unwrap_or(page.len()));
    [before, script.as_bytes(), after].concat()
}

/// What is shown while there has never been a good edition.
fn waiting_page(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>No preview yet</title>\
         <meta name=\"viewport\" content=\"width=device-width\"></head><body><h1>No preview yet</h1>\
         <p>This page reloads by itself when the site can be built.</p><pre dir=\"auto\">{text}</pre></body></html>\n"
    )
}

fn plain(status: StatusCode, text: &'static str) -> Response {
    reply(status, TEXT, text)
}

fn reply(status: StatusCode, kind: &str, body: impl Into<Body>) -> Response {
    // The kinds that `media` knows are all plain letters.
    let kind = HeaderValue::from_str(kind).unwrap_or(HeaderValue::from_static(TEXT));
    (status, [(CONTENT_TYPE, kind)], body.into()).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::edition::OutPath;

    fn edition(paths: &[&str]) -> Edition {
        let mut edition = Edition::default();
        for path in paths {
            edition.add(OutPath::parse(path).unwrap(), path.as_bytes());
        }
        edition
    }

    #[test]
    fn addresses() {
        let edition = edition(&["index.html", "en/a/index.html", "en/feed.xml", "_headers"]);
        let found = |address| match find(&edition, address) {
            Found::File(path, _) => path,
            Found::Folder => "redirect".to_owned(),
            Found::Nothing => "nothing".to_owned(),
        };
        assert_eq!(found("/"), "index.html");
        assert_eq!(found("/en/a/"), "en/a/index.html");
        assert_eq!(found("/en/a"), "redirect");
        assert_eq!(found("/en/%61/"), "en/a/index.html");
        assert_eq!(found("/en/feed.xml"), "en/feed.xml");
        for address in
            ["/en", "/en/", "/x", "//en/a", "/../index.html", "/en/%2e%2e/index.html", "/%", "/%f", "/%ff", "*"]
        {
            assert_eq!(found(address), "nothing", "{address}");
        }
    }

    #[test]
    fn what_is_missing_is_told_in_the_language_of_its_address() {
        let edition = edition(&["404.html", "he/404.html"]);
        let shown = |address| String::from_utf8(nearest_missing(&edition, address).unwrap().to_vec()).unwrap();
        for (address, page) in
            [("/he/a/b/", "he/404.html"), ("/he", "he/404.html"), ("/x/he/", "404.html"), ("/", "404.html")]
        {
            assert_eq!(shown(address), page, "{address}");
        }
    }

    #[test]
    fn hosts() {
        let hosts = Hosts::new("127.0.0.1:3000".parse().unwrap());
        let with = |name: HeaderName, values: &[&str]| {
            let mut headers = HeaderMap::new();
            for value in values {
                headers.append(&name, HeaderValue::from_str(value).unwrap());
            }
            headers
        };
        let uri = Uri::from_static("/");
        for good in ["localhost:3000", "LOCALHOST:3000", "127.0.0.1:3000", "[::1]:3000"] {
            assert!(hosts.allow(&uri, &with(HOST, &[good])), "{good}");
        }
        for bad in ["localhost", "localhost:3001", "evil.example:3000", "localhost:3000.evil.example", ""] {
            assert!(!hosts.allow(&uri, &with(HOST, &[bad])), "{bad}");
        }
        assert!(!hosts.allow(&uri, &with(HOST, &[])));
        assert!(!hosts.allow(&uri, &with(HOST, &["localhost:3000", "evil.example"])));
        assert!(!hosts.allow(&Uri::from_static("http://evil.example/"), &with(HOST, &["localhost:3000"])));

        assert!(hosts.allow_origin(&with(ORIGIN, &[])));
        assert!(hosts.allow_origin(&with(ORIGIN, &["http://localhost:3000"])));
        for bad in ["null", "http://evil.example", "https://localhost:3000", "http://localhost:8000"] {
            assert!(!hosts.allow_origin(&with(ORIGIN, &[bad])), "{bad}");
        }
    }

    #[test]
    fn content_types() {
        assert_eq!(content_type("a/index.html"), HTML);
        assert_eq!(content_type("robots.txt"), TEXT);
        assert_eq!(content_type("a.b/data.JSON"), "application/json");
    }

    #[test]
    fn the_script_goes_into_the_head() {
        let about = About { root: "/home/\"a\"".to_owned(), editor: "zed://{path}".to_owned() };
        let mut current = Current::nothing_yet();
        (current.id, current.look) = ("7-1".into(), "ab".into());
        let page = |text: &str| String::from_utf8(with_script(text.as_bytes(), &current, &about)).unwrap();
        let script = "<script type=\"module\" src=\"/__sourcebook/live.js\" data-edition=\"7-1\" data-look=\"ab\" \
                      data-root=\"/home/&quot;a&quot;\" data-editor=\"zed://{path}\"></script>";
        assert_eq!(page("<head>א</HEAD><body>"), format!("<head>א{script}</HEAD><body>"));
        assert_eq!(page("no head"), format!("no head{script}"));
        assert_eq!(page(""), script);
    }
}
