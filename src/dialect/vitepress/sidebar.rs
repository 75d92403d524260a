//! The links in `themeConfig`: navigation bar and sidebars, of the site and of each of its languages.

use crate::data::Value;
use crate::dialect::navigation::link;
use crate::facts::{Link, Shown};

/// The links that a configuration holds, in order.
#[must_use]
pub fn links(config: &Value, text: &str) -> Vec<Link> {
    let locales = config.get("locales").map(Value::members).unwrap_or_default();
    let themes = locales.iter().filter_map(|locale| locale.value.get("themeConfig"));
    let mut links = Vec::new();
    for theme in config.get("themeConfig").into_iter().chain(themes) {
        for part in ["nav", "sidebar"].into_iter().filter_map(|key| theme.get(key)) {
            collect(part, "", text, &mut links);
        }
    }
    links.sort_by_key(|link| link.span);
    links.dedup_by_key(|link| link.span);
    links
}

/// `base` of an entry stands before the links of the entries in it.
fn collect(value: &Value, base: &str, text: &str, links: &mut Vec<Link>) {
    let own = value.get("base").map(|base| base.as_str());
    let base = match own {
        Some(Some(own)) => own,
        // What only running it shows stands before them.
        Some(None) => return,
        None => base,
    };
    if let Some(written) = value.get("link")
        && let Some(destination) = written.as_str()
    {
        let shown = value.get("text").and_then(Value::as_str);
        let shown = shown.map(|shown| Shown::Copy(shown.into())).unwrap_or_default();
        links.push(link(&based(base, destination), written.span, shown, text));
    }
    for member in value.members() {
        collect(&member.value, base, text, links);
    }
    for item in value.as_array().unwrap_or_default() {
        collect(item, base, text, links);
    }
}

fn based(base: &str, link: &str) -> String {
    match base {
        "" => link.to_owned(),
        base => format!("{}/{}", base.trim_end_matches('/'), link.trim_start_matches('/')),
    }
}
