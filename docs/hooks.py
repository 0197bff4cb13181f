"""What mkdocs does beside mkdocs.yml: it adds the generated reference to the menu, and the files that pages link to."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

ROOT = Path(__file__).parents[1]
# Files outside of docs/ that pages link to as `../…`. The site holds a copy of each at the same path.
LINKED = ("deploy/*", "newsscraper/*.schema.json")


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Add each page of docs/reference/, which `make reference` writes, to the menu's section Reference."""
    folder = Path(config.docs_dir)
    pages = sorted(path.relative_to(folder).as_posix() for path in folder.glob("reference/*.md"))
    for entry in config.nav or []:
        if "Reference" in entry:
            entry["Reference"] = [*pages, *(item for item in entry["Reference"] if item not in pages)]
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the linked files to the site."""
    for pattern in LINKED:
        for path in sorted(ROOT.glob(pattern)):
            name = path.relative_to(ROOT).as_posix()
            files.append(File.generated(config, name, abs_src_path=str(path)))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Point links to those files at their copies: beside a page, there is no folder above docs/ in the site."""
    for file in files:
        if file.generated_by:
            markdown = markdown.replace(f"](../{file.src_uri}", f"]({file.src_uri}")
    return markdown
