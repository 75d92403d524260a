//! How much of the indentation of a page's lines means nothing: where there is no indented code, only lists give it a
//! meaning.
//!
//! Follows the items of lists through the lines. Knows nothing of what the lines hold.

use super::mdx::Fence;
use crate::source::LineIndex;

/// An item of a list: the column its content begins at, in the page and after lines have lost their indentation.
#[derive(Clone, Copy, Default)]
struct Item {
    source: usize,
    kept: usize,
}

/// For each line, how many bytes to take off; empty where none. `blanked` is `source` with blanks in some places.
pub(super) fn indents(
    source: &[u8],
    blanked: &[u8],
    lines: &LineIndex,
    first: usize,
    fences: &[Fence],
) -> Vec<u32> {
    let mut indents = vec![0; lines.count()];
    let mut items: Vec<Item> = Vec::new();
    let mut fences = fences.iter().peekable();
    let mut after_blank = true;
    let mut line = first;
    while let Some(begin) = lines.start_of(line) {
        let end = lines.start_of(line + 1).unwrap_or(source.len());
        let (written, left) = (&source[begin..end], &blanked[begin..end]);
        let in_page = blanks(written);
        let in_text = blanks(left);
        if left[in_text..].iter().all(u8::is_ascii_whitespace) {
            (line, after_blank) = (line + 1, true);
            continue;
        }
        let marker = marker(&left[in_text..]);
        if after_blank || marker > 0 {
            while items.pop_if(|item| item.source > width(&written[..in_page])).is_some() {}
        }
        let base = items.last().copied().unwrap_or_default();
        let further = width(&written[..in_page]).saturating_sub(base.source);
        let wanted = base.kept + if further > 3 { 0 } else { further };
        let off = surplus(&left[..in_text], wanted);
        indents[line] = off as u32;
        after_blank = false;
        push_items(&mut items, &left[in_text..], in_text, off);
        if let Some(fence) = fences.next_if(|fence| fence.first == line) {
            let lost = indents.iter_mut().enumerate().take(fence.last + 1).skip(fence.first + 1);
            for (inside, lost) in lost {
                let begin = lines.start_of(inside).unwrap_or(source.len());
                let indent = &source[begin..begin + blanks(&source[begin..])];
                // The closing mark may stand anywhere.
                let off = if inside == fence.last { surplus(indent, wanted) } else { indent.len().min(off) };
                *lost = off as u32;
            }
            line = fence.last;
            after_blank = true;
        }
        line += 1;
    }
    if indents.iter().all(|&indent| indent == 0) { Vec::new() } else { indents }
}

fn blanks(line: &[u8]) -> usize {
    line.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count()
}

fn width(blanks: &[u8]) -> usize {
    blanks.iter().fold(0, |width, byte| if *byte == b'\t' { width + 4 - width % 4 } else { width + 1 })
}

/// How many bytes to take off so that what is left is no wider than `wanted`.
fn surplus(blanks: &[u8], wanted: usize) -> usize {
    match blanks.contains(&b'\t') {
        false => blanks.len().saturating_sub(wanted),
        true => (0..=blanks.len()).find(|&off| width(&blanks[off..]) <= wanted).unwrap_or(blanks.len()),
    }
}

/// The length of the list marker that begins `content`, with the blanks after it.
fn marker(content: &[u8]) -> usize {
    let digits = content.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let mark = match content.get(digits) {
        Some(b'-' | b'+' | b'*') if digits == 0 => 1,
        Some(b'.' | b')') if (1..=9).contains(&digits) => digits + 1,
        _ => return 0,
    };
    match blanks(&content[mark..]) {
        0 => 0,
        after @ 1..=4 => mark + after,
        _ => mark + 1,
    }
}

fn push_items(items: &mut Vec<Item>, content: &[u8], at: usize, off: usize) {
    let mut place = 0;
    loop {
        let length = marker(&content[place..]);
        if length == 0 {
            return;
        }
        place += length;
        items.push(Item { source: at + place, kept: at + place - off });
    }
}
