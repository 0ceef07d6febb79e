"""Runs commands and says what they cost: wall clock, processor time and memory of those processes alone."""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path


class Failed(Exception):
    """That a command did not do what it was asked for."""


@dataclass
class Cost:
    wall: float
    cpu: float
    # At its most, in bytes. Of commands that run at once: of the largest together.
    memory: int


@dataclass
class Written:
    files: int
    bytes: int


def run(commands):
    """Runs commands, as many at once as the machine has cores."""
    waiting, running, usages = list(commands), {}, []
    cores = os.cpu_count() or 1
    with tempfile.TemporaryFile() as said:
        begun = time.perf_counter()
        while waiting or running:
            while waiting and len(running) < cores:
                command = waiting.pop(0)
                process = subprocess.Popen([str(part) for part in command], stdin=subprocess.DEVNULL, stdout=said, stderr=said)
                running[process.pid] = (process, command)
            pid, status, usage = os.wait4(next(iter(running)) if len(running) == 1 else -1, 0)
            process, command = running.pop(pid)
            # Popen must not wait for it again.
            process.returncode = os.waitstatus_to_exitcode(status)
            usages.append(usage)
            if process.returncode != 0:
                said.seek(0)
                sys.stderr.write(said.read()[-4000:].decode(errors="replace"))
                raise Failed(f"{' '.join(str(part) for part in command)} failed with status {process.returncode}")
        wall = time.perf_counter() - begun
    return Cost(
        wall=wall,
        cpu=sum(usage.ru_utime + usage.ru_stime for usage in usages),
        memory=sum(sorted(memory_of(usage) for usage in usages)[-cores:]),
    )


def memory_of(usage):
    # Linux counts KiB, macOS bytes.
    return usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def written(folder):
    files = [path for path in Path(folder).rglob("*") if path.is_file()]
    return Written(len(files), sum(path.stat().st_size for path in files))


def clear(folder):
    """Takes a folder away and waits until the disk has done so, so that the next run does not pay for it."""
    shutil.rmtree(folder, ignore_errors=True)
    os.sync()


@dataclass
class Runs:
    """The runs of one thing."""

    costs: list

    @property
    def wall(self):
        return statistics.median(cost.wall for cost in self.costs)

    @property
    def spread(self):
        walls = [cost.wall for cost in self.costs]
        return min(walls), max(walls)

    @property
    def cpu(self):
        return statistics.median(cost.cpu for cost in self.costs)

    @property
    def memory(self):
        return max(cost.memory for cost in self.costs)

    def as_json(self):
        return {"wall": self.wall, "cpu": self.cpu, "memory": self.memory, "runs": [asdict(cost) for cost in self.costs]}
