"""What pre-commit and prek install for the hook `waypost`: nothing of its own, but the published wheel of this version.

The wheel itself is built by packaging/wheel.
"""

import re
from pathlib import Path

from setuptools import setup

manifest = Path(__file__).with_name("Cargo.toml").read_text(encoding="utf-8")
version = re.search(r'^version = "(.+)"$', manifest, re.MULTILINE).group(1)

setup(
    name="waypost-pre-commit",
    version=version,
    install_requires=[f"waypost=={version}"],
    py_modules=[],
)
