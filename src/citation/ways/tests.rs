#![allow(clippy::unwrap_used)]
use super::*;
use crate::citation::read::read_file;
use crate::ids::QuoteId;
use crate::span::Files;
use proptest::prelude::*;

/// A source with these fields, as an editor writes them.
fn source(fields: &str) -> Source {
    let text = format!("s: {{type: webpage, lang: en, title: T, checked: stored-page, {fields}}}\n");
    let mut files = Files::default();
    let file = files.add("sources.yaml", text.clone());
    let mut diagnostics = Vec::new();
    let source = read_file(file, &text, &mut diagnostics).pop();
    source.unwrap_or_else(|| panic!("{text}: {diagnostics:?}"))
}

/// Where the first way to the source leads, for a mark with this quotation and this place.
fn opened(fields: &str, quote: Option<&str>, place: Option<&str>) -> String {
    let source = source(fields);
    let locator = place.map(|place| Locator::parse(place).unwrap());
    let quote = quote.map(|id| source.quote(&QuoteId::parse(id).unwrap()).unwrap());
    let ways = ways(&source, Passage { quote, locator: locator.as_ref() });
    ways.first().map(|way| way.href.clone()).unwrap_or_default()
}

/// A quotation's text fragment.
fn directive(exact: &str) -> String {
    fragment::directive(exact, None, None).unwrap_or_default()
}

#[test]
fn a_page_opens_at_the_quoted_words() {
    let quoted =
        |url: &str, quote: &str| opened(&format!("url: \"{url}\", quotes: [{{id: q, {quote}}}]"), Some("q"), None);
    let exact = "exact: born free and equal";
    let opens = "text=born%20free%20and%20equal";
    // An address is continued, never changed.
    assert_eq!(quoted("https://example.org/a", exact), format!("https://example.org/a#:~:{opens}"));
    assert_eq!(quoted("https://example.org", exact), format!("https://example.org#:~:{opens}"));
    assert_eq!(quoted("http://example.org/a?b=c#d", exact), format!("http://example.org/a?b=c#d:~:{opens}"));
    assert_eq!(quoted("https://example.org/#/a", exact), format!("https://example.org/#/a:~:{opens}"));
    assert_eq!(quoted("https://example.org/a#", exact), format!("https://example.org/a#:~:{opens}"));
    // Its editor has chosen a passage already.
    assert_eq!(quoted("https://example.org/a#:~:text=x", exact), "https://example.org/a#:~:text=x");
    // What is a page is told by its ending.
    for page in ["a.html", "a.php", "a.aspx", "2024.5", "v1.2/", "a.txt"] {
        assert_eq!(
            quoted(&format!("https://example.org/{page}"), exact),
            format!("https://example.org/{page}#:~:{opens}")
        );
    }
    for file in ["a.docx", "a.xlsx", "a.csv", "a.zip", "a.JPG", "a.mp4", "a.pdf"] {
        assert_eq!(quoted(&format!("https://example.org/{file}?x"), exact), format!("https://example.org/{file}?x"));
    }
    // The words around tell one place from another.
    assert_eq!(
        quoted(
            "https://example.org/a",
            "exact: were killed, prefix: \"it said that 1,200 people \", suffix: \" on that day\""
        ),
        "https://example.org/a#:~:text=said%20that%201%2C200%20people-,were%20killed,-on%20that%20day"
    );
    // The original is what stands there, whatever the reader's language.
    assert_eq!(
        quoted("https://example.org/a", "exact: {fr: libres et égaux en droits, en: born free and equal}"),
        format!("https://example.org/a#:~:{opens}")
    );
    // Without a quotation there is nothing to look for.
    assert_eq!(opened("url: https://example.org/a", None, Some("para. 5")), "https://example.org/a");
}

#[test]
fn the_words_of_a_fragment_are_encoded() {
    let cases = [
        ("a well-known, old & new fact", "text=a%20well%2Dknown%2C%20old%20%26%20new%20fact"),
        ("in  the\n words of 'it'", "text=in%20the%20words%20of%20%27it%27"),
        ("100% of it (so #1?)", "text=100%25%20of%20it%20%28so%20%231%3F%29"),
        ("libres et égaux", "text=libres%20et%20%C3%A9gaux"),
        ("כל בני אדם", "text=%D7%9B%D7%9C%20%D7%91%D7%A0%D7%99%20%D7%90%D7%93%D7%9D"),
        (
            "يولد جميع الناس",
            "text=%D9%8A%D9%88%D9%84%D8%AF%20%D8%AC%D9%85%D9%8A%D8%B9%20%D8%A7%D9%84%D9%86%D8%A7%D8%B3",
        ),
    ];
    for (exact, expected) in cases {
        assert_eq!(directive(exact), expected, "{exact}");
    }
}

