//! The copies that a site offers (`[build] offline`): made in the run that makes the site, of the same linked book, so that both say the same.
//!
//! 1. [`forms`] reads which are asked for.
//! 2. [`make`] renders the site as a copy, packs it, and signs the files where there is a key. They are those that `bundle` makes.
//! 3. [`Copies::put`] lays the files beside the pages, which were told of them.
//!
//! Where a format makes one file of all languages, it makes one of each language, too: many readers want one alone, and it is a third of the whole.

use crate::book::Book;
use crate::bundle::{self, Bundle, BundleError, Format, Paper, Printer, Seal};
use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::ids::Lang;
use crate::manifest;
use crate::signature::{self, Key};
use crate::site::address::Profile;
use crate::site::edition::{Edition, OutPath, Stamp};
use crate::site::offline::{self, Form, Offered, SUMS};
use crate::site::theme::Theme;
use crate::site::{self, Materials, Offline, Progress, SiteOptions};
use crate::span::Span;
use crate::workspace::config::Config;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;

/// Whether copies are made to be offered on the site, where `book.toml` asks for them.
#[derive(Debug, Clone, Default)]
pub enum Downloads {
    /// None: it is a preview, or a copy itself.
    #[default]
    None,
    /// They are.
    Made,
    /// They are, and this key signs each.
    Signed(Arc<Key>),
}

/// A form that is asked for, and where.
type Asked = BTreeMap<Format, (Form, Span)>;

/// Which forms `book.toml` asks for, and what in that cannot be.
pub(super) fn forms(config: &Config) -> (Asked, Vec<Diagnostic>) {
    let known = |format: &Format| Form::parse(format.name()).map(|form| (*format, form));
    let formats: Vec<(Format, Form)> = Format::ALL.iter().filter_map(known).collect();
    let mut asked = Asked::new();
    let mut diagnostics = Vec::new();
    for name in &config.offline {
        match formats.iter().find(|(format, _)| format.name() == name.value) {
            Some((format, form)) => {
                asked.insert(*format, (*form, name.span));
            }
            None => {
                let names = formats.iter().map(|(format, _)| format.name());
                let help = did_you_mean(&name.value, names.clone()).map_or_else(
                    || {
                        format!(
                            "the forms are {}",
                            names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
                        )
                    },
                    |near| format!("did you mean `{near}`?"),
                );
                let message = format!("there are no copies of the form `{}`", name.value);
                diagnostics.push(Diagnostic::new(Code::SB102, name.span, message).help(help));
            }
        }
    }
    (asked, diagnostics)
}

/// Files that are laid beside the pages.
#[derive(Debug, Default)]
pub(super) struct Copies {
    files: Vec<(OutPath, Vec<u8>)>,
    /// What pages say of them.
    pub(super) offered: Vec<Offered>,
}

impl Copies {
    /// Lays them into the edition; nothing else of a site can lie in their folder.
    pub(super) fn put(self, edition: &mut Edition) {
        for (path, bytes) in self.files {
            edition.add(path, bytes);
        }
    }
}

/// What copies are made with.
pub(super) struct Means<'a> {
    pub(super) theme: &'a Theme,
    pub(super) materials: &'a Materials,
    pub(super) stamp: &'a Stamp,
    pub(super) progress: Progress<'a>,
    /// Who prints, where somebody does.
    pub(super) printer: Option<&'a dyn Printer>,
}

/// Makes the copies that are asked for.
pub(super) fn make(book: &mut Book, means: &Means<'_>, downloads: &Downloads) -> Result<Copies, Vec<Diagnostic>> {
    let (asked, _) = forms(&book.config);
    let key = match downloads {
        Downloads::None => return Ok(Copies::default()),
        Downloads::Made => None,
        Downloads::Signed(key) => Some(key.as_ref()),
    };
    if asked.is_empty() {
        return Ok(Copies::default());
    }
    if let Some(key) = key {
        fits(key, &book.config)?;
    }
    // A copy has no address of its own, so nothing that depends on one is in it; it knows where the live site is.
    let live_url = book.config.base_url.take();
    let bundles = Press { book, means, live_url: live_url.as_deref(), key }.bundles(&asked);
    let name = bundle::name_of(&book.config.title);
    book.config.base_url = live_url;
    bundles.map(|bundles| Copies::of(&bundles, &name, means.stamp, key))
}

/// Refuses a key that is not the one that readers are told.
fn fits(key: &Key, config: &Config) -> Result<(), Vec<Diagnostic>> {
    let Some(told) = &config.signing_key else { return Ok(()) };
    signature::verify(&told.value, &key.sign(b"", ""), b"").map(|_| ()).map_err(|_| {
        let message = "this is not the public half of the key that signs, so nobody could check the copies with it";
        vec![
            Diagnostic::new(Code::SB102, told.span, message)
                .help("sign with the key that belongs to it, or write the other's here"),
        ]
    })
}

