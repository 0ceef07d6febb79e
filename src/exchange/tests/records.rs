//! Records for tests: those of the fixtures, and made ones with every field and the most hostile texts.

use crate::citation::{Source, read};
use crate::exchange::tree;
use crate::span::{FileId, Files, Span};
use crate::workspace::node::{Key, Node, Value};
use proptest::prelude::*;

pub(super) fn file() -> FileId {
    Files::default().add("test", "")
}

/// The sources of a YAML text; what is wrong with it fails the test.
pub(super) fn sources(text: &str) -> Vec<Source> {
    let mut diagnostics = Vec::new();
    let sources = read::read_file(file(), text, &mut diagnostics);
    assert_eq!(diagnostics, [], "{text}");
    sources
}

/// Says what differs between two records, field by field.
pub(super) fn difference(one: &Source, other: &Source) -> Vec<String> {
    let (one_record, other_record) = (tree::record(one), tree::record(other));
    let mut found = Vec::new();
    if one.id != other.id {
        found.push(format!("id: {} ≠ {}", one.id, other.id));
    }
    let names = one_record.iter().chain(&other_record).map(|(key, _)| key.text.clone());
    let names: std::collections::BTreeSet<String> = names.collect();
    for name in names {
        let (one, other) = (tree::field(&one_record, &name), tree::field(&other_record, &name));
        match (one, other) {
            (Some(one), Some(other)) if tree::same(one, other) => {}
            _ => found.push(format!("{name}: {:?} ≠ {:?}", one.map(|node| &node.value), other.map(|node| &node.value))),
        }
    }
    found
}

fn text_node(text: String) -> Node {
    Node { span: Span::start_of(file()), value: Value::Text { text, verbatim: None } }
}

fn map(entries: Vec<(&str, Node)>) -> Node {
    let span = Span::start_of(file());
    let entries = entries.into_iter().map(|(name, node)| (Key { text: name.to_owned(), span }, node)).collect();
    Node { span, value: Value::Map(entries) }
}

fn list(items: Vec<Node>) -> Node {
    Node { span: Span::start_of(file()), value: Value::List(items) }
}

/// Text made of what formats trip over.
pub(super) fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-zA-Z]{1,6}",
        1 => "\\PC{1,4}",
        1 => any::<char>().prop_map(String::from),
        6 => prop::sample::select(vec![
            " ", "  ", "{", "}", "{}", "}{", "\\", "\\\\", "%", "&", "#", "_", "$", "$x$", "~", "^", "\"", "'", "''", "``", "`", "-", "--",
            "---", "–", ",", ", ", ";", ":", ": ", "=", " and ", "and", "others", "\n", "\n\n", "\r\n", "\t", "\u{a0}", "\u{202f}", "\u{2028}",
            "\u{200f}", "\u{2067}", "\u{feff}", "\u{85}", "\u{0}", "\u{7f}", "😀", "👨‍👩‍👧", "צה\"ל", "דו״ח", "ז׳נבה", "عربي", "محمد، علي", "é", "e\u{301}",
            "\nER  - ", "ER  - ", "TY  - JOUR", "@article{x,", "\\textbf{x}", "\\\"u", "\\& ", "<i>", "</script>", "&amp;", "]]>", "null", "true", "~",
            "[a]", "- ", "? ", "# ", " #", "|", ">", "*a", "!x", "@", "2024", "1e3", "0x1F", "007", ".5", "yes", "no", "von", "de la", "(", ")",
            "\u{e1f0}", "\u{e1f5}",
        ]).prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 1..7).prop_map(|pieces| pieces.concat())
}

fn localized() -> impl Strategy<Value = Node> {
    let lang = prop::sample::select(vec!["en", "he", "ar", "fr", "pt-BR", "zh-Hant"]);
    prop_oneof![
        3 => hostile().prop_map(text_node),
        2 => prop::collection::btree_map(lang, hostile(), 1..4)
            .prop_shuffle_map()
            .prop_map(|texts| map(texts.into_iter().map(|(lang, text)| (lang, text_node(text))).collect())),
    ]
}

trait ShuffleMap {
    fn prop_shuffle_map(self) -> BoxedStrategy<Vec<(&'static str, String)>>;
}

impl<S> ShuffleMap for S
where
    S: Strategy<Value = std::collections::BTreeMap<&'static str, String>> + 'static,
{
    fn prop_shuffle_map(self) -> BoxedStrategy<Vec<(&'static str, String)>> {
        self.prop_map(|map| map.into_iter().collect::<Vec<_>>()).prop_shuffle().boxed()
    }
}

fn names() -> impl Strategy<Value = Node> {
    let lang = prop::sample::select(vec!["en", "he", "ar", "fr"]);
    let texts = || prop::collection::vec(hostile().prop_map(text_node), 1..3).prop_map(list);
    prop_oneof![
        texts(),
        prop::collection::btree_map(lang, texts(), 1..3).prop_map(|texts| map(texts.into_iter().collect())),
    ]
}

fn date() -> impl Strategy<Value = Node> {
    let moment = (1u16..=9999, 1u8..=12, 1u8..=28, 0..3).prop_map(|(year, month, day, fineness)| match fineness {
        0 => format!("{year:04}"),
        1 => format!("{year:04}-{month:02}"),
        _ => format!("{year:04}-{month:02}-{day:02}"),
    });
    prop_oneof![
        4 => moment.clone(),
        1 => moment.clone().prop_map(|moment| format!("~{moment}")),
        1 => (moment.clone(), moment).prop_map(|(one, other)| if one < other { format!("{one}/{other}") } else { format!("{other}/{one}") }),
    ]
    .prop_map(text_node)
}

fn author() -> impl Strategy<Value = Node> {
    prop_oneof![
        localized().prop_map(|org| map(vec![("org", org)])),
        (localized(), prop::option::of(localized())).prop_map(|(family, given)| {
            let given = given.map(|given| ("given", given));
            map(std::iter::once(("family", family)).chain(given).collect())
        }),
    ]
}

fn choice(words: &'static [&'static str]) -> impl Strategy<Value = Node> {
    prop::sample::select(words).prop_map(|word| text_node(word.to_owned()))
}

