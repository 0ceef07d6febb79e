"""`python3 -m unittest benchmark.test` in scripts/: the corpora say the same in every format, and nothing is lost on the way to a table."""

import sys
import tempfile
import unittest
from pathlib import Path

from .corpus import Corpus, Figure, Items, Links, Position, Sentences, Table
from .graph import ceiling, scale_graph
from .measure import Cost, Runs
from .peers.hugo import Hugo
from .peers.mdbook import MdBook
from .peers.pandoc import Pandoc
from .peers.peer import FOOTNOTES, LINKS
from .peers.zola import Zola
from .scale import Point
from .sourcebook import Sourcebook
from .tool import Edit


def writers():
    """Every program's writer; none of them is installed for it."""
    yield Sourcebook(None)
    for peer in (Hugo, MdBook, Pandoc, Zola):
        tool = peer.__new__(peer)
        for citations in (FOOTNOTES, LINKS):
            tool.search, tool.citations = False, citations
            yield tool


def words_of(page):
    """Every text of a page without its marks."""
    yield page.title
    for block in page.blocks:
        match block:
            case Sentences(text, _):
                yield text
            case Items(items):
                yield from (item.text for item in items)
            case Table(rows):
                for text, _, said in rows:
                    yield from (text, said.text)
            case Position(label, said):
                yield from (label, said.text)
            case Links(links, after):
                yield from (text for text, _ in links)
                yield after.text
            case heading:
                yield heading.text


class Corpora(unittest.TestCase):
    def test_every_format_says_the_same(self):
        corpus = Corpus(pages=21, languages=3)
        with tempfile.TemporaryDirectory() as work:
            for tool in writers():
                folder = Path(work) / f"{type(tool).__name__}-{tool.site_name}"
                tool.write(corpus, folder)
                for lang in corpus.languages:
                    for number in (0, 20):
                        page = corpus.page(lang, number)
                        text = tool.page_file(corpus, folder, page).read_text(encoding="utf-8")
                        for words in words_of(page):
                            self.assertIn(words, text, f"{folder.name}, {lang}, page {number}")

    def test_an_edit_takes_the_place_of_the_one_before_and_is_undone(self):
        with tempfile.TemporaryDirectory() as work:
            path = Path(work) / "page.md"
            path.write_text("Words of a page.\n", encoding="utf-8")
            edit = Edit.before(path, "of a")
            edit.save("One")
            edit.save("Two")
            self.assertEqual(path.read_text(encoding="utf-8"), "Words Two of a page.\n")
            edit.undo()
            self.assertEqual(path.read_text(encoding="utf-8"), "Words of a page.\n")

    def test_a_full_figure_is_told_in_words(self):
        corpus = Corpus(pages=3, languages=1)
        marks = [mark for block in corpus.page("en", 1).blocks if isinstance(block, Sentences) for mark in block.marks]
        self.assertEqual(sum(isinstance(mark, Figure) and mark.full for mark in marks), 2)


class Results(unittest.TestCase):
    def test_the_median_of_runs(self):
        runs = Runs([Cost(3.0, 1.0, 5), Cost(1.0, 1.0, 9), Cost(2.0, 1.0, 7)])
        self.assertEqual((runs.wall, runs.spread, runs.memory), (2.0, (1.0, 3.0), 9))

    def test_an_axis_ends_above_its_values(self):
        for value in (0.004, 0.7, 3.2, 41, 2600):
            top, step = ceiling(value)
            self.assertTrue(value <= top <= 6 * step, value)

    def test_a_graph_has_a_dot_for_each_size(self):
        points = [Point(pages, 50, Runs([Cost(pages / 1000, 1, pages * 10**4)]), pages, 1) for pages in (1000, 3000, 10000)]
        drawn = scale_graph(points, "now")
        self.assertEqual(drawn.count("<circle"), 6)


if __name__ == "__main__":
    sys.exit(unittest.main())
