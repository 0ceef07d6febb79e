//! Themes: what a site puts over the default one, what is said of broken templates, and `sourcebook init --theme`.

use crate::cli::{run, status, stderr, stdout};
use crate::support::{Site, repository, told};
use insta::assert_snapshot;
use sourcebook::compile::{self, Options};
use sourcebook::site::given::{Reference, Template, given};
use sourcebook::site::shape::{Field, Kind};
use std::fmt::Write as _;
use std::fs;

/// What is said of a site with these templates.
fn said(templates: &[(&str, &str)]) -> String {
    let site = Site::base();
    for (name, text) in templates {
        site.put(&format!("templates/{name}"), text);
    }
    told(&compile::build(&site.root(), &Options::default(), &|_, _| {}))
}

/// The same without lists of everything that there is, which grow with the program.
fn without_lists(said: &str) -> String {
    let shortened = said.lines().map(|line| {
        let starts = ["there is `", "which is filled by `"];
        let start = starts.iter().find_map(|start| Some(line.find(start)? + start.len() - 1));
        let (head, list) = line.split_at(start.unwrap_or(line.len()));
        let is_long = list.split("; ").next().is_some_and(|list| list.matches("`, `").count() > 5);
        let rest = list.split_once("; ").map_or_else(String::new, |(_, rest)| format!("; {rest}"));
        if is_long { format!("{head}…{rest}\n") } else { format!("{line}\n") }
    });
    shortened.collect()
}

/// A page with this in its middle.
fn page(main: &str) -> String {
    format!("{{% extends \"base.html\" %}}\n{{% block main %}}\n{main}\n{{% endblock %}}\n")
}

#[test]
fn broken_templates() {
    let cases: &[(&str, &str)] = &[
        ("a brace is missing", "<h1>{{ page.title }</h1>"),
        ("a tag has no end", "<h1>{{ page.title"),
        ("an `if` is not closed", "{% if page.section %}\n<p>{{ page.section.title }}</p>"),
        ("what closes is not what is open", "{% for one in nav %}{{ one.title }}{% endif %}"),
        ("nothing is open", "<p>{% endfor %}"),
        ("a value is mistyped", "{{ page.titel | bidi }}"),
        ("a value is unknown", "{{ pgae.title }}"),
        ("a value is of another template", "{{ source.title }}"),
        ("a list is taken for one thing", "{{ page.sources.entry_html | safe }}"),
        ("text is taken for more", "{{ page.title.text }}"),
        ("a word is mistyped", "{{ t.contens }}"),
        ("a condition asks for what is never given", "{% if page.footnotes %}<hr>{% endif %}"),
        (
            "an item is mistyped",
            "{% for one in page.contents %}<a href=\"#{{ one.di }}\">{{ one.text }}</a>{% endfor %}",
        ),
        ("a list is mistyped", "{% for one in page.content %}{{ one.text }}{% endfor %}"),
        ("a filter is mistyped", "{{ page.title | bdi }}"),
        ("a test is unknown", "{% if page.section is nothing %}{% endif %}"),
        ("a function is unknown", "{{ now() }}"),
        ("a part is mistyped", "{% include \"partials/source_list.html\" %}"),
        ("null is not asked for", "{{ page.section.title }}"),
        ("no list is gone through", "{% for one in page.title %}{{ one }}{% endfor %}"),
    ];
    let mut all = String::new();
    for (what, main) in cases {
        let _ = writeln!(all, "# {what}\n\n{}", without_lists(&said(&[("page.html", &page(main))])));
    }
    let others: &[(&str, &[(&str, &str)])] = &[
        (
            "a block is mistyped",
            &[(
                "page.html",
                "{% extends \"base.html\" %}\n{% block mian %}{{ page.body_html | safe }}{% endblock %}\n",
            )],
        ),
        (
            "a template that does not exist is extended",
            &[("page.html", "{% extends \"frame.html\" %}\n{% block main %}{% endblock %}\n")],
        ),
        (
            "a template extends itself",
            &[("page.html", "{% extends \"page.html\" %}\n{% block main %}{% endblock %}\n")],
        ),
        (
            "something stands outside every block",
            &[("not_found.html", "{% extends \"base.html\" %}\n<p>{{ t.home }}</p>\n{% block main %}{% endblock %}\n")],
        ),
        ("a part includes itself", &[("partials/pager.html", "<p>\n{% include \"partials/pager.html\" %}")]),
        (
            "a block that templates of the theme fill is gone",
            &[(
                "base.html",
                "<!DOCTYPE html><title>{% block title %}{% endblock %}</title>{% block main %}{% endblock %}",
            )],
        ),
        (
            "three templates are broken",
            &[("page.html", "{{ page.title }"), ("partials/pager.html", "{% if %}"), ("not_found.html", "{% block %}")],
        ),
    ];
    for (what, templates) in others {
        let _ = writeln!(all, "# {what}\n\n{}", without_lists(&said(templates)));
    }
    assert_snapshot!(all);
}

