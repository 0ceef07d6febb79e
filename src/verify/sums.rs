//! Fingerprints that a publisher gives beside files: one by itself, or a list in the form of `sha256sum`.

/// What a list says of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// The file is in it, under this name.
    Same(String),
    /// Its name is in it, with another fingerprint.
    Different,
    /// Neither its name nor its fingerprint is in it.
    Nothing,
}

/// Reads a SHA-256 as people copy it: in small or capital letters, in groups or not.
pub fn parse(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(|c| !c.is_whitespace() && *c != ':').collect();
    let is_hash = digits.len() == 64 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hash.then(|| digits.to_ascii_lowercase())
}

/// What a list says of the file `name` with the fingerprint `hash`; `None` where the text is no such list. A file that was renamed is the same file.
pub fn look_up(list: &str, name: &str, hash: &str) -> Option<Told> {
    let lines = list.lines().filter(|line| !line.trim().is_empty());
    let entries: Vec<(String, &str)> = lines.map(entry).collect::<Option<_>>()?;
    let same = entries.iter().filter(|(own, _)| own == hash);
    let told = same.min_by_key(|(_, listed)| *listed != name).map(|(_, listed)| Told::Same((*listed).to_owned()));
    let is_named = || entries.iter().any(|(_, listed)| *listed == name);
    (!entries.is_empty()).then(|| told.unwrap_or_else(|| if is_named() { Told::Different } else { Told::Nothing }))
}

/// "0a1b…  explainer.zip", with `*` before the name where `sha256sum --binary` wrote it.
fn entry(line: &str) -> Option<(String, &str)> {
    let (hash, name) = line.trim_end().split_once(' ')?;
    let name = name.strip_prefix([' ', '*'])?;
    Some((parse(hash).filter(|_| hash.len() == 64)?, name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_as_sha256sum_writes_it() {
        let [a, b] = ["a", "b"].map(|digit| digit.repeat(64));
        let list = format!("{a}  one.zip\n{b} *two.epub\n");
        assert_eq!(look_up(&list, "one.zip", &a), Some(Told::Same("one.zip".to_owned())));
        assert_eq!(look_up(&list, "renamed.zip", &b), Some(Told::Same("two.epub".to_owned())));
        assert_eq!(look_up(&list, "one.zip", &"c".repeat(64)), Some(Told::Different));
        assert_eq!(look_up(&list, "three.zip", &"c".repeat(64)), Some(Told::Nothing));
        for no_list in ["", "\n", "hello\n", &format!("{a}\n"), &format!("{a}  one.zip\nmore\n")] {
            assert_eq!(look_up(no_list, "one.zip", &a), None, "{no_list:?}");
        }
    }

    #[test]
    fn a_fingerprint_is_read_as_people_copy_it() {
        let hash = "0a".repeat(32);
        let grouped = "0A 0a ".repeat(16);
        assert_eq!(parse(&grouped), Some(hash.clone()));
        assert_eq!(parse(&format!(" {hash}\n")), Some(hash));
        for other in ["", "0a", &"0g".repeat(32), &"0a".repeat(33)] {
            assert_eq!(parse(other), None, "{other}");
        }
    }
}
