//! Points at which a test lets the program stop or fail, one for each way in which it changes the disk. They exist in debug builds alone: in a
//! release [`pass`] is empty, and neither names nor variables are left in the program. Uses nothing else of it.
//!
//! - `SOURCEBOOK_FAULT=stage-fill:3:pause` stops when a point is passed for the third time, until the process is ended or the trace is taken away;
//!   `ENOSPC` and its like instead of `pause` make the step fail as the system would. `*` instead of a number means every time; a comma divides several.
//! - `SOURCEBOOK_FAULT_TRACE=FILE` adds a line to the file for each point that is passed: its name, a tab, the path that it is about.

#[cfg(not(debug_assertions))]
use std::{io, path::Path};

macro_rules! points {
    ($($(#[$doc:meta])* $point:ident = $name:literal,)*) => {
        /// What is about to be done when a point is passed.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Point { $($(#[$doc])* $point,)* }

        #[cfg(debug_assertions)]
        impl Point {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$point,)*];

            /// What the variable and the trace call it.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$point => $name,)* }
            }
        }
    };
}

points! {
    /// The folders above an output folder are made.
    Parent = "parent",
    /// The lock of an output folder is taken.
    LockTake = "lock-take",
    /// Its file is taken away.
    LockLeave = "lock-leave",
    /// What a killed build left of the old site is removed.
    RemainsOld = "remains-old",
    /// The old site, put aside by a killed build, comes back.
    RemainsBack = "remains-back",
    /// What a killed build left of a new site is removed.
    RemainsStage = "remains-stage",
    /// A folder of the new site is made.
    StageFolder = "stage-folder",
    /// A file of the old site is given a second name in the new one.
    StageLink = "stage-link",
    /// A file of the new site is made.
    StageFile = "stage-file",
    /// The second half of a file of the new site is written.
    StageFill = "stage-fill",
    /// The whole disk is told to keep what it was given.
    StageSync = "stage-sync",
    /// A file or folder of the new site is kept, where the disk cannot be told at once.
    StageSyncEach = "stage-sync-each",
    /// The new site goes where none was.
    SwapFirst = "swap-first",
    /// The new and the old site change places.
    SwapExchange = "swap-exchange",
    /// The old site goes aside, where two folders cannot change places.
    SwapAside = "swap-aside",
    /// The new site takes its place.
    SwapIn = "swap-in",
    /// The old site goes where the new one was.
    SwapAway = "swap-away",
    /// The folder that holds the output folder is kept.
    SwapSettle = "swap-settle",
    /// The old site, or a new one that came to nothing, is removed.
    StageRemove = "stage-remove",
    /// The folders of a single file are made.
    FileFolder = "file-folder",
    /// A file is made beside the one that it will replace.
    FileStage = "file-stage",
    /// The second half of a single file is written.
    FileFill = "file-fill",
    /// A single file is kept.
    FileSync = "file-sync",
    /// A single file takes its place.
    FileReplace = "file-replace",
    /// The folder of a single file is kept.
    FileSettle = "file-settle",
    /// A file that was made beside another, and came to nothing, is taken away.
    FileDrop = "file-drop",
    /// A file of the site is taken away.
    FileRemove = "file-remove",
    /// A file of the site goes elsewhere.
    FileRename = "file-rename",
    /// A folder in which nothing is left is taken away.
    FolderRemove = "folder-remove",
}

/// Passes a point. `Err` is what the test wants the system to have said.
#[cfg(not(debug_assertions))]
#[inline]
pub(crate) fn pass(_: Point, _: &Path) -> io::Result<()> {
    Ok(())
}

/// A text in the two parts that are written before and after a point. Where there are no faults the first is empty.
#[cfg(not(debug_assertions))]
#[inline]
pub(crate) fn halves(bytes: &[u8]) -> (&[u8], &[u8]) {
    (&[], bytes)
}

#[cfg(debug_assertions)]
pub(crate) use armed::{halves, pass};

#[cfg(debug_assertions)]
mod armed {
    use super::Point;
    use std::fs::OpenOptions;
    use std::io::{self, Write};
    use std::path::{Path, PathBuf};
    use std::sync::LazyLock;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    static PLAN: LazyLock<Plan> = LazyLock::new(Plan::read);

    /// What the variables ask for.
    struct Plan {
        faults: Vec<Fault>,
        trace: Option<PathBuf>,
    }

    struct Fault {
        point: String,
        /// `None`: every time.
        nth: Option<usize>,
        /// `None`: the program stops.
        errno: Option<i32>,
        passed: AtomicUsize,
    }

    impl Plan {
        fn read() -> Self {
            let asked = std::env::var("SOURCEBOOK_FAULT").unwrap_or_default();
            let faults = asked.split(',').filter_map(Fault::parse).collect();
            Self { faults, trace: std::env::var_os("SOURCEBOOK_FAULT_TRACE").map(PathBuf::from) }
        }

        fn note(&self, what: &str, path: &Path) {
            let Some(trace) = &self.trace else { return };
            let line = format!("{what}\t{}\n", path.display());
            let _ = OpenOptions::new().append(true).open(trace).and_then(|mut file| file.write_all(line.as_bytes()));
        }

        fn is_there(&self) -> bool {
            self.trace.as_ref().is_some_and(|trace| trace.exists())
        }
    }

    impl Fault {
        fn parse(text: &str) -> Option<Self> {
            let mut parts = text.split(':');
            let (point, nth, action) = (parts.next()?, parts.next()?, parts.next()?);
            let errno = match action {
                "EIO" => Some(5),
                "EACCES" => Some(13),
                "EXDEV" => Some(18),
                "EINVAL" => Some(22),
                "ENOSPC" => Some(28),
                "EROFS" => Some(30),
                _ => None,
            };
            Some(Self { point: point.to_owned(), nth: nth.parse().ok(), errno, passed: AtomicUsize::new(0) })
        }

        fn is_due(&self, point: Point) -> bool {
            self.point == point.name()
                && self.nth.is_none_or(|nth| self.passed.fetch_add(1, Ordering::Relaxed) + 1 == nth)
        }
    }

    /// Passes a point. `Err` is what the test wants the system to have said.
    pub(crate) fn pass(point: Point, path: &Path) -> io::Result<()> {
        PLAN.note(point.name(), path);
        for fault in PLAN.faults.iter().filter(|fault| fault.is_due(point)) {
            if let Some(errno) = fault.errno {
                return Err(io::Error::from_raw_os_error(errno));
            }
            PLAN.note("pause", path);
            while PLAN.is_there() {
                std::thread::sleep(Duration::from_millis(1));
            }
        }
        Ok(())
    }

    /// A text in the two parts that are written before and after a point. Where there are no faults the first is empty.
    pub(crate) fn halves(bytes: &[u8]) -> (&[u8], &[u8]) {
        let middle = if PLAN.faults.is_empty() { 0 } else { bytes.len() / 2 };
        bytes.split_at_checked(middle).unwrap_or((&[], bytes))
    }
}
