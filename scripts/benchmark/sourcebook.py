"""Sourcebook: how a corpus is written for it, and how it is run."""

import shutil
import subprocess

from .corpus import Cite, Heading, Items, Links, Position, Quote, Sentences, Table, write_file
from .tool import Edit, Server, Tool


class Sourcebook(Tool):
    name = "sourcebook"
    note = "citations formatted, cards, backlinks, a page for each source, all checks, search index"
    can_check = True

    def __init__(self, binary):
        self.binary = binary

    def version(self):
        return self.first_line([self.binary, "--version"]).removeprefix("sourcebook ")

    def write(self, corpus, folder):
        write(corpus, folder)

    def build(self, corpus, folder, out):
        return [[self.binary, "build", "--quiet", "--root", folder, "--out", out]]

    def forget(self, folder):
        shutil.rmtree(folder / ".sourcebook", ignore_errors=True)

    def check(self, folder):
        return [[self.binary, "check", "--root", folder]]

    def page_file(self, corpus, folder, page):
        return folder / "content" / page.lang / f"{corpus.path(page.number)}.md"

    def servers(self, folder, out, port):
        return [Server("sourcebook serve", [self.binary, "serve", "--root", folder, "--port", str(port)])]

    def page_address(self, corpus, page):
        return f"{page.lang}/{corpus.path(page.number)}/"

    def template_edit(self, folder):
        template = "partials/pager.html"
        subprocess.run([self.binary, "init", "--root", folder, "--theme", template], check=True, capture_output=True)
        return Edit.at_the_end(folder / "templates" / template)

    def source_edit(self, corpus, folder):
        return Edit.before(folder / "content/sources/sources.yaml", corpus.source(0).title)

    def cite_everywhere(self, corpus, folder, pages):
        """Makes so many pages cite the first source, by their first paragraph."""
        for number in range(min(pages, corpus.pages)):
            for block in corpus.page(corpus.languages[0], number).blocks:
                if isinstance(block, Sentences):
                    path = folder / "content" / corpus.languages[0] / f"{corpus.path(number)}.md"
                    old = sentences(block)
                    new = sentences(block._replace(marks=(Cite(0, 1),)))
                    write_file(path, path.read_text(encoding="utf-8").replace(old, new, 1))
                    break


def write(corpus, folder):
    write_file(folder / "book.toml", book(corpus))
    write_file(folder / "content/sources/sources.yaml", "\n".join(source(record) for record in corpus.sources()))
    write_file(folder / "content/figures/figures.yaml", "\n".join(figure(record) for record in corpus.figures()))
    for lang in corpus.languages:
        content = folder / "content" / lang
        write_file(content / "index.md", index(lang, corpus.home(lang), f"{corpus.folder(0)}/index.md"))
        for section in corpus.sections():
            first = f"{corpus.name(corpus.pages_of(section)[0])}.md"
            write_file(content / corpus.folder(section) / "index.md", index(lang, corpus.section(lang, section), first))
        for number in range(corpus.pages):
            write_file(content / f"{corpus.path(number)}.md", page(corpus, corpus.page(lang, number)))


def book(corpus):
    languages = "".join(f"\n[languages.{lang}]\n" for lang in corpus.languages)
    return (
        f'[book]\ntitle = "A corpus of {corpus.pages} pages"\nlanguage = "en"\n{languages}\n[check]\nsource-unused = "allow"\n'
        'figure-unused = "allow"\nsource-unarchived = "allow"\ninterface-untranslated = "allow"\n'
    )


def localised(texts):
    return "{" + ", ".join(f'{lang}: "{text}"' for lang, text in texts.items()) + "}"


def source(record):
    return (
        f'{record.id}:\n  type: report\n  lang: en\n  title: "{record.title}"\n  author:\n    - org: {localised(record.org)}\n'
        f'  number: "R/{record.number}"\n  date: {record.date}\n  url: {record.url}\n  accessed: 2025-06-01\n  kind: un\n  checked: stored-page\n'
        f'  quotes:\n    - {{id: q1, exact: "{record.quote}", locator: p. {record.locator}}}\n'
    )


def figure(record):
    return (
        f"{record.id}:\n  label: {localised(record.label)}\n  value: {record.value}\n  unit: people\n  as-of: {record.as_of}\n"
        f"  reporter: {localised(record.reporter)}\n  population: {localised(record.population)}\n  source: {source_id(record.source)}\n"
        "  status: reported\n  checked: stored-page\n"
    )


def source_id(number):
    return f"source-{number:05}"


def index(lang, text, first):
    start = "" if lang == "en" else "translation: machine\n"
    return f"---\ntitle: {text.title}\n{start}---\n[{text.text}]({first}). <!-- uncited: guides to pages -->\n"


def page(corpus, page):
    lines = ["---", f"title: {page.title}", f'summary: "{sentences(page.summary)}"', "key-facts:", f'  - "{sentences(page.fact)}"']
    lines += [f"weight: {page.number}", "data-to: 2025-12-31"]
    lines += ([] if page.lang == "en" else ["translation: machine"]) + ["---"]
    for block in page.blocks:
        match block:
            case Heading(text, id):
                lines += [f"## {text} {{#{id}}}", ""]
            case Sentences():
                lines += [sentences(block), ""]
            case Items(items):
                lines += [f"- {sentences(item)}" for item in items] + [""]
            case Table(rows):
                lines += ["| A | B | C |", "|---|---:|---|"]
                lines += [f"| {text} | {mark(shown)} | {said.text} {marks(said.marks)} |" for text, shown, said in rows] + [""]
            case Position(label, said):
                lines += [f"> [!position] {label}", f"> {sentences(said)}", ""]
            case Links(links, after):
                text = " ".join(f"[{words}](../{corpus.path(other)}.md#part-3)" for words, other in links)
                lines += [f"{text} {sentences(after)}", ""]
    return "\n".join(lines)


def sentences(said):
    return f"{said.text} {marks(said.marks)}."


def marks(group):
    if isinstance(group[0], Cite):
        return "[" + "; ".join(cite(one) for one in group) + "]"
    return mark(group[0])


def cite(one):
    place = "" if one.page is None else f", p. {one.page}"
    return f"@{source_id(one.source)}{place}"


def mark(one):
    if isinstance(one, Quote):
        return f"[@{source_id(one.source)}#q1]"
    return f"[=figure-{one.number:05}{':full' if one.full else ''}]"
