//! Addresses elsewhere: the one door by which they come in. What passes leads where it says, in every browser.
//!
//! A host may be written in letters that look like others, before a host may stand a user that looks like one, and characters that are not seen may part an
//! address from what a reader takes it for. Uses `diagnostic` for the codes and `unseen`; asks no network.

use crate::diagnostic::Code;
use crate::unseen;
use icu::properties::CodePointMapData;
use icu::properties::PropertyNamesLong;
use icu::properties::props::Script;

/// Why an address is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The code.
    pub code: Code,
    /// What is wrong.
    pub message: String,
    /// How to mend it.
    pub help: &'static str,
}

const WHOLE: &str = "write the whole address, as in `https://example.org/page`";
const ANEW: &str = "open the page and copy its address; a host that is really called so needs `host-lookalike = \"warn\"` under `[check]` in book.toml";

/// What is wrong with an address of the web; nothing where it leads to the host that it names.
pub fn fault(address: &str) -> Option<Fault> {
    let unsafe_url = |message: String, help| Some(Fault { code: Code::SB504, message, help });
    let Some(rest) = after_scheme(address) else {
        return unsafe_url(
            format!("`{address}` is no web address"),
            "an address begins with `https://` or `http://` and holds no spaces",
        );
    };
    if let Some(c) = address.chars().find(|c| c.is_control() || unseen::is_suspect(*c)) {
        let message = format!("this address holds the invisible character U+{:04X}", u32::from(c));
        return unsafe_url(message, "type the address anew, without copying it");
    }
    if let Some(c) = address.chars().find(|c| c.is_whitespace() || *c == '\\') {
        let message = format!("this address holds `{c}`, which not all programs read alike");
        return unsafe_url(message, "an address holds no spaces and no `\\`; write `%20` and `%5C`");
    }
    let authority = rest.split(['/', '?', '#']).next().unwrap_or("");
    if authority.is_empty() {
        return unsafe_url(format!("`{address}` names no host"), WHOLE);
    }
    if authority.contains('@') {
        let message = format!("`{authority}` names a user before the host, and looks like another host");
        return unsafe_url(message, "leave out what stands before the `@`");
    }
    let host = match url::Url::parse(address) {
        Ok(url) => url.host_str().unwrap_or("").to_owned(),
        Err(error) => return unsafe_url(format!("no browser opens `{address}`: {error}"), WHOLE),
    };
    let written = if authority.starts_with('[') { host.as_str() } else { authority.split(':').next().unwrap_or("") };
    disguise(written, &host).map(|message| Fault { code: Code::SB515, message, help: ANEW })
}

/// What stands behind the scheme of an address of the web.
fn after_scheme(address: &str) -> Option<&str> {
    let (scheme, rest) = address.split_once("://")?;
    ["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known)).then_some(rest)
}

/// What a host looks like and is not. `host` is what browsers make of what is written.
fn disguise(written: &str, host: &str) -> Option<String> {
    let shown = url::quirks::domain_to_unicode(host);
    let lower = written.to_lowercase();
    if lower != host && lower != shown {
        return Some(format!("the host is written `{written}`, and browsers go to `{host}`"));
    }
    let labels: Vec<&str> = shown.split('.').collect();
    let is_latin_end = labels.last().is_some_and(|end| end.is_ascii());
    labels.iter().filter(|label| !label.is_ascii()).find_map(|label| {
        let scripts = scripts(label);
        if !go_together(&scripts) {
            let names: Vec<&str> = scripts.iter().map(|script| name(*script)).collect();
            return Some(format!("the host `{shown}` (`{host}`) mixes letters of {}", names.join(" and ")));
        }
        let letters = || label.chars().filter(|c| c.is_alphabetic());
        if letters().any(is_phonetic) || (is_latin_end && letters().all(|c| LOOKALIKES.contains(c))) {
            return Some(format!(
                "the letters of the host `{shown}` (`{host}`) only look like those of the Latin alphabet"
            ));
        }
        None
    })
}

/// The scripts of a name's letters, as they come.
fn scripts(label: &str) -> Vec<Script> {
    let of = CodePointMapData::<Script>::new();
    let mut scripts = Vec::new();
    for script in label.chars().map(|c| of.get(c)) {
        if !matches!(script, Script::Common | Script::Inherited) && !scripts.contains(&script) {
            scripts.push(script);
        }
    }
    scripts
}

/// Whether one language writes with all of these.
fn go_together(scripts: &[Script]) -> bool {
    const EAST_ASIAN: &[Script] =
        &[Script::Latin, Script::Han, Script::Hiragana, Script::Katakana, Script::Bopomofo, Script::Hangul];
    scripts.len() <= 1 || scripts.iter().all(|script| EAST_ASIAN.contains(script))
}

fn name(script: Script) -> &'static str {
    PropertyNamesLong::<Script>::new().get(script).unwrap_or("an unknown script")
}

/// Letters of phonetics: no name is written with them, and they look like small capitals.
fn is_phonetic(c: char) -> bool {
    matches!(c, '\u{250}'..='\u{2af}' | '\u{1d00}'..='\u{1dbf}')
}

/// Cyrillic, Greek and Armenian letters that are drawn like Latin ones.
const LOOKALIKES: &str = "асԁеһіјӏорԛѕԝхуҽпгѵѡαεικνορτυχωγօսոհյցզլքբր";

#[cfg(test)]
mod tests {
    use super::*;

    fn code(address: &str) -> Option<&'static str> {
        fault(address).map(|fault| fault.code.id())
    }

    #[test]
    fn what_leads_where_it_says_passes() {
        for address in [
            "https://www.un.org/en/about-us?a=b#c",
            "HTTP://Example.ORG:8080/x",
            "https://example.org./x",
            "https://www.ynet.co.il/news/article/א",
            "https://דוגמה.ישראל/",
            "https://xn--4dbrk0ce.example/",
            "https://пример.рф/",
            "https://москва.com/",
            "https://例え.jp/",
            "https://bücher.example/",
            "https://[2001:db8::1]/",
            "https://example.org/a%20b'c\"d",
            "https://web.archive.org/web/2024/https://user@example.org/",
        ] {
            assert_eq!(fault(address), None, "{address}");
        }
    }

    #[test]
    fn what_leads_elsewhere_is_refused() {
        for (address, expected) in [
            ("ftp://example.org/", "SB504"),
            ("https:example.org", "SB504"),
            ("https://", "SB504"),
            ("https:///x", "SB504"),
            ("https://icc-cpi.int@example.org/", "SB504"),
            ("https://icc-cpi.int\\@example.org/", "SB504"),
            ("https://example.org/\u{202e}x", "SB504"),
            ("https://exam\u{200b}ple.org/", "SB504"),
            ("https://example.org:99999/", "SB504"),
            ("https://exa mple.org/", "SB504"),
            ("https://аррӏе.com/", "SB515"),
            ("https://xn--80ak6aa92e.com/", "SB515"),
            ("https://unrwа.org/", "SB515"),
            ("https://ｅxample.org/", "SB515"),
            ("https://exam%70le.org/", "SB515"),
            ("https://0x7f.1/", "SB515"),
            ("https://ʟegal.un.org/", "SB515"),
        ] {
            assert_eq!(code(address), Some(expected), "{address}");
        }
    }
}
