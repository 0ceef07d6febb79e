//! What kind of file a name stands for, in the words of the list that servers, books and archives share (media types).

/// The kind of a file by the ending of its name. Text of kinds that browsers do not show is plain text, so that they show it.
pub fn of(path: &str) -> &'static str {
    let name = path.rsplit('/').next().unwrap_or(path);
    let extension = name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()).map_or("", |(_, extension)| extension);
    match extension.to_ascii_lowercase().as_str() {
        "html" | "htm" => "text/html",
        "css" => "text/css",
        "js" | "mjs" => "text/javascript",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "csv" => "text/csv",
        "xml" => "application/xml",
        "xhtml" => "application/xhtml+xml",
        "atom" => "application/atom+xml",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "ttf" => "font/ttf",
        "otf" => "font/otf",
        "pdf" => "application/pdf",
        "zip" => "application/zip",
        "epub" => "application/epub+zip",
        "mp3" => "audio/mpeg",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        "vtt" => "text/vtt",
        "" | "txt" | "md" | "bib" | "ris" | "yml" | "yaml" | "toml" => "text/plain",
        _ => "application/octet-stream",
    }
}

/// Whether files of a kind are written in letters, and so become much smaller when they are packed.
pub fn is_text(kind: &str) -> bool {
    kind.starts_with("text/") || ["json", "xml"].iter().any(|form| kind.ends_with(form))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds() {
        assert_eq!(of("a/index.html"), "text/html");
        assert_eq!(of("a.b/data.JSON"), "application/json");
        assert_eq!(of("static/fonts/x.woff2"), "font/woff2");
        for plain in ["_headers", ".nojekyll", "a.b/CNAME", "robots.txt", "a.bib"] {
            assert_eq!(of(plain), "text/plain", "{plain}");
        }
        assert_eq!(of("x.exe"), "application/octet-stream");
    }

    #[test]
    fn texts_are_told_from_pictures() {
        for text in ["text/csv", "application/json", "image/svg+xml", "application/manifest+json", "application/xml"] {
            assert!(is_text(text), "{text}");
        }
        for other in ["image/png", "font/woff2", "application/zip", "application/octet-stream"] {
            assert!(!is_text(other), "{other}");
        }
    }
}