#[test]
fn long_and_broken_quotations_are_named_by_their_ends() {
    let cases = [
        (
            "one two three four five six seven eight nine ten",
            "text=one%20two%20three%20four%20five%20six%20seven%20eight%20nine%20ten",
        ),
        ("1 2 3 4 5 6 7 8 9 10 11", "text=1%202%203%204%205,7%208%209%2010%2011"),
        ("we did not know … until they came back", "text=we%20did%20not%20know,until%20they%20came%20back"),
        ("we did not know ... until they came back", "text=we%20did%20not%20know,until%20they%20came%20back"),
        ("we did not know [...] until they came back", "text=we%20did%20not%20know,until%20they%20came%20back"),
        ("[The army] did not know of it", "text=did%20not%20know%20of%20it"),
        ("[T]he army did not know", "text=army%20did%20not%20know"),
        ("it saw many child[ren] in the street there", "text=it%20saw%20many,in%20the%20street%20there"),
        // One word could stand anywhere.
        ("yes … we did not know of it", "text=we%20did%20not%20know%20of%20it"),
        ("yes … no … perhaps", ""),
        ("no confidence", "text=no%20confidence"),
        ("none", ""),
        ("…", ""),
        ("[", ""),
    ];
    for (exact, expected) in cases {
        assert_eq!(directive(exact), expected, "{exact}");
    }
    // What stood before the quotation does not stand before its third word.
    assert_eq!(
        fragment::directive("[T]he army did not know", Some("and then"), Some("of it")).unwrap(),
        "text=army%20did%20not%20know,-of%20it"
    );
    assert_eq!(fragment::directive("none", Some("and […] then"), None).unwrap(), "text=then-,none");
}

#[test]
fn a_pdf_opens_at_the_page() {
    let pdf = "url: https://example.org/a.pdf";
    let cases = [
        (pdf, "p. 12", "https://example.org/a.pdf#page=12"),
        (pdf, "pp. 12–14", "https://example.org/a.pdf#page=12"),
        (pdf, "12-14", "https://example.org/a.pdf#page=12"),
        (pdf, "pp. 3, 7", "https://example.org/a.pdf#page=3"),
        (pdf, "ص ١٢", "https://example.org/a.pdf#page=12"),
        (pdf, "עמ׳ 12", "https://example.org/a.pdf#page=12"),
        // Not counted as the file counts, or no page.
        (pdf, "p. iv", "https://example.org/a.pdf"),
        (pdf, "p. A12", "https://example.org/a.pdf"),
        (pdf, "p. 0", "https://example.org/a.pdf"),
        (pdf, "p. 99999999999999999999999", "https://example.org/a.pdf"),
        (pdf, "para. 12", "https://example.org/a.pdf"),
        ("url: \"https://example.org/a.PDF?x=y\"", "p. 2", "https://example.org/a.PDF?x=y#page=2"),
        ("url: \"https://example.org/a.pdf#zoom=100\"", "p. 2", "https://example.org/a.pdf#zoom=100&page=2"),
        ("url: \"https://example.org/a.pdf#\"", "p. 2", "https://example.org/a.pdf#page=2"),
        ("url: \"https://example.org/a.pdf#page=9\"", "p. 2", "https://example.org/a.pdf#page=9"),
        ("url: \"https://example.org/a.pdf#annex\"", "p. 2", "https://example.org/a.pdf#annex"),
        (
            "url: https://docs.example.org/A/RES/1, snapshot: {media-type: application/pdf}",
            "p. 2",
            "https://docs.example.org/A/RES/1#page=2",
        ),
        ("url: https://example.org/a", "p. 2", "https://example.org/a"),
    ];
    for (fields, place, expected) in cases {
        assert_eq!(opened(fields, None, Some(place)), expected, "{fields} {place}");
    }
    // The quotation's own place counts where the mark names none.
    let quoted = "url: https://example.org/a.pdf, quotes: [{id: q, exact: born free and equal, locator: p. 7}]";
    assert_eq!(opened(quoted, Some("q"), None), "https://example.org/a.pdf#page=7");
    assert_eq!(opened(quoted, Some("q"), Some("p. 8")), "https://example.org/a.pdf#page=8");
}

