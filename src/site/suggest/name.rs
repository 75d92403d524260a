//! The file an author may have meant: one of that name elsewhere, or one that is spelled almost alike.

use super::{Because, Suggestion, Written};
use crate::path::DocPath;
use crate::site::files::{FileId, fold};
use crate::site::near::{
    best, first_folders_shared, is_common_name, is_html, last_folders_shared, name_distance, slip,
};
use crate::site::page::Page;

impl Written<'_> {
    /// Files of that name elsewhere. Where several folders have one, those whose folders are the nearest to what
    /// was written; more than two are a guess and not named.
    pub(super) fn same_name(&self, path: &DocPath) -> Vec<Suggestion> {
        let site = self.page.site;
        let mut files = site.files.named_near(path.file_name(), path.folder());
        let exact = !files.is_empty();
        if !exact && self.usage.is_link() {
            let stem = if is_html(path) { path.file_stem() } else { path.file_name() };
            files = site.files.named_near(&format!("{stem}.md"), path.folder());
        }
        files.retain(|&file| self.is_plausible(file));
        let nearness = |&file: &FileId| {
            let candidate = site.files.path(file);
            (last_folders_shared(candidate, path), first_folders_shared(candidate, path))
        };
        let Some(nearest) = files.iter().map(nearness).max() else { return Vec::new() };
        let alone = files.len() == 1;
        files.retain(|file| nearness(file) == nearest);
        let common = is_common_name(path.file_stem()) && nearest.0 == 0;
        if files.len() > 2 || common && !alone || !exact && nearest.0 == 0 {
            return Vec::new();
        }
        let because =
            if alone && exact && !common { Because::OnlyFileOfThatName } else { Because::FileOfThatName };
        files.into_iter().flat_map(|file| self.for_file(file, because)).collect()
    }

    /// Spelled almost alike, or one name a part of the other: the nearest in the same folder, else a slip of one
    /// letter elsewhere.
    pub(super) fn near_names(&self, path: &DocPath) -> Vec<Suggestion> {
        let site = self.page.site;
        let wanted = fold(path.file_name());
        let folders = path.folder().split('/').filter(|folder| !folder.is_empty()).count();
        let mut near: Vec<(bool, bool, usize, usize, FileId)> = Vec::new();
        for name in site.files.names_like(&wanted, site.effort()) {
            let Some(distance) = name_distance(&wanted, name) else { continue };
            let files = site.files.named_near(name, path.folder()).into_iter();
            for file in files.filter(|&file| self.is_plausible(file)) {
                let candidate = site.files.path(file);
                let elsewhere = candidate.folder() != path.folder()
                    && (folders == 0 || last_folders_shared(candidate, path) < folders);
                if !elsewhere || slip(&wanted, name) == Some(1) {
                    let length = wanted.len().abs_diff(name.len());
                    near.push((elsewhere, !self.names_title_of(file), distance, length, file));
                }
            }
        }
        best(near, |&(elsewhere, other_title, distance, length, _)| {
            (elsewhere, other_title, distance, length)
        })
        .into_iter()
        .flat_map(|(.., file)| self.for_file(file, Because::NearSpelling))
        .collect()
    }

    /// Whether the words of the link all stand in the title of a page.
    fn names_title_of(&self, file: FileId) -> bool {
        let site = self.page.site;
        let Some(doc) = site.doc_of(file) else { return false };
        let doc = site.doc(doc);
        let title =
            doc.facts.headings.first().map(|heading| fold(&heading.text(&doc.text))).unwrap_or_default();
        let text = fold(self.link.text.of(&self.page.doc.text));
        let words = |text: &'_ str| {
            text.split(|c: char| !c.is_alphanumeric())
                .filter(|word| !word.is_empty())
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        let (title, text) = (words(&title), words(&text));
        !text.is_empty() && text.iter().all(|word| title.contains(word))
    }

    pub(super) fn near_addresses(&self, path: &DocPath) -> Vec<Suggestion> {
        let project = self.page.project;
        let Some(base) = &project.base_path else { return Vec::new() };
        let wanted = DocPath::new(&fold(path.below(project.folder.as_str()).unwrap_or(path.as_str())));
        let like = project.addresses_like(wanted.as_str(), self.page.site.effort());
        let beside = like.into_iter().filter_map(|address| {
            let (folder, name) = address.rsplit_once('/').unwrap_or(("", address));
            (folder == wanted.folder()).then_some((name, address))
        });
        let near = beside.filter_map(|(name, address)| Some((slip(wanted.file_name(), name)?, address)));
        best(near.collect(), |&(distance, _)| distance)
            .into_iter()
            .flat_map(|(_, address)| self.with_path(&format!("{base}/{address}"), Because::NearSpelling))
            .collect()
    }

    fn is_plausible(&self, file: FileId) -> bool {
        let Page { site, project, doc, .. } = *self.page;
        let path = site.files.path(file);
        *path != doc.path && (project.publishes(file) || !self.usage.is_link())
    }
}
