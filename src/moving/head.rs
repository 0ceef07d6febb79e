//! The aliases in the head of a page: its old address is put to them, and its new one taken out.

use super::Edits;
use crate::diagnostic::Code;
use crate::ids::PageId;
use crate::span::FileId;
use crate::workspace::front_matter;
use crate::workspace::node::Value;
use crate::workspace::quote::quoted;
use crate::workspace::yaml;

/// What must be edited in the head of a page that leaves `old` for `new`. `None` where it cannot be read.
pub(super) fn keep_address(file: FileId, text: &str, old: &PageId, new: &PageId, edits: &mut Edits) -> Option<()> {
    let head = front_matter::split(file, text).ok()?.head;
    let Value::Map(entries) = yaml::read(head, Code::SB104).ok()?.value else { return None };
    let end = head.offset + head.text.len();
    let known = entries.iter().find(|(key, _)| key.text == "aliases");
    let Some((key, value)) = known else {
        let line_end = if head.text.ends_with("\r\n") { "\r\n" } else { "\n" };
        edits.insert((end, end), format!("aliases: [{}]{line_end}", written(old.as_str())));
        return Some(());
    };
    let after = key.span.end as usize;
    let line = after + text.get(after..end)?.find(['\r', '\n']).unwrap_or(0);
    let (names, value_end) = match &value.value {
        Value::List(items) => {
            (items.iter().filter_map(|item| item.as_text()).collect(), (value.span.end as usize).max(after))
        }
        // `aliases:` with nothing after it.
        Value::Null => (Vec::new(), line),
        _ => return None,
    };
    let names: Vec<&str> = names;
    let is_kept = |name: &&str| ![old.as_str(), new.as_str()].contains(&name.trim_matches('/'));
    let all = names.into_iter().filter(is_kept).chain([old.as_str()]).map(written);
    edits.insert((after, value_end), format!(": [{}]", all.collect::<Vec<_>>().join(", ")));
    Some(())
}

/// An address as YAML takes it for text.
fn written(address: &str) -> String {
    let is_plain = address.contains('/') && address.chars().all(|c| c.is_ascii_alphanumeric() || "-/".contains(c));
    if is_plain { address.to_owned() } else { quoted(address) }
}

#[cfg(test)]
mod tests {
    use super::super::edited;
    use super::*;
    use crate::span::Files;

    #[test]
    fn old_addresses_are_kept_and_the_new_one_is_none() {
        let cases = [
            ("---\ntitle: A\n---\nx", "---\ntitle: A\naliases: [a/b]\n---\nx"),
            ("---\r\ntitle: A\r\n---\r\nx", "---\r\ntitle: A\r\naliases: [a/b]\r\n---\r\nx"),
            ("---\naliases: [x/y, z]\ntitle: A\n---\n", "---\naliases: [x/y, \"z\", a/b]\ntitle: A\n---\n"),
            ("---\naliases:\n  - x/y\n  - c/d\ntitle: A\n---\n", "---\naliases: [x/y, a/b]\ntitle: A\n---\n"),
            ("---\naliases:\ntitle: A\n---\n", "---\naliases: [a/b]\ntitle: A\n---\n"),
            ("---\ntitle: A\naliases: []\n---\n", "---\ntitle: A\naliases: [a/b]\n---\n"),
        ];
        let (old, new) = (PageId::parse("a/b").unwrap(), PageId::parse("c/d").unwrap());
        for (before, after) in cases {
            let mut edits = Edits::new();
            let file = Files::default().add("a.md", before);
            keep_address(file, before, &old, &new, &mut edits).unwrap();
            assert_eq!(edited(before, &edits).unwrap(), after);
        }
    }
}
