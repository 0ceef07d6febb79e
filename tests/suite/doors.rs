//! Nothing gets in or out by a side door: links, pipes and strange names in a site's folders, output names, the preview's doors, and what is for editors alone.

use crate::cli::{run, status, stderr};
use crate::preview::Preview;
use crate::support::{Site, tree};
use proptest::prelude::*;
use sourcebook::book::catalogue;
use sourcebook::compile::{self, Options};
use sourcebook::diagnostic::Diagnostic;
use sourcebook::ids::{PageId, SourceId};
use sourcebook::site::edition::OutPath;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read;
use std::path::{Component, Path};

/// Nobody may read this through a site.
const SECRET: &str = "zzsecretzz";
const PAGE: &str = "content/en/documents/declaration.md";
const SOURCES: &str = "content/sources/sources.yaml";
const FIGURES: &str = "content/figures/figures.yaml";

/// What is made of a site, and what is said of it: one line a diagnostic, with its code, its file and its message.
fn made(site: &Site) -> (BTreeMap<String, Vec<u8>>, Vec<String>) {
    let compilation = compile::build(&site.root(), &Options::default(), &|_, _| {});
    let line = |found: &Diagnostic| {
        let file = found.span.map(|span| compilation.files.path(span.file)).unwrap_or_default();
        format!("{} {file}: {}", found.code.id(), found.message)
    };
    let said = compilation.diagnostics.iter().map(line).collect();
    let edition = compilation.edition.unwrap_or_default();
    (edition.iter().map(|(path, bytes)| (path.to_string(), bytes.to_vec())).collect(), said)
}

fn said(site: &Site) -> Vec<String> {
    made(site).1
}

/// Something that stands where a file or a folder of the site should.
#[cfg(unix)]
#[derive(Debug, Clone, Copy)]
enum Odd {
    /// A link to a file outside.
    FileLink,
    /// A link to a folder outside.
    FolderLink,
    /// A link to the folder that it lies in.
    Loop,
    /// A link to itself.
    Itself,
    Pipe,
    Socket,
}

#[cfg(unix)]
impl Odd {
    const ALL: [Self; 6] = [Self::FileLink, Self::FolderLink, Self::Loop, Self::Itself, Self::Pipe, Self::Socket];

    fn make(self, site: &Site, path: &str) {
        use std::os::unix::fs::symlink;
        let path = site.root().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let made = match self {
            Self::FileLink => symlink(site.beside("secret.md"), path),
            Self::FolderLink => symlink(site.beside("secrets"), path),
            Self::Loop => symlink(".", path),
            Self::Itself => symlink(path.file_name().unwrap(), &path),
            Self::Pipe => {
                let status = std::process::Command::new("mkfifo").arg(&path).status().unwrap();
                assert!(status.success());
                Ok(())
            }
            Self::Socket => std::os::unix::net::UnixListener::bind(path).map(drop),
        };
        made.unwrap();
    }
}

