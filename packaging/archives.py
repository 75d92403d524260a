#!/usr/bin/env python3
"""Takes the programs out of the wheels of a release: what all channels ship was built once.

    python3 packaging/archives.py WHEELS OUT

writes OUT/programs/TARGET/waypost, from which the npm packages are made, and OUT/archives with an archive for each
target and SHA256SUMS.
"""

import hashlib
import io
import re
import sys
import tarfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BESIDE = ["README.md", "CHANGELOG.md", "LICENSE-APACHE", "LICENSE-MIT"]

# The platform tag of a wheel, which may have several joined by dots, and the target it was built for.
TARGETS = [
    (r"musllinux_\d+_\d+_(x86_64|aarch64)", "{}-unknown-linux-musl"),
    (r"(?:many)?linux[_\d]*_(x86_64|aarch64)", "{}-unknown-linux-gnu"),
    (r"macosx_\d+_\d+_(x86_64|arm64)", "{}-apple-darwin"),
    (r"win_(amd64|arm64)", "{}-pc-windows-msvc"),
]
ARCHITECTURES = {"amd64": "x86_64", "arm64": "aarch64"}


def main(wheels: Path, out: Path) -> None:
    programs = {target_of(wheel): program_in(wheel) for wheel in sorted(wheels.glob("*.whl"))}
    if not programs:
        sys.exit(f"{wheels} has no wheel")
    archives = out / "archives"
    archives.mkdir(parents=True, exist_ok=True)
    for target, (name, program) in programs.items():
        path = out / "programs" / target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(program)
        path.chmod(0o755)
        archive(archives, target, name, program)
    sums = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in sorted(archives.glob("waypost-*"))
    ]
    (archives / "SHA256SUMS").write_text("".join(sums), newline="\n")


def target_of(wheel: Path) -> str:
    platforms = wheel.stem.rsplit("-", 1)[1]
    for pattern, target in TARGETS:
        if found := re.match(pattern, platforms):
            return target.format(ARCHITECTURES.get(found[1], found[1]))
    sys.exit(f"{wheel.name} is for no target that is known here")


def program_in(wheel: Path) -> tuple[str, bytes]:
    with zipfile.ZipFile(wheel) as package:
        for name in package.namelist():
            if found := re.fullmatch(r"[^/]+\.data/scripts/(waypost(?:\.exe)?)", name):
                return found[1], package.read(name)
    sys.exit(f"{wheel.name} has no program")


def archive(folder: Path, target: str, name: str, program: bytes) -> None:
    """A .zip for Windows and a .tar.gz elsewhere, with one folder in it; the same bytes for the same content."""
    top = f"waypost-{target}"
    files = {name: program} | {beside: (ROOT / beside).read_bytes() for beside in BESIDE}
    if "windows" in target:
        with zipfile.ZipFile(folder / f"{top}.zip", "w", zipfile.ZIP_DEFLATED) as package:
            for file, content in files.items():
                package.writestr(zipfile.ZipInfo(f"{top}/{file}"), content, zipfile.ZIP_DEFLATED)
        return
    with tarfile.open(folder / f"{top}.tar.gz", "w:gz") as package:
        for file, content in files.items():
            entry = tarfile.TarInfo(f"{top}/{file}")
            entry.size = len(content)
            entry.mode = 0o755 if file == name else 0o644
            package.addfile(entry, io.BytesIO(content))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
