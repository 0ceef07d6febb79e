//! Watch → rebuild → reload: the preview that an editor keeps open.
//!
//! 1. `watch` waits until a burst of saves is over and says what changed; `builder` shows it at once, where the draft of the last build can take it in.
//! 2. The caller's `rebuild` makes an edition, or says why it could not. The last good edition stays; a rebuild that panics is one more problem.
//! 3. `server` shows the edition from memory, to this computer only. It never reads a file.
//! 4. `live` tells open pages what has changed, or what is wrong, which they show over the last good page.
//! 5. `page` has the scripts that do so in the browser, and lay out the editor's desk beside a page.
//!
//! Rebuilding has a thread of its own, so that the server answers meanwhile. Uses `media`, `site::edition`, what hosts are told of it, and `diagnostic` to describe problems.

mod builder;
mod live;
mod page;
mod problem;
mod server;
mod watch;

pub use problem::{Excerpt, Problem};

use crate::site::edition::Edition;
use builder::{Builder, Work, build_whole};
use live::Current;
use std::collections::BTreeMap;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::{Arc, mpsc};
use std::thread::JoinHandle;
use std::time::Duration;
use watch::{Places, Signal, Watch};

/// The port where none is asked for. When it is taken, the next ones are tried.
pub const DEFAULT_PORT: u16 = 3000;

/// How many ports after [`DEFAULT_PORT`] are tried.
const MORE_PORTS: u16 = 10;

/// How to preview.
#[derive(Debug, Clone)]
pub struct Options {
    /// A name or address of this computer: `localhost`, `127.0.0.1` or `::1`.
    pub host: String,
    /// The port; 0 for any that is free.
    pub port: u16,
    /// Whether to open a browser.
    pub open: bool,
    /// The folder of `book.toml`.
    pub root: PathBuf,
    /// The output folder, whose changes are nobody's business.
    pub out: Option<PathBuf>,
    /// The address by which a place in a file opens in the editor's program, with `{path}`, `{line}` and `{column}`. Without one, places are copied.
    pub editor: Option<String>,
}

/// What came of a rebuild.
#[derive(Default)]
pub struct Rebuilt {
    /// The edition; `None` when there are errors.
    pub edition: Option<Arc<Edition>>,
    /// Errors and warnings.
    pub problems: Vec<Problem>,
    /// What an editor is told beside the pages; `None` where nothing could be found out.
    pub desk: Option<Desk>,
    /// The outcome in a few words, such as `12 pages, 1 warning`.
    pub summary: String,
    /// Files and folders that were read outside `content/`, `templates/`, `static/` and `translations/`.
    pub watched: Vec<PathBuf>,
    /// The site as it was built, where what is saved can be taken into it.
    pub draft: Option<Box<dyn Draft>>,
}

/// A site that was built, into which files are taken as they are saved, and of which single pages are rendered.
pub trait Draft: Send + Sync {
    /// Takes in what was saved; `None` where only a whole build tells what comes of it.
    fn take_in(&mut self, changed: &[PathBuf]) -> Option<Taken>;

    /// The page that lies at a path below the output folder, as it is now; `None` where it is as it was built.
    fn page(&self, path: &str) -> Option<String>;

    /// What an editor is told beside it, as JSON.
    fn desk(&self, path: &str) -> Option<String>;
}

/// What came of a file that was taken in.
#[derive(Debug, Default)]
pub struct Taken {
    /// Errors and warnings, as far as they are known.
    pub problems: Vec<Problem>,
    /// The outcome in a few words.
    pub summary: String,
}

/// What pages are told beside their own text, as JSON that only they read.
#[derive(Debug, Default)]
pub struct Desk {
    /// Of each page, by its file below the output folder.
    pub pages: BTreeMap<String, String>,
    /// Of the whole site.
    pub site: String,
}

/// A preview that is running. Dropping it stops it.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    signals: mpsc::Sender<Signal>,
    builder: Option<JoinHandle<()>>,
    runtime: Option<tokio::runtime::Runtime>,
}

/// Previews until the program is ended. `rebuild` is given the changed paths, none the first time; `announce` writes a line for the editor.
pub fn run(
    options: &Options,
    rebuild: impl FnMut(&[PathBuf]) -> Rebuilt + Send + 'static,
    announce: impl Fn(&str) + Send + 'static,
) -> io::Result<()> {
    Server::start(options, rebuild, announce)?.wait();
    Ok(())
}