/// A base site with secrets beside it.
#[cfg(unix)]
fn site_with_secrets() -> Site {
    let site = Site::base();
    let text = format!("---\ntitle: {SECRET}\n---\n{SECRET} [@udhr-1948].\n");
    fs::write(site.beside("secret.md"), &text).unwrap();
    fs::create_dir(site.beside("secrets")).unwrap();
    fs::write(site.beside("secrets/index.md"), text).unwrap();
    site
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_told_of_at_its_place_and_not_read() {
    let places = [
        PAGE,
        "content/en/documents",
        "content/en/picture.png",
        "content/he",
        "content/sources/more.yaml",
        "content/figures/series/world-population.csv",
        "content/snapshots/copy.pdf",
        "content/strings/he.yaml",
        "content/maps/land.txt",
        "content",
        "static",
        "static/a.css",
        "static/custom.css",
        "static/deep/er",
        "templates/page.html",
        "translations/he",
        "links.lock.yaml",
        "figures.lock.yaml",
    ];
    for (n, place) in places.into_iter().enumerate() {
        let odds = if [PAGE, "content", "static"].contains(&place) {
            Odd::ALL.to_vec()
        } else {
            [n, n + 3].map(|n| Odd::ALL[n % Odd::ALL.len()]).to_vec()
        };
        for odd in odds {
            let site = site_with_secrets();
            let path = site.root().join(place);
            if path.is_dir() {
                fs::rename(&path, site.beside("taken")).unwrap();
            } else {
                let _ = fs::remove_file(&path);
            }
            odd.make(&site, place);
            let said = said(&site);
            let told = |line: &&String| line.starts_with(&format!("SB108 {place}: `{place}` cannot be read: it is "));
            assert_eq!(said.iter().filter(told).count(), 1, "{odd:?} at {place}: {said:#?}");
            if matches!(odd, Odd::FileLink | Odd::FolderLink) {
                // Whatever is silenced, nothing of it is published.
                let book = fs::read_to_string(site.root().join("book.toml")).unwrap();
                site.put("book.toml", format!("{book}SB108 = \"allow\"\nSB109 = \"allow\"\n"));
                assert_eq!(holding(&made(&site).0, SECRET), [""; 0], "{odd:?} at {place}");
            }
        }
    }
}

#[cfg(unix)]
#[test]
fn a_book_or_a_folder_behind_a_link_is_none() {
    let site = site_with_secrets();
    fs::rename(site.root().join("book.toml"), site.beside("book.toml")).unwrap();
    std::os::unix::fs::symlink(site.beside("book.toml"), site.root().join("book.toml")).unwrap();
    let output = run(&site, &["check"]);
    assert!(status(&output) != 0 && stderr(&output).contains("symbolic link"), "{}", stderr(&output));

    // The folder of the content, by way of a link.
    let site = Site::base();
    let book = fs::read_to_string(site.root().join("book.toml")).unwrap();
    site.put("book.toml", book.replace("language = \"en\"", "language = \"en\"\nsrc = \"way/content\""));
    fs::create_dir(site.beside("elsewhere")).unwrap();
    fs::rename(site.root().join("content"), site.beside("elsewhere/content")).unwrap();
    std::os::unix::fs::symlink(site.beside("elsewhere"), site.root().join("way")).unwrap();
    assert!(said(&site).iter().any(|line| line.starts_with("SB108 way/content: ")), "{:#?}", said(&site));
}

#[cfg(unix)]
#[test]
fn what_takes_the_place_of_a_file_while_it_is_read_is_not_followed() {
    use sourcebook::workspace::disk;
    let site = site_with_secrets();
    for odd in Odd::ALL {
        let name = format!("{odd:?}");
        odd.make(&site, &name);
        let path = site.root().join(&name);
        let refused = [
            disk::read_asset(&path).map(drop),
            disk::read_text_bytes(&path, 9).map(drop),
            disk::digest(&path).map(drop),
        ];
        assert!(refused.iter().all(Result::is_err), "{odd:?}: {refused:?}");
    }
}

#[cfg(unix)]
#[test]
fn a_pipe_on_the_command_line_is_read() {
    let site = Site::base();
    let mut import = crate::cli::sourcebook(&site);
    import.args(["source", "import", "/dev/stdin", "--from", "ris", "--dry-run"]);
    let mut import = import.stdin(std::process::Stdio::piped()).stderr(std::process::Stdio::piped()).spawn().unwrap();
    let text = "TY  - RPRT\nTI  - A report\nPY  - 1948\nLA  - en\nER  - \n";
    std::io::Write::write_all(&mut import.stdin.take().unwrap(), text.as_bytes()).unwrap();
    let output = import.wait_with_output().unwrap();
    assert!(!stderr(&output).contains("cannot be read"), "{}", stderr(&output));
}

/// Names that one computer or another cannot keep.
#[cfg(unix)]
const UNKEEPABLE: &[&str] = &[
    "con",
    "NUL.txt",
    "aux.png",
    "Com1.csl",
    "lpt9",
    "x.",
    "x ",
    "a:b.txt",
    "a\\b.txt",
    "what?.txt",
    "a\u{1b}[2J.txt",
    "two\nlines.txt",
];

#[cfg(unix)]
#[test]
fn names_that_some_computer_cannot_keep_are_told_of_at_their_place() {
    for folder in
        ["static", "templates", "content/snapshots", "content/sources", "content/en/documents", "translations"]
    {
        // All of them in one folder, and some in each.
        let names = UNKEEPABLE.iter().enumerate().filter(|(n, _)| folder == "static" || n % 4 == folder.len() % 4);
        for (_, name) in names {
            let site = Site::base();
            site.put(&format!("{folder}/{name}"), "x");
            let said = said(&site);
            let told = |line: &&String| line.starts_with(&format!("SB109 {folder}/{name}: "));
            assert_eq!(said.iter().filter(told).count(), 1, "{folder}/{name:?}: {said:#?}");
        }
        // Two names that are one elsewhere: by their capitals, and by how an accent is written.
        for (first, second) in
            [("Twin.txt", "twin.txt"), ("caf\u{e9}.txt", "cafe\u{301}.txt"), ("Twins/a.txt", "twins/b.txt")]
        {
            let site = Site::base();
            site.put(&format!("{folder}/{first}"), "x").put(&format!("{folder}/{second}"), "y");
            let said = said(&site);
            let told = said.iter().filter(|line| line.starts_with("SB109 ") && line.contains("is the same as")).count();
            assert_eq!(told, 1, "{folder}/{first}: {said:#?}");
        }
    }
    // What can be kept, and still be no address.
    for (path, code) in
        [("static/été.txt", "SB109"), ("content/en/documents/été.png", "SB109"), ("static/a b.txt", "SB109")]
    {
        let site = Site::base();
        site.put(path, "x");
        assert!(said(&site).iter().any(|line| line.starts_with(&format!("{code} {path}: "))), "{:#?}", said(&site));
    }
}

/// What somebody may write where a file is to be named.
const ASTRAY: &[&str] = &[
    "../secret.md",
    "fonts/../../secret.md",
    "./x",
    "/etc/passwd",
    "//server/share",
    "C:\\secret.md",
    "C:/secret.md",
    "C:secret.md",
    "\\\\server\\secret.md",
    "fonts\\..\\secret.md",
    "~/secret.md",
    "con",
    "fonts/NUL.txt",
    "x.",
    "x ",
    "a//b",
    "x/",
    "",
    ".",
    "..",
    "file:///etc/passwd",
    "https://example.org/x",
    "/dev/stdin",
    "/proc/self/environ",
    "x\u{0}y",
    "fonts",
];

/// A text as JSON, YAML and TOML alike write it.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

#[test]
fn every_field_that_names_a_file_stays_in_the_site() {
    type Field = (&'static str, fn(&Site, &str));
    let book = |site: &Site, text: String| {
        let book = fs::read_to_string(site.root().join("book.toml")).unwrap();
        site.put("book.toml", format!("{text}\n{book}"));
    };
    let fields: [Field; 7] = [
        ("style", |site, path| {
            site.put("style", format!("[citations]\nstyle = {}", quoted(path)));
        }),
        ("social-fonts", |site, path| {
            site.put("style", format!("[build]\nsocial-images = true\nsocial-fonts = [{}]", quoted(path)));
        }),
        ("build-dir", |site, path| {
            site.put("style", format!("[build]\nbuild-dir = {}", quoted(path)));
        }),
        ("fonts", |site, path| {
            site.put("style", format!("[languages.fr]\nfont = [{}]", quoted(path)));
        }),
        ("snapshot", |site, path| {
            let sources = fs::read_to_string(site.root().join(SOURCES)).unwrap();
            let snapshot = format!("udhr-1948:\n  snapshot: {{path: {}}}\n", quoted(path));
            site.put(SOURCES, sources.replace("udhr-1948:\n", &snapshot));
        }),
        ("text", |site, path| {
            let sources = fs::read_to_string(site.root().join(SOURCES)).unwrap();
            let snapshot = format!("udhr-1948:\n  snapshot: {{text-path: {}}}\n", quoted(path));
            site.put(SOURCES, sources.replace("udhr-1948:\n", &snapshot));
        }),
        ("alias", |site, path| {
            let page = fs::read_to_string(site.root().join(PAGE)).unwrap();
            site.put(PAGE, page.replace("weight: 20", &format!("aliases: [{}]", quoted(path))));
        }),
    ];
    for (field, (name, put)) in fields.into_iter().enumerate() {
        // All of them in one field, and a third in each.
        for (_, path) in ASTRAY.iter().enumerate().filter(|(n, _)| field == 0 || n % 3 == field % 3) {
            // An old address may be written from the root of the site, and the output folder may be any in it.
            let is_fine = match name {
                "alias" => matches!(
                    *path,
                    "/etc/passwd" | "//server/share" | "x/" | "fonts" | "/dev/stdin" | "/proc/self/environ" | "x "
                ),
                "build-dir" => matches!(*path, "x/" | "fonts" | "con" | "fonts/NUL.txt" | "x." | "x " | "~/secret.md"),
                _ => false,
            };
            let site = Site::base();
            fs::create_dir(site.root().join("fonts")).unwrap();
            fs::write(site.beside("secret.md"), SECRET).unwrap();
            put(&site, path);
            if let Ok(text) = fs::read_to_string(site.root().join("style")) {
                fs::remove_file(site.root().join("style")).unwrap();
                book(&site, text);
            }
            let (files, said) = made(&site);
            assert_eq!(files.is_empty(), !is_fine, "{name} {path:?}: {said:#?}");
            let place = if name == "alias" {
                PAGE
            } else if name.ends_with("text") || name == "snapshot" {
                SOURCES
            } else {
                "book.toml"
            };
            assert!(is_fine || said.iter().any(|line| line.contains(place)), "{name} {path:?}: {said:#?}");
            assert!(!said.concat().contains(SECRET), "{name} {path:?}");
            assert_eq!(holding(&files, SECRET), [""; 0], "{name} {path:?}");
        }
    }
    // Pictures are asked for in the text.
    for path in ASTRAY.iter().filter(|path| !path.contains('\0')) {
        let site = Site::base();
        fs::write(site.beside("secret.md"), SECRET).unwrap();
        let page = fs::read_to_string(site.root().join(PAGE)).unwrap();
        site.put(PAGE, format!("{page}\n![A picture](<{path}>)\n"));
        let (files, said) = made(&site);
        assert!(files.is_empty() && said.iter().any(|line| line.contains(PAGE)), "{path:?}: {said:#?}");
    }
}

/// A record of a source.
fn source(id: &str, title: &str) -> String {
    format!(
        "\n\"{id}\":\n  type: document\n  lang: en\n  title: {{en: {title}, he: x}}\n  date: 1948-12-10\n  kind: un\n  checked: stored-page\n"
    )
}

/// A record of a figure.
fn figure(id: &str, label: &str) -> String {
    format!(
        "\n\"{id}\":\n  label: {{en: {label}, he: x}}\n  unit: people\n  reporter: {{en: R, he: R}}\n  value: 15\n  as-of: 2020-01-01\n  population: {{en: P, he: P}}\n  source: udhr-1948\n  status: reported\n  checked: corroborated\n"
    )
}

/// Whether a path stays below a folder, and can be kept by every computer.
fn stays(path: &str) -> bool {
    let plain = Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
    let part = |part: &str| {
        let stem = part.split('.').next().unwrap_or_default().to_ascii_lowercase();
        let device = ["con", "prn", "aux", "nul"].contains(&stem.as_str())
            || (stem.len() == 4
                && (stem.starts_with("com") || stem.starts_with("lpt"))
                && stem.as_bytes()[3].is_ascii_digit());
        !part.is_empty() && !part.ends_with(['.', ' ']) && !device
    };
    plain
        && path.is_ascii()
        && !path.contains(['\\', ':', '<', '>', '"', '|', '?', '*', '\0', ' '])
        && path.split('/').all(part)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4096))]

    #[test]
    fn output_names_never_leave_the_folder(path in "([a-zA-Z0-9._/\\\\:~ éא\u{301}\u{0}\u{202e}-]|\\.\\.|/|con|NUL|%2e|C:){0,12}") {
        if let Some(out) = OutPath::parse(&path) {
            prop_assert!(stays(out.as_str()), "{path:?}");
        }
        if let Some(id) = PageId::parse(&path) {
            let file = format!("en/{id}/index.html").replace("//", "/");
            prop_assert!(OutPath::parse(&file).is_some(), "{path:?}");
        }
    }

    #[test]
    fn every_id_of_a_source_has_an_address(id in "([a-zA-Z0-9._-]|con|NUL|index\\.html|social\\.png|\\.|kind|page){1,130}") {
        if let Some(id) = SourceId::parse(&id) {
            let address = catalogue::address(&id);
            for file in [format!("en/sources/{address}/index.html"), format!("data/sources/{address}.csl.json")] {
                prop_assert!(OutPath::parse(&file).is_some_and(|file| stays(file.as_str())), "{id:?}: {file}");
            }
        }
    }
}

