"""Where it was measured: without that, numbers say nothing."""

import os
import platform
import subprocess
import sys
import time
from pathlib import Path


def describe(work, version, is_of_here):
    """`is_of_here`: that the program was built from this repository, as it is now."""
    return {
        "date": time.strftime("%d %B %Y").lstrip("0"),
        "sourcebook": version,
        "revision": revision() if is_of_here else "",
        "processor": processor(),
        "cores": os.cpu_count(),
        "memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB",
        "system": f"{platform.system()} {platform.release()}",
        "file system": file_system(work),
        "load": load(),
    }


def sentence(machine, end):
    """One line under a table."""
    revision = f" ({machine['revision']})" if machine["revision"] else ""
    return (
        f"{machine['date']}; Sourcebook {machine['sourcebook']}{revision}; {machine['processor']}, {machine['cores']} cores, {machine['memory']}, "
        f"{machine['system']}, {machine['file system']}; load {machine['load']} at the beginning, {end} at the end."
    )


def load():
    return f"{os.getloadavg()[0]:.1f}"


def revision():
    here = Path(__file__).resolve().parent
    asked = subprocess.run(["git", "-C", here, "rev-parse", "--short", "HEAD"], capture_output=True, text=True)
    return asked.stdout.strip()


def processor():
    if Path("/proc/cpuinfo").exists():
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def file_system(folder):
    if sys.platform != "linux":
        return "its own disk"
    asked = subprocess.run(["stat", "--file-system", "--format", "%T", folder], capture_output=True, text=True)
    return {"ext2/ext3": "ext4", "tmpfs": "RAM disk"}.get(asked.stdout.strip(), asked.stdout.strip() or "unknown disk")
