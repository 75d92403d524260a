"""What the tests ask of an editor, and what they know of its processes."""

import os
import re
import signal
import subprocess
import time
import uuid
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from scene import ROOT

MARK = "WAYPOST_EDITOR_TEST"
PATIENCE = 30


@dataclass(frozen=True)
class Shown:
    """A diagnostic as the editor has it: the line from 1, the column from 0 in characters, and the text in the range."""

    rule: str
    line: int
    column: int
    marked: str


class Editor(ABC):
    """A running editor with the set-up of its page in docs/, in a folder."""

    name: str

    def __init__(self, folder: Path, home: Path, waypost: Path):
        home.mkdir(parents=True, exist_ok=True)
        self.folder, self.home = folder, home
        self.token = uuid.uuid4().hex
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "WAYPOST", "NVIM", "EMACS", "GIT_"))}
        self.environment = kept | {
            MARK: self.token,
            "HOME": str(home),
            "PATH": f"{waypost.parent}{os.pathsep}{os.environ['PATH']}",
            "LANG": "C.UTF-8",
            "LC_ALL": "C.UTF-8",
        }
        self.start()

    @abstractmethod
    def start(self) -> None: ...

    @abstractmethod
    def open(self, page: str) -> None: ...

    @abstractmethod
    def shown(self, page: str) -> list[Shown] | None:
        """What the editor has on a page, opened or not; `marked` is empty where the page is not opened."""

    @abstractmethod
    def text(self, page: str) -> str: ...

    @abstractmethod
    def replace(self, page: str, old: str, new: str) -> None:
        """In the buffer, as if typed."""

    @abstractmethod
    def undo(self, page: str) -> None: ...

    @abstractmethod
    def fix(self, page: str, line: int, marked: str) -> str:
        """Applies the first quick fix that is offered on the text; its title."""

    @abstractmethod
    def save(self, page: str) -> None: ...

    @abstractmethod
    def quit(self) -> None: ...

    def processes(self) -> list[int]:
        """Everything that the editor has started and that still runs, and the editor itself."""
        wanted = f"{MARK}={self.token}".encode()
        return [int(folder.name) for folder in Path("/proc").glob("[0-9]*") if wanted in environment(folder)]

    def servers(self) -> list[int]:
        return [process for process in self.processes() if is_server(process)]

    def kill(self) -> None:
        """Ends the editor without a word, so that only the closed pipe tells the server."""
        servers = set(self.servers())
        for process in set(self.processes()) - servers:
            os.kill(process, signal.SIGKILL)

    def clean(self) -> None:
        for process in self.processes():
            try:
                os.kill(process, signal.SIGKILL)
            except ProcessLookupError:
                pass

    def run(self, *command: str, timeout: int = 30) -> str:
        result = subprocess.run(
            command,
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=timeout,
            check=False,
        )
        if result.returncode != 0:
            raise RuntimeError(f"{self.name}: {' '.join(command)[:300]}:\n{result.stdout}")
        return result.stdout


def environment(folder: Path) -> list[bytes]:
    """Of a process; nothing of one that has ended, is a zombie or is not ours."""
    try:
        return (folder / "environ").read_bytes().split(b"\0")
    except OSError:
        return []


def is_server(process: int) -> bool:
    try:
        words = Path(f"/proc/{process}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
    return b"lsp" in words and any(word.endswith(b"waypost") for word in words)


def wait(what: str, is_so: Callable[[], object], patience: float = PATIENCE) -> None:
    """Until it is so; an error that says what was not."""
    until = time.monotonic() + patience
    while True:
        answer = is_so()
        if answer:
            return
        if time.monotonic() > until:
            raise AssertionError(f"not within {patience:g} s: {what}")
        time.sleep(0.1)


def snippet(page: str, heading: str) -> str:
    """The first block of code below a heading of a page of the manual: what readers copy is what is tested."""
    text = (ROOT / "docs" / "editors" / page).read_text(encoding="utf-8")
    section = re.split(rf"^## {re.escape(heading)}$", text, flags=re.MULTILINE)
    assert len(section) == 2, f"docs/editors/{page} has one heading {heading!r}"
    block = re.search(r"^```\w+\n(.*?)^```$", section[1], re.MULTILINE | re.DOTALL)
    assert block, f"docs/editors/{page}: there is code below {heading!r}"
    return block[1]
