//! One run of the browser.

use std::fs::{self, File};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};
use std::{io, thread};

use crate::bundle::CREATOR;

/// How often it is looked whether the browser has finished.
const PAUSE: Duration = Duration::from_millis(20);

/// How many lines of what the browser said last are handed on.
const LINES: usize = 6;

/// What every run is told: print, and do nothing else of what browsers do.
const FLAGS: &[&str] = &[
    "--headless=new",
    "--disable-gpu",
    "--disable-extensions",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
    "--password-store=basic",
    "--use-mock-keychain",
    // The shared memory of a container is small.
    "--disable-dev-shm-usage",
    // The document holds all that it needs. Nothing is asked for, neither for it nor for the browser.
    "--disable-background-networking",
    "--disable-component-update",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    // What a machine is set to must not be seen in the file.
    "--lang=en",
    "--force-color-profile=srgb",
    "--font-render-hinting=none",
    "--no-pdf-header-footer",
    "--export-tagged-pdf",
    "--generate-pdf-document-outline",
];

/// Prints a document.
pub(super) fn print(program: &Path, html: &str, deadline: Duration) -> Result<Vec<u8>, String> {
    let failed = |what: &str, error: &io::Error| format!("{what}: {error}");
    let folder = tempfile::Builder::new().prefix("sourcebook-").tempdir();
    let folder = folder.map_err(|error| failed("no folder could be made for it", &error))?;
    let [page, printed, said] = ["page.html", "page.pdf", "said.txt"].map(|name| folder.path().join(name));
    fs::write(&page, html).map_err(|error| failed("its pages could not be written", &error))?;
    let heard = File::create(&said).map_err(|error| failed("its pages could not be written", &error))?;
    let name = program.display();
    let mut command = command(program, folder.path(), &page, &printed);
    let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(heard).spawn();
    let child = child.map_err(|error| failed(&format!("{name} could not be started"), &error))?;
    let status = wait(child, deadline).map_err(|error| failed(&format!("{name} could not be waited for"), &error))?;
    let Some(status) = status else {
        let seconds = deadline.as_secs();
        return Err(format!(
            "{name} had not finished after {seconds} seconds, and was stopped; print fewer pages at a time (--page, --lang)"
        ));
    };
    match fs::read(&printed) {
        Ok(bytes) if status.success() && !bytes.is_empty() => Ok(bytes),
        _ => Err(format!("{name} printed nothing ({status}){}", last_lines(&said))),
    }
}

fn command(program: &Path, folder: &Path, page: &Path, printed: &Path) -> Command {
    let mut command = Command::new(program);
    command.args(FLAGS);
    if is_of_root(folder) {
        // Chromium refuses to run as root with its sandbox. What it is given is our own, without scripts, and it has no network.
        command.arg("--no-sandbox");
    }
    command.arg(format!("--user-agent={CREATOR}"));
    command.arg(format!("--user-data-dir={}", folder.join("profile").display()));
    command.arg(format!("--print-to-pdf={}", printed.display()));
    command.arg(page);
    command.env("LC_ALL", "C.UTF-8").env("TZ", "UTC").current_dir(folder);
    command
}

/// Whether a folder that was made just now belongs to root, so that this runs as root.
#[cfg(unix)]
fn is_of_root(folder: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(folder).is_ok_and(|metadata| metadata.uid() == 0)
}

#[cfg(not(unix))]
fn is_of_root(_: &Path) -> bool {
    false
}

/// Waits for a program. One that takes too long is stopped, and `None` comes back.
fn wait(mut child: Child, deadline: Duration) -> io::Result<Option<ExitStatus>> {
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if start.elapsed() >= deadline {
            child.kill()?;
            child.wait()?;
            return Ok(None);
        }
        thread::sleep(PAUSE);
    }
}

/// What the browser said last.
fn last_lines(said: &Path) -> String {
    let said = fs::read(said).unwrap_or_default();
    let said = String::from_utf8_lossy(&said);
    let lines: Vec<&str> = said.lines().filter(|line| !line.trim().is_empty()).collect();
    let last = lines.get(lines.len().saturating_sub(LINES)..).unwrap_or_default();
    if last.is_empty() { String::new() } else { format!("; it said:\n{}", last.join("\n")) }
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;
    use tempfile::TempDir;

    /// A program that does what a line of shell does; `$out` is where a PDF is wanted.
    fn browser(line: &str) -> (TempDir, std::path::PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("chromium");
        let out = "for a in \"$@\"; do case $a in --print-to-pdf=*) out=${a#*=};; esac; done";
        fs::write(&path, format!("#!/bin/sh\n{out}\n{line}\n")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        (folder, path)
    }

    fn printed(line: &str) -> Result<String, String> {
        let (folder, program) = browser(line);
        let printed = print(&program, "<p>text", Duration::from_secs(20));
        let place = folder.path().display().to_string();
        printed.map(|bytes| String::from_utf8(bytes).unwrap()).map_err(|error| error.replace(&place, ""))
    }

    #[test]
    fn what_is_printed_comes_back() {
        let last = "for a in \"$@\"; do last=$a; done";
        assert_eq!(printed(&format!("{last}; cat \"$last\" > \"$out\"")).unwrap(), "<p>text");
        assert_eq!(printed("echo $TZ $LC_ALL > $out").unwrap(), "UTC C.UTF-8\n");
    }

    #[test]
    fn what_went_wrong_is_said_in_the_browsers_words() {
        let cases = [
            ("true", "/chromium printed nothing (exit status: 0)"),
            ("echo %PDF > $out; exit 7", "/chromium printed nothing (exit status: 7)"),
            ("echo; echo no room >&2; exit 1", "/chromium printed nothing (exit status: 1); it said:\nno room"),
        ];
        for (line, expected) in cases {
            assert_eq!(printed(line).unwrap_err(), expected, "{line}");
        }
        let nothing = print(Path::new("/nonexistent/chromium"), "", Duration::ZERO).unwrap_err();
        assert!(nothing.starts_with("/nonexistent/chromium could not be started: "), "{nothing}");
    }

    #[test]
    fn one_that_hangs_is_stopped() {
        let (_folder, program) = browser("exec sleep 3600");
        let stopped = print(&program, "", Duration::from_millis(50)).unwrap_err();
        assert!(stopped.contains("had not finished after 0 seconds, and was stopped"), "{stopped}");
    }
}
