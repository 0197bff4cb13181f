"""The house in one picture, made from the imports: docs/house.svg.

    python scripts/house.py            # writes it: `make house`
    python scripts/house.py --check    # exit code 1 where it is not current
    python scripts/house.py --circles  # modules that import each other, also where the picture shows no circle

A box is a package; a box stands above all that it imports. Only the nearest arrows are drawn: what a package reaches
through another one is left out. Packages that import each other share a box with a red frame.
"""

from __future__ import annotations

import argparse
import ast
import sys
from collections.abc import Callable, Iterator
from functools import cache
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "newsscraper"
PICTURE = ROOT / "docs" / "house.svg"
BASICS = "basics"
_WIDTH, _HIGH, _GAP, _ROW = 1120, 34, 14, 84
_LETTER = 7.4

Graph = dict[str, set[str]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; say whether it is current")
    parser.add_argument("--circles", action="store_true", help="print the modules that import each other")
    options = parser.parse_args()
    if options.circles:
        for circle in (group for group in groups(modules()) if len(group) > 1):
            print(" ↔ ".join(circle))
        return
    made = picture()
    if options.check:
        current = PICTURE.exists() and PICTURE.read_text("utf-8") == made
        sys.exit(0 if current else "docs/house.svg is not current; make house writes it anew")
    PICTURE.write_text(made, "utf-8")
    print("docs/house.svg is written")


def modules() -> Graph:
    """Return which module imports which, in functions too; what is imported for its types alone does not count."""
    files = {_name(path): path for path in sorted(PACKAGE.rglob("*.py")) if "templates" not in path.parts}
    return {
        name: {one for one in _imports(ast.parse(path.read_text("utf-8")), files) if one != name}
        for name, path in files.items()
    }


def _name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imports(node: ast.AST, files: dict[str, Path]) -> Iterator[str]:
    if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
        return
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names if alias.name in files)
    elif isinstance(node, ast.ImportFrom) and node.module:
        for alias in node.names:
            inner = f"{node.module}.{alias.name}"
            if inner in files or node.module in files:
                yield inner if inner in files else node.module
    for child in ast.iter_child_nodes(node):
        yield from _imports(child, files)


def packages() -> Graph:
    """Return which package imports which; single files that need no package are `BASICS`."""
    single = {path.stem for path in PACKAGE.glob("*.py")}
    graph: Graph = {}
    for module, imported in modules().items():
        if part := _part(module):
            graph.setdefault(part, set()).update(filter(None, map(_part, imported)))
    basics = set(single & graph.keys())
    while extra := {name for name in basics if graph[name] - basics}:
        basics -= extra
    merged: Graph = {}
    for part, imported in graph.items():
        name = BASICS if part in basics else part
        merged.setdefault(name, set()).update(BASICS if one in basics else one for one in imported)
    return {name: imported - {name} for name, imported in merged.items()}


def _part(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def groups(graph: Graph) -> list[tuple[str, ...]]:
    """Return what imports each other, directly or through others, in one group each; most groups have one member."""
    reach = _reach(graph)
    return sorted({tuple(sorted({name} | {one for one in reach(name) if name in reach(one)})) for name in graph})


def _reach(graph: Graph) -> Callable[[str], frozenset[str]]:
    """Return what gives all that a name reaches."""

    @cache
    def reach(name: str) -> frozenset[str]:
        seen: set[str] = set()
        waiting = list(graph[name])
        while waiting:
            one = waiting.pop()
            if one not in seen:
                seen.add(one)
                waiting += graph[one]
        return frozenset(seen)

    return reach


def picture() -> str:
    """Return the picture as SVG."""
    graph = packages()
    group_of = {name: group for group in groups(graph) for name in group}
    above: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
    for name, imported in graph.items():
        above.setdefault(group_of[name], set()).update(
            group_of[one] for one in imported if group_of[one] != group_of[name]
        )

    @cache
    def level(group: tuple[str, ...]) -> int:
        return 1 + max((level(one) for one in above[group]), default=-1)

    @cache
    def below(group: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
        return frozenset(above[group]).union(*(below(one) for one in above[group]))

    rows: dict[int, list[tuple[str, ...]]] = {}
    for group in sorted(above):
        rows.setdefault(level(group), []).append(group)
    places = {group: box for number, row in rows.items() for group, box in _placed(row, max(rows) - number)}
    lines = []
    for group, (left, top, wide) in places.items():
        nearest = above[group] - {far for one in above[group] for far in below(one)}
        for one in sorted(nearest):
            there, under, width = places[one]
            start, end = f"{left + wide / 2:.0f} {top + _HIGH}", f"{there + width / 2:.0f} {under - 3}"
            lines.append(f'<path d="M{start} L{end}" class="arrow"/>')
    for group, (left, top, wide) in places.items():
        kind = "circle" if len(group) > 1 else "box"
        text = " ↔ ".join(group)
        lines.append(f'<rect x="{left:.0f}" y="{top}" width="{wide:.0f}" height="{_HIGH}" rx="5" class="{kind}"/>')
        lines.append(f'<text x="{left + wide / 2:.0f}" y="{top + 22}">{escape(text)}</text>')
    high = (max(rows) + 1) * _ROW
    return "\n".join([_HEAD.format(width=_WIDTH, high=high), *lines, "</svg>", ""])


def _placed(row: list[tuple[str, ...]], number: int) -> Iterator[tuple[tuple[str, ...], tuple[float, int, float]]]:
    widths = [len(" ↔ ".join(group)) * _LETTER + 22 for group in row]
    gap = (_WIDTH - sum(widths)) / (len(row) + 1)
    left = gap
    for group, wide in zip(row, widths, strict=True):
        yield group, (left, number * _ROW + _GAP, wide)
        left += wide + gap


_HEAD = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {high}" font-family="sans-serif" font-size="13">
<title>The packages of newsscraper; an arrow leads to what is imported</title>
<defs><marker id="tip" markerWidth="7" markerHeight="7" refX="5" refY="3" orient="auto">\
<path d="M0 0L6 3L0 6z" fill="#8a94a6"/></marker></defs>
<style>text {{ text-anchor: middle; fill: #1c2430 }} .box {{ fill: #eef2fb; stroke: #5b6fa8 }} \
.circle {{ fill: #fdeeee; stroke: #c0392b }} .arrow {{ stroke: #8a94a6; fill: none; marker-end: url(#tip) }}</style>
<rect width="{width}" height="{high}" fill="#ffffff"/>"""


if __name__ == "__main__":
    main()
