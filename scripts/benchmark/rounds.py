"""Builds of one corpus by every program in turn: A B C, A B C, so that a machine that drifts is fair to all."""

from pathlib import Path

from .corpus import Corpus
from .measure import Cost, Failed, Runs, clear, run, written
from .tool import Tool

# What is measured of every build, in this order within a round.
NEW, AGAIN, EDITED, CHECK = "new", "again", "edited", "check"
SCENARIOS = {
    NEW: "into a new folder",
    AGAIN: "again, nothing changed",
    EDITED: "again, one page changed",
    CHECK: "check alone",
}


class Copy(Tool):
    """The yardstick: what Sourcebook has made, copied file by file."""

    name = "cp -r"
    note = "the finished output of Sourcebook, copied"

    def __init__(self, finished):
        self.finished = finished

    def version(self):
        return ""

    def build(self, corpus, folder, out):
        return [["cp", "-r", self.finished, out]]


class Rounds:
    """The measurements of one corpus."""

    def __init__(self, corpus, tools, corpora, work, scenarios):
        self.corpus, self.scenarios = corpus, scenarios
        self.corpora, self.work = Path(corpora).resolve(), Path(work)
        self.tools = [tool for tool in tools if not tool.only_small or corpus.pages * len(corpus.languages) <= 300]
        self.page = corpus.page(corpus.languages[0], corpus.pages // 2)
        self.costs = {}
        self.made = {}
        self.failed = {}

    def run(self, count, progress):
        for tool in self.tools:
            folder = self.site(tool)
            if not folder.exists():
                progress(f"writing {self.name} for {tool.name}")
                tool.write_apart(self.corpus, folder)
        for round in range(count):
            for tool in list(self.tools):
                if tool.only_small and round > 0:
                    continue
                progress(f"{self.name}, round {round + 1} of {count}: {tool.name}")
                try:
                    self.measure(tool, round)
                except Failed as error:
                    # The others go on; the table says that it failed.
                    self.failed[tool.name] = str(error)
                    self.tools.remove(tool)
        for tool in self.tools:
            clear(self.out(tool))
        return self

    @property
    def name(self):
        return f"{self.corpus.pages} × {len(self.corpus.languages)}"

    def site(self, tool):
        return self.corpora / f"{self.corpus.pages}x{len(self.corpus.languages)}x{self.corpus.source_count}" / tool.site_name

    def out(self, tool):
        return self.work / "out" / tool.name

    def measure(self, tool, round):
        site, out = self.site(tool), self.out(tool)
        tool.forget(site)
        clear(out)
        out.parent.mkdir(parents=True, exist_ok=True)
        build = tool.build(self.corpus, site, out)
        self.note(tool, NEW, run(build))
        self.made[tool.name] = written(out)
        if AGAIN in self.scenarios and not tool.only_small:
            self.note(tool, AGAIN, run(build))
        if EDITED in self.scenarios and not tool.only_small:
            edit = tool.page_edit(self.corpus, site, self.page)
            edit.save(f"Edit{round}")
            self.note(tool, EDITED, run(build))
            edit.undo()
        if CHECK in self.scenarios and tool.can_check:
            self.note(tool, CHECK, run(tool.check(site)))
        if tool.name == "sourcebook":
            copy = Copy(out)
            clear(self.out(copy))
            self.note(copy, NEW, run(copy.build(self.corpus, site, self.out(copy))))
            self.made[copy.name] = written(self.out(copy))
            clear(self.out(copy))
        # Two finished sites at once would fill a RAM disk sooner.
        clear(out)

    def note(self, tool, scenario, cost: Cost):
        self.costs.setdefault((tool.name, scenario), []).append(cost)

    def runs(self, name, scenario):
        costs = self.costs.get((name, scenario))
        return Runs(costs) if costs else None

    def names(self):
        return list(dict.fromkeys(name for name, _ in self.costs))

    def as_json(self):
        return {
            "pages": self.corpus.pages,
            "languages": len(self.corpus.languages),
            "sources": self.corpus.source_count,
            "costs": {f"{name}: {scenario}": Runs(costs).as_json() for (name, scenario), costs in self.costs.items()},
            "written": {name: vars(made) for name, made in self.made.items()},
            "failed": self.failed,
        }


def corpus_of(size):
    """`100x3`, or `100x3x500` with so many sources."""
    pages, languages, *sources = (int(part) for part in size.split("x"))
    return Corpus(pages, languages, *sources)
