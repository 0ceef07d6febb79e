//! An editor as the language server meets it: it opens files of a site, types, asks and goes, over standard input and output.

#![allow(clippy::needless_pass_by_value, reason = "values are made where they are passed")]

use crate::cli::{run, sourcebook, status, stderr};
use crate::support::Site;
use serde_json::{Value, json};
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

const PAGE: &str = "content/en/documents/declaration.md";
const HEAD: &str = "---\ntitle: The Universal Declaration\n";
const HEBREW: &str = "content/he/index.md";
const SOURCES: &str = "content/sources/sources.yaml";
const FIGURES: &str = "content/figures/figures.yaml";

/// Longer than any answer takes on the busiest machine: what comes later never comes.
const PATIENCE: Duration = Duration::from_secs(120);

/// An editor with a site open.
struct Editor<'s> {
    site: &'s Site,
    child: Child,
    input: ChildStdin,
    messages: Receiver<Value>,
    /// What was told of each file last, by path.
    told: Vec<(String, Value)>,
    last: i64,
    version: i32,
}

impl<'s> Editor<'s> {
    /// An editor that knows what is usual.
    fn open(site: &'s Site) -> Self {
        Self::able(site, json!({}))
    }

    /// An editor that can do what is said.
    fn able(site: &'s Site, capabilities: Value) -> Self {
        let mut editor = Self::start(site);
        let folder = editor.uri("");
        let answer =
            editor.ask("initialize", json!({"processId": null, "rootUri": folder, "capabilities": capabilities}));
        assert_eq!(answer["serverInfo"]["name"], "sourcebook");
        editor.tell("initialized", json!({}));
        editor
    }

