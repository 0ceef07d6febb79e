//! Templates and static files: the default theme, built into the program, and what a site puts over it, file by file.
//!
//! 1. [`stock`] has the default theme's files. What a site has of its own stands over them by name; its `custom.css` is put after the style sheet ([`colours`]).
//! 2. [`faults`] and [`asked`] look through the site's own templates, on what [`reading`] finds in them: everything wrong is told at once, with its place.
//! 3. Tera compiles and renders; what goes wrong only then is told in [`rendering`]'s words.

mod asked;
mod colours;
mod faults;
mod reading;
mod rendering;
mod stock;

pub use stock::{Piece, pieces};

use super::address::STATIC;
use super::bidi;
use super::css;
use super::edition::OutPath;
use super::given::{Given, given};
use crate::diagnostic::{Code, Diagnostic};
use crate::locale::Direction;
use crate::span::{FileId, Files, Span};
use asked::Templates;
use faults::Fault;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use tera::{Context, Kwargs, State, Tera, TeraResult, Value};

/// A theme, ready to render.
pub struct Theme {
    tera: Tera,
    /// Every template as it is written.
    texts: BTreeMap<String, String>,
    /// The site's own templates, for places of errors.
    own: BTreeMap<String, FileId>,
    /// What may be null on the way to a value of the site's own templates, by the place where that way ends.
    nullable: BTreeMap<(String, usize), String>,
    config: FileId,
}

impl Theme {
    /// Compiles the templates. Everything that makes them useless comes back at once; what is only strange is added to `warnings`.
    pub fn load(
        own: &BTreeMap<String, FileId>,
        files: &Files,
        config: FileId,
        warnings: &mut Vec<Diagnostic>,
    ) -> Result<Self, Vec<Diagnostic>> {
        let mut texts = stock::templates();
        texts.extend(own.iter().map(|(path, file)| (path.clone(), files.text(*file).to_owned())));
        let nullable = examine(own, &texts, warnings)?;
        let mut tera = Tera::default();
        tera.register_filter("bidi", isolate);
        let compiled = tera.add_raw_templates(texts.iter());
        let theme = Self { tera, texts, own: own.clone(), nullable, config };
        match compiled {
            Ok(()) => Ok(theme),
            Err(error) => Err(vec![theme.diagnostic(&error, "")]),
        }
    }

    /// Compiles the same templates as they are now.
    pub(super) fn again(&self, files: &Files, warnings: &mut Vec<Diagnostic>) -> Result<Self, Vec<Diagnostic>> {
        Self::load(&self.own, files, self.config, warnings)
    }

    /// Renders the template that is given these values.
    pub(super) fn render<V: Given>(&self, values: &V) -> Result<Arc<[u8]>, Diagnostic> {
        thread_local! {
            /// Where a page grows, so that what is kept of it is as large as it is, and its room is used again.
            static DESK: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
        }
        // It is borrowed for a page at a time, and no template renders another page.
        let mut page = DESK.take();
        page.clear();
        let rendered = Context::from_serialize(values)
            .and_then(|context| self.tera.render_to(V::TEMPLATE, &context, &mut page))
            .map(|()| page.as_slice().into())
            .map_err(|error| self.diagnostic(&error, V::TEMPLATE));
        DESK.set(page);
        rendered
    }

    /// The same as a text.
    pub(super) fn render_text<V: Given>(&self, values: &V) -> Result<String, Diagnostic> {
        self.render(values).map(|page| String::from_utf8_lossy(&page).into_owned())
    }

    /// Renders a style sheet, which is given nothing.
    pub(super) fn render_style(&self, name: &str) -> Result<String, Diagnostic> {
        self.tera.render(name, &Context::new()).map_err(|error| self.diagnostic(&error, name))
    }

    fn diagnostic(&self, error: &tera::Error, template: &str) -> Diagnostic {
        let (name, Fault { at, message, help }) = rendering::told(error, template, &self.texts, &self.nullable);
        // A part of the default theme fails because of the template that includes it.
        let file = self.own.get(&name).or_else(|| self.own.get(template));
        let is_own = self.own.contains_key(&name);
        let span = match file {
            Some(file) if is_own => Span::new(*file, at.start, at.end),
            Some(file) => Span::start_of(*file),
            None => Span::start_of(self.config),
        };
        let message = if is_own { message } else { format!("the theme's template `{name}`: {message}") };
        let help = help.unwrap_or_else(|| "without this file the default theme's is used".to_owned());
        Diagnostic::new(Code::SB702, span, message).help(help)
    }
}

