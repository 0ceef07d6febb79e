"""pandoc: the one peer that formats citations. It knows pages, not sites: one command a page, its own template, no navigation."""

import json
import subprocess

from ..corpus import RIGHT_TO_LEFT, write_file
from ..tool import Tool
from .install import ROOT, python_home
from .markdown import Markdown


class Pandoc(Tool):
    name = "pandoc"
    note = "`--citeproc`: citations formatted; single pages without navigation or search"
    only_small = True
    serves = False

    def __init__(self):
        home = python_home("pandoc", ROOT / "tests/pandoc/requirements.txt")
        asked = [home / "bin/python", "-c", "import pypandoc; print(pypandoc.get_pandoc_path())"]
        self.binary = subprocess.run(asked, check=True, capture_output=True, text=True).stdout.strip()

    def version(self):
        return self.first_line([self.binary, "--version"]).removeprefix("pandoc ")

    def write(self, corpus, folder):
        markdown = PandocMarkdown(corpus)
        write_file(folder / "sources.json", json.dumps([csl(record) for record in corpus.sources()]))
        for lang in corpus.languages:
            for number in range(corpus.pages):
                page = corpus.page(lang, number)
                front = f'---\ntitle: "{page.title}"\nlang: {lang}\ndir: {"rtl" if lang in RIGHT_TO_LEFT else "ltr"}\n---\n'
                write_file(self.page_file(corpus, folder, page), front + markdown.text(page))

    def build(self, corpus, folder, out):
        commands = []
        for lang in corpus.languages:
            for section in corpus.sections():
                (out / lang / corpus.folder(section)).mkdir(parents=True, exist_ok=True)
            for number in range(corpus.pages):
                path = corpus.path(number)
                page = [folder / lang / f"{path}.md", "--output", out / lang / f"{path}.html"]
                commands.append([self.binary, "--standalone", "--toc", "--citeproc", "--bibliography", folder / "sources.json", *page])
        return commands

    def page_file(self, corpus, folder, page):
        return folder / page.lang / f"{corpus.path(page.number)}.md"


class PandocMarkdown(Markdown):
    def address(self, page, other):
        return f"../{self.corpus.path(other)}.html"

    def cite(self, page, record, place):
        return f"[@{record.id}{'' if place is None else f', p. {place}'}]"


def csl(record):
    year, month, day = (int(part) for part in record.date.split("-"))
    return {
        "id": record.id,
        "type": "report",
        "title": record.title,
        "author": [{"literal": record.org["en"]}],
        "number": f"R/{record.number}",
        "issued": {"date-parts": [[year, month, day]]},
        "accessed": {"date-parts": [[2025, 6, 1]]},
        "URL": record.url,
    }
