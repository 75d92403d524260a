"""The tree that every editor is shown, and what must be found in it."""

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent

SIGNS = "signs.md"
MISSPELT = "gudie.md"
HEADING = "## Install the agent"
REWORDED = "## Install the service"
GUIDE = "guide.md"
UNOPENED = "daily.md"
LEAVING = "leaving.md"
CELLS = "itil.md"
EMPTY_PAGE = "other.md"

PAGES = {
    "index.md": f"# Handbook\n\n[Guide]({GUIDE}), [work]({UNOPENED}), [signs]({SIGNS}), [ITIL]({CELLS}), [more]({EMPTY_PAGE}).\n",
    GUIDE: f"# Guide\n\n{HEADING}\n\nOne command does it.\n\n## Remove it\n\nAnother command.\n",
    UNOPENED: (
        f"# Daily work\n\nFirst [install it]({GUIDE}#install-the-agent), as [it is said]({GUIDE}#install-the-agent).\n\n"
        f"Later read what [leaves]({LEAVING}).\n"
    ),
    LEAVING: "# A page that leaves\n\nNothing stays.\n",
    SIGNS: (
        "# Signs\n\n🙂👩‍💻 日本語の説明はこちら: read the [guide](" + MISSPELT + ") 🎉 before lunch.\n\n"
        "Plain words and a [guide](guide.md).\n"
    ),
    EMPTY_PAGE: "# Other\n\nNothing is wrong here.\n",
}


@dataclass(frozen=True)
class Finding:
    """What an editor shows: the rule, the line from 1, and the text that is marked."""

    rule: str
    line: int
    marked: str


MISSPELT_LINK = Finding("broken-link", 3, MISSPELT)


def write(folder: Path) -> None:
    """A git repository's worth of pages: ours, and the table of the ITIL example with its broken cell."""
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(["git", "init", "--quiet"], cwd=folder, check=True)
    for name, text in PAGES.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    (folder / CELLS).write_text(itil_table(), encoding="utf-8", newline="\n")


def itil_table() -> str:
    """The first table of the example page, with links that stay within this tree and one cell that is broken."""
    page = (ROOT / "fixtures" / "itil" / "tree" / "tidewater" / "overview" / "itil.md").read_text(encoding="utf-8")
    table = re.search(r"^\| ITIL process .*?\n\n", page, re.MULTILINE | re.DOTALL)
    assert table, "the example page has a table"
    text = re.sub(r"\]\([^)]*\)", f"]({GUIDE})", table[0])
    return "# ITIL\n\n" + text.replace(f"[VPN]({GUIDE})", f"[VPN]({MISSPELT})")


def column(page: str, line: int, marked: str) -> int:
    """Of the text on a line, from 0, in characters."""
    return page.splitlines()[line - 1].index(marked)
