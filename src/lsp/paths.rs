//! Addresses of files ↔ paths of the site.

use lsp_types::Uri;
use std::path::{Path, PathBuf};
use url::Url;

/// Characters that an address of a file may hold elsewhere, and none here.
const ENCODED: &[(char, &str)] =
    &[('[', "%5B"), (']', "%5D"), ('{', "%7B"), ('}', "%7D"), ('|', "%7C"), ('^', "%5E"), ('`', "%60")];

/// The file of an address; `None` where it is no file of this machine.
pub(super) fn file(uri: &Uri) -> Option<PathBuf> {
    Url::parse(uri.as_str()).ok()?.to_file_path().ok()
}

/// The address of a file of the site.
pub(super) fn uri(root: &Path, path: &str) -> Option<Uri> {
    let mut address = Url::from_file_path(root.join(path)).ok()?.to_string();
    for (c, code) in ENCODED {
        address = address.replace(*c, code);
    }
    address.parse().ok()
}

/// The path of a file below the site's folder, with `/`; `None` for a file elsewhere.
pub(super) fn relative(root: &Path, file: &Path) -> Option<String> {
    let below = file.strip_prefix(root).map(Path::to_path_buf).ok().or_else(|| {
        // The editor may know the folder by another way, through a link.
        let folder = file.parent()?.canonicalize().ok()?;
        Some(folder.strip_prefix(root).ok()?.join(file.file_name()?))
    })?;
    let parts: Option<Vec<&str>> = below.iter().map(|part| part.to_str()).collect();
    Some(parts?.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_found_again() {
        let root = Path::new("/srv/a [site]");
        for path in ["content/en/index.md", "content/a b/ש{ו}ם.md", "100%.yaml", "a#b?.md"] {
            let uri = uri(root, path).unwrap();
            assert_eq!(relative(root, &file(&uri).unwrap()).as_deref(), Some(path), "{}", uri.as_str());
        }
        assert_eq!(file(&"untitled:Untitled-1".parse().unwrap()), None);
        assert_eq!(relative(root, Path::new("/srv/other/x.md")), None);
    }
}
