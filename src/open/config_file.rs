//! Reads the configuration files from the disk: that of the root, those that refine it, and what they extend.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Failure;
use super::error::shown;
use crate::config::{self, Config, ConfigFault, ConfigFile, FaultyFile, Layer, UserPreset};
use crate::contract::Origin;
use crate::path::DocPath;
use crate::source::{Span, Spanned};
use crate::walk::Place;

/// The text of a file that is not the disk's, such as that of git's index.
pub(super) type StoredText<'a> = dyn Fn(&Path) -> Option<Arc<str>> + 'a;

/// What is configured at a place, folders below it apart: the defaults where it has no configuration file.
///
/// # Errors
/// A file cannot be read, is no UTF-8, or has mistakes in it.
pub fn load(place: &Place) -> Result<Config, Failure> {
    let layers: Vec<Layer> = root_layer(place, &|_| None)?.into_iter().collect();
    read_layers(&place.root, &layers)
}

/// The configuration file of the root, and those it extends.
pub(super) fn root_layer(place: &Place, stored: &StoredText<'_>) -> Result<Option<Layer>, Failure> {
    let (Some(file), Some(path)) = (&place.config, place.config_path()) else {
        return Ok(None);
    };
    let text = text_of(file, stored)?;
    layer(DocPath::default(), file, path, text.into(), stored).map(Some)
}

/// The configuration file of a folder below the root, and those it extends.
pub(super) fn folder_layer(
    root: &Path,
    path: &DocPath,
    text: &Arc<str>,
    stored: &StoredText<'_>,
) -> Result<Layer, Failure> {
    layer(DocPath::new(path.folder()), &root.join(path.as_str()), path.clone(), text.clone(), stored)
}

/// What the files say together.
pub(super) fn read_layers(root: &Path, layers: &[Layer]) -> Result<Config, Failure> {
    config::read(layers).map_err(|faulty| {
        let mut files = layers.iter().flat_map(|layer| &layer.files);
        let mut failure = |FaultyFile { path, faults }: FaultyFile| {
            let text = files.find(|file| file.path == path).map(|file| file.text.to_string());
            let path = plain(&root.join(path.as_str()));
            Failure::Config { path, text: text.unwrap_or_default(), faults }
        };
        Failure::Several(faulty.into_iter().map(&mut failure).collect())
    })
}

fn layer(
    folder: DocPath,
    file: &Path,
    path: DocPath,
    text: Arc<str>,
    stored: &StoredText<'_>,
) -> Result<Layer, Failure> {
    let mut chain = Chain { stored, files: Vec::new(), known: Vec::new(), open: Vec::new() };
    chain.add(file, path, text)?;
    Ok(Layer { folder, files: chain.files })
}

/// A file and all that it extends, each before what extends it.
struct Chain<'a> {
    stored: &'a StoredText<'a>,
    files: Vec<ConfigFile>,
    /// The files that have been read, canonical.
    known: Vec<PathBuf>,
    /// Those of them that are being read: what they extend is read first.
    open: Vec<PathBuf>,
}

