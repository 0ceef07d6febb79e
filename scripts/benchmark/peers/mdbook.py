"""mdBook: its own theme, a book for each language, as many built at once as the machine has cores."""

from ..corpus import RIGHT_TO_LEFT, write_file
from ..tool import Edit, Server
from .install import cargo_program
from .markdown import Markdown
from .peer import Peer

VERSION = "0.5.4"


class MdBook(Peer):
    def __init__(self, search=False):
        self.binary = cargo_program("mdbook", VERSION)
        self.search = search
        self.name = "mdbook-search" if search else "mdbook"
        self.serves = not search

    @property
    def note(self):
        return f"a book for each language, citations as {self.citations}, {'a' if self.search else 'no'} search index"

    def version(self):
        return self.first_line([self.binary, "--version"]).removeprefix("mdbook v")

    def write(self, corpus, folder):
        markdown = Markdown(corpus, self.citations)
        for lang in corpus.languages:
            book = folder / lang
            write_file(book / "book.toml", self.config(corpus, lang))
            write_file(book / "theme/header.hbs", "<p></p>\n")
            write_file(book / "src/SUMMARY.md", summary(corpus, lang))
            write_file(book / "src/index.md", index(corpus.home(lang), f"{corpus.folder(0)}/index.md"))
            for section in corpus.sections():
                first = f"{corpus.name(corpus.pages_of(section)[0])}.md"
                write_file(book / "src" / corpus.folder(section) / "index.md", index(corpus.section(lang, section), first))
            for number in range(corpus.pages):
                page = corpus.page(lang, number)
                write_file(self.page_file(corpus, folder, page), f"# {page.title}\n\n{markdown.text(page)}")

    def config(self, corpus, lang):
        direction = "rtl" if lang in RIGHT_TO_LEFT else "ltr"
        return (
            f'[book]\ntitle = "A corpus of {corpus.pages} pages"\nlanguage = "{lang}"\ntext-direction = "{direction}"\n\n[output.html.print]\nenable = false\n\n'
            f"[output.html.search]\nenable = {str(self.search).lower()}\n"
        )

    def build(self, corpus, folder, out):
        return [[self.binary, "build", folder / lang, "--dest-dir", out / lang] for lang in corpus.languages]

    def page_file(self, corpus, folder, page):
        return folder / page.lang / "src" / f"{corpus.path(page.number)}.md"

    def servers(self, folder, out, port):
        # Of one language.
        command = [self.binary, "serve", folder / "en", "--dest-dir", out, "--hostname", "127.0.0.1", "--port", str(port)]
        return [Server("mdbook serve (one language)", command)]

    def page_address(self, corpus, page):
        return f"{corpus.path(page.number)}.html"

    def template_edit(self, folder):
        return Edit.at_the_end(folder / "en/theme/header.hbs")


def summary(corpus, lang):
    lines = ["# Summary", "", f"[{corpus.home(lang).title}](index.md)", ""]
    for section in corpus.sections():
        lines.append(f"- [{corpus.section(lang, section).title}]({corpus.folder(section)}/index.md)")
        lines += [f"  - [{corpus.page(lang, number).title}]({corpus.path(number)}.md)" for number in corpus.pages_of(section)]
    return "\n".join(lines) + "\n"


def index(text, first):
    return f"# {text.title}\n\n[{text.text}]({first}).\n"
