"""A page in Markdown that every peer reads: the same words, headings, lists, tables and links as in Sourcebook's. Each peer changes what it writes otherwise.

What they have no form for is written by hand, as their authors would: a citation is a footnote with the entry of the source, or a link to the source that names author and page; a figure
is its number, with day and reporter where Sourcebook shows them; the summary and the key fact stand before the text.
"""

from ..corpus import Cite, Figure, Heading, Items, Links, Position, Quote, Sentences, Table
from .peer import FOOTNOTES, LINKS


class Markdown:
    def __init__(self, corpus, citations=FOOTNOTES):
        self.corpus = corpus
        self.citations = citations
        self.notes = []
        self.records = {record.number: record for record in corpus.sources()}
        self.figures = corpus.figures()

    def text(self, page):
        """The page without its title."""
        self.notes = []
        text = [f"{self.said(page, page.summary)}\n", f"- {self.said(page, page.fact)}\n", *self.blocks(page)]
        return "\n".join([*text, *(f"[^{number}]: {note}" for number, note in enumerate(self.notes, start=1)), ""])

    def blocks(self, page):
        for block in page.blocks:
            match block:
                case Heading(text, id):
                    yield f"## {text} {self.heading_id(id)}\n"
                case Sentences():
                    yield self.said(page, block) + "\n"
                case Items(items):
                    yield "".join(f"- {self.said(page, item)}\n" for item in items)
                case Table(rows):
                    lines = [f"| {text} | {self.mark(page, shown)} | {said.text} {self.marks(page, said.marks)} |" for text, shown, said in rows]
                    yield "\n".join(["| A | B | C |", "|---|---:|---|", *lines]) + "\n"
                case Position(label, said):
                    yield f"> **{label}**\n>\n> {self.said(page, said)}\n"
                case Links(links, after):
                    text = " ".join(f"[{words}]({self.address(page, other)}#part-3)" for words, other in links)
                    yield f"{text} {self.said(page, after)}\n"

    def heading_id(self, id):
        return f"{{#{id}}}"

    def address(self, page, other):
        """Of another page in the same language, as a link on this one has it."""
        return f"../{self.corpus.path(other)}.md"

    def said(self, page, said):
        return f"{said.text} {self.marks(page, said.marks)}."

    def marks(self, page, group):
        return " ".join(self.mark(page, one) for one in group)

    def mark(self, page, one):
        if isinstance(one, Figure):
            return self.figure(page, one)
        record = self.records[one.source]
        place = record.locator if isinstance(one, Quote) else one.page
        return self.cite(page, record, place)

    def cite(self, page, record, place):
        where = "" if place is None else f", p. {place}"
        if self.citations == LINKS:
            return f"([{record.org[page.lang]}{where}]({record.url}))"
        self.notes.append(f"{record.org[page.lang]}. *{record.title}*. R/{record.number}, {record.date}{where}. <{record.url}>")
        return f"[^{len(self.notes)}]"

    def figure(self, page, one):
        record = self.figures[one.number]
        if not one.full:
            return f"{record.value:,}"
        return f"{record.value:,} ({record.as_of}, {record.reporter[page.lang]})"
