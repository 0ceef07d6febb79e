//! Fonts of a site's own: what is cut out of them, what browsers are told of them, and what is said of bad ones.

use crate::support::{Site, told};
use harfrust::font::Font;
use harfrust::{Buffer, ShapeOptions, ShaperFont, shape};
use sourcebook::compile::{self, Compilation, Options};
use sourcebook::diagnostic::{Code, Severity};
use sourcebook::webfont::face::{Face, Flaw};
use sourcebook::webfont::letters::Letters;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The base site with that font for its Hebrew pages.
fn site(font: &str) -> Site {
    let site = Site::base();
    let book = std::fs::read_to_string(site.root().join("book.toml")).unwrap();
    site.put("book.toml", book.replace("[languages.he]", &format!("[languages.he]\nfont = {font}")));
    site.put("fonts/text.ttf", dejavu::sans_condensed::regular());
    site.put("fonts/bold.ttf", dejavu::sans_condensed::bold());
    site
}

fn compiled(site: &Site) -> Compilation {
    compile::build(&site.root(), &Options::default(), &|_, _| {})
}

fn files(compilation: &Compilation) -> BTreeMap<String, Vec<u8>> {
    let edition = compilation.edition.as_ref().unwrap_or_else(|| panic!("{}", told(compilation)));
    edition.iter().map(|(path, bytes)| (path.as_str().to_owned(), bytes.to_vec())).collect()
}

fn fonts(files: &BTreeMap<String, Vec<u8>>) -> Vec<&str> {
    files.keys().map(String::as_str).filter(|path| path.starts_with("fonts/")).collect()
}

fn text<'a>(files: &'a BTreeMap<String, Vec<u8>>, path: &str) -> &'a str {
    std::str::from_utf8(&files[path]).unwrap()
}

fn face() -> Face {
    Face::read(&Arc::from(dejavu::sans_condensed::regular())).unwrap()
}

#[test]
fn a_font_is_cut_down_packed_and_named_for_the_pages_of_its_language() {
    let files = files(&compiled(&site("\"fonts/text.ttf\"")));
    let [path] = fonts(&files)[..] else { panic!("{:?}", fonts(&files)) };
    let hash = path.strip_prefix("fonts/he-").and_then(|rest| rest.strip_suffix(".woff2")).expect(path);
    assert!(hash.len() == 8 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()), "{hash}");
    let font = &files[path];
    assert!(font.starts_with(b"wOF2\0\x01\0\0") && font.len() < 30_000, "{} bytes", font.len());
    assert_eq!(u32::from_be_bytes(font[8..12].try_into().unwrap()) as usize, font.len());

    let sheet = text(&files, "static/sourcebook.css");
    let (_, rule) = sheet.split_once("@font-face{font-family:\"Own he\";font-weight:400;").expect("a rule");
    assert!(
        rule.starts_with(&format!("src:url(../{path}) format(\"woff2\");font-display:optional;unicode-range:U+20-"))
    );
    assert!(rule.contains("U+5b0-5f4") && !rule.contains("U+6"), "{rule}");
    assert!(rule.ends_with(":root[lang=\"he\"],:root[lang=\"he\"] :lang(he){--face:\"Own he\",}"), "{rule}");
    // The theme takes it before its own.
    assert!(sheet.contains("--serif:var(--face) Charter"));
    assert!(text(&files, "he/index.html").contains("; font-src "));
    assert!(text(&files, "_headers").ends_with("/fonts/*\n  Cache-Control: public, max-age=31536000, immutable\n"));
}

#[test]
fn weights_are_read_from_the_files() {
    let files = files(&compiled(&site("[\"fonts/text.ttf\", \"fonts/bold.ttf\"]")));
    assert_eq!(fonts(&files).len(), 2);
    let sheet = text(&files, "static/sourcebook.css");
    let weights: Vec<&str> = sheet.split("@font-face").skip(1).filter_map(|rule| rule.split(';').nth(1)).collect();
    assert_eq!(weights, ["font-weight:400", "font-weight:700"]);
}

#[test]
fn the_same_font_and_pages_give_the_same_bytes_and_a_site_without_has_none() {
    let site = site("\"fonts/text.ttf\"");
    assert!(files(&compiled(&site)) == files(&compiled(&site)));
    let plain = files(&compiled(&Site::base()));
    assert_eq!(fonts(&plain), [""; 0]);
    let sheet = text(&plain, "static/sourcebook.css");
    assert!(!sheet.contains("@font-face") && !text(&plain, "_headers").contains("/fonts/"));
}