#[test]
fn ids_that_would_be_files_or_devices_have_another_address() {
    let site = Site::base();
    let ids = ["index.html", "index.html.br", "social.png", "con", "NUL.txt", "kind"];
    let mut text = fs::read_to_string(site.root().join(PAGE)).unwrap();
    let mut sources = fs::read_to_string(site.root().join(SOURCES)).unwrap();
    for id in ids {
        sources.push_str(&source(id, "T"));
        text = format!("{text}\n\nA text has a title [@{{{id}}}].\n");
    }
    site.put(SOURCES, sources).put(PAGE, text);
    let (files, said) = made(&site);
    for id in ids {
        let file = format!("en/sources/_{}/index.html", id.to_lowercase());
        assert!(files.contains_key(&file), "{file}: {said:#?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// Whatever sources, figures and old addresses are called: `check` says so, or the site can lie in one folder on every computer.
    #[test]
    fn what_check_lets_pass_can_be_written(
        ids in prop::collection::btree_set("([aAbB]|[a-z0-9][a-z0-9._-]{0,8}|con|nul|index\\.html|social\\.png|kind|a{120})", 1..5),
        figures in prop::collection::btree_set("([aAbB]|con|Nul|[a-z][a-zA-Z0-9.]{0,3}|a{150})", 0..4),
        aliases in prop::collection::btree_set("(/?[a-c]{1,2}(/[a-c])?/?|sources|sources/kind|con|he|\\.\\./x|documents)", 0..3),
    ) {
        let site = Site::base();
        let mut sources = fs::read_to_string(site.root().join(SOURCES)).unwrap();
        let mut numbers = fs::read_to_string(site.root().join(FIGURES)).unwrap();
        let mut text = fs::read_to_string(site.root().join(PAGE)).unwrap();
        for id in &ids {
            sources.push_str(&source(id, "T"));
            text = format!("{text}\n\nA text has a title [@{{{id}}}].\n");
        }
        for id in &figures {
            numbers.push_str(&figure(id, "L"));
            text = format!("{text}\n\nThere were [={id}] [@udhr-1948].\n");
        }
        let aliases: Vec<&str> = aliases.iter().map(String::as_str).collect();
        text = text.replace("weight: 20", &format!("aliases: {aliases:?}"));
        site.put(SOURCES, sources).put(FIGURES, numbers).put(PAGE, text);
        let made = compile::build(&site.root(), &Options::default(), &|_, _| {});
        if let Some(edition) = made.edition {
            prop_assert!(edition.iter().all(|(path, _)| stays(path.as_str())));
            prop_assert_eq!(edition.clash(&["sourcebook.json"]), None);
        }
    }
}

/// The files that hold a text in any letters, with what is packed in them.
fn holding(files: &BTreeMap<String, Vec<u8>>, text: &str) -> Vec<String> {
    let held = |bytes: &[u8]| String::from_utf8_lossy(bytes).to_lowercase().contains(&text.to_lowercase());
    files
        .iter()
        .filter(|(path, bytes)| held(path.as_bytes()) || unpacked(path, bytes).iter().any(|bytes| held(bytes)))
        .map(|(path, _)| path.clone())
        .collect()
}

/// A file as it is, and what is packed in it.
fn unpacked(path: &str, bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut all = vec![bytes.to_vec()];
    let mut more = Vec::new();
    match path.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "gz" => drop(flate2::read::GzDecoder::new(bytes).read_to_end(&mut more).unwrap()),
        "br" => drop(brotli::Decompressor::new(bytes, 4096).read_to_end(&mut more).unwrap()),
        "zip" | "epub" => {
            let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
            for index in 0..archive.len() {
                let mut file = archive.by_index(index).unwrap();
                let mut inner = Vec::new();
                file.read_to_end(&mut inner).unwrap();
                all.push(file.name().unwrap_or_default().as_bytes().to_vec());
                all.push(inner);
            }
        }
        _ => {}
    }
    all.push(more);
    all
}

/// A word that no text has, for one thing that is for editors alone.
fn mark(of: &str) -> String {
    format!("zzmark{of}zz")
}

/// A site with all that it can be asked for.
fn whole_site() -> Site {
    let site = Site::base();
    let book = fs::read_to_string(site.root().join("book.toml")).unwrap();
    let more = "[site]\nbase-url = \"https://example.org/texts/\"\n[build]\ncompress = [\"br\", \"gz\"]\noffline = [\"zip\", \"epub\", \"html\"]\ntranslation-status = true\n";
    site.put("book.toml", format!("{more}\n{book}"));
    site
}

/// Puts into a site what is for editors alone, each with a mark of its own.
fn plant(site: &Site) {
    let draft = |name: &str| {
        format!(
            "---\ntitle: {title}\nstatus: draft\nsummary: \"{summary} [@udhr-1948].\"\nkey-facts: [\"{fact} [@udhr-1948].\"]\naliases: [{alias}]\npublished: 2026-01-01\n---\n## {heading}\n\n{body} [@only-in-drafts]. It has [=only-in-drafts] [@udhr-1948].\n",
            title = mark(&format!("{name}title")),
            summary = mark(&format!("{name}summary")),
            fact = mark(&format!("{name}fact")),
            alias = mark(&format!("{name}alias")),
            heading = mark(&format!("{name}heading")),
            body = mark(&format!("{name}body")),
        )
    };
    site.put("content/en/documents/draft.md", draft("en"));
    site.put("content/he/documents/declaration.md", draft("he"));
    site.put(&format!("content/en/{}/index.md", mark("folder")), draft("folder"));
    let page = fs::read_to_string(site.root().join(PAGE)).unwrap();
    site.put(PAGE, format!("{page}\n<!-- {} -->\n", mark("comment")));
    let put_behind = |path: &str, text: String| {
        let before = fs::read_to_string(site.root().join(path)).unwrap();
        site.put(path, format!("{before}\n{text}"));
    };
    put_behind(SOURCES, format!("# {}\n{}", mark("yamlcomment"), source("only-in-drafts", &mark("source"))));
    put_behind(FIGURES, figure("only-in-drafts", &mark("figure")));
    put_behind("book.toml", format!("# {}\n", mark("bookcomment")));
    // What editors and systems leave in folders.
    for (path, of) in [
        ("content/en/documents/declaration.md~", "backup"),
        ("content/en/.index.md.swp", "swap"),
        ("content/en/documents/#declaration.md#", "autosave"),
        ("content/en/picture.png.bak", "picturebackup"),
        ("static/.env", "env"),
        ("static/.git/config", "git"),
        ("static/base.css~", "cssbackup"),
        ("static/notes.txt.orig", "merge"),
        ("static/#x#", "staticautosave"),
        ("templates/page.html~", "template"),
        ("README.md", "readme"),
        ("notes/todo.md", "notes"),
        ("editor/index.html", "editor"),
        ("drafts/a.md", "drafts"),
    ] {
        site.put(path, mark(of));
    }
    // Copies of sources are kept and held against the records, and never published.
    site.put("content/snapshots/copy.txt", format!("{}\n", mark("snapshot")));
}

#[test]
fn what_is_for_editors_never_reaches_a_build() {
    let bare = whole_site();
    assert_eq!(status(&run(&bare, &["build"])), 0);
    let site = whole_site();
    plant(&site);
    let output = run(&site, &["build"]);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let public = site.root().join("public");
    assert_eq!(holding(&tree(&public), "zzmark"), [""; 0]);
    // The same files, and in those that do not name what the site was made of, the same words.
    let (before, after) = (tree(&bare.root().join("public")), tree(&public));
    let names = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<BTreeSet<_>>();
    assert_eq!(names(&before), names(&after));
    // The name of a feed is made once, of whatever figures there are.
    for (path, bytes) in before
        .iter()
        .filter(|(path, _)| path.contains("search/") || path.ends_with("sitemap.xml") || path.starts_with("data/"))
    {
        assert!(after.get(path) == Some(bytes), "{path} is another with drafts beside it");
    }

    // The marks are found where they are, so that the search above is known to find them.
    assert_eq!(status(&run(&site, &["build", "--drafts", "--out", "drafts-too"])), 0);
    let drafts = tree(&site.root().join("drafts-too"));
    for of in ["entitle", "enbody", "hesummary", "foldertitle", "source", "figure"] {
        assert_ne!(holding(&drafts, &mark(of)), [""; 0], "{of}");
    }
    // Even then, what is for editors alone stays with them.
    for of in [
        "comment",
        "yamlcomment",
        "bookcomment",
        "backup",
        "swap",
        "env",
        "git",
        "merge",
        "readme",
        "notes",
        "editor",
        "snapshot",
    ] {
        assert_eq!(holding(&drafts, &mark(of)), [""; 0], "{of}");
    }
    // Nor is there anything of the preview's own: no script, no desk.
    assert_eq!(holding(&drafts, "__sourcebook"), [""; 0]);

    // The other ways out.
    for arguments in [
        ["bundle", "--format", "zip", "--out", "out/site.zip"].as_slice(),
        &["bundle", "--format", "epub", "--lang", "en", "--out", "out/en.epub"],
        &["bundle", "--format", "html", "--lang", "he", "--out", "out/he.html"],
        &["ledger", "--format", "csv", "--out", "out/ledger.csv"],
        &["ledger", "--format", "json", "--out", "out/ledger.json"],
    ] {
        let output = run(&site, arguments);
        assert_eq!(status(&output), 0, "{arguments:?}: {}", stderr(&output));
    }
    let output = run(&site, &["bundle", "--evidence", "--out", "evidence/all.zip"]);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let evidence = tree(&site.root().join("evidence"));
    // What a draft alone rests on may be looked at by reviewers; its own words may not.
    for of in ["en", "he", "folder", "comment", "yaml", "book", "backup", "snapshot", "readme"] {
        assert_eq!(holding(&evidence, &format!("zzmark{of}")), [""; 0], "{of}");
    }
    let found = holding(&tree(&site.root().join("out")), "zzmark");
    assert_eq!(found, [""; 0]);
}

#[test]
fn the_preview_shows_what_is_asked_for_as_published() {
    let site = whole_site();
    plant(&site);
    let preview = Preview::with(&site, |command| {
        command.arg("--as-published");
    });
    assert_eq!(preview.get("/en/documents/draft/").status, 404);
    for path in ["/en/", "/en/documents/", "/en/documents/declaration/", "/he/", "/sitemap.xml"] {
        assert!(!preview.get(path).text().contains("zzmark"), "{path}");
    }
}

#[test]
fn the_preview_answers_only_its_own_pages_on_this_computer() {
    let site = Site::base();
    let preview = Preview::start(&site);
    let own = preview.address().to_string();
    let port = preview.address().port();
    let ask = |method: &str, path: &str, fields: &[(&str, &str)]| {
        let fields: Vec<String> = fields.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let fields = fields.concat();
        preview.send(format!("{method} {path} HTTP/1.1\r\n{fields}Connection: close\r\n\r\n").as_bytes())
    };
    let says_nothing = |answer: &crate::preview::Answer, what: &str| {
        assert!(!answer.text().contains("human beings") && !answer.text().contains("udhr"), "{what}: {answer:?}");
        assert!(!answer.head.contains("access-control-"), "{what}: {}", answer.head);
    };
    let paths = [
        "/en/documents/declaration/",
        "/__sourcebook/desk",
        "/__sourcebook/desk?page=/en/",
        "/__sourcebook/events?edition=1",
        "/data/sources.ris",
        "/__sourcebook/live.js",
    ];

    for path in paths {
        // Names that DNS can be made to give this computer, and those that are nearly ours.
        for host in [
            "evil.example",
            &format!("evil.example:{port}"),
            "localhost",
            &format!("localhost:{port}.evil.example"),
            &format!("127.0.0.1.evil.example:{port}"),
            &format!("0.0.0.0:{port}"),
            &format!("[::]:{port}"),
            &format!("2130706433:{port}"),
            &format!("localhost.:{port}"),
            &format!("user@localhost:{port}"),
            &format!("localhost:{port}, evil.example"),
            "",
        ] {
            let answer = ask("GET", path, &[("Host", host)]);
            assert!(matches!(answer.status, 400 | 403), "{host}: {answer:?}");
            says_nothing(&answer, host);
        }
        let answer = ask("GET", path, &[]);
        assert!(matches!(answer.status, 400 | 403), "{answer:?}");
        let answer = ask("GET", path, &[("Host", &own), ("Host", "evil.example")]);
        assert!(matches!(answer.status, 400 | 403), "{answer:?}");
        let answer = ask("GET", &format!("http://evil.example{path}"), &[("Host", &own)]);
        assert_eq!(answer.status, 403, "{answer:?}");
        let answer = preview.send(format!("GET {path} HTTP/1.0\r\n\r\n").as_bytes());
        assert_eq!(answer.status, 403, "{answer:?}");

        // Pages of other sites, also of others on this computer.
        for origin in [
            "http://evil.example",
            "https://evil.example",
            "null",
            &format!("https://localhost:{port}"),
            "http://localhost",
            "http://localhost:1",
            &format!("http://localhost:{port}.evil.example"),
            "file://",
            "",
        ] {
            let answer = ask("GET", path, &[("Host", &own), ("Origin", origin)]);
            assert_eq!(answer.status, 403, "{origin}: {answer:?}");
            says_nothing(&answer, origin);
        }
        if !path.contains("events") {
            let answer = ask("GET", path, &[("Host", &own), ("Origin", &format!("http://localhost:{port}"))]);
            assert_eq!(answer.status, 200, "{path}: {answer:?}");
            assert!(!answer.head.contains("access-control-"), "{}", answer.head);
            assert!(answer.head.contains("cross-origin-resource-policy: same-origin"), "{}", answer.head);
            assert!(answer.head.contains("x-content-type-options: nosniff"), "{}", answer.head);
        }
        for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "CONNECT", "get", "SECRET"] {
            let asked = [("Host", own.as_str()), ("Access-Control-Request-Method", "POST"), ("Content-Length", "0")];
            let answer = ask(method, path, &asked);
            assert!(matches!(answer.status, 400 | 405), "{method} {path}: {answer:?}");
            says_nothing(&answer, method);
        }
    }
    let head = ask("HEAD", "/en/documents/declaration/", &[("Host", &own)]);
    assert!(head.status == 200 && head.body.is_empty(), "{head:?}");
    for host in ["0.0.0.0", "::", "192.0.2.1", "example.org"] {
        let output = run(&site, &["serve", "--port", "0", "--host", host]);
        assert_eq!(status(&output), 2, "{host}: {}", stderr(&output));
    }
}