#[test]
fn a_recording_opens_at_the_time() {
    let cases = [
        ("https://www.youtube.com/watch?v=abc", "at 12:30", "https://www.youtube.com/watch?v=abc&t=750"),
        ("https://youtube.com/watch?v=abc&list=d", "at 1:00:01", "https://youtube.com/watch?v=abc&list=d&t=3601"),
        ("https://youtu.be/abc", "at 00:12:30", "https://youtu.be/abc?t=750"),
        ("https://youtu.be/abc?", "at 0:05", "https://youtu.be/abc?t=5"),
        ("https://m.youtube.com/live/abc", "בדקה 12:30", "https://m.youtube.com/live/abc?t=750"),
        ("https://www.youtube.com/embed/abc", "at 12:30", "https://www.youtube.com/embed/abc?start=750"),
        ("https://www.youtube.com/watch?v=abc&t=9", "at 12:30", "https://www.youtube.com/watch?v=abc&t=9"),
        ("https://www.youtube.com/watch?v=abc#x", "at 12:30", "https://www.youtube.com/watch?v=abc#x"),
        ("https://www.youtube.com/@somebody", "at 12:30", "https://www.youtube.com/@somebody"),
        ("https://vimeo.com/123", "الدقيقة ١٢:٣٠", "https://vimeo.com/123#t=750s"),
        ("https://vimeo.com/about", "at 12:30", "https://vimeo.com/about"),
        ("https://example.org/a.mp4", "at 12:30", "https://example.org/a.mp4#t=750"),
        ("https://example.org/a.mp3?b", "at 12:30–13:05", "https://example.org/a.mp3?b#t=750,785"),
        ("https://example.org/a.webm", "at 12:30.5", "https://example.org/a.webm#t=750"),
        ("https://example.org/a.webm#x", "at 12:30", "https://example.org/a.webm#x"),
        ("https://example.org/a.mp4", "p. 3", "https://example.org/a.mp4"),
        ("https://youtube.com.example.org/watch?v=abc", "at 12:30", "https://youtube.com.example.org/watch?v=abc"),
        ("https://youtu.be:443/abc", "at 0:05", "https://youtu.be:443/abc?t=5"),
    ];
    for (url, place, expected) in cases {
        assert_eq!(opened(&format!("url: \"{url}\""), None, Some(place)), expected, "{url} {place}");
    }
    let stored = "url: https://example.org/play/1, snapshot: {media-type: video/mp4}";
    assert_eq!(opened(stored, None, Some("at 0:30")), "https://example.org/play/1#t=30");
}

#[test]
fn the_copy_takes_the_place_of_what_is_gone() {
    let copies = "archive: [{url: \"https://web.archive.org/web/2024/https://example.org/a\", at: 2024-03-01, by: wayback}, \
                  {url: \"https://perma.cc/AB-CD\", by: perma}], quotes: [{id: q, exact: born free and equal}]";
    let all = |status: &str, quote: bool| {
        let source = source(&format!("url: https://example.org/a, url-status: {status}, {copies}"));
        let quote = source.quote(&QuoteId::parse("q").unwrap()).filter(|_| quote);
        let ways = ways(&source, Passage { quote, locator: None });
        ways.iter().map(|way| (way.copy.is_some(), way.at_passage, way.href.clone())).collect::<Vec<_>>()
    };
    let opens = "#:~:text=born%20free%20and%20equal";
    let own = |end: &str| (false, !end.is_empty(), format!("https://example.org/a{end}"));
    let wayback =
        |end: &str| (true, !end.is_empty(), format!("https://web.archive.org/web/2024/https://example.org/a{end}"));
    let perma = (true, false, "https://perma.cc/AB-CD".to_owned());
    for status in ["live", "paywalled", "geo-blocked"] {
        assert_eq!(all(status, true), [own(opens), wayback(opens), perma.clone()], "{status}");
        assert_eq!(all(status, false), [own(""), wayback(""), perma.clone()], "{status}");
    }
    for status in ["dead", "usurped", "removed"] {
        assert_eq!(all(status, true), [wayback(opens), perma.clone()], "{status}");
    }
    assert_eq!(opened("url: https://example.org/a, url-status: dead", None, None), "");
    assert_eq!(opened("doi: 10.1/x", None, None), "");
}

