//! `sourcebook serve`

use super::root::RootArguments;
use super::{Exit, report};
use crate::compile::{self, LinkOptions, Options, Preview};
use crate::desk::Desk;
use crate::diagnostic;
use crate::serve::{self, Problem, Rebuilt, Taken};
use crate::workspace;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

/// `sourcebook serve [--root DIR] [--host 127.0.0.1] [--port 3000] [--open] [--editor EDITOR] [--as-published] [--pseudo]`
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  sourcebook serve --open\n  sourcebook serve --open --editor vscode\n  sourcebook serve --port 8080 --as-published\n\ndocs/newsroom.md tells what stands beside the pages."
)]
pub(super) struct Arguments {
    #[command(flatten)]
    root: RootArguments,
    /// A name or address of this computer
    #[arg(long, default_value = "127.0.0.1")]
    host: String,
    /// The port; when 3000 is taken, the next ones are tried
    #[arg(long, default_value_t = serve::DEFAULT_PORT)]
    port: u16,
    /// Open a browser
    #[arg(long)]
    open: bool,
    /// The program in which places in files open: vscode, vscodium, cursor, zed, idea, textmate, or an address with {path}, {line} and {column}
    /// [default: places are copied]
    #[arg(long, value_name = "EDITOR", env = "SOURCEBOOK_EDITOR", value_parser = parse_editor)]
    editor: Option<String>,
    /// Show what readers get: no drafts
    #[arg(long)]
    as_published: bool,
    /// Show the site in two languages that nobody speaks, too, which show what cannot be translated and what does not fit
    #[arg(long)]
    pseudo: bool,
}

/// Programs by the addresses that open a place in them.
const EDITORS: &[(&str, &str)] = &[
    ("vscode", "vscode://file{path}:{line}:{column}"),
    ("vscodium", "vscodium://file{path}:{line}:{column}"),
    ("cursor", "cursor://file{path}:{line}:{column}"),
    ("zed", "zed://file{path}:{line}:{column}"),
    ("idea", "idea://open?file={path}&line={line}&column={column}"),
    ("textmate", "txmt://open?url=file://{path}&line={line}&column={column}"),
];

/// The address for an editor's name, or the address itself. One that runs in the page is none.
fn parse_editor(text: &str) -> Result<String, String> {
    if let Some((_, address)) = EDITORS.iter().find(|(name, _)| *name == text) {
        return Ok((*address).to_owned());
    }
    let scheme = text.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    let is_scheme = |scheme: &str| scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    match scheme {
        Some(scheme) if ["javascript", "data", "vbscript", "blob"].contains(&scheme.as_str()) => {
            Err("an address of this kind opens nothing in a program".to_owned())
        }
        Some(scheme) if is_scheme(&scheme) && text.contains("{path}") => Ok(text.to_owned()),
        Some(_) => Err("the address needs {path}, and may have {line} and {column}".to_owned()),
        None => {
            let names: Vec<&str> = EDITORS.iter().map(|(name, _)| *name).collect();
            Err(format!(
                "the programs are {}; any other is given by its address, such as {}",
                names.join(", "),
                "my-editor://open?file={path}&line={line}"
            ))
        }
    }
}

/// The desk as pages are told of it.
fn told(desk: &Desk) -> serve::Desk {
    let json = |page| serde_json::to_string(page).unwrap_or_default();
    serve::Desk {
        pages: desk.pages.iter().map(|(path, page)| (path.clone(), json(page))).collect(),
        site: serde_json::to_string(&desk.site).unwrap_or_default(),
    }
}

/// The site as it was compiled, with what was saved since.
struct Draft(Preview);

impl serve::Draft for Draft {
    fn take_in(&mut self, changed: &[PathBuf]) -> Option<Taken> {
        let Self(preview) = self;
        if !changed.iter().all(|path| preview.take_in(path)) {
            return None;
        }
        let problems =
            preview.diagnostics().iter().map(|diagnostic| Problem::new(diagnostic, preview.files())).collect();
        Some(Taken { problems, summary: diagnostic::summary(preview.diagnostics()) })
    }

    fn page(&self, path: &str) -> Option<String> {
        self.0.page(path)
    }

    fn desk(&self, path: &str) -> Option<String> {
        serde_json::to_string(&self.0.desk(path)?).ok()
    }
}

/// Serves the site until the program is ended.
pub(super) fn run(arguments: &Arguments) -> Exit {
    let Some(root) = arguments.root.find() else { return Exit::Usage };
    let mut options = Options {
        link: LinkOptions { drafts: !arguments.as_published, ..LinkOptions::default() },
        pseudo: arguments.pseudo,
        desk: true,
        shown_with: compile::UNFINISHED,
        ..Options::default()
    };
    let site = root.clone();
    let rebuild = move |_changed: &[PathBuf]| {
        let started = std::time::Instant::now();
        let (compilation, preview) = compile::preview(&site, &options, &|_, _| {});
        report::diagnostics(&compilation);
        let problems =
            compilation.diagnostics.iter().map(|diagnostic| Problem::new(diagnostic, &compilation.files)).collect();
        let summary = format!(
            "{} in {:.0} ms",
            diagnostic::summary(&compilation.diagnostics),
            started.elapsed().as_secs_f64() * 1000.0
        );
        let edition = compilation.edition.map(Arc::new);
        // What has errors leaves the last good one.
        options.site.before = edition.clone().or_else(|| options.site.before.take());
        let watched = compilation.named_files.iter().map(|file| site.join(file)).collect();
        let desk = compilation.desk.as_ref().map(told);
        let draft = preview.map(|preview| Box::new(Draft(preview)) as Box<dyn serve::Draft>);
        Rebuilt { edition, problems, desk, summary, watched, draft }
    };
    let server_options = serve::Options {
        host: arguments.host.clone(),
        port: arguments.port,
        open: arguments.open,
        editor: arguments.editor.clone(),
        out: workspace::output_folder(&root),
        root,
    };
    match serve::run(&server_options, rebuild, report::say) {
        Ok(()) => Exit::Done,
        Err(error) => {
            report::error(&error.to_string());
            match error.kind() {
                io::ErrorKind::InvalidInput | io::ErrorKind::AddrInUse => Exit::Usage,
                _ => Exit::Machine,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::parse_editor;

    #[test]
    fn editors_are_named_or_given_by_an_address() {
        assert_eq!(parse_editor("zed").as_deref(), Ok("zed://file{path}:{line}:{column}"));
        assert_eq!(parse_editor("kate://{path}?{line}").as_deref(), Ok("kate://{path}?{line}"));
        assert!(parse_editor("vim").unwrap_err().starts_with("the programs are vscode, "));
        assert!(parse_editor("kate://open").unwrap_err().contains("{path}"));
        for hostile in ["javascript:alert('{path}')", "JavaScript:{path}", "data:text/html,{path}"] {
            assert!(parse_editor(hostile).is_err(), "{hostile}");
        }
    }
}
