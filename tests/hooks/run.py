#!/usr/bin/env python3
"""Commits each scenario in a git repository of its own, through a hook that each runner has installed.

See README.md. Knows what git and the runners do, not what waypost should find: that is scenarios.py.
"""

import argparse
import os
import re
import shutil
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from repository import Git, install_into_venv, isolated, run, scripts
from scenarios import SCENARIOS, Found, Scenario

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
STAGES = ["pre-commit", "pre-merge-commit"]
WAYS = ["commit", "commit -a", "commit PATH", "worktree", "amend", "rebase"]
MERGE_WAYS = ["merge", "merge, commit"]


def install_runners(base: Path) -> list[str]:
    """Apart, so that the one is tested where the other is not to be had."""
    return [tool for tool in ("pre-commit", "prek") if install_into_venv(base / "venv", tool)]


@dataclass(frozen=True)
class Bench:
    """What all cases share: the environment, and each tool's installed hooks and configuration."""

    base: Path
    environment: dict[str, str]
    hooks: dict[str, Path]
    config: dict[str, str]

    @staticmethod
    def prepare(base: Path, waypost: Path, tools: list[str]) -> "Bench":
        environment = isolated(base, [waypost.parent, scripts(base / "venv")])
        manifest = Git(base / "manifest", environment)
        manifest.folder.mkdir()
        manifest("init", "--quiet")
        shutil.copy(ROOT / ".pre-commit-hooks.yaml", manifest.folder)
        manifest.commit_unchecked("the hooks of this repository")
        config = (
            f"repos:\n- repo: {manifest.folder.as_uri()}\n  rev: {manifest('rev-parse', 'HEAD')}\n"
            "  hooks:\n  - id: waypost-system\n    verbose: true\n"
        )
        bench = Bench(base, environment, {}, {})
        for tool in tools:
            bench.hooks[tool] = bench.install(tool, config)
            bench.config[tool] = config
        bench.hooks["plain"] = bench.plain()
        bench.config["plain"] = ""
        return bench

    def install(self, tool: str, config: str) -> Path:
        """Has the tool install its hooks, and itself what the hooks need."""
        git = Git(self.base / f"{tool}-installed", self.environment)
        git.folder.mkdir()
        git("init", "--quiet")
        git.write({".pre-commit-config.yaml": config})
        git.commit_unchecked("configuration")
        types = [word for stage in STAGES for word in ("--hook-type", stage)]
        for arguments in (
            ["install", *types],
            ["install-hooks"] if tool == "pre-commit" else ["install", "--install-hooks", *types],
        ):
            result = run([tool, *arguments], git.folder, self.environment)
            if result.returncode != 0:
                raise RuntimeError(f"{tool} {arguments}:\n{result.stdout}")
        return git.folder / ".git" / "hooks"

    def plain(self) -> Path:
        """The hook that people write by hand."""
        folder = self.base / "plain-hooks"
        folder.mkdir()
        for stage in STAGES:
            script = folder / stage
            script.write_text('#!/bin/sh\nwaypost check --staged || { echo "exit code: $?"; exit 1; }\n', newline="\n")
            script.chmod(0o755)
        return folder


@dataclass(frozen=True)
class Case:
    scenario: Scenario
    tool: str
    way: str


def cases(tools: list[str]) -> list[Case]:
    def ways(scenario):
        return MERGE_WAYS if scenario.theirs else WAYS

    return [Case(scenario, tool, way) for scenario in SCENARIOS for tool in tools for way in ways(scenario)]


def carry_out(bench: Bench, case: Case) -> str | None:
    """What is wrong with what the hook did, or None."""
    folder = Path(tempfile.mkdtemp(dir=bench.base, prefix="case-"))
    git = Git(folder / "repository", bench.environment)
    git.folder.mkdir()
    git("init", "--quiet", "--initial-branch=main")
    shutil.copytree(bench.hooks[case.tool], git.folder / ".git" / "hooks", dirs_exist_ok=True)
    config = {".pre-commit-config.yaml": bench.config[case.tool]} if bench.config[case.tool] else {}
    git.write(config | case.scenario.before)
    git.commit_unchecked("before")
    try:
        if case.scenario.theirs:
            command = merging(git, case)
        else:
            git, command = committing(git, case)
        return judge(git, case, command)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def committing(git: Git, case: Case) -> tuple[Git, list[str]]:
    """Leaves everything as it is before the last command, and gives that."""
    scenario = case.scenario
    if case.way == "worktree":
        git("worktree", "add", "--quiet", "-b", "topic", "../linked")
        git = Git(git.folder.parent / "linked", git.environment)
    elif case.way == "amend":
        git.write({"aside.txt": "something else\n"})
        git.commit_unchecked("something else, to be amended")
    elif case.way == "rebase":
        stop_in_a_rebase(git)

    git.write(scenario.change)
    paths = sorted(
        path
        for name, what in scenario.change.items()
        for path in ([name, what[1]] if isinstance(what, tuple) else [name])
    )
    git("add", "--all", "--", *paths)
    git.write(scenario.untracked | scenario.unstaged)

    command = {
        "commit -a": ["commit", "--all", "--message", "change"],
        "commit PATH": ["commit", "--message", "change", "--", *paths],
        "amend": ["commit", "--amend", "--no-edit"],
        "rebase": ["commit", "--amend", "--no-edit"],
    }
    return git, command.get(case.way, ["commit", "--message", "change"])


