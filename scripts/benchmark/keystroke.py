"""How long it takes from a letter that is typed to what `sourcebook lsp` says of it: the page of 5,000 words gets a citation that names no source, letter by letter, and loses it.

The server is spoken to as an editor speaks to it, over standard input and output.
"""

import json
import subprocess
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass

from .corpus import Sentences
from .measure import Failed, clear
from .sourcebook import sentences

# The words of the page that is typed in.
WORDS = 5_000
# What is typed into it: a source that does not exist by the time that its key has a letter.
TYPED = " [@nobody-knows-it]"
# Seconds that a person rests between two letters, that the server is given for one, and until the site is known.
REST = 0.05
PATIENCE = 60
FIRST = 900


@dataclass
class Typed:
    """What one session came to."""

    # Seconds until the site was known.
    start: float
    # Seconds from a letter that changes what is wrong to what was said of it.
    times: list

    def as_json(self):
        return {"start": self.start, "times": self.times}


def measure(corpus, tool, work, count, progress):
    """Types as often as that into one page of a site that nobody else uses."""
    folder = work / "typed"
    clear(folder)
    progress(f"writing {corpus.pages} × {len(corpus.languages)} for sourcebook lsp")
    tool.write_apart(corpus, folder)
    page = corpus.page(corpus.languages[0], corpus.pages // 2)
    path = tool.page_file(corpus, folder, page)
    text = path.read_text(encoding="utf-8") + filler(corpus)
    path.write_text(text, encoding="utf-8")
    progress(f"{len(text.split())} words: typed into {count} times")
    editor = Editor(tool.binary, folder)
    try:
        return editor.work(path, text, count)
    finally:
        editor.end()
        clear(folder)


def filler(corpus):
    """Paragraphs of other pages, until there are words enough."""
    parts, words, number = [], 0, 0
    while words < WORDS:
        for block in corpus.page(corpus.languages[0], number % corpus.pages).blocks:
            if isinstance(block, Sentences) and words < WORDS:
                parts.append(sentences(block))
                words += len(parts[-1].split())
        number += 1
    return "\n" + "\n\n".join(parts) + "\n"


class Editor:
    """An editor with one page open."""

    def __init__(self, binary, folder):
        self.folder = folder
        command = [str(binary), "lsp", "--root", str(folder)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.number = 0

    def say(self, method, params):
        self.send({"method": method, "params": params})

    def ask(self, method, params):
        """Asks, and waits for the answer."""
        self.number += 1
        self.send({"id": self.number, "method": method, "params": params})
        while self.hear().get("id") != self.number:
            pass

    def send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def hear(self):
        length = None
        while line := self.process.stdout.readline().strip():
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        if length is None:
            raise Failed("sourcebook lsp: the server went away")
        return json.loads(self.process.stdout.read(length))

    @contextmanager
    def within(self, seconds):
        """Ends a server that says nothing for so long, so that nobody waits for it."""
        patience = threading.Timer(seconds, self.process.kill)
        patience.start()
        try:
            yield
        finally:
            patience.cancel()

    def told(self, uri, version):
        """What is wrong with that version of the page."""
        with self.within(PATIENCE):
            while True:
                message = self.hear()
                params = message.get("params") or {}
                if message.get("method") == "textDocument/publishDiagnostics" and params["uri"] == uri and params.get("version") == version:
                    return params["diagnostics"]

    def work(self, path, text, count):
        begun = time.perf_counter()
        uri, version = path.as_uri(), 1
        with self.within(FIRST):
            self.ask("initialize", {"processId": None, "rootUri": self.folder.as_uri(), "capabilities": {}})
            self.say("initialized", {})
            self.say("textDocument/didOpen", {"textDocument": {"uri": uri, "languageId": "markdown", "version": version, "text": text}})
            # A question waits until the whole is known.
            self.ask("textDocument/hover", {"textDocument": {"uri": uri}, "position": {"line": 0, "character": 0}})
        start = time.perf_counter() - begun
        # In the middle of the page, at the end of a paragraph.
        lines = text.split("\n")
        line = next(at for at in range(len(lines) // 2, len(lines)) if len(lines[at]) > 60)
        character = len(lines[line].encode("utf-16-le")) // 2
        times = []
        for _ in range(count):
            version, spent = self.type(uri, version, (line, character))
            times.append(spent)
        return Typed(start, times)

    def type(self, uri, version, place):
        """Types the citation but for its last letter, waits, and types that: what is said of it is waited for. Then it is taken back at once."""
        (line, character), written = place, 0
        for letter in TYPED[:-1]:
            version += 1
            self.change(uri, version, (line, character + written, character + written), letter)
            written += 1
            time.sleep(REST)
        version += 1
        begun = time.perf_counter()
        self.change(uri, version, (line, character + written, character + written), TYPED[-1])
        found = self.told(uri, version)
        spent = time.perf_counter() - begun
        if not any("nobody-knows-it" in one["message"] for one in found):
            raise Failed("sourcebook lsp: a source that does not exist is not missed")
        version += 1
        self.change(uri, version, (line, character, character + len(TYPED)), "")
        self.told(uri, version)
        time.sleep(REST)
        return version, spent

    def change(self, uri, version, place, text):
        line, start, end = place
        change = {"range": {"start": {"line": line, "character": start}, "end": {"line": line, "character": end}}, "text": text}
        self.say("textDocument/didChange", {"textDocument": {"uri": uri, "version": version}, "contentChanges": [change]})

    def end(self):
        self.process.kill()
        self.process.wait()
