"""How time and memory grow with the site: ten times the pages should cost ten times the work."""

from dataclasses import dataclass

from .corpus import Corpus
from .measure import Runs, clear, run, written

THOUSANDS = [1, 3, 10, 30, 50]
# One source for so many pages: 10,000 of them at 50,000 pages.
PAGES_FOR_A_SOURCE = 5


@dataclass
class Point:
    pages: int
    sources: int
    runs: Runs
    files: int
    bytes: int

    def as_json(self):
        return {"pages": self.pages, "sources": self.sources, "files": self.files, "bytes": self.bytes, **self.runs.as_json()}


def measure(tool, thousands, corpora, work, count, progress):
    points = []
    for thousand in thousands:
        pages = round(thousand * 1000)
        sources = max(50, pages // PAGES_FOR_A_SOURCE)
        corpus = Corpus(pages, 1, sources)
        folder, out = corpora.resolve() / f"{pages}x1x{sources}" / tool.site_name, work / "out" / tool.name
        if not folder.exists():
            progress(f"writing {pages} pages and {sources} sources")
            tool.write_apart(corpus, folder)
        costs = []
        for number in range(count):
            progress(f"{pages} pages, run {number + 1} of {count}")
            tool.forget(folder)
            clear(out)
            out.parent.mkdir(parents=True, exist_ok=True)
            costs.append(run(tool.build(corpus, folder, out)))
        made = written(out)
        clear(out)
        points.append(Point(pages, sources, Runs(costs), made.files, made.bytes))
    return points
