//! A host on this machine that answers as hosts elsewhere do: well, badly, slowly, endlessly, or not at all. It writes down what it was asked.

use rustls::{ServerConfig, ServerConnection, StreamOwned};
use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// What a page does when it is asked.
#[derive(Clone)]
pub enum Page {
    /// Answers with this head, and with nothing more.
    Head(&'static str),
    /// Answers with this head, in which `{host}` is the host itself.
    Here(&'static str),
    /// The first head for HEAD, the second for GET.
    Either(&'static str, &'static str),
    /// These heads one after the other, and the last for ever.
    InTurn(&'static [&'static str]),
    /// A head that a test made.
    Made(Arc<dyn Fn() -> String + Send + Sync>),
    /// Takes the question and never answers.
    Silence,
    /// Sends one byte of the head at a time, and never the last.
    Drip,
    /// Answers a GET well, and sends a body without end.
    Endless,
    /// Begins to answer and breaks off.
    BreakOff,
    /// Answers a GET well, promises a body, sends the beginning of it and breaks off.
    BreakOffLater,
}

/// What a host was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    pub method: String,
    pub path: String,
    pub fields: BTreeMap<String, String>,
}

/// Counts the questions that are open at all hosts together.
#[derive(Default)]
pub struct Crowd {
    now: AtomicUsize,
    most: AtomicUsize,
}

impl Crowd {
    /// As many were open at the same time at most.
    pub fn most(&self) -> usize {
        self.most.load(Ordering::SeqCst)
    }
}

/// A host that answers as long as it lives.
pub struct Host {
    address: String,
    scheme: &'static str,
    state: Arc<State>,
}

struct State {
    pages: BTreeMap<&'static str, Page>,
    asked: Mutex<Vec<Asked>>,
    own: Crowd,
    crowd: Arc<Crowd>,
    is_over: AtomicBool,
    tls: Option<Arc<ServerConfig>>,
}

