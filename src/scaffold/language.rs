//! A language of a site: its section of `book.toml`, its folder, its list of words, and its menus and labels where the program has none.

use crate::date::Date;
use crate::ids::Lang;
use crate::locale::{self, Direction, Locale, LocaleSettings};
use crate::number::Number;
use crate::span::Files;
use crate::workspace::config::{self, Config};
use crate::workspace::{BOOK, Workspace};
use std::fmt::Write;

/// A number and a day by which a reader of `book.toml` sees how a language writes them.
const SAMPLE: (&str, &str) = ("41234.5", "2024-01-26");

/// What is wrong with what was asked for, and how to mend it.
pub type Refusal = (String, String);

/// What is said of a language when it is added.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Its own name for itself.
    pub name: Option<String>,
    /// The locale of its numbers and dates.
    pub format_locale: Option<String>,
}

/// What adding a language comes to.
#[derive(Debug)]
pub struct Plan {
    /// The language.
    pub lang: Lang,
    /// Its own name, where it is known.
    pub name: Option<String>,
    /// The direction in which it is written.
    pub direction: Direction,
    /// How it writes a number and a date.
    pub sample: String,
    /// `book.toml` as it must become.
    pub book: String,
    /// The folder of its pages.
    pub folder: String,
    /// The files that it begins with, each with its text.
    pub files: Vec<(String, String)>,
    /// Whether menus and labels are still to be translated.
    pub strings_to_translate: bool,
}

/// Says what must be written so that a site has a language.
pub fn plan(workspace: &Workspace, tag: &str, wanted: &Wanted) -> Result<Plan, Refusal> {
    let config = &workspace.config;
    let lang = Lang::parse(tag).ok_or_else(|| no_tag(tag))?;
    if let Some(usual) = locale::usual_tag(&lang).filter(|usual| *usual != lang) {
        return Err((
            format!("the language `{lang}` is written `{usual}`"),
            format!("sourcebook new language {usual}"),
        ));
    }
    if config.has_language(lang.as_str()) {
        return Err((
            format!("the site has the language `{lang}` already"),
            format!("its section in {BOOK} is `[languages.{lang}]`"),
        ));
    }
    let format_locale = wanted.format_locale.clone().unwrap_or_else(|| locale::usual_format(lang.as_str()).to_owned());
    let settings = LocaleSettings {
        format_locale: Some(format_locale.clone()),
        name: wanted.name.clone(),
        ..LocaleSettings::default()
    };
    let known = Locale::new(&lang, &settings).map_err(|error| match wanted.format_locale {
        Some(_) => (format!("--format-locale: {error}"), "such as `fa-u-nu-latn` or `en-GB`".to_owned()),
        None => (error.to_string(), "name a BCP 47 locale with `--format-locale`".to_owned()),
    })?;
    let name = Some(known.name().to_owned()).filter(|name| name != lang.as_str());
    let sample = sample(&known);
    let section = section(&known, name.as_deref(), &format_locale, &sample);
    let content = &config.content_dir;
    let style = format!("{content}/style/{lang}.yaml");
    let mut files = vec![(style, STYLE.to_owned())];
    let draft = (!locale::draft::is_built_in(&lang)).then(|| locale::draft::draft(&lang, known.name())).flatten();
    let strings_to_translate = draft.is_some();
    files.extend(draft.map(|draft| (format!("{content}/strings/{lang}.yaml"), draft)));
    Ok(Plan {
        name,
        direction: known.direction(),
        sample,
        book: with_section(workspace.files.text(config.file), config, &lang, &section)?,
        folder: format!("{content}/{lang}"),
        files,
        strings_to_translate,
        lang,
    })
}

const STYLE: &str = "\
# Words that this language's pages do not say in the site's own voice, and what each needs: attribution, quotation, replacement, date.
# names: further names of those who say things, so that a sentence that has one of them says whose word it is.
names: []
# words:
#   \"word\": {forms: [\"words\"], needs: attribution, why: \"the reason\", instead: \"what to write\"}
words: {}
";

fn no_tag(tag: &str) -> Refusal {
    let help = match locale::language_named(tag) {
        Some(lang) => format!("did you mean `{lang}`?"),
        None => "languages are named by BCP 47 tags such as `fa`, `pt-BR` or `zh-Hant`".to_owned(),
    };
    (format!("`{tag}` is not a language tag"), help)
}