/// A preview keeps what it cut.
#[test]
fn a_rebuild_gives_what_a_build_gives() {
    let (site, options) = (site("\"fonts/text.ttf\""), Options::default());
    let build = || files(&compile::build(&site.root(), &options, &|_, _| {}));
    let first = build();
    assert!(build() == first);
    site.put("content/he/index.md", "---\ntitle: מסמכים Œ\n---\n");
    let second = build();
    assert_ne!(fonts(&second), fonts(&first));
    assert_eq!(second[fonts(&second)[0]], files(&compiled(&site))[fonts(&second)[0]]);
}

#[test]
fn a_copy_has_the_fonts_of_its_languages() {
    let copy = |lang: &str| {
        let languages = vec![sourcebook::ids::Lang::parse(lang).unwrap()];
        let offline = Some(sourcebook::site::Offline { languages, live_url: None });
        let site_options = sourcebook::site::SiteOptions { offline, ..sourcebook::site::SiteOptions::default() };
        let options = Options { site: site_options, ..Options::default() };
        files(&compile::build(&site("\"fonts/text.ttf\"").root(), &options, &|_, _| {}))
    };
    assert_eq!(fonts(&copy("he")).len(), 1);
    assert_eq!(fonts(&copy("en")), [""; 0]);
}

/// What a text looks like: each glyph's place in the text, its width, and where it is moved to.
fn shaped(font: &[u8], text: &str) -> Vec<(u32, i32, i32, i32)> {
    let font = Font::new(Arc::new(font.to_vec()) as Arc<dyn AsRef<[u8]> + Send + Sync>, 0).unwrap();
    let mut buffer = Buffer::new();
    buffer.push_str(text);
    buffer.guess_segment_properties();
    shape(&ShaperFont::new(&font), &mut buffer, ShapeOptions::new()).unwrap();
    assert!(buffer.glyph_infos().iter().all(|info| info.glyph_id != 0), "{text}: a letter is missing");
    let glyphs = buffer.glyph_infos().iter().zip(buffer.glyph_positions());
    glyphs.map(|(info, place)| (info.cluster, place.x_advance, place.x_offset, place.y_offset)).collect()
}

#[test]
fn text_is_shaped_as_by_the_whole_font() {
    let texts = [
        // Letters join, and lam and alef become one.
        "الحرب على غزة: لا يقبل الإسلام",
        // Vowel signs stand over and under letters.
        "السَّلَامُ عَلَيْكُمْ",
        // Points, also in letters that are one character with theirs.
        "בְּרֵאשִׁית בָּרָא אֱלֹהִים, שׁלוֹם",
        "E\u{301}tat, “fiancé”: 1,200 – 3 %",
    ];
    for text in texts {
        let subset = face().subset(&Letters::of(text)).unwrap();
        assert!(subset.font.len() < 70_000, "{text}: {} bytes", subset.font.len());
        assert_eq!(shaped(&subset.font, text), shaped(dejavu::sans_condensed::regular(), text), "{text}");
    }
}

#[test]
fn of_its_names_a_font_keeps_whose_it_is() {
    let subset = face().subset(&Letters::of("שלום")).unwrap();
    // Names in fonts have two bytes a letter.
    let has = |words: &str| {
        let bytes: Vec<u8> = words.encode_utf16().flat_map(u16::to_be_bytes).collect();
        subset.font.windows(bytes.len()).any(|window| window == bytes)
    };
    assert!(has("Copyright (c) 2003 by Bitstream") && !has("DejaVu Sans Condensed"));
}

#[test]
fn letters_that_are_missing_are_named_with_the_most_frequent_first() {
    let site = site("\"fonts/text.ttf\"");
    let book = std::fs::read_to_string(site.root().join("book.toml")).unwrap();
    site.put("book.toml", book.replace("languages.he", "languages.zh"));
    std::fs::remove_dir_all(site.root().join("content/he")).unwrap();
    site.put("content/zh/index.md", "---\ntitle: 文件\n---\n文件，Paris。\n");
    site.put("content/zh/documents/index.md", "---\ntitle: 文\n---\n");
    let compilation = site.check();
    let said: Vec<&str> = compilation
        .diagnostics
        .iter()
        .filter(|found| found.code == Code::SB724)
        .map(|found| found.message.as_str())
        .collect();
    assert_eq!(
        said,
        [
            "`fonts/text.ttf` lacks Han letters that texts in `zh` have: `文` (U+6587, in 2 texts), `。` (U+3002, in 1 text), `件` (U+4EF6, in 1 text)"
        ]
    );
}

