"""The reference, made from the code: docs/reference/*.md.

python scripts/reference.py            # writes it: `make reference`
python scripts/reference.py --check    # says which page is not current; exit code 1
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import get_args

from scrapy.commands import ScrapyCommand
from scrapy.settings import default_settings
from scrapy.utils.misc import load_object
from scrapy.utils.project import get_project_settings

from newsscraper import article, settings
from newsscraper.commandline.listing import OURS
from newsscraper.sites.values import KEYS

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "newsscraper"
FOLDER = ROOT / "docs" / "reference"

STATS = {
    "articles/changed": "articles delivered again because they changed",
    "articles/duplicate": "delivered articles that repeat another one",
    "articles/moved": "delivered articles that are now at another address",
    "articles/new": "articles delivered for the first time",
    "articles/unchanged": "articles that were fetched again and had not changed",
    "backoff/hosts_given_up": "hosts that were left alone for the rest of the run, because they were overloaded",
    "backoff/pauses": "pauses after a sign of overload",
    "declarations": "a list: what was declared for the site and set aside, because the site contradicts it",
    "dropped/*": "pages that gave no record, by reason",
    "errors/pipeline": "articles on which a pipeline raised an exception",
    "errors/reading": "pages on which a reader raised an exception",
    "extraction/articles": "pages that were read as articles",
    "extraction/pages": "pages that were given to the readers",
    "extraction/refused": "pages that the readers could not read, and said why",
    "extraction/seconds": "processor time of the readers, in seconds",
    "failed/*": "requests that gave no page, by reason (politeness.md lists the reasons)",
    "health/findings": "findings of the health check after the run",
    "output/bytes": "bytes written to day files",
    "output/flushes": "how often lines were forced to disk",
    "output/lines": "lines written to day files",
    "problem": "why the crawl could not go on, in words",
    "quarantine/*": "pages that were set aside because a limit was exceeded, by reason",
    "rendering/failed": "pages that the browser could not render",
    "rendering/pages": "pages that the browser rendered",
    "requests/*": "requests, by purpose",
    "requests/browser": "requests that the browser made",
    "rules/without-match/*": "pages on which a rule of the site matched nothing, by rule",
    "state/resumed": "1 if the run continued one that was killed",
    "unchanged-pages": "pages other than articles that were fetched again and had not changed",
    "workers/lost": "worker processes that died",
    "workers/retired": "worker processes that were replaced because they had grown",
    "workers/started": "worker processes that were started",
}
"""What each key counts; ``*`` stands for a name that the crawl fills in. The keys are checked, both ways."""

_KIND = "Made by `make reference`. Do not edit: change the code.\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; say what is not current")
    check = parser.parse_args().check
    made = pages()
    stale = [name for name, text in made.items() if not (FOLDER / name).exists() or _read(FOLDER / name) != text]
    stale += [path.name for path in FOLDER.glob("*.md") if path.name not in made]
    if check:
        sys.exit(f"not current: {', '.join(stale)}; make reference writes them anew" if stale else 0)
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in stale:
        if name in made:
            (FOLDER / name).write_text(made[name], "utf-8")
        else:
            (FOLDER / name).unlink()
    print(f"{len(made)} pages in docs/reference, {len(stale)} of them changed")


def pages() -> dict[str, str]:
    """Return the pages: file name → text."""
    return {
        "commands.md": _page("Commands", commands()),
        "exit-codes.md": _page("Exit codes", exit_codes()),
        "record.md": _page("The record", record()),
        "settings.md": _page("Settings", all_settings()),
        "site-keys.md": _page("Keys of a site", site_keys()),
        "stats.md": _page("Stats", stats()),
    }


def _page(title: str, lines: Iterable[str]) -> str:
    return "\n".join([f"# {title}", "", _KIND, *lines]).rstrip() + "\n"


def _read(path: Path) -> str:
    return path.read_text("utf-8")


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{' --- |' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', '&#124;') for cell in row)} |"
    yield ""


def _plain(text: str) -> str:
    """Return a docstring as Markdown on one line."""
    return " ".join(text.replace("``", "`").split())


# --- commands ---


def commands() -> Iterator[str]:
    """Our commands with their own options; those that every command of Scrapy's has are listed once."""
    yield "Every command works as `scrapy …` in the checkout and as `newsscraper …` where the package is installed."
    yield "Scrapy's own commands work, too: `newsscraper` lists them.\n"
    common = _options(Common())
    for name in OURS:
        command = load_object(f"newsscraper.commands.{name}.Command")()
        command.settings = get_project_settings()
        yield f"## {name}\n"
        yield f"`scrapy {name} {command.syntax()}`\n"
        yield f"{_escaped(command.long_desc())}\n"
        own = [row for row in _options(command) if row not in common]
        if own:
            yield from _table(("option", "meaning"), own)
    yield "## Options of every command\n"
    yield from _table(("option", "meaning"), common)


