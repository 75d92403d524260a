//! What is shown of a place.

use waypost::assist::hover::hover;
use waypost::site::Site;

use super::trees::{at, site};

fn shown(site: &Site, path: &str, part: &str) -> String {
    let (doc, offset) = at(site, path, part);
    hover(site, doc, offset).map(|hover| hover.markdown).unwrap_or_default()
}

#[test]
fn links_show_their_target_and_state() {
    let site = site(&[
        ("a.md", "[ok](b.md#two) [gone](gone.md) [part](b.md#none) [out](https://example.org)\n\n## H\n"),
        (
            "b.md",
            "# The *page*\n\nIntro.\n\n## Two\n\nFirst line.\n\n```sh\none\ntwo\nthree\nfour\nfive\nsix\nseven\n```\n",
        ),
    ]);
    let ok = shown(&site, "a.md", "[o‸k]");
    assert!(ok.starts_with("**The page › Two**\n\n`b.md`\n\nFirst line.\n\n```sh\none\n"), "{ok}");
    assert!(ok.ends_with("five\n```"), "{ok}");
    assert!(shown(&site, "a.md", "go‸ne.md").contains("broken: there is no file `gone.md`"));
    let part = shown(&site, "a.md", "b.md#no‸ne");
    assert!(part.contains("**The page**") && part.contains("no heading or id `#none`"), "{part}");
    assert!(shown(&site, "a.md", "ou‸t").contains("not checked: another site"));
    assert_eq!(shown(&site, "a.md", "## H‸"), "`#h`");
}

#[test]
fn cells_show_their_contract_and_preset() {
    let config = "preset = \"itil-v3\"\n\n[[table]]\nname = \"Services\"\nheader = [\"Name\", \"State\"]\n\n\
        [[table.column]]\nname = \"State\"\nvalues = [\"live\", \"retired\"]\nmax-length = 8\n";
    let site = site(&[
        ("waypost.toml", config),
        (
            "a.md",
            "# A\n\n| Name | State |\n|---|---|\n| x | live |\n\n## Service operation\n\n\
             | ITIL process | Page |\n|---|---|\n| Incident Mgmt | |\n| Incident management | |\n",
        ),
    ]);
    let state = shown(&site, "a.md", "li‸ve");
    assert!(
        state.contains("Services, column **State**") && state.contains("- one of: `live`, `retired`"),
        "{state}"
    );
    assert!(state.contains("at most 8 characters"), "{state}");
    let process = shown(&site, "a.md", "Incident manage‸ment");
    assert!(
        process.contains("process of Service operation") || process.contains("Service Operation"),
        "{process}"
    );
}
