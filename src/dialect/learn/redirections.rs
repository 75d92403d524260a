//! The redirections that a repository or a docset declares.

use super::docset::Docset;
use super::own_host_stripped;
use super::reader::Reader;
use crate::data::{Kind, Value};
use crate::path::DocPath;
use crate::site::{ConfigFault, Project, Redirect, fold};
use crate::source::Span;

/// Whether a file of that name declares redirections; of those at the root of a docset, whether it may.
#[must_use]
pub fn is_file_name(name: &str) -> bool {
    is_of_repository(name) || DOCSET_FILES.contains(&name)
}

/// What docfx v3 looks for at the root of a docset; the first counts.
const DOCSET_FILES: [&str; 2] = ["redirections.yml", "redirections.json"];

fn is_of_repository(name: &str) -> bool {
    name.contains(".openpublishing.redirection") && name.ends_with(".json")
}

/// The files that the publish configuration names.
#[must_use]
pub fn named(config: &DocPath, publish: &Value) -> Vec<DocPath> {
    let files = publish.get("redirection_files").and_then(Value::as_array).unwrap_or_default();
    files.iter().filter_map(Value::as_str).map(|file| DocPath::join(config.folder(), file)).collect()
}

/// All redirections, by the file that declares them.
pub fn declared(
    reader: &mut Reader<'_>,
    publish: Option<&(DocPath, Value)>,
    docsets: &[Docset],
) -> Vec<Redirect> {
    let configs = &reader.tree.configs;
    let mut paths: Vec<DocPath> = docsets.iter().filter_map(|docset| of_docset(docset, reader)).collect();
    if let Some((config, publish)) = publish {
        paths.extend(configs.keys().filter(|path| is_of_repository(path.file_name())).cloned());
        paths.extend(named(config, publish).into_iter().filter(|path| configs.contains_key(path)));
    }
    paths.sort_unstable();
    paths.dedup();
    let mut redirects = Vec::new();
    for path in paths {
        let Some(value) = reader.value(&path) else { continue };
        for list in ["redirections", "renames"].into_iter().filter_map(|key| value.get(key)) {
            let entries = list.as_array().unwrap_or_default();
            redirects.extend(entries.iter().filter_map(|entry| of_entry(&path, entry, &mut reader.faults)));
            redirects.extend(list.members().iter().filter_map(|member| {
                let source = DocPath::join(path.folder(), &slashes(&member.key.value));
                Some(redirect(&path, source, member.key.span, member.value.as_str()?, member.value.span))
            }));
        }
    }
    redirects
}

fn of_docset(docset: &Docset, reader: &Reader<'_>) -> Option<DocPath> {
    let mut paths = DOCSET_FILES.iter().map(|name| DocPath::join(docset.folder.as_str(), name));
    paths.find(|path| reader.tree.configs.contains_key(path))
}

fn of_entry(declared_in: &DocPath, entry: &Value, faults: &mut Vec<ConfigFault>) -> Option<Redirect> {
    let text = |key| entry.get(key).filter(|value| value.as_str().is_some_and(|text| !text.is_empty()));
    let source = text("source_path_from_root").or_else(|| text("source_path"));
    let (Some(source), Some(url)) = (source, text("redirect_url")) else {
        let lacks = if source.is_none() { "source_path" } else { "redirect_url" };
        faults.push(ConfigFault {
            path: declared_in.clone(),
            span: entry.span,
            message: format!("this redirect has no `{lacks}`"),
            help: Some("give it both `source_path` and `redirect_url`, or remove it".to_owned()),
            harmless: false,
        });
        return None;
    };
    let from_root = entry.get("source_path_from_root") == Some(source);
    let folder = if from_root { "" } else { declared_in.folder() };
    let path = DocPath::join(folder, &slashes(source.as_str().unwrap_or_default()));
    Some(Redirect {
        moves_identity: entry.get("redirect_document_id").is_some_and(|moves| moves.kind == Kind::Bool(true)),
        is_conditional: entry.get("monikers").is_some(),
        ..redirect(declared_in, path, source.span, url.as_str().unwrap_or_default(), url.span)
    })
}

fn redirect(declared_in: &DocPath, source: DocPath, source_span: Span, url: &str, span: Span) -> Redirect {
    let url = own_host_stripped(url).unwrap_or(url).to_owned();
    Redirect { source, source_span, url, declared_in: declared_in.clone(), span, ..Redirect::default() }
}

fn slashes(path: &str) -> String {
    path.replace('\\', "/")
}

/// Where the former page was published; relative new addresses become rooted ones.
#[must_use]
pub fn with_address(mut redirect: Redirect, docsets: &[Docset], projects: &[Project]) -> Redirect {
    let owner = docsets
        .iter()
        .zip(projects)
        .filter_map(|(docset, project)| {
            Some((docset, project, redirect.source.below(docset.folder.as_str())?))
        })
        .max_by_key(|(docset, _, _)| docset.folder.as_str().len());
    if let Some((docset, project, path)) = owner
        && let (Some(base), Some(groups)) = (&project.base_path, &docset.groups)
    {
        let fallback = || fold(path).trim_end_matches(".md").to_owned();
        let address = groups.content_address(&redirect.source).unwrap_or_else(fallback);
        redirect.address = Some(format!("{base}/{address}"));
    }
    if let Some(address) = &redirect.address
        && !redirect.url.starts_with('/')
        && !redirect.url.contains("://")
    {
        let folder = address.rfind('/').map_or("", |slash| &address[..slash]);
        redirect.url = format!("/{}", DocPath::join(folder.trim_start_matches('/'), &redirect.url));
    }
    if redirect.address.as_deref().is_some_and(|address| is_same_address(address, redirect.address_led_to()))
    {
        redirect.address = None;
    }
    redirect
}

/// Whether a page kept its address, or became the page of the module's name: another repository publishes it now,
/// and links to the address are right.
fn is_same_address(address: &str, new: &str) -> bool {
    let (address, new) = (fold(address), fold(new.trim_end_matches('/')));
    let module = address.rsplit('/').next().unwrap_or_default();
    address == new || new.strip_prefix(&*address).and_then(|rest| rest.strip_prefix('/')) == Some(module)
}