    fn start(site: &'s Site) -> Self {
        let mut child = sourcebook(site)
            .arg("lsp")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (input, output) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let (sender, messages) = channel();
        thread::spawn(move || {
            let mut output = BufReader::new(output);
            while let Some(message) = next(&mut output) {
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        Self { site, child, input, messages, told: Vec::new(), last: 0, version: 1 }
    }

    fn uri(&self, path: &str) -> String {
        let root = self.site.root().canonicalize().unwrap();
        format!("file://{}/{path}", root.display()).trim_end_matches('/').to_owned()
    }

    /// An answer with the folder of this run taken out.
    fn bare(&self, value: &Value) -> Value {
        serde_json::from_str(&value.to_string().replace(&self.uri(""), "site:")).unwrap()
    }

    fn raw(&mut self, bytes: &[u8]) {
        self.input.write_all(bytes).unwrap();
        self.input.flush().unwrap();
    }

    fn send(&mut self, message: &Value) {
        let body = message.to_string();
        self.raw(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
    }

    fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    /// The next message, kept where it tells what is wrong.
    fn hear(&mut self) -> Value {
        let message = self.messages.recv_timeout(PATIENCE).expect("the server says nothing any more");
        if message["method"] == "textDocument/publishDiagnostics" {
            let told = self.bare(&message["params"]);
            let path = told["uri"].as_str().unwrap().trim_start_matches("site:/").to_owned();
            self.told.retain(|(other, _)| *other != path);
            self.told.push((path, told["diagnostics"].clone()));
        }
        message
    }

    /// An answer, or the error in its place.
    fn ask(&mut self, method: &str, params: Value) -> Value {
        self.last += 1;
        let id = self.last;
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
        loop {
            let message = self.hear();
            if message["id"] == id && message.get("method").is_none() {
                let answer = message.get("result").or_else(|| message.get("error")).cloned().unwrap_or_default();
                return self.bare(&answer);
            }
        }
    }

    /// Opens a file as it is on the disk.
    fn read(&mut self, path: &str) -> String {
        let text = fs::read_to_string(self.site.root().join(path)).unwrap();
        self.show(path, &text);
        text
    }

    /// Opens a file with that text.
    fn show(&mut self, path: &str, text: &str) {
        let document = json!({"uri": self.uri(path), "languageId": "markdown", "version": 1, "text": text});
        self.tell("textDocument/didOpen", json!({"textDocument": document}));
    }

    /// Puts a text into the place of a range.
    fn write(&mut self, path: &str, range: &Value, text: &str) {
        self.version += 1;
        let document = json!({"uri": self.uri(path), "version": self.version});
        let changes = json!([{"range": range, "text": text}]);
        self.tell("textDocument/didChange", json!({"textDocument": document, "contentChanges": changes}));
    }

    /// Replaces the whole text.
    fn rewrite(&mut self, path: &str, text: &str) {
        self.version += 1;
        let document = json!({"uri": self.uri(path), "version": self.version});
        let params = json!({"textDocument": document, "contentChanges": [{"text": text}]});
        self.tell("textDocument/didChange", params);
    }

    /// A question about a place, with more in it.
    fn at(&mut self, method: &str, path: &str, position: &Value, more: &Value) -> Value {
        let mut params = json!({"textDocument": {"uri": self.uri(path)}, "position": position});
        params.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.ask(method, params)
    }

    /// What is wrong with a file, once it is as expected.
    fn problems(&mut self, path: &str, is_expected: impl Fn(&Value) -> bool) -> Value {
        loop {
            let told = self.told.iter().find(|(other, _)| other == path).map(|(_, told)| told.clone());
            if let Some(told) = told.filter(&is_expected) {
                return told;
            }
            self.hear();
        }
    }

    /// Ends the session; the server must end well.
    fn close(mut self) {
        assert_eq!(self.ask("shutdown", Value::Null), Value::Null);
        self.tell("exit", Value::Null);
        let output = self.child.wait_with_output().unwrap();
        assert_eq!(status(&output), 0, "{}", stderr(&output));
        assert_eq!(stderr(&output), "");
    }
}

/// The next message of a server.
fn next(output: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).unwrap() == 0 {
            return None;
        }
        match line.trim_end().split_once(": ") {
            Some((_, value)) => length = value.parse().unwrap(),
            None => break,
        }
    }
    let mut body = vec![0; length];
    output.read_exact(&mut body).unwrap();
    Some(serde_json::from_slice(&body).unwrap())
}

/// Where something stands in a text, in units of UTF-16, and how many of them further.
fn place(text: &str, needle: &str, further: usize) -> Value {
    let at = text.find(needle).unwrap_or_else(|| panic!("no {needle} in:\n{text}"));
    let line = text[..at].matches('\n').count();
    let start = text[..at].rfind('\n').map_or(0, |at| at + 1);
    json!({"line": line, "character": text[start..at].encode_utf16().count() + further})
}

/// The range of something in a text.
fn range(text: &str, needle: &str) -> Value {
    json!({"start": place(text, needle, 0), "end": place(text, needle, needle.encode_utf16().count())})
}

fn codes(told: &Value) -> Vec<&str> {
    told.as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap()).collect()
}

fn labels(list: &Value) -> Vec<&str> {
    list["items"].as_array().unwrap().iter().map(|item| item["label"].as_str().unwrap()).collect()
}

#[test]
fn what_is_wrong_is_said_while_it_is_typed() {
    let site = Site::base();
    let mut editor = Editor::open(&site);
    let text = editor.read(PAGE);
    let key = range(&text, "udhr-1948#q1");
    editor.write(PAGE, &key, "udhr-1984#q1");
    let told = editor.problems(PAGE, |told| codes(told) == ["SB201"]);
    assert_eq!(told[0]["range"], key);
    insta::assert_json_snapshot!("lsp-diagnostic", told);
    editor.write(PAGE, &key, "udhr-1948#q1");
    editor.problems(PAGE, |told| codes(told).is_empty());
    // What only the whole site shows is said as well, and of files that nobody has open.
    editor.rewrite(PAGE, "---\ntitle: The Universal Declaration\n---\nIt was adopted in 1948 [@udhr-1948].\n");
    editor.rewrite(PAGE, "---\ntitle: The Declaration\nsummry: x\n---\nIt counts [=icj-judge] [@udhr-1948].\n");
    let told = editor.problems(PAGE, |told| codes(told).len() == 2);
    assert_eq!(codes(&told), ["SB103", "SB301"]);
    let document = json!({"uri": editor.uri(PAGE)});
    editor.tell("textDocument/didClose", json!({"textDocument": document}));
    editor.problems(PAGE, |told| codes(told).is_empty());
    assert_eq!(fs::read_to_string(site.root().join(PAGE)).unwrap(), text);
    // A page that was never saved is one of the site.
    let new = "content/en/documents/new.md";
    editor
        .show(new, "---\ntitle: New\nweight: 30\n---\nSee [the Declaration](declaration.md#article-9) [@udhr-1948].\n");
    let told = editor.problems(new, |told| !codes(told).is_empty());
    assert_eq!(codes(&told), ["SB502"]);
    assert!(!site.root().join(new).exists());
    editor.close();
}

#[test]
fn a_site_that_cannot_be_read_is_told_and_served_again() {
    let site = Site::base();
    let mut editor = Editor::open(&site);
    let book = editor.read("book.toml");
    editor.rewrite("book.toml", &book.replace("title = \"Documents\"", "title = []"));
    let told = editor.problems("book.toml", |told| !codes(told).is_empty());
    assert_eq!(codes(&told), ["SB102"]);
    editor.rewrite("book.toml", &book);
    editor.problems("book.toml", |told| codes(told).is_empty());
    editor.close();
}

#[test]
fn what_may_follow_is_offered() {
    let site = Site::base();
    let mut editor = Editor::open(&site);
    let mut told = Vec::new();
    // `‸` is the cursor; nothing is whole yet.
    for typed in [
        "---\nAll are born free [@‸",
        "---\nAll are born free [@udhr-1948#‸",
        "---\nThere are [=icj-judges:‸",
        "---\nThere are [=world-population@‸",
        "---\nSee [the documents](‸",
        "---\nSee [later texts](../index.md#‸",
        "---\n> [!‸",
        "sum‸\nweight: 3\n---\n",
        "status: ‸\n---\n",
    ] {
        let (before, after) = typed.split_once('‸').unwrap();
        let before = format!("{HEAD}{before}");
        editor.show(PAGE, &format!("{before}{after}"));
        let end = json!({"line": before.matches('\n').count(), "character": before.rsplit('\n').next().unwrap().len()});
        // The first offer waits for the site to be read; a question that waits makes sure of it.
        editor.at("textDocument/hover", PAGE, &end, &json!({}));
        let list = editor.at("textDocument/completion", PAGE, &end, &json!({}));
        told.push(format!("{typed:?}: {}", labels(&list).join(" ")));
    }
    insta::assert_snapshot!("lsp-completion", told.join("\n"));
    let text = format!("{HEAD}---\nAll are born free [@udh, art. 1].\n");
    editor.show(PAGE, &text);
    let list = editor.at("textDocument/completion", PAGE, &place(&text, "udh,", 3), &json!({}));
    let items = list["items"].as_array().unwrap();
    let item = items.iter().find(|item| item["label"] == "udhr-1948").unwrap();
    assert_eq!(item["textEdit"], json!({"range": range(&text, "udh"), "newText": "udhr-1948"}));
    insta::assert_json_snapshot!("lsp-completion-item", item);
    editor.close();
}

#[test]
fn fields_of_records_are_those_that_their_parser_reads() {
    let site = Site::base();
    let mut editor = Editor::open(&site);
    let mut told = Vec::new();
    for (path, typed) in [
        (SOURCES, "udhr-1948:\n  type: document\n  ti‸\n"),
        (SOURCES, "udhr-1948:\n  type: ‸\n"),
        (SOURCES, "udhr-1948:\n  quotes:\n    - id: q1\n      ‸\n"),
        (SOURCES, "a:\n  type: report\n  lang: en\n  title: A\n  checked: known\nb:\n  chain: [‸]\n"),
        (SOURCES, "udhr-1948:\n  title:\n    ‸\n"),
        (SOURCES, "udhr-1948:\n  title-descriptive: ‸\n"),
        (FIGURES, "icj-judges:\n  source: ‸\n"),
        (FIGURES, "icj-judges:\n  unit: ‸\n"),
        ("content/events/events.yaml", "charter:\n  date: 1945\n  sources:\n    - ‸\n"),
        ("book.toml", "[book]\ntitle = \"Documents\"\nlang‸\n"),
        ("book.toml", "[citations]\ngroup-by = \"‸\"\n[book]\ntitle = \"Documents\"\n"),
    ] {
        let at = typed.find('‸').unwrap();
        let text = typed.replace('‸', "");
        editor.show(path, &text);
        let position =
            json!({"line": typed[..at].matches('\n').count(), "character": at - typed[..at].rfind('\n').unwrap() - 1});
        editor.at("textDocument/hover", path, &position, &json!({}));
        let list = editor.at("textDocument/completion", path, &position, &json!({}));
        told.push(format!("{path} {typed:?}: {}", labels(&list).join(" ")));
        let document = json!({"uri": editor.uri(path)});
        editor.tell("textDocument/didClose", json!({"textDocument": document}));
    }
    insta::assert_snapshot!("lsp-fields", told.join("\n"));
    editor.close();
}

#[test]
fn names_are_explained_where_they_stand() {
    let site = Site::base();
    site.put("content/terms/terms.yaml", "charter:\n  definition: {en: \"A treaty [that founds](../index.md) a body.\", he: אמנה.}\n  sources: [un-charter-1945]\n")
        .put("content/terms/en.yaml", "charter: {term: charter}\n")
        .put("content/terms/he.yaml", "charter: {term: מגילה}\n");
    let mut editor = Editor::open(&site);
    let page = editor.read(PAGE);
    let hebrew = editor.read(HEBREW);
    let english = "content/en/index.md";
    let mut text = editor.read(english);
    text.push_str("\nA [charter](term:charter) is a treaty; see [the rights](documents/declaration.md#article-1) [@un-charter-1945].\n");
    editor.rewrite(english, &text);
    let asked = [
        (PAGE, place(&page, "udhr-1948]", 3)),
        (PAGE, place(&page, "#q1", 2)),
        (HEBREW, place(&hebrew, "icj-judges", 1)),
        (HEBREW, place(&hebrew, "udhr-1948", 0)),
        (english, place(&text, "world-population", 1)),
        (english, place(&text, "term:charter", 6)),
        (english, place(&text, "documents/declaration", 1)),
        (PAGE, place(&page, "born free", 1)),
    ];
    let mut told = Vec::new();
    for (path, position) in asked {
        let hover = editor.at("textDocument/hover", path, &position, &json!({}));
        let definition = editor.at("textDocument/definition", path, &position, &json!({}));
        told.push(json!({"hover": hover, "definition": definition}));
    }
    insta::assert_json_snapshot!("lsp-hover", told);
    editor.close();
}

#[test]
fn every_place_that_names_a_source_is_found() {
    let site = Site::base();
    let mut editor = Editor::open(&site);
    let text = editor.read(SOURCES);
    let position = place(&text, "un-charter-1945:", 4);
    let named =
        editor.at("textDocument/references", SOURCES, &position, &json!({"context": {"includeDeclaration": false}}));
    let told: Vec<String> = named.as_array().unwrap().iter().map(told).collect();
    let all =
        editor.at("textDocument/references", SOURCES, &position, &json!({"context": {"includeDeclaration": true}}));
    assert_eq!(all.as_array().unwrap().len(), told.len() + 1);
    insta::assert_snapshot!("lsp-references", told.join("\n"));
    editor.close();
}

/// `site:/content/en/index.md 5:80-95`
fn told(location: &Value) -> String {
    let (start, end) = (&location["range"]["start"], &location["range"]["end"]);
    let uri = location["uri"].as_str().unwrap();
    format!("{uri} {}:{}-{}", start["line"], start["character"], end["character"])
}

#[test]
fn places_in_texts_that_run_to_the_left_are_counted_as_the_editor_counts() {
    let site = Site::base();
    for (capabilities, units) in [
        (json!({}), (|text: &str| text.encode_utf16().count()) as fn(&str) -> usize),
        (json!({"general": {"positionEncodings": ["utf-8", "utf-16"]}}), str::len),
    ] {
        let mut editor = Editor::able(&site, capabilities);
        let line = "🕊️ مرحبا, שָׁלוֹם [@udhr-1948] ועוד [=icj-judgs].";
        editor.show(HEBREW, &format!("---\ntitle: מסמכים\ntranslation: human\n---\n{line}\n"));
        let told = editor.problems(HEBREW, |told| codes(told).contains(&"SB301"));
        let one = told.as_array().unwrap().iter().find(|one| one["code"] == "SB301").unwrap();
        let at = |needle: &str| units(&line[..line.find(needle).unwrap()]);
        assert_eq!(one["range"]["start"], json!({"line": 4, "character": at("[=icj")}));
        assert_eq!(one["range"]["end"], json!({"line": 4, "character": at("].") + 1}));
        let position = json!({"line": 4, "character": at("udhr")});
        let hover = editor.at("textDocument/hover", HEBREW, &position, &json!({}));
        assert_eq!(hover["range"]["end"]["character"], at("] ועוד"));
        // What is typed there lands there.
        let end = json!({"line": 4, "character": at("judgs") + 4});
        editor.write(HEBREW, &json!({"start": end, "end": end}), "e");
        editor.problems(HEBREW, |told| !codes(told).contains(&"SB301"));
        editor.close();
    }
}

#[test]
fn whatever_comes_in_the_server_goes_on() {
    let site = Site::base();
    let mut editor = Editor::start(&site);
    editor.raw(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    editor.raw(b"Content-Length: 4\r\n\r\n{\"a\"");
    editor.raw(b"Content-Length: 99999999999999999999\r\n\r\n");
    editor.raw("Content-Length: 3\r\n\r\n\u{5d0}!".as_bytes());
    let early = editor.ask("textDocument/hover", json!({}));
    assert_eq!(early["code"], -32002);
    editor.tell("textDocument/didOpen", json!(5));
    let folder = editor.uri("");
    editor.ask("initialize", json!({"processId": null, "rootUri": folder, "capabilities": {}}));
    editor.tell("initialized", json!({}));
    assert_eq!(editor.ask("textDocument/hover", json!({"position": 5}))["code"], -32602);
    assert_eq!(editor.ask("workspace/dance", json!(null))["code"], -32601);
    editor.tell("textDocument/didChange", json!({"textDocument": {"uri": "file:///nowhere"}}));
    editor.tell("$/setTrace", json!({"value": "off"}));
    let text = editor.read(PAGE);
    // Places that are none, backwards and beyond the end.
    let wild = json!({"start": {"line": 9999, "character": 9}, "end": {"line": 0, "character": 4_000_000_000_u32}});
    editor.write(PAGE, &wild, "\u{0}[@\r");
    for path in ["nowhere.md", "../outside.md", PAGE] {
        let far = json!({"line": 4_000_000_000_u32, "character": 4_000_000_000_u32});
        editor.at("textDocument/hover", path, &far, &json!({}));
        editor.at("textDocument/completion", path, &far, &json!({}));
    }
    editor.rewrite(PAGE, &text);
    let hover = editor.at("textDocument/hover", PAGE, &place(&text, "udhr-1948#", 1), &json!({}));
    assert!(hover["contents"]["value"].as_str().unwrap().contains("Human Rights"), "{hover}");
    editor.close();
}

#[test]
fn a_session_ends_as_the_protocol_says() {
    let site = Site::base();
    let mut editor = Editor::open(&site);
    editor.ask("shutdown", Value::Null);
    assert_eq!(editor.ask("textDocument/hover", json!({}))["code"], -32600);
    editor.tell("exit", Value::Null);
    assert_eq!(editor.child.wait().unwrap().code(), Some(0));
    let mut editor = Editor::open(&site);
    editor.tell("exit", Value::Null);
    assert_eq!(editor.child.wait().unwrap().code(), Some(1));
    let editor = Editor::open(&site);
    drop(editor.input);
    let mut child = editor.child;
    assert_eq!(child.wait().unwrap().code(), Some(1));
    let output = run(&Site::empty(), &["lsp", "--root", "."]);
    assert_eq!(status(&output), 2, "{}", stderr(&output));
}

/// Makes the edits that a server proposes, as an editor does.
fn apply(site: &Site, edit: &Value) {
    let path = |uri: &Value| uri.as_str().unwrap().trim_start_matches("site:/").to_owned();
    let mut edits: Vec<(String, Value)> = Vec::new();
    for change in edit["documentChanges"].as_array().into_iter().flatten() {
        if change["kind"] == "create" {
            site.put(&path(&change["uri"]), "");
        } else {
            edits.push((path(&change["textDocument"]["uri"]), change["edits"].clone()));
        }
    }
    for (uri, changes) in edit["changes"].as_object().into_iter().flatten() {
        edits.push((path(&Value::from(uri.as_str())), changes.clone()));
    }
    for (path, changes) in edits {
        let mut text = fs::read_to_string(site.root().join(&path)).unwrap();
        let mut ranges: Vec<(usize, usize, String)> = changes
            .as_array()
            .unwrap()
            .iter()
            .map(|change| {
                let at = |place: &Value| offset(&text, place);
                let new = change["newText"].as_str().unwrap().to_owned();
                (at(&change["range"]["start"]), at(&change["range"]["end"]), new)
            })
            .collect();
        ranges.sort();
        for (start, end, new) in ranges.into_iter().rev() {
            text.replace_range(start..end, &new);
        }
        site.put(&path, text);
    }
}

/// The byte of a place that is counted in units of UTF-16.
fn offset(text: &str, place: &Value) -> usize {
    let line = usize::try_from(place["line"].as_u64().unwrap()).unwrap();
    let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    let mut units = usize::try_from(place["character"].as_u64().unwrap()).unwrap();
    let rest = text[start..].chars().take_while(|c| {
        let taken = units > 0;
        units = units.saturating_sub(c.len_utf16());
        taken
    });
    start + rest.map(char::len_utf8).sum::<usize>()
}

fn creating() -> Value {
    json!({"workspace": {"workspaceEdit": {"documentChanges": true, "resourceOperations": ["create", "rename", "delete"]}}})
}

#[test]
fn a_name_is_changed_everywhere() {
    let site = Site::base();
    let derived = "half:\n  label: {en: Half, he: חצי}\n  derived: icj-judges - icj-judges + icj-judges\n  unit: people\n  as-of: 1945-06-26\n  reporter: {en: Statute, he: חוקה}\n  population: {en: Judges, he: שופטים}\n  source: un-charter-1945\n";
    let index = fs::read_to_string(site.root().join("content/en/index.md")).unwrap();
    let hebrew = fs::read_to_string(site.root().join(HEBREW)).unwrap();
    site.put("content/figures/more.yaml", derived)
        .put(
            "content/en/index.md",
            format!("{index}\nThere are [=half] of [=icj-judges:full]; @un-charter-1945 says so.\n"),
        )
        .put(HEBREW, format!("{hebrew}\nיש [=half] מתוך [=icj-judges:full]; @un-charter-1945 אומרת זאת.\n"));
    for arguments in [&["translate", "adopt", "--method", "human"] as &[&str], &["build"]] {
        let output = run(&site, arguments);
        assert_eq!(status(&output), 0, "{arguments:?}\n{}", stderr(&output));
    }
    let before = run(&site, &["check"]);
    assert_eq!(status(&before), 0, "{}", stderr(&before));
    for (path, old, new) in
        [(SOURCES, "un-charter-1945", "charter.of-the-un"), (HEBREW, "icj-judges", "judges-of-the-court")]
    {
        let mut editor = Editor::able(&site, creating());
        let text = editor.read(path);
        let position = place(&text, old, 3);
        let prepared = editor.at("textDocument/prepareRename", path, &position, &json!({}));
        assert_eq!(prepared, json!({"range": range(&text, old), "placeholder": old}));
        let edit = editor.at("textDocument/rename", path, &position, &json!({"newName": new}));
        editor.close();
        apply(&site, &edit);
        let after = run(&site, &["check"]);
        assert_eq!(stderr(&after), stderr(&before), "{old} → {new}");
        for file in ["content", "translations", "figures.lock.yaml"] {
            assert_eq!(holding(&site.root().join(file), old), Vec::<String>::new(), "{file} holds {old}");
        }
        // A name is no change that readers are told of.
        let locked = run(&site, &["build", "--locked"]);
        assert_eq!(status(&locked), 0, "{}", stderr(&locked));
    }
}

/// The files below a path that hold a text; wordings that no record names any more are left aside.
fn holding(path: &std::path::Path, text: &str) -> Vec<String> {
    if path.is_file() {
        let held = fs::read_to_string(path).unwrap().contains(text);
        return if held { vec![path.display().to_string()] } else { Vec::new() };
    }
    let entries = fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path());
    entries.filter(|path| !path.ends_with("translations/source")).flat_map(|path| holding(&path, text)).collect()
}

#[test]
fn a_name_that_cannot_be_changed_is_said_why() {
    let site = Site::base();
    let mut editor = Editor::open(&site);
    let text = editor.read("content/en/index.md");
    let source = place(&text, "udhr-1948", 3);
    let series = place(&text, "world-population", 3);
    let mut told = Vec::new();
    for (position, new) in [
        (&source, "un-charter-1945"),
        (&source, "a b"),
        (&source, "1948"),
        (&source, "udhr-1948"),
        (&series, "population"),
        (&place(&text, "Charter", 1), "x"),
    ] {
        let answer = editor.at("textDocument/rename", "content/en/index.md", position, &json!({"newName": new}));
        told.push(format!("{new}: {}", answer["message"].as_str().unwrap_or("nothing is done")));
    }
    insta::assert_snapshot!("lsp-rename-refused", told.join("\n"));
    // An editor that makes no files is given edits of those that are there.
    let edit = editor.at("textDocument/rename", "content/en/index.md", &source, &json!({"newName": "rights-1948"}));
    assert_eq!(edit["changes"].as_object().unwrap().len(), 5);
    editor.close();
    apply(&site, &edit);
    let output = run(&site, &["check"]);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
}

#[test]
fn what_is_wrong_is_mended_at_a_word() {
    let site = Site::base();
    site.put("content/figures/roads.yaml", "roads:\n  label: {en: Roads closed in Ruritania by 3 May, he: כבישים שנסגרו}\n  value: 1195\n  unit: places\n  as-of: 2020-05-03\n  reporter: {en: Ministry of Roads, he: משרד הדרכים}\n  population: {en: All roads, he: כל הכבישים}\n  source: un-charter-1945\n");
    let mut editor = Editor::open(&site);
    let text = "---\ntitle: The Universal Declaration\nsummary: \"It has articles.\"\n---\nAll are born free [@udhr-1984]. A word [@no-such-text].\n\nBy 3 May the Ministry of Roads had counted 1,195 closed roads in Ruritania [@udhr-1948].\n\nSome 1,500 people were there [@udhr-1948]. Nobody says this.\n\n| a | b |\n|---|---|\n| one | two |\n";
    site.put(PAGE, text);
    editor.show(PAGE, text);
    editor.problems(PAGE, |told| codes(told).len() >= 6);
    let uri = editor.uri(PAGE);
    let mut told = Vec::new();
    for needle in ["udhr-1984", "no-such-text", "1,195", "1,500", "It has articles.", "Nobody", "| one | two |"] {
        let marked = range(text, needle);
        let params = json!({"textDocument": {"uri": uri}, "range": marked, "context": {"diagnostics": []}});
        for action in editor.ask("textDocument/codeAction", params).as_array().unwrap() {
            let copy = Site::base();
            copy.put(PAGE, text);
            apply(&copy, &action["edit"]);
            let changed: Vec<String> = [PAGE, SOURCES, FIGURES]
                .iter()
                .flat_map(|path| {
                    let before = fs::read_to_string(site.root().join(path)).unwrap();
                    let after = fs::read_to_string(copy.root().join(path)).unwrap();
                    let known: Vec<&str> = before.lines().collect();
                    after.lines().filter(|line| !known.contains(line)).map(str::to_owned).collect::<Vec<_>>()
                })
                .collect();
            told.push(format!("{needle}: {}\n    {}", action["title"].as_str().unwrap(), changed.join("\n    ")));
        }
    }
    insta::assert_snapshot!("lsp-actions", told.join("\n"));
    let only = json!({"diagnostics": [], "only": ["source"]});
    let params = json!({"textDocument": {"uri": uri}, "range": range(text, "udhr-1984"), "context": only});
    assert_eq!(editor.ask("textDocument/codeAction", params), json!([]));
    editor.close();
}

#[test]
fn headings_records_and_pages_are_listed() {
    let site = Site::base();
    let mut editor = Editor::open(&site);
    let mut told = Vec::new();
    for path in ["content/en/index.md", FIGURES] {
        editor.read(path);
        let uri = editor.uri(path);
        let symbols = editor.ask("textDocument/documentSymbol", json!({"textDocument": {"uri": uri}}));
        for symbol in symbols.as_array().unwrap() {
            let (start, end) = (&symbol["range"]["start"]["line"], &symbol["range"]["end"]["line"]);
            told.push(format!("{path} {start}-{end} {} {}", symbol["name"], symbol["detail"]));
        }
    }
    for query in ["", "declar", "icj", "מסמ"] {
        let found = editor.ask("workspace/symbol", json!({"query": query}));
        let names = found.as_array().unwrap().iter().map(|symbol| symbol["name"].as_str().unwrap());
        told.push(format!("{query:?}: {}", names.collect::<Vec<_>>().join(" ")));
    }
    insta::assert_snapshot!("lsp-symbols", told.join("\n"));
    editor.close();
}