fn url() -> impl Strategy<Value = Node> {
    "https?://[a-z]{1,5}\\.(org|com)/[a-zA-Z0-9/%&#_{}$~^'.,;:=?+()-]{0,20}".prop_map(text_node)
}

fn ids() -> impl Strategy<Value = Node> {
    prop::collection::vec("[A-Za-z0-9][A-Za-z0-9._-]{0,8}", 1..4)
        .prop_map(|ids| list(ids.into_iter().map(text_node).collect()))
}

fn quotes() -> impl Strategy<Value = Node> {
    let quote = (
        localized(),
        prop::option::of(hostile()),
        prop::option::of(choice(&["p. 3", "paras. 120–122", "Art. 13", "at 00:12"])),
    );
    prop::collection::vec(quote, 1..3).prop_map(|quotes| {
        let quotes = quotes.into_iter().enumerate().map(|(index, (exact, prefix, locator))| {
            let mut fields = vec![("id", text_node(format!("q{index}"))), ("exact", exact)];
            fields.extend(locator.map(|locator| ("locator", locator)));
            fields.extend(prefix.map(|prefix| ("prefix", text_node(prefix))));
            map(fields)
        });
        list(quotes.collect())
    })
}

fn archive() -> impl Strategy<Value = Node> {
    let copy =
        (url(), prop::option::of(date()), prop::option::of(choice(&["wayback", "perma", "ghostarchive", "self"])));
    prop::collection::vec(copy, 1..3).prop_map(|copies| {
        let copies = copies.into_iter().map(|(url, at, by)| {
            let mut fields = vec![("url", url)];
            fields.extend(at.map(|at| ("at", at)));
            fields.extend(by.map(|by| ("by", by)));
            map(fields)
        });
        list(copies.collect())
    })
}

/// The fields of one record, many or few.
fn fields() -> impl Strategy<Value = Vec<(&'static str, Node)>> {
    fn maybe(
        name: &'static str,
        value: impl Strategy<Value = Node> + 'static,
    ) -> BoxedStrategy<Option<(&'static str, Node)>> {
        prop::option::weighted(0.25, value).prop_map(move |value| value.map(|value| (name, value))).boxed()
    }
    let texts = [
        "title-latn",
        "number",
        "volume",
        "issue",
        "pages",
        "edition",
        "version",
        "doc-symbol",
        "affiliation",
        "license",
    ];
    let words = ["container", "publisher", "place", "authority", "perspective", "rights", "note"];
    let mut optional: Vec<BoxedStrategy<Option<(&'static str, Node)>>> = Vec::new();
    optional.extend(texts.map(|name| maybe(name, hostile().prop_map(text_node))));
    optional.extend(words.map(|name| maybe(name, localized())));
    optional.extend(["date", "accessed", "url-checked"].map(|name| maybe(name, date())));
    optional.extend(["aliases", "chain", "supersedes", "superseded-by"].map(|name| maybe(name, ids())));
    optional.push(maybe("author", prop::collection::vec(author(), 1..4).prop_map(list)));
    optional.push(maybe("names", names()));
    optional.push(maybe("url", url()));
    optional.push(maybe("doi", "10\\.[0-9]{4}/[a-zA-Z0-9._;()/{}%&#-]{1,12}".prop_map(text_node)));
    optional.push(maybe("isbn", choice(&["978-0-521-00967-6", "9780521009676", "0-306-40615-2"])));
    optional.push(maybe("url-status", choice(&["live", "dead", "usurped", "geo-blocked"])));
    optional.push(maybe("archive", archive()));
    optional.push(maybe("kind", choice(read::KINDS)));
    optional.push(maybe("quotes", quotes()));
    optional.push(maybe("retracted", date().prop_map(|at| map(vec![("at", at)]))));
    optional.push(maybe("review", date().prop_map(|at| map(vec![("expires", at)]))));
    let facts = hostile().prop_map(|text| {
        list(vec![map(vec![("text", text_node(text)), ("checked", text_node("corroborated".to_owned()))])])
    });
    optional.push(maybe("facts", facts));
    (choice(read::FORMS), choice(&["en", "en-GB", "he", "ar", "fr", "ckb", "zh-Hant", "und"]), localized(), optional)
        .prop_map(|(form, lang, title, optional)| {
            let mut fields = vec![
                ("type", form),
                ("lang", lang),
                ("title", title),
                ("checked", text_node("stored-page".to_owned())),
            ];
            fields.extend(optional.into_iter().flatten());
            fields
        })
}

/// Any record that the strict reader takes.
pub(super) fn source() -> impl Strategy<Value = Source> {
    ("[A-Za-z0-9][A-Za-z0-9._-]{0,12}", fields()).prop_filter_map("no title is left", |(id, fields)| {
        let key = Key { text: id, span: Span::start_of(file()) };
        read::record(&key, &map(fields), &mut Vec::new())
    })
}