impl Chain<'_> {
    fn add(&mut self, file: &Path, path: DocPath, text: Arc<str>) -> Result<(), Failure> {
        let canonical = file.canonicalize().unwrap_or_else(|_| file.to_owned());
        self.known.push(canonical.clone());
        self.open.push(canonical);
        for Spanned { value: written, span } in config::extended_paths(&text) {
            let fault = |message, help| fault(file, &text, span, message, help);
            let extended = self.find(file, &written).map_err(|(message, help)| fault(message, help))?;
            let Some(extended) = extended else { continue };
            let below = DocPath::join(path.folder(), &written.replace('\\', "/"));
            let text = text_of(&extended, self.stored)?;
            self.add(&extended, below, text.into())?;
        }
        self.open.pop();
        let presets = presets(file, &path, &text, self.stored)?;
        self.files.push(ConfigFile { path, text, presets });
        Ok(())
    }

    /// The file that is extended, unless it has been read; or what is wrong with it, and the way out.
    fn find(&self, from: &Path, written: &str) -> Result<Option<PathBuf>, (String, &'static str)> {
        const MOST_OPEN: usize = 32;
        const RELATIVE: &str = "its path is relative to the file that extends it";
        if written.contains("://") {
            let help = "keep a copy in the repository: waypost never opens the network";
            return Err((format!("`{written}` is no file"), help));
        }
        if Path::new(written).is_absolute() {
            return Err((format!("`{written}` is only found on this machine"), RELATIVE));
        }
        let cannot = |reason: String| (format!("cannot extend `{written}`: {reason}"), RELATIVE);
        let file = from.parent().unwrap_or(Path::new("")).join(written.replace('\\', "/"));
        let canonical = file.canonicalize().unwrap_or_else(|_| file.clone());
        if (self.stored)(&file).is_none()
            && let Some(reason) = unreadable(&file)
        {
            return Err(cannot(reason));
        }
        if self.open.last() == Some(&canonical) {
            return Err(("this file extends itself".to_owned(), "remove it"));
        }
        if self.open.contains(&canonical) {
            let help = "remove one of the two: which wins could not be told";
            return Err((format!("`{written}` extends this file in turn"), help));
        }
        if self.open.len() == MOST_OPEN {
            let help = "name the files in one list, the strongest last";
            return Err((format!("more than {MOST_OPEN} files extend each other"), help));
        }
        Ok((!self.known.contains(&canonical)).then_some(file))
    }
}

fn fault(file: &Path, text: &str, span: Span, message: String, help: &str) -> Failure {
    let faults = vec![ConfigFault { span, message, help: Some(help.to_owned()) }];
    Failure::Config { path: plain(file), text: text.to_owned(), faults }
}

/// The path without `a/..` in it.
fn plain(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

/// The presets in files of the user's that the configuration asks for, which it names relative to itself.
fn presets(
    config: &Path,
    config_path: &DocPath,
    text: &str,
    stored: &StoredText<'_>,
) -> Result<Vec<UserPreset>, Failure> {
    let folder = config.parent().unwrap_or(Path::new(""));
    let mut presets = Vec::new();
    for Spanned { value: written, span } in config::preset_paths(text) {
        let file = folder.join(&written);
        if stored(&file).is_none()
            && let Some(reason) = unreadable(&file)
        {
            let message = format!("cannot read the preset `{written}`: {reason}");
            return Err(fault(
                config,
                text,
                span,
                message,
                "name a file, relative to the configuration file",
            ));
        }
        let text = text_of(&file, stored)?;
        let path = DocPath::join(config_path.folder(), &written.replace('\\', "/"));
        let preset = config::parse_preset(&written, &text, &Origin::File(path.clone()))
            .map_err(|faults| Failure::Config { path: file.clone(), text: text.clone(), faults })?;
        presets.push(UserPreset { written, path, text: text.into(), preset: preset.into() });
    }
    Ok(presets)
}

/// Why there is no file to read: a device or pipe could be read for ever.
fn unreadable(file: &Path) -> Option<String> {
    match fs::metadata(file) {
        Ok(found) if found.is_file() => None,
        Ok(found) if found.is_dir() => Some("it is a folder".to_owned()),
        Ok(_) => Some("it is no file".to_owned()),
        Err(error) => Some(error.to_string()),
    }
}

fn text_of(file: &Path, stored: &StoredText<'_>) -> Result<String, Failure> {
    stored(file).map_or_else(|| read(file), |text| Ok(text.as_ref().to_owned()))
}

/// The text of a file of ours.
pub(super) fn read(file: &Path) -> Result<String, Failure> {
    let bytes = fs::read(file).map_err(|error| Failure::file("read", file, error))?;
    String::from_utf8(bytes).map_err(|error| {
        let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        Failure::usage(format!("{}:{line}: the text is not UTF-8", shown(file)))
            .help("save the file in the encoding UTF-8")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_which_line_is_not_utf_8() {
        let folder = std::env::temp_dir().join(format!("waypost-config-file-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let file = folder.join("waypost.toml");
        fs::write(&file, b"dialect = 'learn'\nexclude = ['\xff']\n").unwrap();
        let mut out = Vec::new();
        read(&file).unwrap_err().write(&mut out).unwrap();
        fs::remove_dir_all(&folder).unwrap();
        let out = String::from_utf8(out).unwrap();
        assert!(out.contains("waypost.toml:2: the text is not UTF-8\nhelp: save"), "{out}");
    }
}
