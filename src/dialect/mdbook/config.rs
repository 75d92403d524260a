//! Reads what mdBook is told: `book.toml`, and the chapters of `SUMMARY.md`.

use rustc_hash::{FxHashMap, FxHashSet};

use super::summary;
use crate::data::{self, Fault, Member, Value};
use crate::dialect::PlatformConfig;
use crate::parse::{Flavor, parse};
use crate::path::{DocPath, joined, strip_folder};
use crate::site::{AddressKind, ConfigFault, FileId, Files, Project, Redirect, Settings, fold};
use crate::source::LineIndex;
use crate::tree::Tree;

/// The file that makes a folder a book.
const FILE_NAME: &str = "book.toml";

/// Preprocessors that are known to make no pages and no anchors, or that other settings speak of.
const KNOWN_PREPROCESSORS: &[&str] = &[
    "admonish",
    "alerts",
    "callouts",
    "chapter-number",
    "d2",
    "embedify",
    "emojicodes",
    "fluentbit",
    "footnote",
    "gettext",
    "git-metadata",
    "graphviz",
    "hints",
    "image-size",
    "index",
    "katex",
    "kroki-preprocessor",
    "langtabs",
    "last-changed",
    "linkcheck",
    "linkcheck2",
    "links",
    "mermaid",
    "mermaid-ssr",
    "nocomment",
    "open-on-gh",
    "pagetoc",
    "plantuml",
    "quiz",
    "reading-time",
    "repl",
    "svgbob",
    "svgbob2",
    "tabs",
    "theme",
    "toc",
    "typst",
    "variables",
    "yml-header",
];

/// What only this dialect knows of a book.
#[derive(Debug)]
pub struct Book {
    /// Whether `--` becomes a dash.
    pub smart_punctuation: bool,
    /// What mdBook writes besides chapters, as addresses.
    made: Vec<String>,
}

impl Book {
    /// Whether mdBook itself writes something at that address: pages of its own, or what its theme brings.
    pub fn makes(&self, address: &str) -> bool {
        let of_theme = [".css", ".js", ".woff2"].iter().any(|end| address.ends_with(end))
            && (!address.contains('/') || address.starts_with("css/") || address.starts_with("fonts/"));
        of_theme || self.made.iter().any(|made| made == address)
    }
}

/// Whether a file of that name is configuration of the platform.
pub fn is_config(path: &DocPath) -> bool {
    path.file_name() == FILE_NAME
}

/// The lists of chapters that the user excludes from the pages.
pub fn further_configs(tree: &Tree) -> Vec<DocPath> {
    let summaries = BookFile::all(tree).map(|book| book.summary());
    summaries.filter(|path| page_text(tree, path).is_none()).collect()
}

/// Reads every book of the tree; where there is no list of chapters, there is no book.
pub fn read(tree: &Tree, files: &Files, _: &Settings) -> PlatformConfig {
    let mut config = PlatformConfig::default();
    for book in BookFile::all(tree) {
        let summary = book.summary();
        let page = page_text(tree, &summary);
        let Some(text) = page.or_else(|| tree.configs.get(&summary).map(|text| &**text)) else { continue };
        let mut project = book.project(text, files, &mut config.faults);
        project.navigation = page.map(|_| summary).into_iter().collect();
        config.redirects.extend(book.redirects(&project));
        config.faults.extend(book.fault);
        config.projects.push(project);
    }
    config
}

fn page_text<'t>(tree: &'t Tree, path: &DocPath) -> Option<&'t str> {
    let page = tree.pages.binary_search_by(|page| page.path.cmp(path)).ok()?;
    Some(&tree.pages[page].text)
}

/// A `book.toml`; what cannot be read has mdBook's defaults.
struct BookFile<'t> {
    path: &'t DocPath,
    value: Option<Value>,
    fault: Option<ConfigFault>,
}