impl Server {
    /// Builds once and begins to serve and to watch.
    ///
    /// An error of kind `InvalidInput` or `AddrInUse` is for the editor to mend, by `--host` or `--port`.
    pub fn start(
        options: &Options,
        rebuild: impl FnMut(&[PathBuf]) -> Rebuilt + Send + 'static,
        announce: impl Fn(&str) + Send + 'static,
    ) -> io::Result<Self> {
        let listener = bind(loopback(&options.host)?, options.port)?;
        let address = listener.local_addr()?;
        let url = format!("http://{address}/");
        let page = url.clone();
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
        let (current, shown) = tokio::sync::watch::channel(Arc::new(Current::nothing_yet()));
        server::spawn(&runtime, listener, server::Means { address, options, shown })?;

        let (signals, inbox) = mpsc::channel();
        let places = Places::new(&options.root, options.out.as_deref());
        let (ready, first_build) = mpsc::channel();
        let (orders, to_build) = mpsc::channel();
        let (sender, results) = (signals.clone(), signals.clone());
        let whole = std::thread::Builder::new().name("whole".to_owned());
        let whole = whole.spawn(move || build_whole(&to_build, &results, rebuild))?;
        let builder = std::thread::Builder::new().name("rebuild".to_owned()).spawn(move || {
            // Watch first, so that what is saved during the first build is not missed.
            let watch = Watch::start(places, sender, &announce);
            let builder = Builder { watch, inbox, orders, current, announce, work: Work::default() };
            builder.run(|announce| {
                announce(&format!("preview at {url}"));
                // The other side is gone only when starting failed.
                let _ = ready.send(());
            });
            // Its panics were caught.
            let _ = whole.join();
        })?;
        let server = Self { address, signals, builder: Some(builder), runtime: Some(runtime) };
        first_build.recv().map_err(|_| io::Error::other("the first build stopped unexpectedly"))?;
        if options.open {
            // Without a browser the address is still on the screen.
            let _ = open::that_detached(page);
        }
        Ok(server)
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The address to open in a browser.
    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// Waits for as long as the preview runs.
    pub fn wait(mut self) {
        if let Some(builder) = self.builder.take() {
            // A panic of the thread has been reported by itself.
            let _ = builder.join();
        }
    }

    /// Stops the preview.
    pub fn stop(self) {
        drop(self);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.signals.send(Signal::Stop);
        if let Some(builder) = self.builder.take() {
            let _ = builder.join();
        }
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_timeout(Duration::from_secs(1));
        }
    }
}

/// The address of a host that only this computer reaches; every other is refused.
fn loopback(host: &str) -> io::Result<IpAddr> {
    let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    let address = if bare.eq_ignore_ascii_case("localhost") {
        Some(IpAddr::V4(Ipv4Addr::LOCALHOST))
    } else {
        bare.parse().ok().filter(IpAddr::is_loopback)
    };
    address.ok_or_else(|| {
        io::Error::new(
            io::ErrorKind::InvalidInput,
            format!(
                "“{host}” is not an address of this computer alone; the preview is for nobody else, \
                 so use localhost, 127.0.0.1 or ::1, and publish the built site to show it to others"
            ),
        )
    })
}

fn bind(host: IpAddr, port: u16) -> io::Result<TcpListener> {
    let last = if port == DEFAULT_PORT { DEFAULT_PORT + MORE_PORTS } else { port };
    let mut result = TcpListener::bind((host, port));
    for port in port.saturating_add(1)..=last {
        if !matches!(&result, Err(error) if error.kind() == io::ErrorKind::AddrInUse) {
            break;
        }
        result = TcpListener::bind((host, port));
    }
    result.map_err(|error| match error.kind() {
        io::ErrorKind::AddrInUse => {
            io::Error::new(error.kind(), format!("port {port} is taken by another program; choose one with --port"))
        }
        kind => io::Error::new(kind, format!("cannot listen on port {port}: {error}; choose another with --port")),
    })
}

/// Rebuilds, and turns a panic into a problem: an editor's next save may well get past it.
fn catch_panic(rebuild: impl FnOnce() -> Rebuilt) -> Rebuilt {
    catch_unwind(AssertUnwindSafe(rebuild)).unwrap_or_else(|panic| {
        let reason = panic
            .downcast_ref::<&str>()
            .map(|reason| (*reason).to_owned())
            .or_else(|| panic.downcast_ref::<String>().cloned())
            .unwrap_or_else(|| "no reason given".to_owned());
        Rebuilt {
            problems: vec![Problem {
                severity: "error".to_owned(),
                code: "internal".to_owned(),
                message: format!("Sourcebook stumbled over what you saved: {reason}"),
                help: Some("undo the last change; and please report this, for it should not happen".to_owned()),
                place: None,
                excerpt: None,
            }],
            summary: format!("the build stopped unexpectedly: {reason}"),
            ..Rebuilt::default()
        }
    })
}

#[cfg(test)]
mod tests;