class Common(ScrapyCommand):
    """What all commands have in common."""

    def short_desc(self) -> str:
        return ""

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        raise NotImplementedError


def _options(command: ScrapyCommand) -> list[tuple[str, ...]]:
    command.settings = get_project_settings()
    parser = argparse.ArgumentParser(conflict_handler="resolve", add_help=False)
    command.add_options(parser)
    rows = []
    for action in parser._actions:
        metavar = action.metavar or (action.dest.upper() if action.nargs != 0 else "")
        if action.choices:
            metavar = "{" + ",".join(map(str, action.choices)) + "}"
        value = " ".join(metavar) if isinstance(metavar, tuple) else metavar
        names = ", ".join(action.option_strings)
        meaning = (action.help or "") % (vars(action) | {"prog": "scrapy"})
        rows.append((f"`{names}{f' {value}' if value else ''}`", _escaped(meaning)))
    return rows


def _escaped(text: str) -> str:
    return " ".join(text.split()).replace("<", "&lt;").replace("*", "\\*")


# --- settings ---


def all_settings() -> Iterator[str]:
    """All names in newsscraper/settings.py, in its order, with the words that stand there."""
    yield "Set any of them with `-s NAME=VALUE`, in a project's settings, or in a spider's `custom_settings`.\n"
    changed: list[tuple[str, ...]] = []
    rows: list[tuple[str, ...]] = []
    for heading, names in _sections():
        rows = [(f"`{name}`", _shown(name), words) for name, words in names if not hasattr(default_settings, name)]
        changed += [
            (f"`{name}`", _shown(name), _shown(name, default_settings), words)
            for name, words in names
            if hasattr(default_settings, name)
        ]
        if rows:
            yield f"## {heading}\n"
            yield from _table(("setting", "default", "meaning"), rows)
    yield "## Settings of Scrapy with another default\n"
    yield from _table(("setting", "default here", "default of Scrapy", "why"), changed)


