//! One file -> its text, or why it has none.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::str::Utf8Error;
use std::sync::Arc;

use crate::git::Blob;

/// Why a file has no text.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Refusal {
    /// A clause about "it".
    pub(super) reason: String,
    /// The way out.
    pub(super) help: Option<String>,
}

impl Refusal {
    fn new(reason: &str) -> Refusal {
        Refusal { reason: reason.to_owned(), help: None }
    }

    fn help(self, help: &str) -> Refusal {
        Refusal { help: Some(help.to_owned()), ..self }
    }
}

/// Spans are `u32`.
const LARGEST: u64 = u32::MAX as u64;

/// Holds nearly every page, so that a page costs one read and no question for its size.
const USUAL: usize = 64 << 10;

/// Reads a file. `buffer` saves the allocation for each file: what it holds before and after means nothing.
pub(super) fn read_text(path: &Path, buffer: &mut Vec<u8>) -> Result<Arc<str>, Refusal> {
    let length = read_bytes(path, buffer)?;
    text_of(&buffer[..length]).map(Arc::from)
}

fn read_bytes(path: &Path, buffer: &mut Vec<u8>) -> Result<usize, Refusal> {
    let mut file = File::open(path).map_err(|error| refusal_of_io(&error))?;
    buffer.resize(buffer.len().max(USUAL), 0);
    let mut length = 0;
    loop {
        match file.read(&mut buffer[length..]) {
            Ok(0) => return Ok(length),
            Ok(read) => length += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(refusal_of_io(&error)),
        }
        if length == buffer.len() {
            let size = file.metadata().map_or(0, |metadata| metadata.len()).max(length as u64);
            if size > LARGEST {
                return Err(Refusal::new("it is larger than 4 GiB"));
            }
            // One byte more than expected, so that the next read sees the end; files can grow meanwhile.
            buffer.resize((size as usize + 1).max(length + USUAL), 0);
        }
    }
}

/// What the system's refusal means to the page's author.
pub(super) fn refusal_of_io(error: &io::Error) -> Refusal {
    match error.kind() {
        io::ErrorKind::PermissionDenied => {
            Refusal::new("permission denied").help("give yourself the right to read it")
        }
        io::ErrorKind::NotFound => Refusal::new("it vanished while the tree was read"),
        _ => Refusal::new(&error.to_string()),
    }
}

/// The text of what git has stored.
pub(super) fn text_of_blob(blob: Blob) -> Result<Arc<str>, Refusal> {
    let Some(bytes) = blob else {
        return Err(Refusal::new("git does not have its content here, and waypost never opens the network")
            .help("in a partial clone, `git show :PATH` fetches it"));
    };
    if bytes.len() as u64 > LARGEST {
        return Err(Refusal::new("it is larger than 4 GiB"));
    }
    text_of(&bytes).map(Arc::from)
}

fn text_of(bytes: &[u8]) -> Result<&str, Refusal> {
    match std::str::from_utf8(bytes) {
        Ok(_) if is_binary(bytes) => Err(binary()),
        Ok(text) => Ok(text),
        Err(_) if bytes.starts_with(b"\xFF\xFE") => Err(utf16("UTF-16LE")),
        Err(_) if bytes.starts_with(b"\xFE\xFF") => Err(utf16("UTF-16BE")),
        Err(_) if is_binary(bytes) => Err(binary()),
        Err(error) => Err(not_utf8(bytes, error)),
    }
}

/// A stray NUL is a character like others (CommonMark replaces it); UTF-16 and binaries are full of them.
fn is_binary(bytes: &[u8]) -> bool {
    memchr::memchr(0, bytes).is_some() && memchr::memchr_iter(0, bytes).count() > bytes.len() / 8
}

fn binary() -> Refusal {
    Refusal::new("it is binary, or UTF-16 without a byte order mark: it is full of NUL bytes")
        .help("if it is UTF-16, convert it: `iconv -f UTF-16LE -t UTF-8`")
}

fn utf16(encoding: &str) -> Refusal {
    Refusal::new(&format!("it is {encoding}, not UTF-8"))
        .help("save it as UTF-8, or convert it: `iconv -f UTF-16 -t UTF-8`")
}

fn not_utf8(bytes: &[u8], error: Utf8Error) -> Refusal {
    let at = error.valid_up_to();
    if error.error_len().is_none() {
        return Refusal::new(&format!("it is not UTF-8: it ends within a character (byte {at})"));
    }
    let refusal = Refusal::new(&format!("it is not UTF-8 (byte {at}, 0x{:02X})", bytes[at]));
    if !bytes[..at].is_ascii() {
        refusal.help("the text before that byte is UTF-8: retype the character")
    } else if may_be_windows_1252(&bytes[at..]) {
        refusal.help("save it as UTF-8; if it is Windows-1252, convert it: `iconv -f WINDOWS-1252 -t UTF-8`")
    } else {
        refusal
    }
}

fn may_be_windows_1252(bytes: &[u8]) -> bool {
    let unused = |byte: &u8| matches!(byte, 0x81 | 0x8D | 0x8F | 0x90 | 0x9D);
    let control = |byte: &u8| *byte < b' ' && !byte.is_ascii_whitespace();
    !bytes.iter().any(|byte| unused(byte) || control(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason(bytes: &[u8]) -> String {
        text_of(bytes).map_or_else(|refusal| refusal.reason, |text| format!("text {text:?}"))
    }

    fn help(bytes: &[u8]) -> Option<String> {
        text_of(bytes).err().and_then(|refusal| refusal.help)
    }

    fn utf16le(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }

    #[test]
    fn says_what_is_wrong_with_the_encoding() {
        assert_eq!(reason(b"caf\xE9 au lait"), "it is not UTF-8 (byte 3, 0xE9)");
        assert!(help(b"caf\xE9 au lait").is_some_and(|help| help.contains("WINDOWS-1252")));
        assert_eq!(help(b"\x89PNG\r\n\x1A\n"), None);
        assert!(
            help("é \u{e9}".as_bytes().iter().chain(b"\xE9 x").copied().collect::<Vec<_>>().as_slice())
                .is_some_and(|help| help.contains("retype"))
        );
        assert_eq!(reason(b"caf\xC3"), "it is not UTF-8: it ends within a character (byte 3)");
        assert_eq!(reason(b"\xFE\xFF\0#"), "it is UTF-16BE, not UTF-8");
        let marked: Vec<u8> = [b"\xFF\xFE".as_slice(), &utf16le("# Über")].concat();
        assert_eq!(reason(&marked), "it is UTF-16LE, not UTF-8");
        assert!(reason(&utf16le("# Heading")).contains("full of NUL bytes"));
        assert!(reason(&utf16le("# Ärger über Ödnis")).contains("full of NUL bytes"));
    }

    #[test]
    fn keeps_what_is_text() {
        assert_eq!(reason(b""), "text \"\"");
        assert_eq!(reason(b"a stray \0 is text"), "text \"a stray \\0 is text\"");
        assert_eq!(reason("\u{feff}# Ä".as_bytes()), "text \"\\u{feff}# Ä\"");
    }
}
