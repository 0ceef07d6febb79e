"""Finds peers, and installs those that can be had from the registries into target/tools."""

import filecmp
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
TOOLS = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "tools"

# Set by `--peers found`: what is not there is left out.
may_install = True


class Missing(Exception):
    """That a program cannot be had, and why."""


def python_home(name, requirements):
    """A virtual environment with what `requirements` names, each by its hash."""
    home = TOOLS / name
    kept = home / ".installed.txt"
    if not (kept.exists() and filecmp.cmp(requirements, kept, shallow=False)):
        announce(name)
        shutil.rmtree(home, ignore_errors=True)
        run([sys.executable, "-m", "venv", home])
        pip = [home / "bin/python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        run([*pip, "--require-hashes", "--only-binary", ":all:", "--requirement", requirements])
        shutil.copyfile(requirements, kept)
    return home


def cargo_program(name, version):
    program = TOOLS / "bin" / name
    if not program.exists() or version not in subprocess.run([program, "--version"], capture_output=True, text=True).stdout:
        announce(name)
        run(["cargo", "install", "--quiet", "--locked", "--root", TOOLS, "--target-dir", TOOLS / "build", "--version", version, name])
    return program


def on_path(name):
    found = shutil.which(name)
    if found is None:
        raise Missing("is not on PATH")
    return found


def announce(name):
    if not may_install:
        raise Missing("is not installed")
    print(f"installing {name} into {TOOLS}", file=sys.stderr, flush=True)


def run(command):
    try:
        subprocess.run(command, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise Missing(f"could not be installed: {error}") from error