def _sections() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield the headings of settings.py, each with its settings and what is said of them."""
    source = _read(PACKAGE / "settings.py")
    lines = source.splitlines()
    heading, names, last = "General", [], 0
    for target, words, first, end in _assigned(ast.parse(source)):
        for line in lines[last : first - 1]:
            if found := re.match(r"# --- ([^:-]+?)(: docs/\S+)? -+$", line):
                if names:
                    yield heading, names
                heading, names = {"ours": "General", "Scrapy's": "Scrapy"}.get(found[1], found[1].capitalize()), []
        last = end
        above = re.match(r"# (?!---)(.+)", lines[first - 2])
        names.append((target, _plain(words or lines[end - 1].partition("  # ")[2] or (above[1] if above else ""))))
    yield heading, names


def _assigned(node: ast.Module | ast.ClassDef) -> Iterator[tuple[str, str, int, int]]:
    """Yield the names that are assigned to, with the string below each, and the lines that it stands on."""
    for here, after in zip(node.body, [*node.body[1:], None], strict=True):
        if isinstance(here, (ast.Assign, ast.AnnAssign)):
            target = here.target if isinstance(here, ast.AnnAssign) else here.targets[0]
            words = after.value.value if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant) else ""
            yield ast.unparse(target), str(words), here.lineno, here.end_lineno or here.lineno


def _shown(name: str, module: object = settings) -> str:
    value = getattr(module, name)
    if isinstance(value, dict):
        return f"{len(value)} parts" if value else "empty"
    return f"`{value!r}`".replace(settings.USER_AGENT, "newsscraper/VERSION")


# --- the record, a site's keys, exit codes: docstrings ---


def record() -> Iterator[str]:
    """The fields of the record, and of its parts."""
    yield "One line of JSONL is one record. Fields are in this order. What is not known is `null` or `[]`."
    yield "`newsscraper/article.schema.json` says the same to programs.\n"
    tree = ast.parse(_read(PACKAGE / "article.py"))
    classes = {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}
    parts = ["Article", "Dates", "DateEvidence", "Image", "RecentPost", "Rights", "Extraction", "Source"]
    for part in parts:
        if part != "Article":
            yield f"## {part}\n"
            yield f"{_plain(ast.get_docstring(classes[part]) or '').split('. The Scrapy item')[0]}\n"
        rows = []
        types = {ast.unparse(each.target): each for each in classes[part].body if isinstance(each, ast.AnnAssign)}
        for name, told, *_ in _assigned(classes[part]):
            kind = ast.unparse(types[name].annotation)
            inner = next((each for each in parts[1:] if re.search(rf"\b{each}\b", kind)), None)
            words = told or (ast.get_docstring(classes[inner]) or "" if inner else "").split("\n")[0]
            rows.append((f"`{name}`", _kind(kind, parts), _plain(words)))
        yield from _table(("field", "type", "meaning"), rows)


def _kind(annotation: str, parts: list[str]) -> str:
    """Return a type in the words of JSON."""
    kind = re.sub(r"Annotated\[(\w+), .*?\)\]", r"\1", annotation)
    kind = re.sub(r"\b(Text|str)\b", "string", kind).replace("| None", "or null").replace("bool", "boolean")
    kind = re.sub(r"\bint\b", "integer", kind).replace("float", "number").replace("IsoDate", "date")
    kind = re.sub(r"list\[(\w+)\]", r"list of \1", kind.replace("IsoMoment", "moment"))
    kind = re.sub(r"dict\[string, (\w+)\]", "object", kind)
    for name in ("DateSource", "Precision", "Zone"):
        values = ", ".join(f"`{value}`" for value in get_args(getattr(article, name)))
        kind = kind.replace(name, f"one of {values}") if re.search(rf"\b{name}\b", kind) else kind
    for part in parts:
        kind = re.sub(rf"\b{part}\b", f"[{part}](#{part.lower()})", kind)
    return kind


def site_keys() -> Iterator[str]:
    """The keys of a site: in a table of sites.toml, and as attributes of a spider."""
    yield "A key is a line in a table of `sites.toml` or an attribute of a spider. `url` in a table is `start_url`."
    yield "[Rules](../rules.md) shows examples.\n"
    words = _attributes(PACKAGE / "sites" / "site.py", "Site")
    words |= _attributes(PACKAGE / "extraction" / "rules" / "declared.py", "Rules")
    words["site"] = words["name"]
    yield from _table(("key", "meaning"), [(f"`{key}`", _plain(words[key])) for key in KEYS])


def _attributes(path: Path, name: str) -> dict[str, str]:
    node = next(each for each in ast.parse(_read(path)).body if isinstance(each, ast.ClassDef) and each.name == name)
    block = (ast.get_docstring(node) or "").partition("Attributes:\n")[2].partition("\n\n")[0]
    return dict(re.findall(r"^    (\w+): (.+(?:\n     .+)*)", block, flags=re.MULTILINE))


def exit_codes() -> Iterator[str]:
    """The exit codes of a crawl; other commands use the same numbers where they can."""
    yield "`scrapy crawl` and `scrapy fleet` end with these codes. Other commands use 0, 1 and 3 in the same sense;"
    yield "[Commands](commands.md) says what they mean there.\n"
    node = next(each for each in ast.parse(_read(PACKAGE / "exits.py")).body if isinstance(each, ast.ClassDef))
    codes = load_object("newsscraper.exits.Exit")
    rows = [(str(int(codes[name])), name, _plain(words)) for name, words, *_ in _assigned(node)]
    yield from _table(("code", "name", "meaning"), rows)


# --- stats ---


def stats() -> Iterator[str]:
    """The keys of the stats that the package sets."""
    found = stats_in_code()
    if differ := (STATS.keys() - found) | {key for key in found if not is_declared(key)}:
        sys.exit(f"STATS in scripts/reference.py and the code differ: {', '.join(sorted(differ))}")
    yield "A crawl counts these beside Scrapy's own stats. `*` stands for a name that the crawl fills in.\n"
    yield from _table(("key", "meaning"), [(f"`newsscraper/{key}`", words) for key, words in sorted(STATS.items())])


def is_declared(key: str) -> bool:
    """Tell whether `STATS` has a key, or one with ``*`` that holds it."""
    return key in STATS or any(key.startswith(one[:-1]) for one in STATS if one.endswith("*"))


def stats_in_code() -> set[str]:
    """Return the keys that the package sets, without ``newsscraper/``; what is filled in as ``*``."""
    keys = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(_read(path))):
            if not isinstance(node, ast.Call) or not node.args or not isinstance(node.func, ast.Attribute):
                continue
            sets = node.func.attr in ("inc_value", "set_value", "max_value", "min_value")
            if not sets and node.func.attr not in ("_count", "count"):
                continue
            for key in _strings(node.args[0], path):
                if sets and key.startswith("newsscraper/"):
                    keys.add(key.removeprefix("newsscraper/"))
                elif node.func.attr == "_count":
                    keys.add(key)
    return keys - {"*"}


def _strings(node: ast.expr, path: Path) -> Iterator[str]:
    """Yield the strings that an expression may be, with ``*`` for what is not known before it runs."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _strings(node.body, path)
        yield from _strings(node.orelse, path)
    elif isinstance(node, ast.JoinedStr):
        made = [""]
        for part in node.values:
            inner = part.value if isinstance(part, ast.FormattedValue) else part
            choices = list(_strings(inner, path)) or ["*"]
            made = [begin + choice for begin in made for choice in choices]
        yield from made
    elif isinstance(node, ast.Name) and node.id == "STATS_KEY":
        found = re.search(r'^STATS_KEY = "(.+)"', _read(path), flags=re.MULTILINE)
        yield from [found[1]] if found else []


if __name__ == "__main__":
    main()
