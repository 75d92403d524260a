//! Files as URIs and back: pure functions of text, the same on every system that asks for one or the other.
//!
//! Owns drive letters, shares and percent signs. Does not ask the disk.

use std::path::{Path, PathBuf};

use gen_lsp_types::Uri;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// What need not be escaped in the path of a URI.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// The file of a URI; `None` where it is none on this machine.
#[must_use]
pub fn file_of(uri: &Uri) -> Option<PathBuf> {
    if uri.scheme() != "file" {
        return None;
    }
    path_of(uri.host_str().unwrap_or_default(), uri.path(), cfg!(windows)).map(PathBuf::from)
}

/// The URI of a file.
#[must_use]
pub fn of_file(path: &Path) -> Option<Uri> {
    Uri::parse(&text_of(path.to_str()?, cfg!(windows))).ok()
}

/// The path that host and path of a `file` URI name.
fn path_of(host: &str, escaped: &str, is_windows: bool) -> Option<String> {
    let path = percent_decode_str(escaped).decode_utf8().ok()?;
    if path.contains('\0') {
        return None;
    }
    let is_local = host.is_empty() || host.eq_ignore_ascii_case("localhost");
    if !is_windows {
        return is_local.then(|| path.into_owned());
    }
    if !is_local {
        return Some(format!(r"\\{host}{}", path.replace('/', r"\")));
    }
    let bytes = path.as_bytes();
    let has_drive = bytes.len() >= 3 && bytes[1].is_ascii_alphabetic() && bytes[2] == b':';
    if !has_drive {
        return None;
    }
    let drive = bytes[1].to_ascii_uppercase() as char;
    let rest = path[3..].replace('/', r"\");
    Some(format!("{drive}:{}", if rest.is_empty() { r"\" } else { &rest }))
}

/// The URI of an absolute path.
fn text_of(path: &str, is_windows: bool) -> String {
    if !is_windows {
        return format!("file://{}", utf8_percent_encode(path, ESCAPED));
    }
    // The system's own form of long paths: `\\?\C:\a` and `\\?\UNC\host\share`.
    let path = match path.strip_prefix(r"\\?\") {
        Some(long) => {
            long.strip_prefix(r"UNC\").map_or_else(|| long.to_owned(), |share| format!(r"\\{share}"))
        }
        None => path.to_owned(),
    };
    let path = path.replace('\\', "/");
    if let Some(share) = path.strip_prefix("//") {
        return format!("file://{}", utf8_percent_encode(share, ESCAPED));
    }
    match path.split_once(':') {
        Some((drive, rest)) => {
            format!("file:///{}:{}", drive.to_ascii_lowercase(), utf8_percent_encode(rest, ESCAPED))
        }
        None => format!("file://{}", utf8_percent_encode(&path, ESCAPED)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        for path in ["/a b/ü#?%41.md", "/", "/日本/🚀.md", "/a:b/c.md", "/a\\b.md"] {
            let uri = Uri::parse(&text_of(path, false)).unwrap();
            assert_eq!(path_of("", uri.path(), false).as_deref(), Some(path), "{uri}");
        }
        for path in [r"C:\a b\ü#%.md", r"D:\"] {
            let uri = Uri::parse(&text_of(path, true)).unwrap();
            assert_eq!(path_of("", uri.path(), true).as_deref(), Some(path), "{uri}");
        }
    }

    #[test]
    fn drives_and_shares() {
        assert_eq!(text_of(r"\\?\C:\docs\a.md", true), "file:///c:/docs/a.md");
        assert_eq!(text_of(r"\\?\UNC\host\share\a.md", true), "file://host/share/a.md");
        assert_eq!(path_of("", "/c%3A/docs/a.md", true).as_deref(), Some(r"C:\docs\a.md"));
        assert_eq!(path_of("", "/C:/docs/a.md", true).as_deref(), Some(r"C:\docs\a.md"));
        assert_eq!(path_of("host", "/share/a.md", true).as_deref(), Some(r"\\host\share\a.md"));
        assert_eq!(path_of("", "/docs/a.md", true), None);
        assert_eq!(path_of("host", "/share/a.md", false), None);
        assert_eq!(path_of("localhost", "/a.md", false).as_deref(), Some("/a.md"));
    }

    #[test]
    fn what_is_no_file() {
        assert_eq!(file_of(&Uri::parse("untitled:Untitled-1").unwrap()), None);
        assert_eq!(file_of(&Uri::parse("git:/a.md?ref").unwrap()), None);
        assert_eq!(path_of("", "/%FF.md", false), None);
        assert_eq!(path_of("", "/a%00.md", false), None);
    }
}