#[test]
fn fonts_that_are_too_heavy_are_weighed() {
    let site = site("[\"fonts/text.ttf\", \"fonts/bold.ttf\", \"fonts/wide.ttf\", \"fonts/wide-bold.ttf\"]");
    site.put("fonts/wide.ttf", dejavu::sans::regular());
    site.put("fonts/wide-bold.ttf", dejavu::sans::bold());
    let many: String = ('\u{a0}'..='\u{52f}').filter(|c| c.is_alphabetic()).collect();
    site.put("content/he/index.md", format!("---\ntitle: מסמכים {many}\n---\n"));
    let compilation = compiled(&site);
    let said: Vec<&str> = compilation
        .diagnostics
        .iter()
        .filter(|found| found.code == Code::SB724)
        .map(|found| found.message.as_str())
        .collect();
    let [message] = said[..] else { panic!("{}", told(&compilation)) };
    assert!(
        message.starts_with("the 4 fonts of `he` weigh ") && message.contains("KB together, and 60 KB are enough"),
        "{message}"
    );
    assert!(compilation.edition.is_some());
    // Who wants no such site says so.
    let book = std::fs::read_to_string(site.root().join("book.toml")).unwrap();
    site.put("book.toml", book.replace("[check]", "[check]\nsite-font-unfit = \"deny\""));
    assert!(compiled(&site).edition.is_none());
}

#[test]
fn files_that_are_no_fonts_for_the_web_are_told_apart() {
    let read = |bytes: &[u8]| Face::read(&Arc::from(bytes)).unwrap_err();
    assert_eq!(read(b""), Flaw::NoFont);
    assert_eq!(read(b"a note"), Flaw::NoFont);
    assert_eq!(read(b"wOF2 and more"), Flaw::Packed);
    assert_eq!(read(b"ttcf and more"), Flaw::Collection);
    let mut font = dejavu::sans_condensed::regular().to_vec();
    let os2 = table(&font, *b"OS/2").start;
    for (allowed, flaw) in [(0x0002, Flaw::Restricted), (0x0100, Flaw::NotCut), (0x0200, Flaw::NotCut)] {
        font[os2 + 8..os2 + 10].copy_from_slice(&u16::to_be_bytes(allowed));
        assert_eq!(read(&font), flaw);
    }
    let glyf = font.windows(4).position(|tag| tag == b"glyf").unwrap();
    font[glyf..glyf + 4].copy_from_slice(b"CFF ");
    assert_eq!(read(&font), Flaw::PostScript);
}

/// Where a table lies in a font.
fn table(font: &[u8], tag: [u8; 4]) -> std::ops::Range<usize> {
    let at = font.windows(4).position(|window| window == tag).unwrap();
    let number = |at: usize| u32::from_be_bytes(font[at..at + 4].try_into().unwrap()) as usize;
    number(at + 8)..number(at + 8) + number(at + 12)
}

/// Bytes that were changed at places of a fixed order, in every table: whatever it makes of them, the program goes on.
#[test]
fn broken_fonts_break_nothing() {
    let whole = dejavu::sans_condensed::regular();
    let shown = Letters::of("שלום السلام");
    let mut seed = 1_u32;
    let mut next = || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        seed.to_be_bytes()
    };
    for tag in [*b"cmap", *b"glyf", *b"loca", *b"GSUB", *b"GPOS", *b"GDEF", *b"head", *b"hmtx", *b"maxp", *b"name"] {
        let place = table(whole, tag);
        let mut font = whole.to_vec();
        for _ in 0..40 {
            let [high, low, ..] = next();
            let at = place.start + usize::from(u16::from_be_bytes([high, low])) % place.len().min(2000);
            font[at] = next()[1];
        }
        if let Ok(face) = Face::read(&font.into()) {
            let _ = face.subset(&shown);
            let _ = face.lacks("שלום".chars());
        }
    }
    for length in [4, 12, 200, 1000, 100_000] {
        if let Ok(face) = Face::read(&whole[..length].into()) {
            let _ = face.subset(&shown);
        }
    }
}

#[test]
fn a_font_that_only_seems_whole_stops_the_build_and_says_so() {
    let site = site("\"fonts/text.ttf\"");
    let mut font = dejavu::sans_condensed::regular().to_vec();
    let place = table(&font, *b"loca");
    font[place.start..place.end].fill(0xff);
    site.put("fonts/text.ttf", &font);
    let compilation = compiled(&site);
    let said = told(&compilation);
    assert!(compilation.edition.is_some() || said.contains("error[SB722]"), "{said}");
    assert!(compilation.diagnostics.iter().all(|found| found.severity != Severity::Error || found.code == Code::SB722));
}
