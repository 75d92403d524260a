//! Reads `.vitepress/config.*`: a program, of which only the literals are known.

use regex::Regex;

use super::rewrites::Rewrites;
use super::sidebar;
use crate::data::{Kind, Value, script};
use crate::glob::{Case, Globs};
use crate::path::DocPath;
use crate::site::ConfigFault;
use crate::source::Span;
use crate::tree::Tree;

/// Whether a file is the configuration of a site.
#[must_use]
pub fn is_config(path: &DocPath) -> bool {
    site_folder(path).is_some()
}

/// The folder that holds `.vitepress`.
#[must_use]
pub fn site_folder(path: &DocPath) -> Option<&str> {
    let (rest, extension) = path.as_str().rsplit_once('.')?;
    let rest = rest.strip_suffix("/index").filter(|rest| rest.ends_with("/config")).unwrap_or(rest);
    let folder = rest.strip_suffix(".vitepress/config")?;
    let is_script = matches!(extension, "js" | "ts" | "mjs" | "mts" | "cjs" | "cts");
    let is_whole = folder.is_empty() || folder.ends_with('/');
    (is_script && is_whole).then(|| folder.trim_end_matches('/'))
}

/// What a site's configuration says.
#[derive(Debug)]
pub struct Config {
    /// The folder of the pages.
    pub source: DocPath,
    /// The folder of what is published as it is.
    pub public: DocPath,
    /// The base path without a final slash, where it is known.
    pub base: Option<String>,
    /// The site's own host, where it is known.
    pub host: Option<String>,
    /// Pages that are none, relative to the source folder.
    pub excluded: Globs,
    /// Where pages are published that do not lie there.
    pub rewrites: Rewrites,
    /// Which missing pages the platform puts up with.
    pub ignored: Ignored,
    /// Whether ids of headings are made as usual.
    pub usual_ids: bool,
    /// Whether what decides which pages there are is known.
    pub known: bool,
}

impl Default for Config {
    /// What VitePress does where it is told nothing.
    fn default() -> Config {
        Config {
            source: DocPath::new(""),
            public: DocPath::new("public"),
            base: Some(String::new()),
            host: None,
            excluded: Globs::default(),
            rewrites: Rewrites::default(),
            ignored: Ignored::default(),
            usual_ids: true,
            known: true,
        }
    }
}

/// `ignoreDeadLinks`.
#[derive(Debug, Default)]
pub struct Ignored {
    /// It holds everything, or what only running it would show.
    pub all: bool,
    /// Addresses of the reader's own machine.
    pub local_hosts: bool,
    texts: Vec<String>,
    patterns: Vec<Regex>,
}

impl Ignored {
    /// Whether a dead link is put up with, as VitePress writes it in its report.
    #[must_use]
    pub fn matches(&self, reported: &str) -> bool {
        self.texts.iter().any(|text| text == reported)
            || self.patterns.iter().any(|pattern| pattern.is_match(reported))
    }

    fn read(value: Option<&Value>, text: &str) -> Ignored {
        let mut ignored = Ignored::default();
        let Some(value) = value else { return ignored };
        match &value.kind {
            Kind::Bool(all) => ignored.all = *all,
            Kind::String(word) => ignored.local_hosts = &**word == "localhostLinks",
            Kind::Array(items) => items.iter().for_each(|item| ignored.add(item, text)),
            Kind::Null => {}
            _ => ignored.all = true,
        }
        ignored.all |= value.is_unknown();
        ignored.local_hosts |= ignored.all;
        ignored
    }

    fn add(&mut self, item: &Value, text: &str) {
        match (item.as_str(), regex(item.span.of(text))) {
            (Some(literal), _) => self.texts.push(literal.to_owned()),
            (None, Some(pattern)) => self.patterns.push(pattern),
            (None, None) => self.all = true,
        }
    }
}

/// A regular expression as JavaScript writes it.
fn regex(written: &str) -> Option<Regex> {
    let (pattern, flags) = written.strip_prefix('/')?.rsplit_once('/')?;
    let flags: String = flags.chars().filter(|flag| matches!(flag, 'i' | 'm' | 's')).collect();
    let pattern = pattern.replace("\\/", "/");
    let pattern = if flags.is_empty() { pattern } else { format!("(?{flags}){pattern}") };
    Regex::new(&pattern).ok()
}

