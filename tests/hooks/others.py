#!/usr/bin/env python3
"""What else people do with the hook: `args: [--fix]` beside unstaged changes, `run --all-files`, a reworded commit.

See README.md. Prints a line a case and exits with 1 when one is wrong.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from repository import Git, install_into_venv, isolated, run, scripts

ROOT = Path(__file__).resolve().parent.parent.parent
TEXT = "# A\n\n{0}\n\nTwo.\n\nThree.\n\n{1}\n"
LINK, MENDED = "[x](TARGET.md)", "[x](target.md)"
# What stands in the index, on disk, and on disk after the commit was tried.
FIXES = {
    "nothing unstaged": ((LINK, "Four."), (LINK, "Four."), (MENDED, "Four.")),
    "unstaged elsewhere in the page": ((LINK, "Four."), (LINK, "Mine."), (MENDED, "Mine.")),
    "unstaged in the same line": ((LINK, "Four."), (f"Mine {LINK}", "Four."), (f"Mine {LINK}", "Four.")),
}


def repository(folder: Path, tool: str, environment: dict[str, str], arguments: str) -> Git:
    folder.mkdir()
    git = Git(folder, environment)
    git("init", "--quiet", "--initial-branch=main")
    hook = f"{{id: w, name: w, entry: waypost check --staged {arguments}, language: system, always_run: true, pass_filenames: false}}"
    config = f"repos:\n- repo: local\n  hooks:\n  - {hook}\n"
    git.write({".pre-commit-config.yaml": config, "target.md": "# T\n", "a.md": TEXT.format("One.", "Four.")})
    git.commit_unchecked("before")
    installed = run([tool, "install"], folder, environment)
    if installed.returncode != 0:
        raise RuntimeError(installed.stdout)
    return git


def mends(git: Git, case: str) -> list[str]:
    staged, on_disk, after = (TEXT.format(*words) for words in FIXES[case])
    git.write({"a.md": staged})
    git("add", "a.md")
    git.write({"a.md": on_disk})
    result = git.attempt("commit", "--message", "change")
    wrong = []
    if result.returncode == 0:
        wrong.append("the commit was made")
    if (git.folder / "a.md").read_text(encoding="utf-8") != after:
        wrong.append("the page on disk is not what it should be")
    if git("show", ":a.md") != staged.strip():
        wrong.append("what is staged has changed")
    return [*wrong, result.stdout] if wrong else []


def checks_all(git: Git, tool: str) -> list[str]:
    git.write({"b.md": "[x](gone.md)\n"})
    git.commit_unchecked("an error")
    wrong = []
    result = run([tool, "run", "--all-files"], git.folder, git.environment)
    if result.returncode == 0 or "gone.md" not in result.stdout:
        wrong += ["`run --all-files` finds nothing", result.stdout]
    reworded = git.attempt("commit", "--amend", "--message", "reworded")
    if reworded.returncode != 0:
        wrong += ["a commit cannot be reworded", reworded.stdout]
    return wrong


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--waypost", type=Path, default=ROOT / "target" / "debug" / "waypost")
    waypost = parser.parse_args().waypost.resolve()
    failed = 0
    with tempfile.TemporaryDirectory(prefix="waypost-hooks-", ignore_cleanup_errors=True) as base:
        base = Path(base).resolve()
        environment = isolated(base, [waypost.parent, scripts(base / "venv")])
        for tool in (tool for tool in ("pre-commit", "prek") if install_into_venv(base / "venv", tool)):
            cases = [(f"--fix, {case}", lambda git, case=case: mends(git, case), "--fix") for case in FIXES]
            cases.append(("run --all-files, reworded", lambda git, tool=tool: checks_all(git, tool), ""))
            for number, (name, carry_out, arguments) in enumerate(cases):
                git = repository(base / f"{tool}-{number}", tool, environment, arguments)
                wrong = carry_out(git)
                failed += bool(wrong)
                print(f"{tool:10}  {name:36}  {'WRONG' if wrong else 'right'}", *wrong, sep="\n    " if wrong else "")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