impl<'t> BookFile<'t> {
    fn all(tree: &'t Tree) -> impl Iterator<Item = BookFile<'t>> {
        tree.configs.iter().filter(|(path, _)| is_config(path)).map(|(path, text)| {
            match data::toml::parse(text) {
                Ok((value, _)) => BookFile { path, value: Some(value), fault: None },
                Err(fault) => BookFile { path, value: None, fault: Some(unreadable(path, fault)) },
            }
        })
    }

    fn setting(&self, keys: &[&str]) -> Option<&Value> {
        self.value.as_ref()?.at(keys)
    }

    fn text(&self, keys: &[&str]) -> Option<&str> {
        self.setting(keys)?.as_str()
    }

    fn flag(&self, keys: &[&str], default: bool) -> bool {
        self.setting(keys).and_then(Value::as_bool).unwrap_or(default)
    }

    /// The folder of the chapters.
    fn source(&self) -> DocPath {
        DocPath::join(self.path.folder(), &self.text(&["book", "src"]).unwrap_or("src").replace('\\', "/"))
    }

    fn summary(&self) -> DocPath {
        DocPath::join(self.source().as_str(), summary::FILE_NAME)
    }

    fn project(&self, summary: &str, files: &Files, faults: &mut Vec<ConfigFault>) -> Project {
        let mut project = Project::of_everything(&super::DIALECT, self.source());
        project.site_url = self.text(&["output", "html", "site-url"]).and_then(whole_site).map(str::to_owned);
        project.base_path = self.base_path();
        project.unknown_additions = self.value.is_none() || self.has_unknown_preprocessor();
        let chapters = self.chapters(summary, files, faults);
        let build = DocPath::join(self.path.folder(), self.text(&["build", "build-dir"]).unwrap_or("book"));
        let pages = Published::new(files, &project.folder, &build, &chapters);
        project.published = Some(pages.published);
        project.addresses = pages.addresses;
        project.own = Some(Box::new(Book {
            smart_punctuation: self.flag(&["output", "html", "smart-punctuation"], true),
            made: self.made(),
        }));
        project
    }

    /// The path of `site-url`; without one mdBook takes the book for all of a site.
    fn base_path(&self) -> Option<String> {
        let url = self.text(&["output", "html", "site-url"]).unwrap_or("/");
        let path = match whole_site(url) {
            Some(url) => url.splitn(4, '/').nth(3).map(|path| format!("/{path}")).unwrap_or_default(),
            None => url.to_owned(),
        };
        (path.is_empty() || path.starts_with('/')).then(|| path.trim_end_matches('/').to_owned())
    }

    fn has_unknown_preprocessor(&self) -> bool {
        let members = self.setting(&["preprocessor"]).map(Value::members).unwrap_or_default();
        members.iter().any(|member| !KNOWN_PREPROCESSORS.contains(&&*member.key.value))
    }

    /// The files that are chapters with their addresses, in order; one listed twice is a fault.
    fn chapters(&self, summary: &str, files: &Files, faults: &mut Vec<ConfigFault>) -> Vec<(FileId, String)> {
        let facts = parse(summary, &LineIndex::new(summary), Flavor::default());
        let readme_is_index = self.flag(&["build", "use-default-preprocessors"], true)
            || self.setting(&["preprocessor", "index"]).is_some();
        let source = self.source();
        let mut seen = FxHashSet::default();
        let mut chapters = Vec::new();
        for link in summary::chapters(&facts, summary) {
            let location = summary::location(link.target.destination(summary));
            if !seen.insert(location.clone()) {
                faults.push(ConfigFault {
                    path: self.summary(),
                    span: link.target.span,
                    message: format!("`{location}` is listed twice: mdBook does not build such a book"),
                    help: Some("list each chapter once".to_owned()),
                    harmless: false,
                });
                continue;
            }
            if let Some(file) = files.find(&joined(source.as_str(), &location))
                && let Some(in_book) = files.path(file).below(source.as_str())
            {
                chapters.push((file, address_of_chapter(in_book, readme_is_index)));
            }
        }
        let not_found = self.text(&["output", "html", "input-404"]).unwrap_or("404.md");
        let not_found = files.find(&joined(source.as_str(), not_found)).filter(|_| !not_found.is_empty());
        chapters.extend(not_found.map(|file| (file, self.not_found_page())));
        chapters
    }

    fn not_found_page(&self) -> String {
        match self.text(&["output", "html", "input-404"]) {
            Some(input) => address_of_chapter(input, false),
            None => "404.html".to_owned(),
        }
    }

    /// The addresses of what mdBook writes by itself.
    fn made(&self) -> Vec<String> {
        let mut made = vec!["toc.html".to_owned(), "favicon.png".to_owned(), "favicon.svg".to_owned()];
        if self.flag(&["output", "html", "print", "enable"], true) {
            made.push("print.html".to_owned());
        }
        made.push(self.not_found_page());
        for key in ["additional-css", "additional-js"] {
            let copied = self.setting(&["output", "html", key]).into_iter().flat_map(Value::strings);
            made.extend(copied.map(|(path, _)| joined("", path)));
        }
        made
    }

    fn redirects(&self, project: &Project) -> Vec<Redirect> {
        let declared = self.setting(&["output", "html", "redirect"]).map(Value::members).unwrap_or_default();
        let redirect = |member: &Member| {
            let from = member.key.value.trim_start_matches('/');
            let (page, anchor) =
                from.split_once('#').map_or((from, None), |(page, anchor)| (page, Some(anchor)));
            let source = joined(project.folder.as_str(), &super::source_of(page));
            let base = project.base_path.as_deref();
            Some(Redirect {
                source: DocPath::new(&anchor.map_or(source.clone(), |anchor| format!("{source}#{anchor}"))),
                address: base.filter(|_| anchor.is_none()).map(|base| format!("{base}/{page}")),
                url: rooted(base, DocPath::new(page).folder(), member.value.as_str()?),
                declared_in: self.path.clone(),
                source_span: member.key.span,
                span: member.value.span,
                ..Redirect::default()
            })
        };
        declared.iter().filter_map(redirect).collect()
    }
}

fn unreadable(path: &DocPath, fault: Fault) -> ConfigFault {
    ConfigFault {
        path: path.clone(),
        span: fault.span,
        message: format!("this file cannot be read: {}", fault.message),
        help: Some("what it declares is unknown until it is mended, so findings may be wrong".to_owned()),
        harmless: false,
    }
}

/// A `site-url` with scheme and host, which some write instead of a path.
fn whole_site(url: &str) -> Option<&str> {
    url.contains("://").then(|| url.trim_end_matches('/'))
}

/// A redirect's new address as seen from the root of the site, where the book's place there is known.
fn rooted(base: Option<&str>, folder: &str, url: &str) -> String {
    let is_relative = AddressKind::of(url) == AddressKind::Relative && !url.starts_with(['#', '?']);
    let Some(base) = base.filter(|_| is_relative) else { return url.to_owned() };
    let end = url.find(['#', '?']).unwrap_or(url.len());
    format!("{base}/{}{}", joined(folder, &url[..end]), &url[end..])
}

/// The address of a chapter, from its place in the book's folder.
pub fn address_of_chapter(path: &str, readme_is_index: bool) -> String {
    let path = DocPath::new(path);
    let is_index = readme_is_index && path.file_stem().eq_ignore_ascii_case("readme");
    let stem = if is_index { "index" } else { path.file_stem() };
    joined(path.folder(), &format!("{stem}.html"))
}

/// What mdBook writes, and where.
#[derive(Default)]
struct Published {
    published: FxHashMap<FileId, Box<str>>,
    addresses: FxHashMap<Box<str>, Vec<FileId>>,
}

impl Published {
    /// The chapters, and all other files of the book's folder but `.md`.
    fn new(files: &Files, source: &DocPath, build: &DocPath, chapters: &[(FileId, String)]) -> Published {
        let mut pages = Published::default();
        for (file, address) in chapters {
            pages.add(*file, address);
        }
        for (file, path) in (0..).zip(&files.paths) {
            let Some(in_book) = path.below(source.as_str()) else { continue };
            if path.extension() != "md" && strip_folder(path.as_str(), build.as_str()).is_none() {
                pages.add(file, in_book);
            }
        }
        if let Some((first, _)) = chapters.first()
            && !pages.addresses.contains_key(super::FRONT_PAGE)
        {
            pages.add(*first, super::FRONT_PAGE);
        }
        pages
    }

