//! `check --external` against hosts on this machine that behave as hosts do. No other host is asked, and nothing here depends on how fast anything is:
//! what takes time in life takes none or a moment here.

mod run;

use crate::server::{Crowd, Host, Page};
use crate::support::Site;
use rcgen::{CertificateParams, CertifiedIssuer, KeyPair, date_time_ymd};
use rustls::ServerConfig;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use sourcebook::book::addresses::addresses;
use sourcebook::book::{self, LinkOptions};
use sourcebook::external::{Client, Manners, Report, Trust, visit_all};
use sourcebook::links::{Detour, Distrust, Finding, State};
use sourcebook::{manuscript, workspace};
use std::collections::BTreeMap;
use std::fs;
use std::net::TcpListener;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

fn hasty() -> Manners {
    Manners {
        at_once: 8,
        pause: Duration::ZERO,
        time_out: Duration::from_secs(60),
        retries: 2,
        retry_pause: Duration::ZERO,
        patience: Duration::from_secs(120),
    }
}

fn client() -> Client {
    Client::new(Some("https://example.org/explainer/"), Trust::Mozilla)
}

/// Visits addresses; what was found, by address, and how many were put off.
fn visit_with(client: &Client, manners: &Manners, addresses: &[String]) -> (BTreeMap<String, Finding>, usize) {
    let mut found = BTreeMap::new();
    let mut put_off = 0;
    visit_all(addresses.iter().cloned(), client, manners, &mut |report| {
        match report {
            Report::Visited { address, finding } => {
                assert_eq!(found.insert(address.clone(), finding), None, "{address} was reported twice");
            }
            Report::PutOff => put_off += 1,
            Report::Idle => {}
        }
        ControlFlow::Continue(())
    });
    (found, put_off)
}

/// Visits one address of a host.
fn visit(host: &Host, path: &str, manners: &Manners) -> Finding {
    let url = host.url(path);
    let (mut found, _) = visit_with(&client(), manners, std::slice::from_ref(&url));
    found.remove(&url).expect("nothing was found")
}

fn state(host: &Host, path: &str) -> State {
    visit(host, path, &hasty()).state
}

#[test]
fn every_address_of_a_site_is_visited() {
    let site = Site::base();
    let book = fs::read_to_string(site.root().join("book.toml")).unwrap();
    site.put("book.toml", book + "\n[external]\nskip = [\"https://www.un.org/\", \"https://example.org/private/\"]\n");
    let record = "  type: webpage\n  lang: en\n  title: A page\n  kind: un\n  checked: stored-page\n";
    let sources = [
        "  url: https://example.org/a#part\n  doi: 10.1000/a#b?c%d\n",
        "  url: https://doi.org/10.1000/b\n  doi: 10.1000/b\n",
        "  url: https://example.org/c\n  url-status: usurped\n  archive: [{url: https://example.org/copy-of-c}]\n",
        "  url: https://example.org/d\n  url-status: dead\n  retracted: {url: https://example.org/taken-back}\n",
        "  url: https://example.org/private/e\n",
    ];
    let sources = sources.iter().zip('a'..).map(|(fields, id)| format!("{id}:\n{record}{fields}"));
    site.put("content/sources/more.yaml", sources.collect::<String>());
    let page = "[One](https://example.org/a), [two](HTTP://example.org/two), [write](mailto:a@example.org), [home](../index.md).\n";
    let draft =
        "---\ntitle: Draft\nstatus: draft\nsummary: \"[Three](https://example.org/three) [@udhr-1948].\"\n---\n";
    site.put("content/en/documents/draft.md", format!("{draft}{page}"));
    let (workspace, _) = workspace::load(&site.root()).unwrap();
    let (manuscript, _) = manuscript::parse_workspace(&workspace);
    let workspace::Workspace { files, config, images, .. } = workspace;
    let options = LinkOptions { drafts: true, ..LinkOptions::default() };
    let (book, _) = book::link(files, config, images, manuscript, options);
    let found: Vec<String> = addresses(&book).into_iter().map(|address| address.url).collect();
    assert_eq!(
        found,
        [
            "https://example.org/a",
            "https://doi.org/10.1000/a%23b%3Fc%25d",
            "https://doi.org/10.1000/b",
            "https://example.org/copy-of-c",
            "https://example.org/d",
            "https://example.org/taken-back",
            "https://example.org/three",
            "https://example.org/a",
            "HTTP://example.org/two",
        ]
    );
}

