#!/usr/bin/env python3
"""Shows the same tree to real editors, each with the set-up of its page in docs/editors, and does what writers do.

See README.md.
"""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

import scene
from editor import Editor, wait
from emacs import Emacs
from install import debian, neovim_of_pypi, skipped
from neovim import Neovim

ROOT = scene.ROOT
Start = Callable[[Path, Path, Path], Editor]


def places_are_right(editor: Editor) -> None:
    """The text that the editor marks is the destination, on a line with emoji and CJK before it."""
    editor.open(scene.SIGNS)
    assert_found(editor, scene.SIGNS, scene.PAGES[scene.SIGNS], scene.MISSPELT_LINK)
    editor.open(scene.CELLS)
    text = scene.itil_table()
    line = next(number for number, line in enumerate(text.splitlines(), 1) if scene.MISSPELT in line)
    assert_found(editor, scene.CELLS, text, scene.Finding("broken-link", line, scene.MISSPELT))


def assert_found(editor: Editor, page: str, text: str, finding: scene.Finding) -> None:
    wanted = (finding.rule, finding.line, scene.column(text, finding.line, finding.marked), finding.marked)
    wait(
        f"{page} shows {wanted}",
        lambda: wanted in [(one.rule, one.line, one.column, one.marked) for one in editor.shown(page) or []],
    )


def a_fix_is_applied(editor: Editor) -> None:
    editor.open(scene.SIGNS)
    wait("the misspelt link is found", lambda: editor.shown(scene.SIGNS))
    editor.fix(scene.SIGNS, scene.MISSPELT_LINK.line, scene.MISSPELT)
    wait("the destination is another", lambda: scene.MISSPELT not in editor.text(scene.SIGNS))
    fixed = scene.PAGES[scene.SIGNS].replace(scene.MISSPELT, scene.GUIDE)
    assert editor.text(scene.SIGNS).strip() == fixed.strip(), editor.text(scene.SIGNS)
    wait("the finding is gone", lambda: not editor.shown(scene.SIGNS))


def a_reworded_heading_breaks_an_unopened_page(editor: Editor) -> None:
    editor.open(scene.GUIDE)
    wait("the server has looked at the tree", lambda: editor.shown(scene.SIGNS))
    assert not editor.shown(scene.UNOPENED)
    editor.replace(scene.GUIDE, scene.HEADING, scene.REWORDED)
    wait("both links of the unopened page are broken", lambda: len(editor.shown(scene.UNOPENED) or []) == 2)
    editor.undo(scene.GUIDE)
    wait("the heading is back", lambda: scene.HEADING in editor.text(scene.GUIDE))
    wait("both links are whole again", lambda: not editor.shown(scene.UNOPENED))


def a_page_is_deleted_outside(editor: Editor) -> None:
    editor.open(scene.EMPTY_PAGE)
    wait("the server has looked at the tree", lambda: editor.shown(scene.SIGNS))
    (editor.folder / scene.LEAVING).unlink()
    editor.save(scene.EMPTY_PAGE)
    wait("the link to the deleted page is broken", lambda: editor.shown(scene.UNOPENED))
    (editor.folder / scene.LEAVING).write_text(scene.PAGES[scene.LEAVING])
    editor.save(scene.EMPTY_PAGE)
    wait("the link is whole again", lambda: not editor.shown(scene.UNOPENED))


def nothing_is_left(editor: Editor) -> None:
    editor.open(scene.SIGNS)
    wait("the server runs", lambda: editor.shown(scene.SIGNS))
    assert editor.servers(), "the server is a process of the editor"
    editor.quit()
    wait("no process is left after quitting", lambda: not editor.processes(), 10)


def nothing_is_left_of_a_killed_editor(editor: Editor) -> None:
    editor.open(scene.SIGNS)
    wait("the server runs", lambda: editor.shown(scene.SIGNS))
    editor.kill()
    wait("the server ends with the editor", lambda: not editor.processes(), 10)


SCENARIOS = [
    places_are_right,
    a_fix_is_applied,
    a_reworded_heading_breaks_an_unopened_page,
    a_page_is_deleted_outside,
    nothing_is_left,
    nothing_is_left_of_a_killed_editor,
]


NEWEST, MIDDLE, OLDEST = "Neovim 0.11 and newer", "Neovim 0.8 to 0.10", "Neovim 0.7"


def neovim(program: Path, heading: str = "") -> tuple[str, Start]:
    """Set up as the manual says for this version, or as it says below a heading."""
    first = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout.splitlines()[0]
    version = tuple(int(number) for number in re.findall(r"\d+", first)[:2])
    own = OLDEST if version < (0, 8) else MIDDLE if version < (0, 11) else NEWEST
    name = "neovim {}.{}".format(*version) + (f" as {heading}" if heading else "")
    return name, lambda *where: Neovim(name, program, heading or own, *where)


def editors(base: Path) -> Iterator[tuple[str, Start]]:
    """Those that are here or can be installed; what is not to be had is said."""
    if program := debian("nvim", "neovim"):
        yield neovim(program)
    if program := neovim_of_pypi(base):
        yield neovim(program)
        yield neovim(program, MIDDLE)
    if debian("emacs", "emacs-nox", "elpa-eglot", "elpa-markdown-mode"):
        yield "emacs", Emacs


def carry_out(start: Start, scenario: Callable[[Editor], None], base: Path, waypost: Path) -> str | None:
    """What is wrong, or None."""
    folder = Path(tempfile.mkdtemp(dir=base, prefix="tree-")).resolve()
    scene.write(folder)
    editor = None
    try:
        editor = start(folder, Path(tempfile.mkdtemp(dir=base, prefix="home-")), waypost)
        scenario(editor)
    except (AssertionError, RuntimeError, OSError, subprocess.SubprocessError) as problem:
        last = traceback.extract_tb(problem.__traceback__)[-1]
        return f"{problem or type(problem).__name__} ({Path(last.filename).name}:{last.lineno})"
    finally:
        if editor:
            editor.clean()
    return None


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--waypost", type=Path, default=ROOT / "target" / "debug" / "waypost")
    parser.add_argument("--only", default="", help="editors and scenarios whose names hold this")
    arguments = parser.parse_args()
    waypost = arguments.waypost.resolve()
    assert waypost.exists(), f"there is no {waypost}: run `cargo build` first"
    if not Path("/proc/self/environ").exists():
        skipped("editors", "their processes are told apart by /proc, which is not here")
        return 0
    base = Path(tempfile.mkdtemp(prefix="waypost-editors-"))
    passed = failed = 0
    try:
        for name, start in editors(base):
            for scenario in SCENARIOS:
                title = f"{name}: {scenario.__name__.replace('_', ' ')}"
                if arguments.only not in title:
                    continue
                begin = time.monotonic()
                problem = carry_out(start, scenario, base, waypost)
                print(f"{title}: {problem or 'ok'} ({time.monotonic() - begin:.1f} s)", flush=True)
                passed, failed = passed + (not problem), failed + bool(problem)
    finally:
        shutil.rmtree(base, ignore_errors=True)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
