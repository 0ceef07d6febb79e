//! Where the browser is.

use std::env::{consts::EXE_SUFFIX, split_paths};
use std::ffi::{OsStr, OsString};
use std::fmt;
use std::path::{Path, PathBuf};

/// What Chromium and the browsers that are made of it are called.
const NAMES: [&str; 7] =
    ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge"];

/// Where they lie on systems whose programs are in no folder that is searched.
const PLACES: [&str; 6] = [
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
    "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
    "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

/// That there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotFound {
    /// The program that was asked for and is not there.
    asked: Option<OsString>,
}

impl NotFound {
    /// How to mend it.
    pub fn help(&self) -> &'static str {
        match self.asked {
            Some(_) => "set CHROMIUM to the path of Chromium, Chrome or Edge, or leave it unset",
            None => {
                "install one (Debian and Ubuntu: apt install chromium; macOS: brew install --cask chromium), or set CHROMIUM to the path of Chromium, Chrome or Edge"
            }
        }
    }
}

impl fmt::Display for NotFound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.asked {
            Some(asked) => {
                write!(f, "PDFs are printed by Chromium, and CHROMIUM names {}, which is not there", asked.display())
            }
            None => write!(
                f,
                "PDFs are printed by Chromium, and none was found: looked for {} in the folders of PATH, and where macOS and Windows have them",
                NAMES.join(", ")
            ),
        }
    }
}

/// The program that was asked for, or else the first that is known.
pub(super) fn program(asked: Option<&OsStr>, search: Option<&OsStr>) -> Result<PathBuf, NotFound> {
    let found = match asked {
        Some(asked) => Some(PathBuf::from(asked)).filter(|path| path.is_file()).or_else(|| searched(asked, search)),
        None => {
            let named = NAMES.iter().find_map(|name| searched(OsStr::new(&format!("{name}{EXE_SUFFIX}")), search));
            named.or_else(|| PLACES.iter().map(PathBuf::from).find(|place| place.is_file()))
        }
    };
    found.ok_or_else(|| NotFound { asked: asked.map(OsStr::to_owned) })
}

/// A program in the folders of a search path. A name with a folder in it is looked for nowhere.
fn searched(name: &OsStr, search: Option<&OsStr>) -> Option<PathBuf> {
    if Path::new(name).components().count() != 1 {
        return None;
    }
    let folders = split_paths(search?).filter(|folder| folder.is_absolute());
    folders.map(|folder| folder.join(name)).find(|path| path.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn the_first_known_program_is_found_unless_another_is_asked_for() {
        let folder = tempfile::tempdir().unwrap();
        let [first, second] = ["first", "second"].map(|name| folder.path().join(name));
        for (place, name) in [(&first, "google-chrome"), (&second, "chromium"), (&second, "mine")] {
            fs::create_dir_all(place).unwrap();
            fs::write(place.join(format!("{name}{EXE_SUFFIX}")), "").unwrap();
        }
        let search = std::env::join_paths([&first, &second]).unwrap();
        let find = |asked: Option<&OsStr>| program(asked, Some(&search)).map_err(|missing| missing.to_string());
        let own = |name: &str| second.join(format!("{name}{EXE_SUFFIX}"));
        assert_eq!(find(None), Ok(own("chromium")));
        assert_eq!(find(Some(own("mine").file_name().unwrap())), Ok(own("mine")));
        assert_eq!(find(Some(own("mine").as_os_str())), Ok(own("mine")));
        let missing = "PDFs are printed by Chromium, and CHROMIUM names ./mine, which is not there".to_owned();
        assert_eq!(find(Some(OsStr::new("./mine"))), Err(missing));
    }

    #[test]
    fn what_was_looked_for_is_said() {
        let said = NotFound { asked: None };
        insta::assert_snapshot!(format!("{said}\n{}", said.help()), @r"
        PDFs are printed by Chromium, and none was found: looked for chromium, chromium-browser, google-chrome, google-chrome-stable, chrome, microsoft-edge, msedge in the folders of PATH, and where macOS and Windows have them
        install one (Debian and Ubuntu: apt install chromium; macOS: brew install --cask chromium), or set CHROMIUM to the path of Chromium, Chrome or Edge
        ");
    }
}
