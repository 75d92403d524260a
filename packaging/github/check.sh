#!/usr/bin/env bash
# Checks, and leaves what was found as annotations, as the job's summary and, when asked for, as SARIF.
#
# Reads PATHS and ARGUMENTS (one a line), NEW_FROM (auto, none or a revision) and SARIF (true or false), and what GitHub
# sets. Writes the outputs exit-code, sarif and base; the step itself succeeds, so that the SARIF can be uploaded, and
# the last step of the action gives the exit code back. Written for bash 3.2, which macOS has.
set -euo pipefail

output() { echo "$1=$2" >>"$GITHUB_OUTPUT"; }

could_not_check() {
    echo "::error title=waypost::$1"
    output exit-code 2
    exit 0
}

# What a pull request is compared with. GitHub checks out the merge of the base and the pull request, so its first
# parent is the base as it is now; the event's base may be older, if the job is run again.
base_of_pull_request() {
    # Not `git rev-parse HEAD^1`, which does not exist in a shallow clone, where the commit's own words still do.
    local parents
    parents=$(git cat-file commit HEAD | sed -n '/^$/q; s/^parent //p')
    if [[ $parents == *$'\n'"$PULL_REQUEST_HEAD" ]]; then
        echo "${parents%%$'\n'*}"
    else
        echo "$PULL_REQUEST_BASE"
    fi
}

shares_history() { git merge-base "$1" HEAD >/dev/null 2>&1; }

# The checkout has by default the one commit only; one more brings its parents.
fetch_parents() { git fetch --quiet --no-tags --depth=2 origin "$(git rev-parse HEAD)"; }

base=
case ${NEW_FROM:-auto} in
none) ;;
auto)
    if [[ -n ${PULL_REQUEST_BASE:-} ]]; then
        base=$(base_of_pull_request)
        shares_history "$base" || { fetch_parents && shares_history "$base"; } ||
            could_not_check "the base $base is not in the history of this clone: give actions/checkout \`fetch-depth: 0\`"
    fi
    ;;
*) base=$NEW_FROM ;;
esac
output base "$base"

check=(waypost check)
while IFS= read -r argument; do
    [[ -z $argument ]] || check+=("$argument")
done <<<"${ARGUMENTS:-}"
# Never empty: bash 3.2 takes the elements of an empty array for an unset variable.
paths=(--)
while IFS= read -r path; do
    [[ -z $path ]] || paths+=("$path")
done <<<"${PATHS:-}"

# Code scanning makes the difference itself, between what it is given for each branch: it must be given everything.
if [[ ${SARIF:-false} == true ]]; then
    sarif=$RUNNER_TEMP/waypost.sarif
    "${check[@]}" --exit-zero --format "sarif=$sarif" "${paths[@]}" ||
        could_not_check 'the tree could not be checked; the log says why'
    output sarif "$sarif"
fi

[[ -z $base ]] || check+=(--new-from "$base")
code=0
# This format writes the job's summary too.
"${check[@]}" --format github "${paths[@]}" || code=$?
output exit-code "$code"