/// Addresses that would lead out of the edition if they led anywhere.
const OUTSIDE: &[&str] = &[
    "/../secret.md",
    "/../../secret.md",
    "/..",
    "/.",
    "/./secret.md",
    "/en/../secret.md",
    "/en/../../secret.md",
    "/secret.md",
    "//secret.md",
    "///secret.md",
    "/%2e%2e/secret.md",
    "/%2e%2e%2fsecret.md",
    "/..%2fsecret.md",
    "/..%2Fsecret.md",
    "/.%2e/secret.md",
    "/%252e%252e%252fsecret.md",
    "/..%5csecret.md",
    "/..\\secret.md",
    "/%5c%5cserver%5cshare",
    "/\\\\server\\share",
    "/C:/secret.md",
    "/C:%5csecret.md",
    "/c:secret.md",
    "/secret.md%00",
    "/secret.md%00.html",
    "/%00",
    "/en/%00/",
    "/en%00/",
    "/%c0%ae%c0%ae/secret.md",
    "/%ff",
    "/%",
    "/%2",
    "/%zz",
    "/en//documents/declaration/",
    "/en/./documents/declaration/",
    "/en/documents/declaration/index.html/",
    "/en/documents/declaration/..;/",
    "/content/en/index.md",
    "/content/.secret",
    "/.git/config",
    "/book.toml",
    "/links.lock.yaml",
    "/translations/.x",
    "/etc/passwd",
    "//etc/passwd",
    "/static/../book.toml",
    "/static/%2e%2e/book.toml",
    "/__sourcebook/../secret.md",
    "/__sourcebook/%2e%2e/secret.md",
    "/__sourcebook/desk?page=../../secret.md",
    "/__sourcebook/desk?page=%2e%2e/secret.md",
    "/__sourcebook/desk?page=%00",
    "/__sourcebook/desk?page=%",
    "/__sourcebook/",
    "/__sourcebook",
    "/__sourcebook/events/../../secret.md",
    "*",
    "secret.md",
    "file:///etc/passwd",
    "/proc/self/environ",
    "/dev/stdin",
    "/con",
    "/NUL.txt",
    "/en/con/",
    "/?/../secret.md",
    "/#/../secret.md",
    "/en/;/../secret.md",
    "/\u{202e}",
    "/en\t/",
    "/%0d%0aX-Injected:%20yes",
    "/en/documents/declaration%0d%0aX-Injected:%20yes",
];

