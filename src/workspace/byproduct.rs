//! Names that editors and systems give to files beside the one that is saved. They are no part of a site: they are neither read nor watched. Uses nothing.
//!
//! Both must ask here. What is read and not watched, for one, would be complained of for as long as nothing else is saved.

/// The ends of names of swap files, of backups, and of what is not wholly there yet.
const ENDINGS: &[&str] =
    &["swp", "swx", "swo", "tmp", "temp", "vsctmp", "bak", "orig", "part", "partial", "crdownload", "download"];

/// Names that systems give.
const OF_SYSTEMS: &[&str] = &["Thumbs.db", "desktop.ini"];

/// Whether a file or folder of that name is hidden, a backup, or about to be renamed or taken away by the program that made it.
pub fn is_byproduct(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    name.starts_with(['.', '#'])
        || name.ends_with('~')
        // What JetBrains' editors write before they rename, and what was there before.
        || name.contains("___jb_")
        // What TextEdit and others on a Mac do so.
        || name.contains(".sb-")
        // Vim's test whether it may write.
        || name == "4913"
        || OF_SYSTEMS.iter().any(|known| known.eq_ignore_ascii_case(name))
        || ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(ending))
}

#[cfg(test)]
mod tests {
    use super::is_byproduct;

    #[test]
    fn what_is_made_beside_a_file() {
        for name in [
            ".a.md.swp",
            ".#a.md",
            "#a.md#",
            "a.md~",
            "a.md.~1~",
            "4913",
            "a.md___jb_tmp___",
            "a.md___jb_old___",
            "a.md.tmp",
            "a.md.TMP",
            "a.md.vsctmp",
            "a.md.sb-5f3a-Qw2",
            "a.md.bak",
            "a.md.orig",
            ".git",
            ".DS_Store",
            "thumbs.db",
        ] {
            assert!(is_byproduct(name), "{name}");
        }
        for name in ["a.md", "a", "1948.md", "tmp", "bak.md", "part.csv", "a.tmp.md", "x~y.md"] {
            assert!(!is_byproduct(name), "{name}");
        }
    }
}