#[test]
fn a_page_that_is_there_is_alive() {
    let host = Host::new(&[
        ("/well", Page::Head("200 OK")),
        ("/no-head", Page::Either("405 Method Not Allowed", "206 Partial Content")),
        ("/lies", Page::Either("404 Not Found", "200 OK")),
        ("/endless", Page::Endless),
        ("/breaks", Page::BreakOffLater),
    ]);
    for path in ["/well", "/no-head", "/lies", "/endless", "/breaks"] {
        assert_eq!(state(&host, path), State::Alive, "{path}");
    }
    assert_eq!(
        host.asked(),
        [
            "HEAD /well",
            "HEAD /no-head",
            "GET /no-head",
            "HEAD /lies",
            "GET /lies",
            "HEAD /endless",
            "GET /endless",
            "HEAD /breaks",
            "GET /breaks"
        ]
    );
}

#[test]
fn the_visitor_says_who_it_is_and_asks_for_little() {
    let host = Host::new(&[("/", Page::Either("501 Not Implemented", "200 OK"))]);
    state(&host, "/");
    let questions = host.questions();
    for question in &questions {
        let version = env!("CARGO_PKG_VERSION");
        let expected = format!("Sourcebook/{version} (link check; +https://example.org/explainer/)");
        assert_eq!(question.fields["user-agent"], expected);
        assert_eq!(question.fields.get("cookie"), None);
    }
    assert_eq!(questions[0].fields.get("range"), None);
    assert_eq!(questions[1].fields["range"], "bytes=0-1023");
}

#[test]
fn a_page_that_is_gone_is_gone() {
    let host = Host::new(&[("/gone", Page::Head("410 Gone")), ("/login", Page::Head("403 Forbidden"))]);
    assert_eq!(state(&host, "/missing"), State::Gone(404));
    assert_eq!(state(&host, "/gone"), State::Gone(410));
    assert_eq!(state(&host, "/login"), State::Refused(403));
}

#[test]
fn redirects_are_followed_to_their_end() {
    let host = Host::new(&[
        ("/a", Page::Head("301 Moved Permanently\r\nLocation: /b")),
        ("/b", Page::Here("308 Permanent Redirect\r\nLocation: http://{host}/c")),
        ("/c", Page::Head("302 Found\r\nLocation: /d?session=1")),
        ("/d", Page::Head("200 OK")),
        ("/round", Page::Head("302 Found\r\nLocation: /and-round")),
        ("/and-round", Page::Head("302 Found\r\nLocation: /round")),
        ("/script", Page::Head("301 Moved Permanently\r\nLocation: javascript:alert(1)")),
        ("/file", Page::Head("302 Found\r\nLocation: file:///etc/passwd")),
        ("/lost", Page::Head("301 Moved Permanently\r\nLocation: /nowhere")),
    ]);
    let finding = visit(&host, "/a", &hasty());
    assert_eq!(finding.state, State::Moved { to: host.url("/c") });
    assert_eq!(finding.ends_at, Some(host.url("/d?session=1")));
    assert_eq!(state(&host, "/round"), State::Astray(Detour::Loop));
    assert_eq!(state(&host, "/script"), State::Astray(Detour::NotWeb));
    assert_eq!(state(&host, "/file"), State::Astray(Detour::NotWeb));
    assert_eq!(state(&host, "/lost"), State::Gone(404));
}

