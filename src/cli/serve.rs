//! `sourcebook serve`

use super::root::RootArguments;
use super::{Exit, report};
use crate::compile::{self, LinkOptions, Options};
use crate::diagnostic;
use crate::serve::{self, Problem, Rebuilt};
use crate::workspace;
use std::io;

/// `sourcebook serve [--root DIR] [--host 127.0.0.1] [--port 3000] [--open] [--drafts] [--pseudo]`
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  sourcebook serve --open\n  sourcebook serve --port 8080 --drafts")]
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
    /// Show drafts, too
    #[arg(long)]
    drafts: bool,
    /// Show the site in two languages that nobody speaks, too, which show what cannot be translated and what does not fit
    #[arg(long)]
    pseudo: bool,
}

/// Serves the site until the program is ended.
pub(super) fn run(arguments: &Arguments) -> Exit {
    let Some(root) = arguments.root.find() else { return Exit::Usage };
    let options = Options {
        link: LinkOptions { drafts: arguments.drafts, ..LinkOptions::default() },
        pseudo: arguments.pseudo,
        ..Options::default()
    };
    let site = root.clone();
    let rebuild = move |_changed: &[std::path::PathBuf]| {
        let started = std::time::Instant::now();
        let compilation = compile::build(&site, &options, &|_, _| {});
        report::diagnostics(&compilation);
        let problems =
            compilation.diagnostics.iter().map(|diagnostic| Problem::new(diagnostic, &compilation.files)).collect();
        let summary = format!(
            "{} in {:.0} ms",
            diagnostic::summary(&compilation.diagnostics),
            started.elapsed().as_secs_f64() * 1000.0
        );
        let watched = compilation.named_files.iter().map(|file| site.join(file)).collect();
        Rebuilt { edition: compilation.edition, problems, summary, watched }
    };
    let server_options = serve::Options {
        host: arguments.host.clone(),
        port: arguments.port,
        open: arguments.open,
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
