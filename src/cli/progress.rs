//! A line for those who wait at a terminal: what waypost is at, once that takes longer than a second.
//!
//! Touches the clock, which nothing else does. Does not know what the steps do.

use std::io::{self, IsTerminal, Write};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_secs(1);

/// Says nothing at first; erases what it said when it is dropped.
pub(super) struct Progress {
    speaker: Option<(Sender<&'static str>, JoinHandle<()>)>,
}

impl Progress {
    /// Speaks on standard error if that is a terminal that can erase a line.
    pub(super) fn start() -> Progress {
        let is_dumb = std::env::var_os("TERM").is_some_and(|terminal| terminal == "dumb");
        match io::stderr().is_terminal() && !is_dumb {
            true => Progress::to(io::stderr(), PATIENCE),
            false => Progress { speaker: None },
        }
    }

    fn to(out: impl Write + Send + 'static, patience: Duration) -> Progress {
        let (sender, steps) = mpsc::channel();
        let run = move || {
            let begin = Instant::now();
            let mut line = Line { out, width: 0 };
            let mut step = "";
            loop {
                let left = patience.saturating_sub(begin.elapsed());
                let next = match left.is_zero() {
                    true => steps.recv().map_err(|_| RecvTimeoutError::Disconnected),
                    false => steps.recv_timeout(left),
                };
                match next {
                    Ok(next) => step = next,
                    Err(RecvTimeoutError::Timeout) => {}
                    Err(RecvTimeoutError::Disconnected) => return line.erase(),
                }
                if begin.elapsed() >= patience {
                    line.show(step);
                }
            }
        };
        // Without a thread to spare there is no line.
        let speaker = thread::Builder::new().spawn(run).ok().map(|thread| (sender, thread));
        Progress { speaker }
    }

    /// What comes now, as `reading pages`.
    pub(super) fn step(&self, name: &'static str) {
        if let Some((sender, _)) = &self.speaker {
            // Nobody listens once the terminal is gone.
            let _ = sender.send(name);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((sender, thread)) = self.speaker.take() {
            drop(sender);
            // The line must be gone before anything else is printed.
            let _ = thread.join();
        }
    }
}

/// The last line of a terminal; written over with blanks, which every terminal understands.
struct Line<W> {
    out: W,
    width: usize,
}

impl<W: Write> Line<W> {
    fn show(&mut self, step: &str) {
        self.erase();
        let text = format!("waypost: {step} …");
        self.width = text.chars().count();
        self.put(&text);
    }

    fn erase(&mut self) {
        if self.width > 0 {
            self.put(&format!("\r{}\r", " ".repeat(self.width)));
            self.width = 0;
        }
    }

    fn put(&mut self, text: &str) {
        // Where the terminal cannot be written there is nobody to tell.
        let _ = self.out.write_all(text.as_bytes());
        let _ = self.out.flush();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::{Arc, Mutex};

    #[derive(Clone, Default)]
    struct Terminal(Arc<Mutex<Vec<u8>>>);

    impl Write for Terminal {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn said(patience: Duration) -> String {
        let terminal = Terminal::default();
        let progress = Progress::to(terminal.clone(), patience);
        progress.step("reading");
        progress.step("checking");
        drop(progress);
        let bytes = terminal.0.lock().unwrap().clone();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn a_quick_run_says_nothing() {
        assert_eq!(said(Duration::from_secs(3600)), "");
    }

    #[test]
    fn what_is_said_is_erased() {
        let blanks = |count| format!("\r{}\r", " ".repeat(count));
        assert_eq!(
            said(Duration::ZERO),
            format!("waypost: reading …{}waypost: checking …{}", blanks(18), blanks(19))
        );
    }
}