impl Host {
    pub fn new(pages: &[(&'static str, Page)]) -> Self {
        Self::among(pages, &Arc::default())
    }

    /// A host that counts its questions among those of others.
    pub fn among(pages: &[(&'static str, Page)], crowd: &Arc<Crowd>) -> Self {
        Self::start(pages, crowd, None)
    }

    /// A host that speaks TLS.
    pub fn secret(pages: &[(&'static str, Page)], tls: ServerConfig) -> Self {
        Self::start(pages, &Arc::default(), Some(Arc::new(tls)))
    }

    fn start(pages: &[(&'static str, Page)], crowd: &Arc<Crowd>, tls: Option<Arc<ServerConfig>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let scheme = if tls.is_some() { "https" } else { "http" };
        let state = Arc::new(State {
            pages: pages.iter().cloned().collect(),
            asked: Mutex::default(),
            own: Crowd::default(),
            crowd: Arc::clone(crowd),
            is_over: AtomicBool::new(false),
            tls,
        });
        let host = Self { address: listener.local_addr().unwrap().to_string(), scheme, state: Arc::clone(&state) };
        thread::spawn(move || {
            for stream in listener.incoming() {
                if state.is_over.load(Ordering::SeqCst) {
                    return;
                }
                let state = Arc::clone(&state);
                // A visitor that has heard enough goes away in the middle: that is no failure of the test.
                thread::spawn(move || stream.and_then(|stream| state.serve(stream)));
            }
        });
        host
    }

    /// The address of a page.
    pub fn url(&self, path: &str) -> String {
        format!("{}://{}{path}", self.scheme, self.address)
    }

    /// Everything that was asked, in order: "HEAD /a".
    pub fn asked(&self) -> Vec<String> {
        self.questions().iter().map(|asked| format!("{} {}", asked.method, asked.path)).collect()
    }

    /// Everything that was asked, whole.
    pub fn questions(&self) -> Vec<Asked> {
        self.state.asked.lock().unwrap().clone()
    }

    /// As many questions were open here at the same time at most.
    pub fn most(&self) -> usize {
        self.state.own.most()
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        self.state.is_over.store(true, Ordering::SeqCst);
        // Wakes the listener, so that it sees that it is over.
        let _ = TcpStream::connect(&self.address);
    }
}

impl State {
    fn serve(&self, stream: TcpStream) -> std::io::Result<()> {
        let local = stream.local_addr()?.to_string();
        match &self.tls {
            None => self.answer(stream, &local),
            Some(tls) => {
                let connection = ServerConnection::new(Arc::clone(tls)).unwrap();
                self.answer(StreamOwned::new(connection, stream), &local)
            }
        }
    }

    fn answer(&self, mut stream: impl Read + Write, local: &str) -> std::io::Result<()> {
        let Ok(asked) = read_question(&mut stream) else {
            return stream.write_all(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
        };
        let earlier = {
            let mut all = self.asked.lock().unwrap();
            let earlier = all.iter().filter(|other| other.path == asked.path && other.method == asked.method).count();
            all.push(asked.clone());
            earlier
        };
        for crowd in [&self.own, &*self.crowd] {
            let now = crowd.now.fetch_add(1, Ordering::SeqCst) + 1;
            crowd.most.fetch_max(now, Ordering::SeqCst);
        }
        let page = self.pages.get(asked.path.split('?').next().unwrap()).cloned();
        let head = |head: &str| format!("HTTP/1.1 {head}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        let answer = match &page {
            None => Some(head("404 Not Found")),
            Some(Page::Head(text)) => Some(head(text)),
            Some(Page::Here(text)) => Some(head(&text.replace("{host}", local))),
            Some(Page::Either(one, other)) => Some(head(if asked.method == "HEAD" { one } else { other })),
            Some(Page::InTurn(heads)) => Some(head(heads[earlier.min(heads.len() - 1)])),
            Some(Page::Made(make)) => Some(make()),
            Some(Page::Endless | Page::BreakOffLater) if asked.method == "HEAD" => Some(head("405 Method Not Allowed")),
            Some(_) => None,
        };
        // Long enough for two visitors to meet, were there two.
        thread::sleep(Duration::from_millis(5));
        for crowd in [&self.own, &*self.crowd] {
            crowd.now.fetch_sub(1, Ordering::SeqCst);
        }
        if let Some(answer) = answer {
            stream.write_all(answer.as_bytes())?;
            return stream.flush();
        }
        self.misbehave(stream, page.as_ref())
    }

    fn misbehave(&self, mut stream: impl Read + Write, page: Option<&Page>) -> std::io::Result<()> {
        let is_over = || self.is_over.load(Ordering::SeqCst);
        match page {
            Some(Page::Drip) => {
                stream.write_all(b"HTTP/1.1 200 OK\r\nX-Drip: ")?;
                while !is_over() {
                    stream.write_all(b".")?;
                    stream.flush()?;
                    thread::sleep(Duration::from_millis(10));
                }
            }
            Some(Page::Endless) => {
                stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")?;
                while !is_over() {
                    stream.write_all(&[b'x'; 4096])?;
                }
            }
            Some(Page::BreakOff) => stream.write_all(b"HTTP/1.1 200 O")?,
            Some(Page::BreakOffLater) => {
                stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nBut then")?;
            }
            _ => {
                while !is_over() {
                    thread::sleep(Duration::from_millis(10));
                }
            }
        }
        Ok(())
    }
}

fn read_question(stream: &mut impl Read) -> std::io::Result<Asked> {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte)?;
        head.push(byte[0]);
        if !head[0].is_ascii_alphabetic() {
            // Somebody speaks TLS to a host that does not.
            return Err(std::io::ErrorKind::InvalidData.into());
        }
    }
    let Ok(head) = String::from_utf8(head) else { return Err(std::io::ErrorKind::InvalidData.into()) };
    let mut lines = head.lines();
    let mut first = lines.next().unwrap().split(' ');
    let (method, path) = (first.next().unwrap().to_owned(), first.next().unwrap().to_owned());
    let fields = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
        .collect();
    Ok(Asked { method, path, fields })
}
