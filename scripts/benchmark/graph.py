"""Draws time and memory over pages: two panels with axes from zero, so that what is linear is a straight line. SVG, for light and dark."""

WIDTH, HEIGHT = 420, 300
LEFT, RIGHT, TOP, BOTTOM = 56, 20, 40, 46

STYLE = """
text { font: 13px system-ui, sans-serif; fill: #333 }
.title { font-weight: 600 }
.axis { stroke: #767676 } .grid { stroke: #ddd }
.line { fill: none; stroke: #00508f; stroke-width: 2 } .dot { fill: #00508f }
.linear { stroke: #767676; stroke-dasharray: 3 4 }
@media (prefers-color-scheme: dark) {
  text { fill: #ddd } .axis, .linear { stroke: #999 } .grid { stroke: #444 }
  .line { stroke: #8ec5f5 } .dot { fill: #8ec5f5 }
}
"""


def scale_graph(points, caption):
    """`caption` says when and where."""
    pages = [point.pages for point in points]
    panels = [
        panel("Wall clock, seconds", pages, [point.runs.wall for point in points]),
        panel("Memory at its most, MB", pages, [point.runs.memory / 1e6 for point in points]),
    ]
    height = HEIGHT + 24
    groups = "".join(f'<g transform="translate({number * WIDTH} 0)">\n{drawn}</g>\n' for number, drawn in enumerate(panels))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {2 * WIDTH} {height}" role="img">\n<title>Time and memory of a build over the pages of the site</title>\n'
        f'<style>{STYLE}</style>\n{groups}<text x="{LEFT}" y="{height - 10}">{caption}</text>\n</svg>\n'
    )


def panel(title, xs, ys):
    top_x, top_y = ceiling(max(xs)), ceiling(max(ys))

    def x(value):
        return LEFT + value / top_x[0] * (WIDTH - LEFT - RIGHT)

    def y(value):
        return HEIGHT - BOTTOM - value / top_y[0] * (HEIGHT - TOP - BOTTOM)

    parts = [f'<text class="title" x="{LEFT}" y="20">{title}</text>']
    for value in ticks(*top_y):
        parts.append(f'<line class="{"grid" if value else "axis"}" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y(value):.1f}" y2="{y(value):.1f}"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y(value) + 4:.1f}" text-anchor="end">{number(value)}</text>')
    for value in ticks(*top_x):
        parts.append(f'<line class="axis" x1="{x(value):.1f}" x2="{x(value):.1f}" y1="{y(0):.1f}" y2="{y(0) + 4:.1f}"/>')
        parts.append(f'<text x="{x(value):.1f}" y="{y(0) + 20:.1f}" text-anchor="middle">{number(value)}</text>')
    parts.append(f'<text x="{WIDTH - RIGHT}" y="{y(0) + 38:.1f}" text-anchor="end">pages</text>')
    # What the largest site would cost for each page, for all.
    parts.append(f'<line class="linear" x1="{x(0):.1f}" y1="{y(0):.1f}" x2="{x(xs[-1]):.1f}" y2="{y(ys[-1]):.1f}"/>')
    line = " ".join(f"{x(a):.1f},{y(b):.1f}" for a, b in zip(xs, ys))
    parts.append(f'<polyline class="line" points="{line}"/>')
    parts += [f'<circle class="dot" cx="{x(a):.1f}" cy="{y(b):.1f}" r="3.5"/>' for a, b in zip(xs, ys)]
    return "\n".join(parts) + "\n"


def ceiling(value):
    """The end of an axis, and the step of its numbers."""
    step = 10.0**-3
    while True:
        for factor in (1, 2, 5):
            if value <= step * factor * 5:
                steps = -(-value // (step * factor))
                return steps * step * factor, step * factor
        step *= 10


def ticks(top, step):
    return [count * step for count in range(round(top / step) + 1)]


def number(value):
    return f"{value:,.0f}" if value == round(value) else f"{value:g}"
