"""Git repositories and commands that know nothing of the user who runs the tests, and virtual environments for tools."""

import os
import subprocess
import sys
import venv
from pathlib import Path

from scenarios import MOVED


class Git:
    """A repository, or a linked worktree of one, that knows nothing of the user's configuration."""

    def __init__(self, folder: Path, environment: dict[str, str]):
        self.folder = folder
        self.environment = environment

    def __call__(self, *arguments: str, **more: str) -> str:
        result = self.attempt(*arguments, **more)
        if result.returncode != 0:
            raise RuntimeError(f"git {' '.join(arguments)}:\n{result.stdout}")
        return result.stdout.strip()

    def attempt(self, *arguments: str, **more: str) -> subprocess.CompletedProcess:
        return run(["git", *arguments], self.folder, self.environment | more)

    def write(self, files: dict[str, object]) -> None:
        for name, text in files.items():
            path = self.folder / name
            if text is None:
                path.unlink()
            elif isinstance(text, tuple) and text[0] == MOVED:
                (self.folder / text[1]).rename(path)
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8", newline="\n")

    def commit_unchecked(self, message: str) -> None:
        self("add", "--all")
        self("commit", "--quiet", "--no-verify", "--allow-empty", "--message", message)


def run(command: list[str], folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess:
    return subprocess.run(
        command,
        check=False,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        timeout=300,
    )


FOREIGN = ("GIT_", "GITHUB_", "PRE_COMMIT", "PREK_", "WAYPOST")
WHO = {
    "GIT_AUTHOR_NAME": "A Writer",
    "GIT_AUTHOR_EMAIL": "writer@example.com",
    "GIT_COMMITTER_NAME": "A Writer",
    "GIT_COMMITTER_EMAIL": "writer@example.com",
}


def isolated(base: Path, programs: list[Path]) -> dict[str, str]:
    """The environment without what could lead git or a runner to the user's own files."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)}
    path = os.pathsep.join([*map(str, programs), os.environ["PATH"]])
    home = base / "home"
    home.mkdir(exist_ok=True)
    return (
        kept
        | WHO
        | {
            "HOME": str(home),
            "XDG_CONFIG_HOME": str(home),
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_EDITOR": "true",
            "PRE_COMMIT_HOME": str(base / "pre-commit"),
            "PREK_HOME": str(base / "prek"),
            "PATH": path,
            "NO_COLOR": "1",
            "COLUMNS": "200",
        }
    )


def install_into_venv(folder: Path, *packages: str) -> bool:
    """Whether they could be; says so aloud if not."""
    if not folder.exists():
        venv.create(folder, with_pip=True)
    command = [str(scripts(folder) / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    result = run([*command, *packages], folder, dict(os.environ))
    if result.returncode != 0:
        print(
            f"-- skipped: {' '.join(packages)} cannot be installed: {result.stdout.strip()[-300:]}",
            file=sys.stderr,
            flush=True,
        )
    return result.returncode == 0


def scripts(folder: Path) -> Path:
    """Where a virtual environment has its programs."""
    return folder / ("Scripts" if os.name == "nt" else "bin")
