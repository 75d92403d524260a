//! Pages that are no text, or much text.

use std::fs;

use crate::scratch::*;

#[test]
fn what_is_no_text_is_told_and_the_rest_is_read() {
    let scratch = Scratch::new(&["fine.md"]);
    let utf16: Vec<u8> = "# Über\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    scratch
        .write("latin.md", b"# Caf\xE9\n")
        .write("utf16.md", [b"\xFF\xFE".as_slice(), &utf16].concat())
        .write("bare16.md", &utf16)
        .write("nul.md", "# A \0 page, which is otherwise fine\n")
        .write("empty.md", "")
        .write("bom.md", "\u{feff}# BOM\n");
    let tree = scratch.tree(&[]);
    assert_eq!(pages(&tree), ["bom.md", "empty.md", "fine.md", "nul.md"]);
    assert_eq!(&*tree.pages[0].text, "\u{feff}# BOM\n");
    let told = [
        ("bare16.md", "it is binary, or UTF-16 without a byte order mark: it is full of NUL bytes"),
        ("latin.md", "it is not UTF-8 (byte 5, 0xE9)"),
        ("utf16.md", "it is UTF-16LE, not UTF-8"),
    ];
    assert_eq!(unreadable(&tree), told);
    assert!(tree.unreadable.iter().all(|page| page.help.is_some()));
}

#[test]
fn a_page_of_any_size_is_read_whole() {
    let scratch = Scratch::new(&[]);
    let sizes = [1, (64 << 10) - 1, 64 << 10, (64 << 10) + 1, 128 << 10, 3_000_001];
    for size in sizes {
        scratch.write(&format!("{size:07}.md"), "x".repeat(size));
    }
    let tree = scratch.tree(&[]);
    let read: Vec<usize> = tree.pages.iter().map(|page| page.text.len()).collect();
    assert_eq!(read, sizes);
}

#[test]
fn a_page_larger_than_a_span_can_say_is_not_read() {
    let scratch = Scratch::new(&["huge.md"]);
    let huge = fs::OpenOptions::new().write(true).open(scratch.at("huge.md")).unwrap();
    if huge.set_len(u64::from(u32::MAX) + 1).is_err() {
        return println!("skipped: this disk has no sparse files of 4 GiB");
    }
    assert_eq!(unreadable(&scratch.tree(&[])), [("huge.md", "it is larger than 4 GiB")]);
}