def stop_in_a_rebase(git: Git) -> None:
    """In the middle of a rebase, where `git rebase` has stopped at a commit that is to be edited."""
    git("checkout", "--quiet", "-b", "topic")
    git.write({"aside.txt": "something else\n"})
    git.commit_unchecked("something else, to be edited")
    git("checkout", "--quiet", "main")
    git.write({"upstream.txt": "what the others did\n"})
    git.commit_unchecked("upstream")
    git("checkout", "--quiet", "topic")
    edit = f'"{Path(sys.executable).as_posix()}" "{(HERE / "edit_todo.py").as_posix()}"'
    git("rebase", "--interactive", "main", GIT_SEQUENCE_EDITOR=edit)


def merging(git: Git, case: Case) -> list[str]:
    git("checkout", "--quiet", "-b", "theirs")
    git.write(case.scenario.theirs)
    git.commit_unchecked("theirs")
    git("checkout", "--quiet", "main")
    git.write(case.scenario.change)
    git.commit_unchecked("ours")
    if case.way == "merge":
        return ["merge", "--no-edit", "theirs"]
    git("merge", "--no-commit", "--no-ff", "theirs")
    return ["commit", "--no-edit"]


def judge(git: Git, case: Case, command: list[str]) -> str | None:
    scenario = case.scenario
    expect = scenario.otherwise.get(case.way, scenario.expect)
    head = git("rev-parse", "HEAD")
    result = git.attempt(*command)
    output, made = result.stdout, git("rev-parse", "HEAD") != head

    complaints = []
    if isinstance(expect, Found):
        if made or result.returncode == 0:
            complaints.append("the commit was made")
        if "exit code: 1" not in output:
            complaints.append("the hook did not end with 1")
        complaints += [
            f"`{words}` is not printed"
            for words in (expect.page, f"[{expect.rule}]", *expect.says)
            if words not in output
        ]
    else:
        if not made:
            complaints.append("the commit was refused")
        complaints += [f"`{page}` is printed" for page in expect.about if re.search(rf"{re.escape(page)}:\d", output)]
    for name, text in (scenario.untracked | scenario.unstaged).items():
        if (git.folder / name).read_text(encoding="utf-8") != text:
            complaints.append(f"{name} is no longer what stood in the working tree")
    if not complaints:
        return None
    return f"{scenario.name}, {case.tool}, {case.way}: {'; '.join(complaints)}\n{indented(output)}"


def indented(text: str) -> str:
    return "".join(f"    {line}\n" for line in text.splitlines())


def table(verdicts: dict[Case, str | None], tools: list[str]) -> str:
    columns = WAYS + MERGE_WAYS
    width = max(len(scenario.name) for scenario in SCENARIOS)
    lines = [f"{'scenario':{width}}  {'tool':10}  " + "  ".join(f"{way:13}" for way in columns).rstrip()]
    for scenario in SCENARIOS:
        for tool in tools:
            words = []
            for way in columns:
                case = Case(scenario, tool, way)
                words.append("-" if case not in verdicts else "WRONG" if verdicts[case] else "right")
            lines.append(f"{scenario.name:{width}}  {tool:10}  " + "  ".join(f"{word:13}" for word in words).rstrip())
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--waypost", type=Path, default=ROOT / "target" / "debug" / "waypost", help="the binary to test"
    )
    parser.add_argument("--only", default="", metavar="WORDS", help="only scenarios whose name begins with this")
    parser.add_argument("--way", metavar="WAY", help="only this way of committing")
    parser.add_argument("--plain", action="store_true", help="only the hook that is a shell script: installs nothing")
    parser.add_argument("--jobs", type=int, default=2 * (os.cpu_count() or 1))
    arguments = parser.parse_args()
    waypost = arguments.waypost.resolve()
    if not waypost.exists():
        parser.error(f"{waypost} is not there: run `cargo build`, or name it with --waypost")

    with tempfile.TemporaryDirectory(prefix="waypost-hooks-", ignore_cleanup_errors=True) as base:
        # Where the temporary folder is a symbolic link, git answers with another path than it was given.
        base = Path(base).resolve()
        runners = [] if arguments.plain else install_runners(base)
        bench = Bench.prepare(base, waypost, runners)
        tools = [*runners, "plain"]
        chosen = [
            case
            for case in cases(tools)
            if case.scenario.name.startswith(arguments.only) and arguments.way in (None, case.way)
        ]
        with ThreadPoolExecutor(arguments.jobs) as pool:
            verdicts = dict(zip(chosen, pool.map(lambda case: carry_out(bench, case), chosen)))

    print(table(verdicts, tools))
    wrong = [verdict for verdict in verdicts.values() if verdict]
    for verdict in wrong:
        print(f"\n{verdict}", end="")
    print(f"\n{len(verdicts) - len(wrong)} passed, {len(wrong)} failed")
    return 1 if wrong or not verdicts else 0


if __name__ == "__main__":
    sys.exit(main())
