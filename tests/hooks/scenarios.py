"""What people do before they commit, and what the hook must say of it. Knows neither git nor a hook's runner."""

from dataclasses import dataclass, field

MOVED = "moved"  # the text of a file that took the one of another


@dataclass(frozen=True)
class Found:
    """The commit is refused: `rule` in `page`, and the words that tell why."""

    page: str
    rule: str
    says: tuple[str, ...] = ()


@dataclass(frozen=True)
class Silent:
    """The commit is made, and of none of these pages is anything printed."""

    about: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Scenario:
    """A tree that is committed, a change that somebody makes to it, and what the hook must say."""

    name: str
    before: dict[str, str]
    # What is committed: the new text, None for a file that is deleted, or ("moved", from).
    change: dict[str, object]
    expect: Found | Silent
    # What git does not know, and what stands in the working tree only.
    untracked: dict[str, str] = field(default_factory=dict)
    unstaged: dict[str, str] = field(default_factory=dict)
    # The ways of committing in which the working tree's text is committed or nothing of the change is.
    otherwise: dict[str, Found | Silent] = field(default_factory=dict)
    not_by: tuple[str, ...] = ()
    # Scenario 12 only: what the other branch has done.
    theirs: dict[str, object] = field(default_factory=dict)


GUIDE = "# Guide\n\n## Install the gauge\n\nTurn it to the left.\n"
INDEX = "# Index\n\nRead how to [install](guide.md#install-the-gauge) it.\n"
PAIR = {"guide.md": GUIDE, "index.md": INDEX}
REWORDED = GUIDE.replace("Install the gauge", "Set the gauge up")

PICTURE = {
    "dial.png": "not really a picture, and never opened",
    "index.md": "# Index\n\n![The dial](dial.png)\n",
}

LEARN = {
    ".openpublishing.publish.config.json": '{"docsets_to_publish": [{"docset_name": "gauges", "build_source_folder": "."}]}\n',
    "docfx.json": '{"build": {"content": [{"files": ["**/*.md"], "exclude": ["**/includes/**"]}],'
    ' "globalMetadata": {"breadcrumb_path": "/gauges/toc.json"}}}\n',
}
HEADER = "---\ntitle: {0}\ndescription: About gauges.\nms.topic: article\n---\n\n# {0}\n"


def learn_page(title, text):
    return f"{HEADER.format(title)}\n{text}\n"


PART = "## Read the dial\n\nFrom left to right.\n"
INCLUDING = LEARN | {
    "includes/dial.md": PART,
    "guide.md": learn_page("Guide", "[!INCLUDE [The dial](includes/dial.md)]"),
    "index.md": learn_page("Index", "How to [read it](guide.md#read-the-dial)."),
}

REDIRECTS = '{"redirections": [{"source_path": "setup.md", "redirect_url": "/gauges/guide"}]}\n'
REDIRECTING = LEARN | {
    ".openpublishing.redirection.json": REDIRECTS,
    "guide.md": learn_page("Guide", "Turn it to the left."),
    "index.md": learn_page("Index", "How to [set it up](setup.md)."),
}

BROKEN = "See the [manual](no-such-manual.md).\n"
HEALED = "See the manual.\n"

SCENARIOS = [
    Scenario(
        "1 heading reworded, untouched page links to it",
        before=PAIR,
        change={"guide.md": REWORDED},
        expect=Found("index.md", "broken-anchor", ("guide.md",)),
    ),
    Scenario(
        "2 only change: page deleted",
        before=PAIR,
        change={"guide.md": None},
        expect=Found("index.md", "broken-link", ("guide.md", "deleted")),
    ),
    Scenario(
        "3 page renamed",
        before=PAIR,
        change={"handbook.md": (MOVED, "guide.md")},
        expect=Found("index.md", "broken-link", ("guide.md", "handbook.md")),
    ),
    Scenario(
        "4 only change: image renamed",
        before=PICTURE,
        change={"face.png": (MOVED, "dial.png")},
        expect=Found("index.md", "broken-link", ("dial.png", "face.png")),
    ),
    Scenario(
        "5 link to an untracked file",
        before=PAIR,
        untracked={"draft.md": "# Draft\n"},
        change={"index.md": INDEX + "\nAnd the [draft](draft.md).\n"},
        expect=Found("index.md", "broken-link", ("draft.md", "git")),
    ),
    Scenario(
        "6 untracked scratch page is broken",
        before=PAIR,
        untracked={"scratch.md": BROKEN},
        change={"guide.md": GUIDE + "\nThen wait.\n"},
        expect=Silent(about=("scratch.md",)),
    ),
    Scenario(
        "7 staged break, healed in the working tree",
        before=PAIR,
        change={"guide.md": GUIDE + BROKEN},
        unstaged={"guide.md": GUIDE + HEALED},
        expect=Found("guide.md", "broken-link", ("no-such-manual.md",)),
        otherwise={"commit -a": Silent(), "commit PATH": Silent()},
    ),
    Scenario(
        "8 unstaged break beside a clean staged change",
        before=PAIR,
        change={"index.md": INDEX + "\nThat is all.\n"},
        unstaged={"guide.md": GUIDE + BROKEN},
        expect=Silent(about=("guide.md",)),
        otherwise={"commit -a": Found("guide.md", "broken-link", ("no-such-manual.md",))},
    ),
    Scenario(
        "9 included file loses an anchor",
        before=INCLUDING,
        change={"includes/dial.md": PART.replace("Read the dial", "Look at the dial")},
        expect=Found("index.md", "broken-anchor", ("includes/dial.md",)),
    ),
    Scenario(
        "10 redirect removed",
        before=REDIRECTING,
        change={".openpublishing.redirection.json": '{"redirections": []}\n'},
        expect=Found("index.md", "broken-link", (".openpublishing.redirection.json",)),
    ),
    Scenario(
        "11 old finding in an untouched page",
        before=PAIR | {"old.md": "# Old\n\n" + BROKEN},
        change={"guide.md": GUIDE + "\nThen wait.\n"},
        expect=Silent(about=("old.md",)),
    ),
    Scenario(
        "12a merge: they delete the page, we link to it",
        before=PAIR | {"index.md": "# Index\n"},
        change={"index.md": INDEX},
        theirs={"guide.md": None},
        expect=Found("index.md", "broken-link", ("guide.md", "deleted")),
    ),
    Scenario(
        "12b merge: they link to the page, we delete it",
        before=PAIR | {"index.md": "# Index\n"},
        change={"guide.md": None},
        theirs={"index.md": INDEX},
        expect=Found("index.md", "broken-link", ("guide.md",)),
    ),
    Scenario(
        "12c merge: they bring the page, we the link",
        before={"README.md": "# Gauges\n"},
        change={"index.md": INDEX},
        theirs={"guide.md": GUIDE},
        expect=Silent(),
    ),
]
