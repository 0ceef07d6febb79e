//! `sourcebook serve` as a reader meets it: the program on a port of its own, over real files. Nothing is timed: what is to come is waited for, with one generous limit.

use crate::support::Site;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// So long may anything take, on a machine that is busy with something else.
pub const LIMIT: Duration = Duration::from_secs(240);

/// A preview that runs. It ends with the value.
pub struct Preview {
    program: Child,
    address: SocketAddr,
    said: Arc<Mutex<Vec<String>>>,
    lines: Receiver<String>,
}

/// What was answered.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    /// The head, in small letters.
    pub head: String,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

impl Preview {
    pub fn start(site: &Site) -> Self {
        Self::with(site, |_| {})
    }

    /// A preview by a command that was given more.
    pub fn with(site: &Site, more: impl FnOnce(&mut Command)) -> Self {
        let program = std::env::var("SOURCEBOOK").unwrap_or_else(|_| env!("CARGO_BIN_EXE_sourcebook").to_owned());
        let mut command = Command::new(program);
        command.args(["serve", "--port", "0", "--root"]).arg(site.root()).current_dir(site.beside(""));
        more(&mut command);
        let mut program = command.stdin(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let said: Arc<Mutex<Vec<String>>> = Arc::default();
        let (sender, lines) = mpsc::channel();
        let (stderr, heard) = (program.stderr.take().unwrap(), Arc::clone(&said));
        thread::spawn(move || {
            for line in BufReader::new(stderr).lines().map_while(Result::ok) {
                heard.lock().unwrap().push(line.clone());
                let _ = sender.send(line);
            }
        });
        let mut preview = Self { program, address: SocketAddr::from(([127, 0, 0, 1], 0)), said, lines };
        let line = preview.wait_for_line("preview at http://");
        let address = line.trim_start_matches("preview at http://").trim_end_matches('/');
        preview.address = address.parse().unwrap();
        preview
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    pub fn process(&self) -> u32 {
        self.program.id()
    }

    /// All that it has said so far.
    pub fn said(&self) -> String {
        self.said.lock().unwrap().join("\n")
    }

    /// Waits until it says something that it had not said when it was last waited for.
    pub fn wait_for_line(&self, part: &str) -> String {
        let began = Instant::now();
        loop {
            match self.lines.recv_timeout(LIMIT.saturating_sub(began.elapsed())) {
                Ok(line) if line.contains(part) => return line,
                Ok(_) => {}
                Err(RecvTimeoutError::Timeout) => panic!("{part:?} was not said:\n{}", self.said()),
                Err(RecvTimeoutError::Disconnected) => panic!("it ended:\n{}", self.said()),
            }
        }
    }

    /// Sends bytes as they are, and takes whatever comes back until the other side has no more to say.
    pub fn send(&self, request: &[u8]) -> Answer {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(LIMIT)).unwrap();
        // A request that is refused at its beginning is not read to its end.
        let _ = stream.write_all(request);
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        let end = bytes.windows(4).position(|end| end == b"\r\n\r\n").map_or(bytes.len(), |at| at + 4);
        let body = bytes.split_off(end);
        let head = String::from_utf8_lossy(&bytes).to_lowercase();
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
        Answer { status, head, body }
    }

    pub fn get(&self, path: &str) -> Answer {
        let host = self.address;
        self.send(format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").as_bytes())
    }

    /// Asks until a page holds a text.
    pub fn wait_for(&self, path: &str, text: &str) {
        self.wait_until(path, text, |answer| answer.status == 200 && answer.text().contains(text));
    }

    pub fn wait_until(&self, path: &str, what: &str, is_there: impl Fn(&Answer) -> bool) {
        let began = Instant::now();
        loop {
            let answer = self.get(path);
            if is_there(&answer) {
                return;
            }
            assert!(
                began.elapsed() < LIMIT,
                "{what} did not come to {path}: {} {}\n{}",
                answer.status,
                answer.text(),
                self.said()
            );
            thread::sleep(Duration::from_millis(50));
        }
    }

    /// What is wrong, as a page that is opened now is told; empty when nothing is.
    pub fn problems(&self) -> String {
        let page = self.get("/__none__/").text();
        let edition = page.split("data-edition=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(LIMIT)).unwrap();
        let host = self.address;
        write!(stream, "GET /__sourcebook/events?edition={edition} HTTP/1.1\r\nHost: {host}\r\n\r\n").unwrap();
        let mut event = String::new();
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            if let Some(name) = line.strip_prefix("event: ") {
                name.clone_into(&mut event);
            } else if let Some(data) = line.strip_prefix("data: ") {
                match event.as_str() {
                    "fixed" => return String::new(),
                    "problems" => return data.to_owned(),
                    // It was built anew between the two questions.
                    _ => return self.problems(),
                }
            }
        }
        panic!("the events ended");
    }

    /// Waits until nothing is wrong, or until something is.
    pub fn wait_for_problems(&self, are_there: bool) {
        let began = Instant::now();
        while self.problems().is_empty() == are_there {
            assert!(began.elapsed() < LIMIT, "problems: not {are_there}\n{}", self.said());
            thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}