impl Config {
    /// Reads the configuration at `path`.
    pub fn read(tree: &Tree, path: &DocPath, faults: &mut Vec<ConfigFault>) -> Config {
        let folder = site_folder(path).unwrap_or_default();
        let text = tree.configs.get(path).map_or("", |text| text);
        let value = match script::parse(text) {
            Ok((value, _)) => value,
            Err(fault) => {
                faults.push(unreadable(path, fault.span, &fault.message));
                Value { span: Span::default(), kind: Kind::Unknown }
            }
        };
        let is_unknown = |keys: &[&str]| value.at(keys).is_some_and(Value::is_unknown);
        let spread = value.members().iter().any(|member| &*member.key.value == "...");
        let string = |keys: &[&str]| value.at(keys).and_then(Value::as_str);
        let source = string(&["srcDir"]).unwrap_or(".");
        let source = DocPath::join(folder, source.trim_end_matches('/'));
        let public = string(&["vite", "publicDir"]).unwrap_or("public");
        let known = !value.is_unknown()
            && !spread
            && !is_unknown(&["srcDir"])
            && !is_unknown(&["srcExclude"])
            && !is_unknown(&["extends"])
            && !is_unknown(&["vite", "publicDir"]);
        let rewrites = Rewrites::read(value.get("rewrites"));
        let base = match value.get("base") {
            None if known => Some(String::new()),
            None => None,
            Some(base) => base.as_str().map(|base| base.trim_end_matches('/').to_owned()),
        };
        Config {
            public: DocPath::join(source.as_str(), public.trim_start_matches("./")),
            excluded: excluded(value.get("srcExclude")),
            host: string(&["sitemap", "hostname"]).map(|host| host.trim_end_matches('/').to_owned()),
            ignored: Ignored::read(value.get("ignoreDeadLinks"), text),
            usual_ids: !makes_own_ids(&value),
            source,
            base,
            rewrites,
            known,
        }
    }
}

/// Whether ids of headings are made by the site's own code.
fn makes_own_ids(config: &Value) -> bool {
    const DECIDES: [&str; 6] =
        ["slugify", "uniqueSlugStartIndex", "level", "getTokensText", "slugifyWithState", "..."];
    let anchor = config.at(&["markdown", "anchor"]);
    config.get("markdown").is_some_and(Value::is_unknown)
        || anchor.is_some_and(|anchor| {
            anchor.is_unknown() || anchor.members().iter().any(|member| DECIDES.contains(&&*member.key.value))
        })
}

fn excluded(patterns: Option<&Value>) -> Globs {
    let patterns = patterns.into_iter().flat_map(Value::strings).map(|(pattern, _)| pattern);
    let good = patterns
        .map(|pattern| pattern.trim_start_matches("./").trim_end_matches('/'))
        .filter(|pattern| Globs::whole_path([*pattern], Case::Sensitive).is_ok());
    Globs::whole_path(good, Case::Sensitive).unwrap_or_default()
}

fn unreadable(path: &DocPath, span: Span, message: &str) -> ConfigFault {
    ConfigFault {
        path: path.clone(),
        span,
        message: message.to_owned(),
        help: Some("missing pages cannot be told from pages that only the build knows".to_owned()),
        harmless: true,
    }
}

/// The links of the navigation bar and of the sidebars.
pub fn navigation(text: &str) -> Vec<crate::facts::Link> {
    script::parse(text).map(|(value, _)| sidebar::links(&value, text)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Config, Vec<ConfigFault>) {
        let path = DocPath::new("docs/.vitepress/config.mts");
        let mut tree = Tree::default();
        tree.configs.insert(path.clone(), text.into());
        let mut faults = Vec::new();
        (Config::read(&tree, &path, &mut faults), faults)
    }

    #[test]
    fn configurations_are_found_by_name() {
        let folder = |path: &str| site_folder(&DocPath::new(path)).map(str::to_owned);
        assert_eq!(folder(".vitepress/config.ts").as_deref(), Some(""));
        assert_eq!(folder("a/.vitepress/config/index.mts").as_deref(), Some("a"));
        for other in
            [".vitepress/config.json", "a.vitepress/config.ts", ".vitepress/theme/index.ts", "config.ts"]
        {
            assert_eq!(folder(other), None, "{other}");
        }
    }

    #[test]
    fn literals_are_known() {
        let text = "export default defineConfig({ srcDir: './src', base: '/x/', srcExclude: ['a/**'],
            ignoreDeadLinks: ['./one', /^\\/two/i], markdown: { config: (md) => md.use(x) } })";
        let (config, faults) = read(text);
        assert!(faults.is_empty() && config.known && config.usual_ids && !config.ignored.all);
        assert_eq!((config.source.as_str(), config.public.as_str()), ("docs/src", "docs/src/public"));
        assert_eq!(config.base.as_deref(), Some("/x"));
        assert!(config.excluded.matches("a/b.md") && !config.excluded.matches("b.md"));
        assert!(config.ignored.matches("./one") && config.ignored.matches("/TWO/x"));
        assert!(!config.ignored.matches("./three"));
    }

    #[test]
    fn what_must_be_run_is_not_guessed() {
        for text in
            ["export default { srcDir: dir() }", "export default { ...shared }", "export default load()", ""]
        {
            assert!(!read(text).0.known, "{text}");
        }
        assert!(read("export default { ignoreDeadLinks: [(url) => true] }").0.ignored.all);
        assert!(!read("export default { markdown: { anchor: { slugify } } }").0.usual_ids);
        assert_eq!(read("").1.len(), 1);
    }
}
