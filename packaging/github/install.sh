#!/usr/bin/env bash
# Puts waypost on PATH for the steps that follow: a published wheel, a build from this repository, or what is there.
#
# Reads INSTALL (wheel, cargo or none) and VERSION (empty: that of this repository), and what GitHub sets.
set -euo pipefail

action=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
version=${VERSION:-$(sed -n 's/^version = "\(.*\)"$/\1/p' "$action/Cargo.toml" | head -n 1)}

case ${INSTALL:-wheel} in
wheel)
    python=$(command -v python3 || command -v python)
    "$python" -m venv "$RUNNER_TEMP/waypost"
    bin=$RUNNER_TEMP/waypost/bin
    [[ -d $bin ]] || bin=$RUNNER_TEMP/waypost/Scripts
    "$bin/python" -m pip install --quiet --disable-pip-version-check "waypost==$version"
    echo "$bin" >>"$GITHUB_PATH"
    ;;
cargo)
    cargo install --quiet --locked --path "$action" --root "$RUNNER_TEMP/waypost"
    echo "$RUNNER_TEMP/waypost/bin" >>"$GITHUB_PATH"
    ;;
none) ;;
*)
    echo "::error title=waypost::install must be wheel, cargo or none, not $INSTALL"
    exit 2
    ;;
esac
