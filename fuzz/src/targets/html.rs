//! Whether HTML is balanced: every element that is opened is closed, in order, and every quotation mark has its partner.

/// Elements that are never closed.
const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

/// Elements whose text is read by nobody else.
const RAW: &[&str] = &["script", "style"];

/// Panics where a page is not balanced.
pub fn hold(path: &str, html: &str) {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.split_once("-->").unwrap_or_else(|| panic!("{path}: a comment has no end")).1;
        } else if rest.starts_with("<!") {
            rest = rest.split_once('>').unwrap_or_else(|| panic!("{path}: a declaration has no end")).1;
        } else if let Some(closing) = rest.strip_prefix("</") {
            let (name, after) = closing.split_once('>').unwrap_or_else(|| panic!("{path}: a tag has no end"));
            assert_eq!(open.pop(), Some(name), "{path}: </{name}> closes nothing");
            rest = after;
        } else {
            let (name, is_closed, after) = tag(path, &rest[1..]);
            rest = after;
            if !is_closed && !VOID.contains(&name) {
                open.push(name);
            }
            if RAW.contains(&name) {
                let end = rest.find(&format!("</{name}")).unwrap_or_else(|| panic!("{path}: <{name}> has no end"));
                rest = &rest[end..];
            }
        }
    }
    assert!(open.is_empty(), "{path}: {open:?} are never closed");
}

/// The name of a tag, whether it closes itself, and what follows it.
fn tag<'h>(path: &str, text: &'h str) -> (&'h str, bool, &'h str) {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(text.len());
    let (name, mut rest) = text.split_at(end);
    assert!(!name.is_empty(), "{path}: a bare < before {:?}", text.chars().take(20).collect::<String>());
    loop {
        let at = rest.find(['"', '\'', '>', '<']).unwrap_or_else(|| panic!("{path}: <{name}> has no end"));
        let (before, from) = rest.split_at(at);
        if let Some(after) = from.strip_prefix('>') {
            return (name, before.ends_with('/'), after);
        }
        assert!(!from.starts_with('<'), "{path}: a < within <{name}>");
        let quote = &from[..1];
        assert!(before.ends_with('='), "{path}: a quotation mark within <{name}> begins no value");
        rest = from[1..].split_once(quote).unwrap_or_else(|| panic!("{path}: a value of <{name}> has no end")).1;
    }
}
