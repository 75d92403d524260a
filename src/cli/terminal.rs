//! What the reader's terminal can show.
//!
//! Asks the environment; does not know what is shown.

use std::io::{self, IsTerminal};
use std::path::Path;

use super::Color;
use crate::report::{PathDisplay, Style};

/// The style for stdout, with paths as seen from `cwd`.
pub(super) fn style(color: Color, root: &Path, cwd: &Path) -> Style {
    let is_terminal = io::stdout().is_terminal();
    let columns = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    Style {
        color: color.wanted(is_terminal, |name| std::env::var(name).ok()),
        width: columns.filter(|_| is_terminal).unwrap_or(Style::default().width),
        hyperlinks: is_terminal && supports_hyperlinks::on(supports_hyperlinks::Stream::Stdout),
        unicode: !is_terminal || supports_unicode::on(supports_unicode::Stream::Stdout),
        base: PathDisplay::new(root, cwd),
        ..Style::default()
    }
}