/// The examples of the guide: files by path.
fn examples() -> Vec<(String, String)> {
    let guide = fs::read_to_string(repository().join("docs/themes.md")).unwrap();
    let blocks = guide.split("\n```").skip(1).step_by(2);
    let files = blocks.filter_map(|block| {
        let (info, text) = block.split_once('\n')?;
        let (_, path) = info.split_once(' ')?;
        Some((path.to_owned(), format!("{text}\n")))
    });
    files.collect()
}

#[test]
fn the_theme_of_the_guide_is_built() {
    let site = Site::base();
    let default = site.build();
    for (path, text) in examples() {
        site.put(&path, text);
    }
    assert_eq!(status(&run(&site, &["init", "--theme", "page.html"])), 0);
    let page = site.root().join("templates/page.html");
    let text = fs::read_to_string(&page).unwrap();
    fs::write(&page, text.replacen("</main>", "{%- include \"partials/kept_by.html\" %}\n</main>", 1)).unwrap();
    let checked = site.check();
    assert!(checked.diagnostics.is_empty(), "{}", told(&checked));
    let built = site.build();

    let sheet = built.text("static/sourcebook.css");
    let (own, theme) = (sheet.rfind("--accent:#8ec5f5").unwrap(), sheet.rfind("--accent:#d9a3c9").unwrap());
    assert!(own > theme, "the site's colours stand after the theme's");
    assert!(
        !built.files.contains_key("static/custom.css"),
        "the style sheet holds them: no page asks for another file"
    );

    let is_followed = |path: &&String| {
        path.starts_with("en/") && path.ends_with("index.html") && default.text(path).contains("<li class=\"next\">")
    };
    let path = default.files.keys().find(is_followed).unwrap();
    let article = built.text(path);
    assert!(article.contains("<nav class=\"pager\" aria-label=\"Next\">"), "{article}");
    assert!(!article.contains("class=\"siblings\""), "{article}");
    assert!(article.contains("<p class=\"kept-by\">"), "{article}");
    let links = |html: &str| html.matches("<link rel=\"stylesheet\"").count() + html.matches("<script defer").count();
    assert_eq!(links(article), links(default.text(path)));
    let not_found = [&default, &built].map(|site| site.text("404.html").matches("<a ").count());
    assert!(not_found[1] < not_found[0], "the page for what is not there leads home alone: {not_found:?}");
    // Everything else is the theme's.
    assert_eq!(built.text("static/sourcebook.js"), default.text("static/sourcebook.js"));
}

/// Writes a value, and everything in it.
fn all_of(given: &Reference, field: &Field, path: &str, within: &mut Vec<String>) -> String {
    let written = match &field.kind {
        Kind::Text | Kind::Number | Kind::Flag => format!("{{{{ {path} }}}}"),
        Kind::Html => format!("{{{{ {path} | safe }}}}"),
        Kind::Words => format!("{{{{ {path}.menu }}}}"),
        Kind::List(kind) => {
            let one = format!("one{}", within.len());
            within.push(String::new());
            let item = Field { name: one.clone(), kind: (**kind).clone(), optional: false, about: String::new() };
            let item = all_of(given, &item, &one, within);
            within.pop();
            format!("{{% for {one} in {path} %}}{item}{{% endfor %}}")
        }
        Kind::Part(name) if within.contains(name) => String::new(),
        Kind::Part(name) => {
            within.push(name.clone());
            let fields = given.parts[name].fields.iter();
            let all = fields.map(|field| all_of(given, field, &format!("{path}.{}", field.name), within)).collect();
            within.pop();
            all
        }
    };
    if field.optional { format!("{{% if {path} %}}{written}{{% endif %}}\n") } else { written + "\n" }
}