    fn add(&mut self, file: FileId, address: &str) {
        self.published.entry(file).or_insert_with(|| address.into());
        self.addresses.entry(fold(address)).or_default().push(file);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::tree::PageText;

    fn read_book(toml: &str, summary: &str, others: &[&str]) -> PlatformConfig {
        let mut files: Vec<DocPath> = others.iter().map(|path| DocPath::new(path)).collect();
        let path = DocPath::new("docs/src/SUMMARY.md");
        files.extend([DocPath::new("docs/book.toml"), path.clone()]);
        files.sort();
        let mut tree = Tree { files: files.clone(), ..Tree::default() };
        tree.pages.push(PageText { path, text: summary.into() });
        tree.configs.insert(DocPath::new("docs/book.toml"), Arc::from(toml));
        read(&tree, &Files::new(files), &Settings::default())
    }

    fn addresses(project: &Project) -> Vec<&str> {
        let mut addresses: Vec<&str> = project.addresses.keys().map(|address| &**address).collect();
        addresses.sort_unstable();
        addresses
    }

    #[test]
    fn a_book_publishes_its_chapters_and_what_is_no_markdown() {
        let others =
            ["docs/src/a.md", "docs/src/b/README.md", "docs/src/b/x.svg", "docs/src/c.md", "docs/y.svg"];
        let config = read_book("", "[A](a.md)\n\n- [B](b/README.md)\n- [D](d.md)\n", &others);
        let [project] = &config.projects[..] else { panic!("one book") };
        assert_eq!(addresses(project), ["a.html", "b/index.html", "b/x.svg", "index.html"]);
        assert_eq!((project.folder.as_str(), project.base_path.as_deref()), ("docs/src", Some("")));
        assert_eq!(project.navigation, [DocPath::new("docs/src/SUMMARY.md")]);
        assert!(!project.unknown_additions && config.faults.is_empty());
    }

    #[test]
    fn settings_say_where_and_how() {
        let toml = "[output.html]\nsite-url = \"https://x.org/team/book/\"\nsmart-punctuation = false\n\
                    [output.html.redirect]\n\"/b/old.html\" = \"../a.html#x\"\n\"a.html#y\" = \"/z\"\n\
                    [preprocessor.own]\n[build]\nuse-default-preprocessors = false\n";
        let config = read_book(toml, "[A](README.md)\n", &["docs/src/README.md"]);
        let [project] = &config.projects[..] else { panic!("one book") };
        assert_eq!(addresses(project), ["index.html", "readme.html"]);
        assert_eq!(project.base_path.as_deref(), Some("/team/book"));
        assert_eq!(project.site_url.as_deref(), Some("https://x.org/team/book"));
        assert!(project.unknown_additions);
        assert!(project.own::<Book>().is_some_and(|book| !book.smart_punctuation));
        let redirects: Vec<_> = config.redirects.iter().map(|it| (it.source.as_str(), &*it.url)).collect();
        assert_eq!(redirects, [("docs/src/b/old.md", "/team/book/a.html#x"), ("docs/src/a.md#y", "/z")]);
        assert_eq!(config.redirects[0].span.of(toml), "\"../a.html#x\"");
    }

    #[test]
    fn what_is_wrong_is_said() {
        let twice = read_book("", "- [A](a.md)\n- [B](a.md)\n", &["docs/src/a.md"]);
        assert_eq!(twice.faults.len(), 1);
        let broken = read_book("[book\nsrc = 3", "- [A](a.md)\n", &["docs/src/a.md"]);
        assert!(broken.projects[0].unknown_additions);
        assert_eq!(broken.faults.len(), 1);
        assert!(read_book("[book]\nsrc = \"elsewhere\"", "", &[]).projects.is_empty());
        for odd in [
            "book = 3",
            "[output]\nhtml = []",
            "[output.html]\nsite-url = 3\nredirect = [1]",
            "preprocessor = 1",
        ] {
            assert_eq!(read_book(odd, "- [A](a.md)\n", &["docs/src/a.md"]).projects.len(), 1, "{odd}");
        }
    }
}
