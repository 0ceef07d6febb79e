//! The preview under many readers while pages change: every answer is whole, and the memory does not grow.
//!
//! A short while here; `scripts/soak load` sets `SOAK_SECONDS` and reads what is printed.

use crate::preview::Preview;
use crate::support::Site;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

const READERS: usize = 200;
/// So many of them listen to events instead of reading.
const LISTENERS: usize = 20;
/// Saves without a time that is asked for.
const SAVES: u32 = 6;
const FILE: &str = "content/en/documents/declaration.md";
const PAGE: &str = "/en/documents/declaration/";
const PATHS: &[&str] = &[
    "/",
    "/en/",
    "/he/",
    PAGE,
    "/en/sources/",
    "/static/sourcebook.css",
    "/data/sources.ris",
    "/nothing/here/",
    "/en",
];

/// What all readers write down.
#[derive(Default)]
struct Tally {
    is_over: AtomicBool,
    answers: AtomicU64,
    events: AtomicU64,
    errors: AtomicU64,
    /// The first error, in words.
    told: std::sync::Mutex<Option<String>>,
}

impl Tally {
    fn is_over(&self) -> bool {
        self.is_over.load(Ordering::Relaxed)
    }

    fn fail(&self, what: String) {
        self.errors.fetch_add(1, Ordering::Relaxed);
        self.told.lock().unwrap().get_or_insert(what);
    }
}

/// Reads one page after the other over one connection.
fn read(address: SocketAddr, first: usize, tally: &Tally) -> std::io::Result<()> {
    let mut stream = BufReader::new(TcpStream::connect(address)?);
    stream.get_ref().set_read_timeout(Some(crate::preview::LIMIT))?;
    for path in PATHS.iter().cycle().skip(first) {
        if tally.is_over() {
            break;
        }
        write!(stream.get_mut(), "GET {path} HTTP/1.1\r\nHost: {address}\r\n\r\n")?;
        let (mut head, mut length) = (String::new(), 0);
        loop {
            let mut line = String::new();
            if stream.read_line(&mut line)? == 0 {
                return Err(std::io::ErrorKind::UnexpectedEof.into());
            }
            if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().unwrap_or(0);
            }
            if line == "\r\n" {
                break;
            }
            head += &line;
        }
        let mut body = vec![0; length];
        stream.read_exact(&mut body)?;
        let status = head.split(' ').nth(1).unwrap_or_default();
        let expected = match *path {
            "/nothing/here/" => "404",
            "/en" => "308",
            _ => "200",
        };
        let is_whole = !path.ends_with('/') || String::from_utf8_lossy(&body).trim_end().ends_with("</html>");
        if status != expected || !is_whole {
            tally.fail(format!("{path}: {head}"));
        }
        tally.answers.fetch_add(1, Ordering::Relaxed);
    }
    Ok(())
}

/// Listens to events, as an open page does.
fn listen(address: SocketAddr, tally: &Tally) -> std::io::Result<()> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(Duration::from_millis(500)))?;
    write!(stream, "GET /__sourcebook/events?edition=1 HTTP/1.1\r\nHost: {address}\r\n\r\n")?;
    let mut buffer = [0; 4096];
    while !tally.is_over() {
        match stream.read(&mut buffer) {
            Ok(0) => return Err(std::io::ErrorKind::UnexpectedEof.into()),
            Ok(length) => {
                let events = String::from_utf8_lossy(&buffer[..length]).matches("event: ").count();
                tally.events.fetch_add(events as u64, Ordering::Relaxed);
            }
            Err(error) if matches!(error.kind(), std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// The memory that a process holds, in MiB, where the system tells.
fn memory(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    Some(line.trim().trim_end_matches(" kB").parse::<u64>().ok()? / 1024)
}

#[test]
fn two_hundred_readers_while_pages_change() {
    let asked: Option<u64> = std::env::var("SOAK_SECONDS").ok().and_then(|seconds| seconds.parse().ok());
    let site = Site::base();
    let preview = Preview::start(&site);
    let (address, tally) = (preview.address(), Arc::new(Tally::default()));
    let readers: Vec<_> = (0..READERS)
        .map(|n| {
            let tally = Arc::clone(&tally);
            let reader = thread::Builder::new().stack_size(256 * 1024);
            reader.spawn(move || {
                let done = if n < LISTENERS { listen(address, &tally) } else { read(address, n, &tally) };
                if let Err(error) = done {
                    tally.fail(format!("reader {n}: {error}"));
                }
            })
        })
        .collect();
    let began = Instant::now();
    let (mut saves, mut at_first, mut most) = (0, None, 0);
    loop {
        saves += 1;
        let word = format!("equal-{saves}-");
        site.put(
            FILE,
            format!("---\ntitle: The Universal Declaration\n---\nAll are born {word} [@udhr-1948, art. 1].\n"),
        );
        preview.wait_for(PAGE, &word);
        let now = memory(preview.process()).unwrap_or_default();
        most = most.max(now);
        // By the third save all that is kept from one build to the next is there.
        if saves == 3 {
            at_first = Some(now);
        }
        let is_enough = asked.map_or(saves >= SAVES, |seconds| saves >= SAVES && began.elapsed().as_secs() >= seconds);
        if is_enough {
            break;
        }
    }
    let at_last = memory(preview.process()).unwrap_or_default();
    tally.is_over.store(true, Ordering::Relaxed);
    for reader in readers {
        reader.unwrap().join().unwrap();
    }
    let at_first = at_first.unwrap_or_default();
    let count = |number: &AtomicU64| number.load(Ordering::Relaxed);
    println!(
        "{READERS} readers for {} s: {} answers, {} events, {saves} saves, {} errors; memory {at_first} MiB at the third save, {most} at most, {at_last} at the end",
        began.elapsed().as_secs(),
        count(&tally.answers),
        count(&tally.events),
        count(&tally.errors),
    );
    assert_eq!(count(&tally.errors), 0, "{:?}", tally.told.lock().unwrap());
    assert!(count(&tally.answers) > READERS as u64 && count(&tally.events) > LISTENERS as u64);
    // The allocator keeps some of what a build gave back; what grows with every answer or save would be far more.
    assert!(at_last <= at_first + at_first / 2 + 32, "from {at_first} MiB to {at_last}");
}