#[test]
fn a_host_that_is_busy_is_asked_again_when_it_says() {
    let in_a_moment = Page::Made(Arc::new({
        let asked = std::sync::atomic::AtomicUsize::new(0);
        move || {
            let first = asked.fetch_add(1, std::sync::atomic::Ordering::SeqCst) == 0;
            // A date that has just passed asks for patience until now.
            let date = httpdate::fmt_http_date(SystemTime::now() - Duration::from_secs(1));
            let head =
                if first { format!("429 Too Many Requests\r\nRetry-After: {date}") } else { "200 OK".to_owned() };
            format!("HTTP/1.1 {head}\r\nContent-Length: 0\r\n\r\n")
        }
    }));
    let host = Host::new(&[
        ("/seconds", Page::InTurn(&["429 Too Many Requests\r\nRetry-After: 0", "200 OK"])),
        ("/date", in_a_moment),
        ("/no-word", Page::InTurn(&["429 Too Many Requests", "503 Service Unavailable\r\nRetry-After: 0", "200 OK"])),
        ("/always", Page::Head("503 Service Unavailable")),
        ("/fails", Page::InTurn(&["500 Internal Server Error", "500 Internal Server Error", "200 OK"])),
        ("/fails-thrice", Page::Head("500 Internal Server Error")),
    ]);
    for path in ["/seconds", "/date", "/no-word", "/fails"] {
        assert_eq!(state(&host, path), State::Alive, "{path}");
    }
    assert_eq!(state(&host, "/always"), State::Busy(503));
    assert_eq!(state(&host, "/fails-thrice"), State::Failed(500));
    let thrice: Vec<String> = host.asked().into_iter().filter(|asked| asked.ends_with("/fails-thrice")).collect();
    assert_eq!(thrice, ["HEAD /fails-thrice", "GET /fails-thrice", "GET /fails-thrice", "GET /fails-thrice"]);
}

#[test]
fn a_host_that_wants_to_be_left_alone_is_left_alone() {
    let page = Page::Head("429 Too Many Requests\r\nRetry-After: 86400");
    let (angry, calm) = (Host::new(&[("/1", page)]), Host::new(&[("/1", Page::Head("200 OK"))]));
    let addresses = [angry.url("/1"), angry.url("/2"), angry.url("/3"), calm.url("/1")];
    let (found, put_off) = visit_with(&client(), &hasty(), &addresses);
    assert_eq!(found[&addresses[0]].state, State::Busy(429));
    assert_eq!(found[&addresses[3]].state, State::Alive);
    assert_eq!((found.len(), put_off), (2, 2));
    assert_eq!(angry.asked(), ["HEAD /1"]);
}

#[test]
fn a_host_that_does_not_answer_is_not_waited_for() {
    let host = Host::new(&[("/silent", Page::Silence), ("/drip", Page::Drip), ("/breaks-off", Page::BreakOff)]);
    let manners = Manners { time_out: Duration::from_millis(100), retries: 0, ..hasty() };
    assert_eq!(visit(&host, "/silent", &manners).state, State::TimedOut);
    assert_eq!(visit(&host, "/drip", &manners).state, State::TimedOut);
    assert_eq!(state(&host, "/breaks-off"), State::Closed);
    // Nobody listens at a port that was free a moment ago.
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let url = format!("http://{nobody}/");
    let (found, _) = visit_with(&client(), &hasty(), std::slice::from_ref(&url));
    assert_eq!(found[&url].state, State::Closed);
}

#[test]
fn a_host_that_is_down_is_not_asked_for_every_page() {
    let paths = ["/1", "/2", "/3", "/4", "/5", "/6", "/7", "/8", "/9"];
    let host = Host::new(&paths.map(|path| (path, Page::BreakOff)));
    let addresses = paths.map(|path| host.url(path));
    let (found, _) = visit_with(&client(), &Manners { retries: 0, ..hasty() }, &addresses);
    assert_eq!(found.len(), 9);
    assert!(found.values().all(|finding| finding.state == State::Closed), "{found:?}");
    assert_eq!(host.asked(), ["HEAD /1", "GET /1", "HEAD /2", "GET /2", "HEAD /3", "GET /3"]);
}

