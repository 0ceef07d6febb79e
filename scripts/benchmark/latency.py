"""How long it takes from a saved change to the page that shows it, as `serve` of each program gives it out.

A file is written as an editor's program does it, and the page is asked for on the loopback address until it has the new word.
"""

import http.client
import os
import signal
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass

from .measure import Failed, clear, memory_of

PAGE, TEMPLATE, SOURCE = "page", "template", "source"

# So many pages cite the source that is changed.
CITING = 500
# Seconds between a served change and the next save, so that nothing is left to do from the one before.
REST = 0.7
# Seconds until a change is given up, and until the first page is.
PATIENCE = 30
FIRST = 900


@dataclass
class Served:
    """What one server did."""

    name: str
    # Seconds until the first page; nothing where it did not serve all that it was asked for.
    start: float | None
    # The times of each kind of change; nothing where one was not shown at all.
    times: dict
    memory: int

    def as_json(self):
        return {"name": self.name, "start": self.start, "memory": self.memory, "times": self.times}


def measure(corpus, tools, work, count, progress):
    """Every server of every program, one after another."""
    served = []
    for tool in tools:
        if not tool.serves:
            continue
        for number in range(len(tool.servers(work, work, 0))):
            folder, out = work / "served" / tool.name, work / "served-out"
            clear(folder)
            clear(out)
            # A fresh one each, because it is changed.
            progress(f"writing {corpus.pages} × {len(corpus.languages)} for {tool.name}")
            tool.write_apart(corpus, folder)
            if hasattr(tool, "cite_everywhere"):
                tool.cite_everywhere(corpus, folder, CITING)
            port = free_port()
            server = tool.servers(folder, out, port)[number]
            progress(f"{server.name}: {count} changes of each kind")
            try:
                served.append(of_server(server, tool, corpus, folder, port, count))
            except Failed as error:
                # The others go on; the table says that it failed.
                progress(str(error))
                served.append(Served(server.name, None, {}, 0))
            clear(folder)
            clear(out)
    return served


def of_server(server, tool, corpus, folder, port, count):
    page = corpus.page(corpus.languages[0], min(corpus.pages, CITING) // 2)
    edits = {
        PAGE: tool.page_edit(corpus, folder, page),
        TEMPLATE: tool.template_edit(folder),
        SOURCE: tool.source_edit(corpus, folder),
    }
    address = f"/{tool.page_address(corpus, page)}"
    with tempfile.TemporaryFile() as said:
        begun = time.perf_counter()
        process = subprocess.Popen([str(part) for part in server.command], stdin=subprocess.DEVNULL, stdout=said, stderr=said)
        try:
            wait_for(port, address, page.title, FIRST, process)
            start = time.perf_counter() - begun
            times = {kind: [] for kind, edit in edits.items() if edit}
            time.sleep(REST)
            for number in range(count):
                for kind in [kind for kind in times if times[kind] is not None]:
                    word = f"Edit{kind}{number}"
                    begun = time.perf_counter()
                    edits[kind].save(word)
                    try:
                        wait_for(port, address, word, PATIENCE, process)
                        times[kind].append(time.perf_counter() - begun)
                    except TimeoutError:
                        times[kind] = None
                    time.sleep(REST)
        except (Failed, TimeoutError) as error:
            said.seek(0)
            raise Failed(f"{server.name}: {error}\n{said.read()[-2000:].decode(errors='replace')}") from error
        finally:
            memory = end(process)
    return Served(server.name, start, times, memory)


def wait_for(port, address, word, patience, process):
    """Asks for a page until it has a word."""
    wanted, begun = word.encode(), time.perf_counter()
    while wanted not in fetch(port, address):
        if process.poll() is not None:
            raise Failed(f"ended with status {process.returncode}")
        if time.perf_counter() - begun > patience:
            raise TimeoutError(f"http://127.0.0.1:{port}{address} did not show {word} within {patience} s")
        time.sleep(0.002)


def fetch(port, address):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", address)
        return connection.getresponse().read()
    except (OSError, http.client.HTTPException):
        return b""
    finally:
        connection.close()


def end(process):
    """Ends the server and says how much memory it has had at its most."""
    if process.returncode is not None:
        return 0
    process.send_signal(signal.SIGTERM)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return memory_of(usage)


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]