fn all_of_template(given: &Reference, template: &Template) -> String {
    let fields = template.values.fields.iter();
    fields.map(|field| all_of(given, field, &field.name, &mut Vec::new())).collect()
}

#[test]
fn a_template_that_uses_every_described_value_is_rendered() {
    let given = given();
    for fixture in ["base", "cards"] {
        let site = Site::of(fixture);
        for template in &given.templates {
            site.put(&format!("templates/{}", template.name), all_of_template(&given, template));
        }
        site.build();
        let checked = site.check();
        let about_templates = checked.diagnostics.iter().filter(|said| said.code.id().starts_with("SB70"));
        assert_eq!(about_templates.count(), 0, "{}", told(&checked));
    }
}

#[test]
fn the_pieces_of_the_theme_are_listed_with_what_they_are_for() {
    let site = Site::base();
    let listed = run(&site, &["init", "--theme"]);
    assert_eq!(status(&listed), 0, "{}", stderr(&listed));
    let lines: Vec<&str> = stdout(&listed).lines().collect();
    let has = |name: &str, about: &str| {
        lines.iter().any(|line| line.starts_with(&format!("{name} ")) && line.ends_with(about))
    };
    assert!(lines[0].starts_with("colours ") && lines[0].contains("light and dark"), "{lines:?}");
    assert!(has("base.html", "  The frame of every page: head, header, footer"), "{lines:?}");
    assert!(has("partials/links.html", "  Ways out to a source: `links`"), "{lines:?}");
    assert!(has("sourcebook.css", "  The default theme"), "{lines:?}");
    let bare = run(&site, &["init"]);
    assert_eq!(status(&bare), 2);
    assert!(stderr(&bare).contains("--theme"), "{}", stderr(&bare));
}

#[test]
fn pieces_are_copied_and_nothing_is_written_over() {
    let site = Site::base();
    site.put("templates/partials/meta.html", "<p>ours</p>");
    let copied =
        run(&site, &["init", "--theme", "colours", "partials/me*", "pager.html", "templates/page.html", "page.html"]);
    assert_eq!(status(&copied), 0, "{}", stderr(&copied));
    let said = stderr(&copied);
    assert_eq!(said.matches("Wrote templates/page.html").count(), 1, "{said}");
    assert!(said.contains("templates/partials/meta.html was there already, and is as it was"), "{said}");
    let read = |path: &str| fs::read_to_string(site.root().join(path)).unwrap();
    assert!(read("templates/partials/pager.html").contains("<nav class=\"pager\""));
    assert_eq!(read("templates/partials/meta.html"), "<p>ours</p>");
    assert_eq!(read("templates/page.html"), fs::read_to_string(repository().join("templates/page.html")).unwrap());
    assert!(read("static/custom.css").contains("    --accent: #6b2d5c;"), "{}", read("static/custom.css"));
    let checked = site.check();
    assert!(checked.diagnostics.is_empty(), "what is copied is as it was: {}", told(&checked));
}

#[test]
fn an_unknown_piece_stops_the_others_and_is_told_with_the_nearest_one() {
    let site = Site::base();
    let output = run(&site, &["init", "--theme", "pge.html", "base.html", "quite-other"]);
    assert_eq!(status(&output), 2);
    let said = stderr(&output);
    assert!(said.contains("the theme has no `pge.html`") && said.contains("did you mean `page.html`?"), "{said}");
    assert!(said.contains("the theme has no `quite-other`"), "{said}");
    assert!(!site.root().join("templates").exists());
}