#[test]
fn a_host_that_nobody_knows_is_unknown() {
    let addresses = ["https://no-such-host.invalid/a".to_owned(), "https://no-such-host.invalid/b".to_owned()];
    let (found, _) = visit_with(&client(), &hasty(), &addresses);
    assert!(found.values().all(|finding| finding.state == State::NoSuchHost), "{found:?}");
    assert_eq!(found.len(), 2);
}

/// A host's certificate, made by an authority of the test's own, whose certificate in PEM is returned, too.
fn certificate(name: &str, is_expired: bool) -> (ServerConfig, String) {
    let mut authority = CertificateParams::new(Vec::new()).unwrap();
    authority.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    let issuer = CertifiedIssuer::self_signed(authority, KeyPair::generate().unwrap()).unwrap();
    let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
    if is_expired {
        params.not_after = date_time_ymd(2001, 1, 1);
    }
    let key = KeyPair::generate().unwrap();
    let leaf = params.signed_by(&key, &issuer).unwrap();
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![leaf.der().clone()], key)
        .unwrap();
    (config, issuer.pem())
}

#[test]
fn a_host_must_prove_who_it_is() {
    let well = [("/", Page::Head("200 OK"))];
    let visit = |name: &str, is_expired: bool, trusts: bool| {
        let (config, authority) = certificate(name, is_expired);
        let host = Host::secret(&well, config);
        let trust = if trusts { Trust::from_pem(authority.as_bytes()).unwrap() } else { Trust::Mozilla };
        let url = host.url("/");
        visit_with(&Client::new(None, trust), &hasty(), std::slice::from_ref(&url)).0.remove(&url).unwrap().state
    };
    assert_eq!(visit("127.0.0.1", false, true), State::Alive);
    assert_eq!(visit("127.0.0.1", false, false), State::Untrusted(Distrust::UnknownIssuer));
    assert_eq!(visit("127.0.0.1", true, true), State::Untrusted(Distrust::Expired));
    assert_eq!(visit("example.org", false, true), State::Untrusted(Distrust::WrongName));
    // A host that speaks no TLS at all.
    let plain = Host::new(&well);
    let url = plain.url("/").replace("http://", "https://");
    let (found, _) = visit_with(&client(), &hasty(), std::slice::from_ref(&url));
    assert!(matches!(found[&url].state, State::Untrusted(Distrust::Handshake) | State::Closed), "{found:?}");
}

#[test]
fn few_are_visited_at_once_and_each_host_by_one() {
    let crowd = Arc::new(Crowd::default());
    let pages: Vec<(&'static str, Page)> = ["/1", "/2", "/3", "/4"].map(|path| (path, Page::Head("200 OK"))).into();
    let hosts: Vec<Host> = (0..6).map(|_| Host::among(&pages, &crowd)).collect();
    let addresses: Vec<String> = hosts.iter().flat_map(|host| pages.iter().map(|(path, _)| host.url(path))).collect();
    let (found, _) = visit_with(&client(), &Manners { at_once: 3, ..hasty() }, &addresses);
    assert_eq!(found.len(), 24);
    assert!(found.values().all(|finding| finding.state == State::Alive));
    assert!(crowd.most() <= 3, "{} at once", crowd.most());
    for host in &hosts {
        assert_eq!(host.most(), 1);
        assert_eq!(host.asked(), ["HEAD /1", "HEAD /2", "HEAD /3", "HEAD /4"]);
    }
}

#[test]
fn a_run_can_be_broken_off() {
    let host = Host::new(&[("/1", Page::Head("200 OK")), ("/2", Page::Head("200 OK")), ("/3", Page::Head("200 OK"))]);
    let addresses = ["/1", "/2", "/3"].map(|path| host.url(path));
    let mut seen = 0;
    let manners = Manners { pause: Duration::from_secs(3600), ..hasty() };
    visit_all(addresses, &client(), &manners, &mut |report| {
        seen += usize::from(report != Report::Idle);
        ControlFlow::Break(())
    });
    // The pause of an hour is not waited for.
    assert!(seen <= 1 && host.asked().len() <= 1);
}