#[test]
fn the_preview_knows_no_file_outside_the_edition() {
    let site = Site::base();
    fs::write(site.beside("secret.md"), SECRET).unwrap();
    site.put("secret.md", SECRET)
        .put("content/.secret", SECRET)
        .put(".git/config", SECRET)
        .put("translations/.x", SECRET);
    let preview = Preview::start(&site);
    let full = site.root().join("secret.md").display().to_string();
    let mut paths: Vec<Vec<u8>> = OUTSIDE.iter().map(|path| path.as_bytes().to_vec()).collect();
    paths.push(full.clone().into_bytes());
    paths.push(format!("/{full}").into_bytes());
    paths.push(format!("/%2e%2e{}", full.replace('/', "%2f")).into_bytes());
    paths.push(b"/\xff\xfe/../secret.md".to_vec());
    paths.push([b"/".as_slice(), &b"../".repeat(2000), b"secret.md"].concat());
    paths.push([b"/".as_slice(), &b"a".repeat(200_000)].concat());
    let host = preview.address().to_string();
    for path in paths {
        let shown = String::from_utf8_lossy(&path[..path.len().min(80)]).into_owned();
        let request =
            [b"GET ".as_slice(), &path, format!(" HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").as_bytes()]
                .concat();
        let answer = preview.send(&request);
        let is_refused = matches!(answer.status, 400 | 403 | 404 | 414 | 431);
        let is_null = answer.status == 200 && answer.body == b"null";
        // What comes behind `?` and `#` is no path.
        let is_home = answer.status == 200 && (shown.starts_with("/?") || shown.starts_with("/#"));
        assert!(is_refused || is_null || is_home, "{shown}: {answer:?}");
        assert!(!answer.text().contains(SECRET) && !answer.text().contains("root:"), "{shown}: {answer:?}");
        assert!(!answer.head.contains("\r\nx-injected"), "{shown}: {}", answer.head);
    }
    preview.wait_for("/en/documents/declaration/", "human beings");
}
