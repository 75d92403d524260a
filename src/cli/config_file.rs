//! Reads the configuration file from the disk.

use std::fs;
use std::path::Path;

use super::Failure;
use super::error::shown;
use crate::config::{self, Config};
use crate::walk::Place;

/// What is configured at a place: the defaults where it has no configuration file.
///
/// # Errors
/// The file cannot be read, is no UTF-8, or has mistakes in it.
pub fn load(place: &Place) -> Result<Config, Failure> {
    let (Some(file), Some(path)) = (&place.config, place.config_path()) else {
        return Ok(Config::default());
    };
    let text = read(file)?;
    config::parse_at(&text, &path).map_err(|faults| Failure::Config { path: shown(file), text, faults })
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