#[test]
fn only_a_copy_that_the_browser_shows_itself_opens_at_the_passage() {
    let quotes = "quotes: [{id: q, exact: born free and equal, locator: p. 3}]";
    let opens = "#:~:text=born%20free%20and%20equal";
    let cases = [
        (
            "archive: [{url: \"https://web.archive.org/web/1/https://example.org/\"}]",
            "https://web.archive.org/web/1/https://example.org/",
            opens,
        ),
        ("archive: [{url: \"https://example.com/copy.html\", by: self}]", "https://example.com/copy.html", opens),
        (
            "archive: [{url: \"https://example.com/copy\", by: self, wacz: \"https://example.com/copy.wacz\"}]",
            "https://example.com/copy",
            "",
        ),
        (
            "archive: [{url: \"https://ghostarchive.org/archive/1\", by: ghostarchive}]",
            "https://ghostarchive.org/archive/1",
            "",
        ),
        ("archive: [{url: \"https://example.com/copy\"}]", "https://example.com/copy", ""),
        (
            "archive: [{url: \"https://web.archive.org/web/1/https://example.org/a.pdf\", by: wayback}]",
            "https://web.archive.org/web/1/https://example.org/a.pdf",
            "#page=3",
        ),
        // Of a video an archive keeps the page around it at best.
        (
            "url: \"https://youtu.be/abc\", url-status: dead, archive: [{url: \"https://web.archive.org/web/1/https://youtu.be/abc\", by: wayback}]",
            "https://web.archive.org/web/1/https://youtu.be/abc",
            "",
        ),
    ];
    for (fields, url, end) in cases {
        assert_eq!(opened(&format!("{fields}, {quotes}"), Some("q"), None), format!("{url}{end}"), "{fields}");
    }
}

/// Per cent and the letters after it, read back.
fn decoded(term: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = term;
    while let Some((before, after)) = rest.split_once('%') {
        bytes.extend(before.bytes());
        bytes.push(u8::from_str_radix(after.get(..2).unwrap(), 16).unwrap());
        rest = after.get(2..).unwrap();
    }
    bytes.extend(rest.bytes());
    String::from_utf8(bytes).unwrap()
}

proptest! {
    /// Whatever the record says: an address that may be linked, begun by the source's own, with nothing in it that an address cannot hold.
    #[test]
    fn an_address_is_only_continued(
        host in "(example\\.org|www\\.youtube\\.com|youtu\\.be|vimeo\\.com|web\\.archive\\.org)(:8080)?",
        path in "(/(watch|embed/x|123|a\\.pdf|b\\.mp4|c\\.csv|é|[a-z%.;-]{0,6})){0,2}",
        query in "(\\?[a-z=&%,-]{0,8})?",
        end in "(#[a-z=&:~/%-]{0,8})?",
        exact in "\\PC{1,120}",
        prefix in proptest::option::of("\\PC{1,40}"),
        suffix in proptest::option::of("\\PC{1,40}"),
        place in "(p\\. |at |para\\. )[0-9:.–, ]{1,9}",
    ) {
        let url = format!("https://{host}{path}{query}{end}");
        let mut record = source("url: https://example.org/, quotes: [{id: q, exact: x}]");
        record.url.as_mut().unwrap().value.clone_from(&url);
        let quote = record.quotes.first_mut().unwrap();
        quote.exact = crate::workspace::Localized::Plain(exact);
        (quote.prefix, quote.suffix) = (prefix, suffix);
        let locator = Locator::parse(&place);
        let passage = Passage { quote: record.quotes.first(), locator: locator.as_ref() };
        let ways = ways(&record, passage);
        prop_assert_eq!(ways.len(), 1);
        let href = &ways[0].href;
        let added = href.strip_prefix(&url).unwrap();
        prop_assert_eq!(ways[0].at_passage, !added.is_empty());
        prop_assert!(added.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~:#?&=,%".contains(&b)), "{}", added);
        prop_assert!(href.matches('#').count() <= 1);
    }

    /// The words of a fragment stand in the quotation in that order, and read back they are the same.
    #[test]
    fn the_words_of_a_fragment_are_the_quotations(exact in "([\\p{L}0-9,&%'-]{1,7}( |  |\n|… | \\[\\.\\.\\.\\] |\\[x\\])){1,20}") {
        let Some(directive) = fragment::directive(&exact, None, None) else { return Ok(()) };
        let joined = exact.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut rest = joined.as_str();
        for term in directive.strip_prefix("text=").unwrap().split(',') {
            let words = decoded(term);
            let at = rest.find(&words);
            prop_assert!(at.is_some(), "{:?} in {:?}", words, rest);
            rest = rest.get(at.unwrap() + words.len()..).unwrap();
        }
    }
}
