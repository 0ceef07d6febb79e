//! Templates and static files: the default theme, built into the program, and what a site puts over it, file by file.

use super::address::STATIC;
use super::bidi;
use super::css;
use super::edition::OutPath;
use super::given::Given;
use crate::diagnostic::{Code, Diagnostic};
use crate::locale::Direction;
use crate::span::{FileId, Files, Span};
use include_dir::{Dir, include_dir};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use tera::{Context, ErrorKind, Kwargs, State, Tera, TeraResult, Value};

static TEMPLATES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates");
static ASSETS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/static");

/// A theme, ready to render.
pub struct Theme {
    tera: Tera,
    /// The site's own templates, for places of errors.
    own: BTreeMap<String, FileId>,
    config: FileId,
}

/// Every file of the default theme below `dir`, by path.
fn embedded(dir: &'static Dir<'static>) -> Vec<(&'static str, &'static [u8])> {
    let mut found = Vec::new();
    let mut open = vec![dir];
    while let Some(dir) = open.pop() {
        open.extend(dir.dirs());
        found.extend(dir.files().filter_map(|file| file.path().to_str().map(|path| (path, file.contents()))));
    }
    found.sort_unstable();
    found
}

impl Theme {
    /// Compiles the templates; everything wrong with them is reported at once where Tera allows it.
    pub fn load(own: &BTreeMap<String, FileId>, files: &Files, config: FileId) -> Result<Self, Vec<Diagnostic>> {
        let mut templates: BTreeMap<String, String> = embedded(&TEMPLATES)
            .into_iter()
            .filter_map(|(path, bytes)| Some((path.to_owned(), std::str::from_utf8(bytes).ok()?.to_owned())))
            .collect();
        for (path, file) in own {
            templates.insert(path.clone(), files.text(*file).to_owned());
        }
        let mut tera = Tera::default();
        tera.register_filter("bidi", isolate);
        let mut theme = Self { tera: Tera::default(), own: own.clone(), config };
        match tera.add_raw_templates(templates) {
            Ok(()) => {
                theme.tera = tera;
                Ok(theme)
            }
            Err(error) => Err(vec![theme.diagnostic(&error, "")]),
        }
    }

    /// Renders the template that is given these values.
    pub(super) fn render<V: Given>(&self, values: &V) -> Result<String, Diagnostic> {
        Context::from_serialize(values)
            .and_then(|context| self.tera.render(V::TEMPLATE, &context))
            .map_err(|error| self.diagnostic(&error, V::TEMPLATE))
    }

    /// Renders a style sheet, which is given nothing.
    pub(super) fn render_style(&self, name: &str) -> Result<String, Diagnostic> {
        self.tera.render(name, &Context::new()).map_err(|error| self.diagnostic(&error, name))
    }

    fn diagnostic(&self, error: &tera::Error, template: &str) -> Diagnostic {
        let (name, range, message) = described(error, template);
        let own = self.own.get(&name);
        let span = own.map_or_else(
            || Span::start_of(self.config),
            |file| range.map_or(Span::start_of(*file), |range| Span::new(*file, range.start, range.end)),
        );
        let message = if own.is_some() { message } else { format!("the theme's template `{name}`: {message}") };
        Diagnostic::new(Code::SB702, span, message)
            .help("docs/themes.md lists what templates are given; remove the file to use the default theme's")
    }
}

/// The filter `bidi`: a title or a name as HTML, whatever runs the other way in it isolated. `dir` is its direction, where that is not the page's.
#[allow(clippy::needless_pass_by_value, reason = "Tera calls filters so")]
fn isolate(text: &str, arguments: Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let own = arguments.get::<&Value>("dir")?.and_then(Value::as_str).map(str::to_owned);
    let dir = own.map_or_else(|| state.get::<String>("dir"), |dir| Ok(Some(dir)))?;
    let direction = dir.as_deref().and_then(Direction::parse).unwrap_or(Direction::Ltr);
    Ok(Value::safe_string(bidi::running(text, direction).as_str()))
}

/// The name of the template that failed, the place in it and what is wrong.
fn described(error: &tera::Error, template: &str) -> (String, Option<std::ops::Range<usize>>, String) {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            (report.filename().to_owned(), Some(report.span().range.clone()), report.message().to_owned())
        }
        ErrorKind::MissingParent { current, parent } => {
            (current.clone(), None, format!("it extends `{parent}`, which does not exist"))
        }
        ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => {
            (tpl.clone(), None, "it includes or extends itself".to_owned())
        }
        _ => (template.to_owned(), None, error.to_string()),
    }
}

/// A static file as readers get it: style sheets without comments.
fn published(path: &str, bytes: Arc<[u8]>) -> Arc<[u8]> {
    let sheet =
        std::str::from_utf8(&bytes).ok().filter(|_| Path::new(path).extension().is_some_and(|kind| kind == "css"));
    sheet.map(|sheet| css::minify(sheet).into_bytes().into()).unwrap_or(bytes)
}

/// The static files of a site: the default theme's, then the site's own over them. Paths that cannot be written come back as diagnostics.
pub fn assets(
    own: &BTreeMap<String, Arc<[u8]>>,
    config: FileId,
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<OutPath, Arc<[u8]>> {
    let mut assets = BTreeMap::new();
    let default = embedded(&ASSETS).into_iter().map(|(path, bytes)| (path.to_owned(), Arc::from(bytes)));
    let own = own.iter().map(|(path, bytes)| (path.clone(), Arc::clone(bytes)));
    for (path, bytes) in default.chain(own) {
        match OutPath::parse(&format!("{STATIC}/{path}")) {
            Some(out) => {
                assets.insert(out, published(&path, bytes));
            }
            None => diagnostics.push(
                Diagnostic::new(Code::SB109, Span::start_of(config), format!("`static/{path}` cannot be an address"))
                    .help("name files with letters `a`–`z`, digits, `.`, `-` and `_`"),
            ),
        }
    }
    assets
}
