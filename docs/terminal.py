"""Runs commands in an empty folder and draws what they print as a terminal: docs/terminal.svg, the picture in README.

python docs/terminal.py docs/terminal.svg 'newsscraper demo --crawl' 'newsscraper report --terminal' …
"""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.text import Text

WIDTH = 110
# A picture must not load a font from the network.
FORMAT = re.sub(r"@font-face \{\{.*?\}\}\s*", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL).replace("Fira Code", "monospace")


def draw(commands: list[str]) -> str:
    """Run commands one after the other, and return an SVG of what they printed. A command that fails ends it."""
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True)
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    environment = os.environ | {"COLUMNS": str(WIDTH), "PATH": path}
    with tempfile.TemporaryDirectory() as folder:
        for command in commands:
            done = subprocess.run(  # noqa: S603
                ["/bin/bash", "-c", command],
                cwd=folder,
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                check=False,
            )
            if done.returncode:
                sys.exit(f"{command} ended with exit code {done.returncode}:\n{done.stdout}")
            console.print(Text(f"$ {command}", style="bold green"))
            console.print(Text(done.stdout.rstrip()))
    return console.export_svg(title="newsscraper", code_format=FORMAT, unique_id="terminal")


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(draw(sys.argv[2:]), "utf-8")