/// Renders copies and packs them.
struct Press<'a> {
    book: &'a Book,
    means: &'a Means<'a>,
    live_url: Option<&'a str>,
    key: Option<&'a Key>,
}

impl Press<'_> {
    /// Every form; where one file has all languages, each language by itself besides.
    fn bundles(&self, asked: &Asked) -> Result<Vec<(Form, Bundle)>, Vec<Diagnostic>> {
        let mut bundles = Vec::new();
        let mut of_all = Asked::new();
        let edition = self.edition(Vec::new())?;
        for (format, (form, span)) in asked {
            let packed = self.pack(&edition, *format, *span)?;
            if packed.iter().any(|bundle| bundle.lang.is_none()) {
                of_all.insert(*format, (*form, *span));
            }
            bundles.extend(packed.into_iter().map(|bundle| (*form, bundle)));
        }
        drop(edition);
        let languages: Vec<Lang> = self.book.languages.iter().map(|language| language.lang.clone()).collect();
        for lang in languages.iter().filter(|_| !of_all.is_empty() && languages.len() > 1) {
            let edition = self.edition(vec![lang.clone()])?;
            for (format, (form, span)) in &of_all {
                let packed = self.pack(&edition, *format, *span)?;
                bundles.extend(packed.into_iter().map(|bundle| (*form, Bundle { lang: Some(lang.clone()), ..bundle })));
            }
        }
        bundles.sort_by(|a, b| (a.0, &a.1.lang).cmp(&(b.0, &b.1.lang)));
        Ok(bundles)
    }

    fn edition(&self, languages: Vec<Lang>) -> Result<Edition, Vec<Diagnostic>> {
        let Means { theme, materials, stamp, progress, .. } = *self.means;
        let options = SiteOptions {
            profile: Profile::Files,
            stamp: stamp.clone(),
            offline: Some(Offline { languages, live_url: self.live_url.map(str::to_owned) }),
            ..SiteOptions::default()
        };
        // What is strange in it is so in the site's own pages, too.
        site::render(self.book, theme, materials.clone(), &options, progress, &mut Vec::new())
    }

    fn pack(&self, edition: &Edition, format: Format, span: Span) -> Result<Vec<Bundle>, Vec<Diagnostic>> {
        let name = bundle::name_of(&self.book.config.title);
        let seal = self.key.map(|key| |list: &[u8]| key.sign(list, &bundle::comment_of_list(&edition.stamp, list)));
        let seal = seal.as_ref().map(|seal| seal as Seal<'_>);
        let paper = self.means.printer.map(|printer| Paper { printer, pages: &[] });
        let means = bundle::Means { seal, paper };
        bundle::pack(edition, format, &name, &means).map_err(|error| vec![refused(&error, format, span)])
    }
}

fn refused(error: &BundleError, format: Format, span: Span) -> Diagnostic {
    Diagnostic::new(Code::SB102, span, error.to_string())
        .help(format!("until then take `{}` out of `offline`", format.name()))
}

impl Copies {
    fn of(bundles: &[(Form, Bundle)], name: &str, stamp: &Stamp, key: Option<&Key>) -> Self {
        let mut copies = Self::default();
        let mut sums = String::new();
        for (form, bundle) in bundles {
            let name = bundle.file_name(name);
            let sha256 = manifest::hash(&bundle.bytes);
            // Writing to a string cannot fail.
            let _ = writeln!(sums, "{sha256}  {name}");
            copies.add(&name, &bundle.bytes, &sha256, stamp, key);
            copies.offered.push(Offered {
                form: *form,
                name,
                lang: bundle.lang.clone(),
                size: bundle.bytes.len() as u64,
                sha256,
                is_signed: key.is_some(),
            });
        }
        copies.add(SUMS, sums.as_bytes(), &manifest::hash(sums.as_bytes()), stamp, key);
        copies
    }

    /// A file, and its signature where there is a key.
    fn add(&mut self, name: &str, bytes: &[u8], hash: &str, stamp: &Stamp, key: Option<&Key>) {
        let signature = key.map(|key| key.sign(bytes, &bundle::comment(stamp, name, hash)).into_bytes());
        let files = [(name.to_owned(), Some(bytes.to_vec())), (offline::signature_of(name), signature)];
        for (name, bytes) in files {
            self.files.extend(offline::path_of(&name).zip(bytes));
        }
    }
}
