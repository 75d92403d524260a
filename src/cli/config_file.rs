//! Reads the configuration file from the disk.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use super::Failure;
use super::error::shown;
use crate::config::{self, Config, ConfigFault, UserPreset};
use crate::contract::Origin;
use crate::path::DocPath;
use crate::source::Spanned;
use crate::walk::Place;

/// The text of a file that is not the disk's, such as that of git's index.
pub(super) type StoredText<'a> = dyn Fn(&Path) -> Option<Arc<str>> + 'a;

/// What is configured at a place: the defaults where it has no configuration file.
///
/// # Errors
/// The file cannot be read, is no UTF-8, or has mistakes in it.
pub fn load(place: &Place) -> Result<Config, Failure> {
    load_with(place, &|_| None)
}

/// The same where `stored` has other texts of some files than the disk.
pub(super) fn load_with(place: &Place, stored: &StoredText<'_>) -> Result<Config, Failure> {
    let (Some(file), Some(path)) = (&place.config, place.config_path()) else {
        return Ok(Config::default());
    };
    let text = text_of(file, stored)?;
    let presets = presets(file, &path, &text, stored)?;
    config::parse_at(&text, &path, &presets).map_err(|faults| Failure::Config {
        path: shown(file),
        text,
        faults,
    })
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
        if let Err(error) = fs::metadata(&file)
            && stored(&file).is_none()
        {
            let message = format!("cannot read the preset `{written}`: {error}");
            let help = Some("its path is relative to the configuration file".to_owned());
            let faults = vec![ConfigFault { span, message, help }];
            return Err(Failure::Config { path: shown(config), text: text.to_owned(), faults });
        }
        let text = text_of(&file, stored)?;
        let path = DocPath::join(config_path.folder(), &written.replace('\\', "/"));
        let preset = config::parse_preset(&written, &text, &Origin::File(path.clone()))
            .map_err(|faults| Failure::Config { path: shown(&file), text: text.clone(), faults })?;
        presets.push(UserPreset { written, path, text: text.into(), preset: preset.into() });
    }
    Ok(presets)
}

fn text_of(file: &Path, stored: &StoredText<'_>) -> Result<String, Failure> {
    stored(file).map_or_else(|| read(file), |text| Ok(text.as_ref().to_owned()))
}

fn read(file: &Path) -> Result<String, Failure> {
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