/// A number and a date in the language.
fn sample(locale: &Locale) -> String {
    let number = Number::parse(SAMPLE.0).map(|number| locale.number(&number));
    let date = Date::parse(SAMPLE.1).map(|date| locale.date(&date));
    [number, date.ok()].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// The section of `book.toml`.
fn section(locale: &Locale, name: Option<&str>, format_locale: &str, sample: &str) -> String {
    let mut out = format!("[languages.{}]\n", locale.lang());
    // Writing to a string cannot fail.
    if let Some(name) = name {
        let _ = writeln!(out, "name = {}", toml_text(name));
    }
    let _ = writeln!(out, "# Numbers and dates: {sample}");
    let _ = writeln!(out, "format-locale = {}", toml_text(format_locale));
    let _ = writeln!(out, "direction = {}", toml_text(locale.direction().name()));
    out
}

fn toml_text(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// `book.toml` with one more language: after the last one, or at the end. All else stays as it is, byte for byte.
fn with_section(text: &str, config: &Config, lang: &Lang, section: &str) -> Result<String, Refusal> {
    let source = config.source_language().map_or("en", Lang::as_str);
    // Where the first language was only implied, it needs a section once there is another.
    let both = format!("[languages.{source}]\n\n{section}");
    let places = [after_languages(text, config), text.len()];
    let candidates = places.iter().flat_map(|place| [section, &both].map(|new| spliced(text, *place, new)));
    candidates.into_iter().find(|new| says_the_same(new, config, lang)).ok_or_else(|| {
        (
            format!("{BOOK} writes its languages in a way that cannot be continued"),
            format!("write them as sections, `[languages.{source}]`, or add the language by hand"),
        )
    })
}

/// Where the last language's section ends: behind the last of its lines that says something.
fn after_languages(text: &str, config: &Config) -> usize {
    let last = config.languages.iter().map(|language| language.span.start as usize).max().unwrap_or(0);
    let mut end = last;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let says = line.trim_start();
        if start > last && says.starts_with('[') {
            break;
        }
        if at > last && !says.is_empty() && !says.starts_with('#') {
            end = at;
        }
    }
    end
}

fn spliced(text: &str, place: usize, section: &str) -> String {
    let (before, after) = text.split_at_checked(place).unwrap_or((text, ""));
    let gap = if before.is_empty() || before.ends_with("\n\n") || before.ends_with("\n\r\n") {
        ""
    } else if before.ends_with('\n') {
        "\n"
    } else {
        "\n\n"
    };
    let end = if after.is_empty() || after.starts_with(['\n', '\r']) { "" } else { "\n" };
    let new = format!("{gap}{section}{end}");
    let new = if text.contains("\r\n") { new.replace('\n', "\r\n") } else { new };
    format!("{before}{new}{after}")
}

/// Whether the new text has the language behind those that there were, and says nothing else of anything.
fn says_the_same(text: &str, config: &Config, lang: &Lang) -> bool {
    let mut problems = Vec::new();
    let file = Files::default().add(BOOK, text);
    let Some(new) = config::read(file, text, &mut problems) else { return false };
    let names = |config: &Config| config.languages.iter().map(|language| language.lang.clone()).collect::<Vec<_>>();
    let mut expected = names(config);
    expected.push(lang.clone());
    problems.is_empty() && names(&new) == expected && new.title == config.title && new.content_dir == config.content_dir
}

#[cfg(test)]
mod tests {
    use super::*;

    fn added(text: &str) -> Result<String, Refusal> {
        let file = Files::default().add(BOOK, text);
        let config = config::read(file, text, &mut Vec::new()).unwrap();
        with_section(text, &config, &Lang::parse("fa").unwrap(), "[languages.fa]\nname = \"فارسی\"\n")
    }

    #[test]
    fn the_section_stands_after_the_last_language_and_the_rest_stays() {
        let text = "[book]\ntitle = \"T\" # name\n\n[languages.en]\n\n[languages.he]\ntitle = 'כ'\n\n# Levels\n[check]\nsource-unused = \"allow\"\n";
        let expected = text.replace("'כ'\n", "'כ'\n\n[languages.fa]\nname = \"فارسی\"\n");
        assert_eq!(added(text).unwrap(), expected);
        let windows = text.replace('\n', "\r\n");
        assert_eq!(added(&windows).unwrap(), expected.replace('\n', "\r\n"));
    }

    #[test]
    fn a_site_of_one_language_gets_two_sections() {
        assert_eq!(
            added("[book]\ntitle = \"T\"\nlanguage = \"fr\"").unwrap(),
            "[book]\ntitle = \"T\"\nlanguage = \"fr\"\n\n[languages.fr]\n\n[languages.fa]\nname = \"فارسی\"\n"
        );
        assert_eq!(
            added("[languages.en]\n[book]\ntitle = \"T\"\n").unwrap(),
            "[languages.en]\n\n[languages.fa]\nname = \"فارسی\"\n\n[book]\ntitle = \"T\"\n"
        );
    }

    #[test]
    fn what_cannot_be_continued_is_left_alone() {
        let (message, _) = added("languages = {en = {}}\n[book]\ntitle = \"T\"\n").unwrap_err();
        assert!(message.contains("cannot be continued"), "{message}");
    }
}