/// Looks through the site's own templates; what may be null on the way to their values.
fn examine(
    own: &BTreeMap<String, FileId>,
    texts: &BTreeMap<String, String>,
    warnings: &mut Vec<Diagnostic>,
) -> Result<BTreeMap<(String, usize), String>, Vec<Diagnostic>> {
    if own.is_empty() {
        return Ok(BTreeMap::new());
    }
    let templates: Templates<'_> = texts.iter().map(|(name, text)| (name.as_str(), reading::tags(text))).collect();
    let wrong = |file: FileId, fault: Fault| {
        let help = fault.help.unwrap_or_else(|| "without this file the default theme's is used".to_owned());
        Diagnostic::new(Code::SB702, Span::new(file, fault.at.start, fault.at.end), fault.message).help(help)
    };
    let grammar = own.iter().filter_map(|(name, file)| {
        let (text, tags) = (texts.get(name)?, templates.get(name.as_str())?);
        Some(wrong(*file, faults::of_grammar(name, text, tags)?))
    });
    let mut problems: Vec<Diagnostic> = grammar.collect();
    if !problems.is_empty() {
        return Err(problems);
    }
    for (name, file) in own {
        problems.extend(faults::of_names(name, &templates).into_iter().map(|fault| wrong(*file, fault)));
    }
    let findings = asked::look(&templates, &given());
    for (template, missing) in findings.missing() {
        let Some(file) = own.get(template) else { continue };
        let (code, problems) =
            if missing.is_needed { (Code::SB702, &mut problems) } else { (Code::SB704, &mut *warnings) };
        let span = Span::new(*file, missing.at.start, missing.at.end);
        problems.push(Diagnostic::new(code, span, missing.message.clone()).help(missing.help.clone()));
    }
    if problems.is_empty() { Ok(findings.nullable) } else { Err(problems) }
}

/// The filter `bidi`: a title or a name as HTML, whatever runs the other way in it isolated. `dir` is its direction, where that is not the page's.
#[allow(clippy::needless_pass_by_value, reason = "Tera calls filters so")]
fn isolate(text: &str, arguments: Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let own = arguments.get::<&Value>("dir")?.and_then(Value::as_str).map(str::to_owned);
    let dir = own.map_or_else(|| state.get::<String>("dir"), |dir| Ok(Some(dir)))?;
    let direction = dir.as_deref().and_then(Direction::parse).unwrap_or(Direction::Ltr);
    Ok(Value::safe_string(bidi::running(text, direction).as_str()))
}

/// A static file as readers get it: style sheets without comments.
fn published(path: &str, bytes: Arc<[u8]>) -> Arc<[u8]> {
    let sheet =
        std::str::from_utf8(&bytes).ok().filter(|_| Path::new(path).extension().is_some_and(|kind| kind == "css"));
    sheet.map(|sheet| css::minify(sheet).into_bytes().into()).unwrap_or(bytes)
}

/// A site's own rules and colours.
#[derive(Debug, Clone, Copy)]
pub struct Custom<'a> {
    /// `static/custom.css`.
    pub file: FileId,
    /// What stands in it.
    pub text: &'a str,
}

/// The static files of a site: the default theme's, then the site's own over them. Paths that cannot be written come back as diagnostics, and so do colours that
/// cannot be read.
pub fn assets(
    own: &BTreeMap<String, Arc<[u8]>>,
    custom: Option<Custom<'_>>,
    config: FileId,
    diagnostics: &mut Vec<Diagnostic>,
    warnings: &mut Vec<Diagnostic>,
) -> BTreeMap<OutPath, Arc<[u8]>> {
    let mut files: BTreeMap<String, Arc<[u8]>> =
        stock::assets().into_iter().map(|(path, bytes)| (path.to_owned(), Arc::from(bytes))).collect();
    files.extend(own.iter().map(|(path, bytes)| (path.clone(), Arc::clone(bytes))));
    if let (Some(custom), Some(sheet)) = (custom, files.get_mut(stock::SHEET)) {
        let theme = String::from_utf8_lossy(sheet).into_owned();
        warnings.extend(colours::check(&theme, custom.text, custom.file));
        *sheet = format!("{theme}\n{}", custom.text).into_bytes().into();
    }
    let mut assets = BTreeMap::new();
    for (path, bytes) in files {
        match OutPath::parse(&format!("{STATIC}/{path}")) {
            Some(out) => {
                assets.insert(out, published(&path, bytes));
            }
            None => diagnostics.push(
                Diagnostic::new(
                    Code::SB109,
                    Span::start_of(config),
                    format!("`static/{path}` is too long for an address"),
                )
                .help("give the file or a folder that it lies in a shorter name"),
            ),
        }
    }
    assets
}

/// The style sheet among the static files.
pub(super) fn sheet_of(assets: &mut BTreeMap<OutPath, Arc<[u8]>>) -> Option<&mut Arc<[u8]>> {
    assets.get_mut(&OutPath::parse(&format!("{STATIC}/{}", stock::SHEET))?)
}

#[cfg(test)]
mod tests {
    use super::asked::{self, Templates};
    use super::{given, reading, stock};

    #[test]
    fn the_default_templates_ask_for_nothing_that_is_not_described() {
        let texts = stock::templates();
        let templates: Templates<'_> = texts.iter().map(|(name, text)| (name.as_str(), reading::tags(text))).collect();
        let findings = asked::look(&templates, &given());
        let missing: Vec<String> =
            findings.missing().map(|(template, missing)| format!("{template}: {}", missing.message)).collect();
        assert!(missing.is_empty(), "{}", missing.join("\n"));
    }
}
