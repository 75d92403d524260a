#!/usr/bin/env python3
"""Editors that can only be seen on a terminal: tmux presses keys and reads the screen.

Not for every change, but for whoever touches their set-up; see README.md. What is not installed is skipped.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import scene
from editor import MARK, is_server, snippet, wait

SCREEN = ["-x", "160", "-y", "40"]


@dataclass(frozen=True)
class Kind:
    """What differs between editors: programs, the file of the set-up, and keys."""

    name: str
    programs: tuple[str, ...]
    page: str
    heading: str
    configuration: str
    everything: tuple[str, ...]
    away: tuple[str, ...]
    fix: tuple[str, ...]
    reword: tuple[str, ...]
    undo: tuple[str, ...]
    open: str
    quit: str


REWORDED = scene.REWORDED.removeprefix("## ")
HEADING = scene.HEADING.removeprefix("## ")

KINDS = [
    Kind(
        "helix",
        ("hx",),
        "helix.md",
        "Languages",
        ".config/helix/languages.toml",
        everything=("Space", "D"),
        away=("Escape",),
        fix=("]d", "Space", "a", "Enter"),
        reword=("%", "s", HEADING, "Enter", "c", REWORDED, "Escape"),
        undo=("u",),
        open=":open {}",
        quit=":quit-all!",
    ),
    Kind(
        "kakoune",
        ("kak", "kak-lsp"),
        "kakoune.md",
        "kakrc",
        ".config/kak/kakrc",
        everything=(":lsp-diagnostics", "Enter"),
        away=(":edit {page}", "Enter"),
        fix=(":lsp-find-error", "Enter", ":lsp-code-actions", "Enter", "Enter"),
        reword=("%", "s", HEADING, "Enter", "c", REWORDED, "Escape"),
        undo=("u",),
        open=":edit {}",
        quit=":quit!",
    ),
]


class Terminal:
    """An editor in a terminal of tmux's."""

    def __init__(self, kind: Kind, base: Path, waypost: Path):
        self.kind, self.folder, self.home = kind, base / "tree", base / "home"
        scene.write(self.folder)
        configuration = self.home / kind.configuration
        configuration.parent.mkdir(parents=True)
        configuration.write_text(snippet(kind.page, kind.heading))
        self.token = base.name
        self.socket = base / "tmux"
        self.page = scene.SIGNS
        environment = {
            MARK: self.token,
            "HOME": str(self.home),
            "XDG_RUNTIME_DIR": str(self.home),
            "PATH": f"{waypost.parent}{os.pathsep}{os.environ['PATH']}",
            "LC_ALL": "C.UTF-8",
        }
        words = [f"{name}={value}" for name, value in environment.items()]
        self.tmux("new-session", "-d", *SCREEN, "-c", str(self.folder), "env", *words, kind.programs[0], self.page)

    def tmux(self, *words: str) -> str:
        command = ["tmux", "-S", str(self.socket), *words]
        return subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout

    def press(self, keys: tuple[str, ...]) -> None:
        for key in keys:
            self.tmux("send-keys", key.format(page=self.page))
            time.sleep(0.7)

    def screen(self) -> str:
        return self.tmux("capture-pane", "-p")

    def open(self, page: str) -> None:
        self.press((self.kind.open.format(page), "Enter"))
        self.page = page

    def everything_names(self, page: str) -> bool:
        """Whether the list of all findings has the page."""
        self.press(self.kind.everything)
        time.sleep(1)
        screen = self.screen()
        self.press(self.kind.away)
        return page in "".join(line for line in screen.splitlines() if "broken" in line)

    def servers(self) -> list[int]:
        mark = f"{MARK}={self.token}".encode()
        processes = [int(folder.name) for folder in Path("/proc").glob("[0-9]*") if readable(folder, mark)]
        return [process for process in processes if is_server(process)]


def readable(folder: Path, mark: bytes) -> bool:
    try:
        return mark in (folder / "environ").read_bytes()
    except OSError:
        return False


def carry_out(editor: Terminal) -> None:
    wait("the server runs", editor.servers)
    wait("a page that is not open is listed", lambda: editor.everything_names(scene.CELLS))

    editor.press(editor.kind.fix)
    fixed = scene.PAGES[scene.SIGNS].splitlines()[2].replace(scene.MISSPELT, scene.GUIDE)
    wait("the fix is applied", lambda: fixed[-30:] in editor.screen())
    wait("the finding is gone", lambda: not editor.everything_names(scene.SIGNS))

    editor.open(scene.GUIDE)
    editor.press(editor.kind.reword)
    wait("an unopened page is broken", lambda: editor.everything_names(scene.UNOPENED))
    editor.press(editor.kind.undo)
    wait("it is whole again", lambda: not editor.everything_names(scene.UNOPENED))

    editor.press((editor.kind.quit, "Enter"))
    wait("no server is left", lambda: not editor.servers(), 15)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--waypost", type=Path, default=scene.ROOT / "target" / "debug" / "waypost")
    parser.add_argument("--only", default="")
    arguments = parser.parse_args()
    passed = failed = 0
    for kind in KINDS:
        if missing := [program for program in ("tmux", *kind.programs) if shutil.which(program) is None]:
            print(f"-- skipped: {kind.name}: there is no {', '.join(missing)}")
            continue
        if arguments.only not in kind.name:
            continue
        base = Path(tempfile.mkdtemp(prefix="waypost-terminal-")).resolve()
        editor = Terminal(kind, base, arguments.waypost.resolve())
        try:
            carry_out(editor)
            print(f"{kind.name}: ok")
            passed += 1
        except (AssertionError, subprocess.CalledProcessError) as problem:
            screen = editor.screen() if editor.socket.exists() else ""
            print(f"{kind.name}: {problem}\n{screen}")
            failed += 1
        finally:
            subprocess.run(["tmux", "-S", editor.socket, "kill-server"], capture_output=True, check=False)
            shutil.rmtree(base, ignore_errors=True)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
