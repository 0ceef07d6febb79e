"""What every program that is measured can do, and what is changed to see it do that again."""

import multiprocessing
import subprocess
from dataclasses import dataclass
from pathlib import Path


class Tool:
    """A program that makes a site. `name` is that of its row in a table."""

    name = ""
    # What the row is to be read with.
    note = ""
    can_check = False
    # Whether only the smallest corpus is within reason, and only once.
    only_small = False
    # Whether its servers are tried.
    serves = True

    @property
    def site_name(self):
        """The folder of what it is given."""
        return self.name

    def version(self):
        raise NotImplementedError

    def write(self, corpus, folder):
        """Writes a corpus in this program's format."""
        raise NotImplementedError

    def write_apart(self, corpus, folder):
        """The same in a process of its own: what this one has taken of memory at its most is counted to every process that it begins."""
        process = multiprocessing.get_context("fork").Process(target=self.write, args=(corpus, folder))
        process.start()
        process.join()
        assert process.exitcode == 0, f"{folder} could not be written"

    def build(self, corpus, folder, out):
        """The commands that build it into `out`. As many run at once as the machine has cores."""
        raise NotImplementedError

    def forget(self, folder):
        """Takes away what the program remembers of the builds before, so that the next one is the first."""

    def page_file(self, corpus, folder, page):
        raise NotImplementedError

    def servers(self, folder, out, port):
        """The ways to serve it while it is being written."""
        return []

    def page_address(self, corpus, page):
        """Below the server's address."""
        raise NotImplementedError

    def template_edit(self, folder):
        """A change of a template that every page shows."""
        return None

    def source_edit(self, corpus, folder):
        """A change of a source that many pages cite, or nothing where a program knows no sources."""
        return None

    def page_edit(self, corpus, folder, page):
        return Edit.before(self.page_file(corpus, folder, page), page.first_sentence)

    @staticmethod
    def first_line(command):
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[0]


@dataclass
class Server:
    """A command that serves a site, and what its row says."""

    name: str
    command: list


class Edit:
    """Puts a new word into a file, each time in place of the one before, as an editor's program saves it: the file is opened and written."""

    def __init__(self, path, before, after):
        self.path, self._before, self._after = Path(path), before, after
        self._whole = self.path.read_text(encoding="utf-8")

    @classmethod
    def before(cls, path, words):
        start, found, end = path.read_text(encoding="utf-8").partition(words)
        assert found, f"{path} does not say: {words}"
        return cls(path, start, f" {words}{end}")

    @classmethod
    def at_the_end(cls, path):
        return cls(path, path.read_text(encoding="utf-8").rstrip() + "\n<p>", "</p>\n")

    def save(self, word):
        self.path.write_text(f"{self._before}{word}{self._after}", encoding="utf-8")

    def undo(self):
        self.path.write_text(self._whole, encoding="utf-8")
