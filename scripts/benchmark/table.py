"""Measurements as Markdown."""

from . import keystroke, latency, rounds


def of_rounds(measured):
    """A full build by everybody, then what else was measured."""
    own = measured.runs("sourcebook", rounds.NEW)
    lines = [
        f"**{measured.name}**: {measured.corpus.pages * len(measured.corpus.languages):,} pages, {measured.corpus.source_count:,} sources, into a new folder",
        "",
        "| | wall s (median) | spread s | user + system s | peak memory MB | files | output MB | wall, against Sourcebook |",
        "|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for name in measured.names():
        runs, made = measured.runs(name, rounds.NEW), measured.made[name]
        low, high = runs.spread
        lines.append(
            f"| {name} | {seconds(runs.wall)} | {seconds(low)}–{seconds(high)} | {seconds(runs.cpu)} | {runs.memory / 1e6:.0f} | {made.files:,} "
            f"| {made.bytes / 1e6:.1f} | {ratio(runs.wall, own.wall)} |"
        )
    lines += [f"| {name} | failed | | | | | | |" for name in measured.failed if name not in measured.names()]
    others = [scenario for scenario in rounds.SCENARIOS if scenario != rounds.NEW and any(measured.runs(name, scenario) for name in measured.names())]
    if others:
        lines += ["", "| wall s (median) | " + " | ".join(rounds.SCENARIOS[scenario] for scenario in others) + " |", "|---|" + "---:|" * len(others)]
        for name in measured.names():
            cells = [measured.runs(name, scenario) for scenario in others]
            if any(cells):
                lines.append(f"| {name} | " + " | ".join(seconds(runs.wall) if runs else "–" for runs in cells) + " |")
    return lines


def of_servers(served, corpus):
    lines = [
        f"**{corpus.pages} × {len(corpus.languages)}**: from a saved change to the page that shows it",
        "",
        f"| ms (median; most) | a page | a template | a source of {min(latency.CITING, corpus.pages)} pages | start s | peak memory MB |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for one in served:
        if one.start is None:
            lines.append(f"| {one.name} | failed | | | | |")
            continue
        cells = " | ".join(milliseconds(one.times.get(kind, [])) for kind in (latency.PAGE, latency.TEMPLATE, latency.SOURCE))
        lines.append(f"| {one.name} | {cells} | {one.start:.1f} | {one.memory / 1e6:.0f} |")
    return lines


def of_typing(typed, corpus):
    return [
        f"**{corpus.pages} × {len(corpus.languages)}**: from a letter that is typed into a page of {keystroke.WORDS:,} words and more to what is wrong with it",
        "",
        "| ms (median; most) | a letter | start s |",
        "|---|---:|---:|",
        f"| sourcebook lsp | {milliseconds(typed.times)} | {typed.start:.1f} |",
    ]


def of_scale(points):
    first = points[0]
    lines = [
        "| pages | sources | wall s (median) | spread s | user + system s | peak memory MB | files | output MB | wall ms a page | against the smallest |",
        "|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for point in points:
        low, high = point.runs.spread
        each, each_first = point.runs.wall / point.pages, first.runs.wall / first.pages
        lines.append(
            f"| {point.pages:,} | {point.sources:,} | {seconds(point.runs.wall)} | {seconds(low)}–{seconds(high)} | {seconds(point.runs.cpu)} "
            f"| {point.runs.memory / 1e6:.0f} | {point.files:,} | {point.bytes / 1e6:.1f} | {each * 1000:.2f} | {ratio(each, each_first)} |"
        )
    return lines


def of_versions(tools):
    """What was measured, in which version, and what each does in a build."""
    return ["", *(f"- {tool.name} {tool.version()}: {tool.note}" for tool in tools)]


def seconds(value):
    return f"{value:.3f}" if value < 1 else f"{value:.2f}"


def milliseconds(times):
    if times is None:
        return "not shown"
    if not times:
        return "–"
    ordered = sorted(times)
    middle = (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2
    return f"{middle * 1000:.0f}; {ordered[-1] * 1000:.0f}"


def ratio(value, other):
    return f"{value / other:.2f} ×"
