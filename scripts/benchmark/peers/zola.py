"""Zola: templates of about the weight of Sourcebook's, the language in the names of files."""

from ..corpus import RIGHT_TO_LEFT, write_file
from ..tool import Edit, Server
from .install import on_path
from .markdown import Markdown
from .peer import Peer

BASE = """<!doctype html>
<html lang="{{ lang }}" dir="{% if lang in config.extra.right_to_left %}rtl{% else %}ltr{% endif %}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{% block title %}{% endblock %} – {{ config.title }}</title>
{% block head %}{% endblock %}
<link rel="stylesheet" href="/style.css">
</head>
<body>
{% block header %}{% endblock %}
<main>
{% block main %}{% endblock %}
</main>
<footer><p>{{ config.title }}</p></footer>
</body>
</html>
"""

PAGE = """{% extends "base.html" %}
{% block title %}{{ page.title }}{% endblock %}
{% block head %}
<meta name="description" content="{{ page.description }}">
<meta property="og:title" content="{{ page.title }}">
<meta property="og:type" content="article">
<meta property="og:locale" content="{{ lang }}">
<link rel="canonical" href="{{ page.permalink }}">
{%- for translation in page.translations %}
<link rel="alternate" hreflang="{{ translation.lang }}" href="{{ translation.permalink }}">
{%- endfor %}
{% endblock %}
{% block header %}
<header>
<a href="/">{{ config.title }}</a>
<ul class="languages">
{%- for translation in page.translations %}
<li><a href="{{ translation.permalink }}" hreflang="{{ translation.lang }}">{{ translation.lang }}</a></li>
{%- endfor %}
</ul>
<nav class="breadcrumbs"><ol>
{%- for path in page.ancestors %}
{%- set above = get_section(path=path, metadata_only=true) %}
<li><a href="{{ above.permalink }}">{{ above.title }}</a></li>
{%- endfor %}
</ol></nav>
</header>
{% endblock %}
{% block main %}
<article>
<h1>{{ page.title }}</h1>
<nav class="toc"><ul>
{%- for heading in page.toc %}
<li><a href="#{{ heading.id }}">{{ heading.title }}</a></li>
{%- endfor %}
</ul></nav>
{{ page.content | safe }}
</article>
<nav class="pager">
{%- if page.lower %}<a rel="prev" href="{{ page.lower.permalink }}">{{ page.lower.title }}</a>{% endif -%}
{%- if page.higher %}<a rel="next" href="{{ page.higher.permalink }}">{{ page.higher.title }}</a>{% endif -%}
<ul class="siblings">
{%- for sibling in page.extra.siblings %}
<li><a href="{{ config.base_url }}/{{ sibling.path }}">{{ sibling.title }}</a></li>
{%- endfor %}
</ul>
</nav>
{% endblock %}
"""

SECTION = """{% extends "base.html" %}
{% block title %}{{ section.title }}{% endblock %}
{% block main %}
<h1>{{ section.title }}</h1>
{{ section.content | safe }}
<ul>
{%- for page in section.pages %}
<li><a href="{{ page.permalink }}">{{ page.title }}</a></li>
{%- endfor %}
{%- for path in section.subsections %}
{%- set below = get_section(path=path, metadata_only=true) %}
<li><a href="{{ below.permalink }}">{{ below.title }}</a></li>
{%- endfor %}
</ul>
{% endblock %}
"""

# Those of the corpora's languages that its search knows; the others have no index.
SEARCHED = {"en", "fr", "es", "de", "ru", "pt"}


class Zola(Peer):
    def __init__(self, search=False):
        self.binary = on_path("zola")
        self.search = search
        self.name = "zola-search" if search else "zola"
        self.serves = not search

    @property
    def note(self):
        return f"citations as {self.citations}, {'a search index where it knows the language' if self.search else 'no search index'}"

    def version(self):
        return self.first_line([self.binary, "--version"]).removeprefix("zola ")

    def write(self, corpus, folder):
        markdown = ZolaMarkdown(corpus, self.citations)
        write_file(folder / "zola.toml", self.config(corpus))
        for name, text in {"base": BASE, "page": PAGE, "section": SECTION, "index": SECTION}.items():
            write_file(folder / f"templates/{name}.html", text)
        write_file(folder / "static/style.css", "main { max-width: 40rem }\n")
        for lang in corpus.languages:
            home = folder / "content" / f"_index{ending(lang)}"
            write_file(home, index(corpus.home(lang), 0, f"@/{corpus.folder(0)}/_index{ending(lang)}"))
            for section in corpus.sections():
                first = f"@/{corpus.path(corpus.pages_of(section)[0])}{ending(lang)}"
                path = folder / "content" / corpus.folder(section) / f"_index{ending(lang)}"
                write_file(path, index(corpus.section(lang, section), section, first))
                pages = [corpus.page(lang, number) for number in corpus.pages_of(section)]
                siblings = self.siblings(corpus, pages)
                for page in pages:
                    front = f'+++\ntitle = "{page.title}"\ndescription = "{page.summary.text}"\nweight = {page.number}\n{siblings}+++\n'
                    write_file(self.page_file(corpus, folder, page), front + markdown.text(page))

    def siblings(self, corpus, pages):
        """The pages of a section, which each of them is handed: with a template that asks for the section a build takes nearly three times as long, and Zola has no part that is made once and kept."""
        listed = (f'{{ title = "{page.title}", path = "{self.page_address(corpus, page)}" }}' for page in pages)
        return f"[extra]\nsiblings = [{', '.join(listed)}]\n"

    def config(self, corpus):
        first, *others = corpus.languages
        title = f'title = "A corpus of {corpus.pages} pages"\n'
        languages = "".join(f"\n[languages.{lang}]\n{title}{self.searched(lang)}" for lang in others)
        right_to_left = ", ".join(f'"{lang}"' for lang in sorted(RIGHT_TO_LEFT))
        return (
            f'base_url = "https://example.org"\n{title}default_language = "{first}"\n'
            f"generate_sitemap = false\ngenerate_robots_txt = false\n{self.searched(first)}{languages}\n[extra]\nright_to_left = [{right_to_left}]\n"
        )

    def searched(self, lang):
        return f"build_search_index = {'true' if self.search and lang in SEARCHED else 'false'}\n"

    def build(self, corpus, folder, out):
        return [[self.binary, "--root", folder, "build", "--force", "--output-dir", out]]

    def page_file(self, corpus, folder, page):
        return folder / "content" / f"{corpus.path(page.number)}{ending(page.lang)}"

    def servers(self, folder, out, port):
        command = [self.binary, "--root", folder, "serve", "--interface", "127.0.0.1", "--port", str(port), "--force", "--output-dir", out]
        return [Server("zola serve", command), Server("zola serve --fast", [*command, "--fast"])]

    def page_address(self, corpus, page):
        return f"{'' if page.lang == 'en' else page.lang + '/'}{corpus.path(page.number)}/"

    def template_edit(self, folder):
        return Edit.before(folder / "templates/base.html", "</footer>")


class ZolaMarkdown(Markdown):
    def heading_id(self, id):
        # Without the blank it would begin a comment of the template language.
        return f"{{ #{id} }}"

    def address(self, page, other):
        return f"@/{self.corpus.path(other)}{ending(page.lang)}"


def ending(lang):
    return ".md" if lang == "en" else f".{lang}.md"


def index(text, weight, first):
    return f'+++\ntitle = "{text.title}"\nsort_by = "weight"\nweight = {weight}\n+++\n[{text.text}]({first}).\n'
