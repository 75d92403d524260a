"""Emacs with eglot, in a terminal of its own: pages are opened by keys, all else is asked through emacsclient."""

import fcntl
import json
import os
import pty
import struct
import subprocess
import termios
import threading
from pathlib import Path

from editor import Editor, Shown, snippet, wait

HELPERS = r"""
(require 'json)
(require 'flymake)
(require 'cl-lib)
(setq inhibit-startup-screen t make-backup-files nil auto-save-default nil create-lockfiles nil
      eglot-send-changes-idle-time 0.05 eglot-confirm-server-initiated-edits nil eglot-autoshutdown nil)

(defun test-rule (d)
  (let ((data (ignore-errors (alist-get 'eglot-lsp-diag (flymake-diagnostic-data d)))))
    (if data (plist-get data :code) (flymake-diagnostic-text d))))

(defun test-shown-in-buffer ()
  (mapcar (lambda (d)
            (save-excursion
              (goto-char (flymake-diagnostic-beg d))
              (list (cons 'rule (test-rule d))
                    (cons 'line (line-number-at-pos))
                    (cons 'column (- (point) (line-beginning-position)))
                    (cons 'marked (buffer-substring-no-properties (flymake-diagnostic-beg d) (flymake-diagnostic-end d))))))
          (flymake-diagnostics)))

(defun test-shown-elsewhere (path)
  (cl-loop for (file . found) in flymake-list-only-diagnostics
           when (string= file path)
           append (mapcar (lambda (d)
                            (let ((at (flymake-diagnostic-beg d)))
                              (list (cons 'rule (test-rule d))
                                    (cons 'line (if (consp at) (car at) 0))
                                    (cons 'column (if (and (consp at) (cdr at)) (cdr at) 0))
                                    (cons 'marked ""))))
                          found)))

(defun test-shown (path)
  (let ((buffer (find-buffer-visiting path)))
    (json-encode (vconcat (if buffer (with-current-buffer buffer (test-shown-in-buffer)) (test-shown-elsewhere path))))))

(defun test-replace (path old new)
  (with-current-buffer (find-buffer-visiting path)
    (undo-boundary)
    (goto-char (point-min))
    (search-forward old)
    (replace-match new t t)
    (undo-boundary)))

(defun test-undo (path)
  (with-current-buffer (find-buffer-visiting path)
    (let ((last-command nil)) (undo))))

(defun test-fix (path line marked)
  (with-current-buffer (find-buffer-visiting path)
    (goto-char (point-min))
    (forward-line (1- line))
    (search-forward marked)
    (backward-char (length marked))
    (let (chosen)
      (cl-letf (((symbol-function 'completing-read)
                 (lambda (_ choices &rest _) (setq chosen (car (all-completions "" choices))))))
        (eglot-code-actions (point) (+ (point) (length marked)) "quickfix" t))
      (or chosen "the only one"))))
"""


class Emacs(Editor):
    name = "emacs"

    def start(self) -> None:
        init = self.home / "init.el"
        init.write_text("(package-initialize)\n" + snippet("emacs.md", "Eglot") + HELPERS)
        self.socket = self.home / "socket"
        serve = f"(progn (setq server-name {json.dumps(str(self.socket))}) (server-start))"
        command = ["emacs", "--no-window-system", "--no-init-file", "--load", init, "--eval", serve]
        self.keyboard, terminal = pty.openpty()
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        self.process = subprocess.Popen(
            command,
            cwd=self.folder,
            env=self.environment | {"TERM": "xterm-256color"},
            stdin=terminal,
            stdout=terminal,
            stderr=terminal,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        os.close(terminal)
        threading.Thread(target=self.look_away, daemon=True).start()
        wait("Emacs listens", self.socket.exists)

    def look_away(self) -> None:
        """Reads what Emacs paints, since it waits for a terminal that does not."""
        try:
            while os.read(self.keyboard, 65536):
                pass
        except OSError:
            pass

    def lisp(self, code: str) -> object:
        """The value, which must be a string or nil."""
        printed = self.run("emacsclient", f"--socket-name={self.socket}", "--eval", code).strip()
        return None if printed in ("nil", "t") else json.loads(printed)

    def path(self, page: str) -> str:
        return json.dumps(str(self.folder / page))

    def open(self, page: str) -> None:
        # By keys, since eglot and flymake begin their work after commands and when a window shows the buffer.
        self.type("\x18\x06\x01\x0b" + str(self.folder / page) + "\r")
        current = f"(equal (buffer-file-name (window-buffer)) {self.path(page)})"
        wait(f"{page} is open", lambda: self.run("emacsclient", f"--socket-name={self.socket}", "--eval", current).strip() == "t")

    def type(self, keys: str) -> None:
        os.write(self.keyboard, keys.encode())

    def shown(self, page: str) -> list[Shown]:
        # Flymake begins after a command: the cursor goes one forward and back, as a writer's does.
        self.type("\x06\x02")
        found = json.loads(self.lisp(f"(test-shown {self.path(page)})"))
        return [Shown(**one) for one in found]

    def text(self, page: str) -> str:
        inner = f"(with-current-buffer (find-buffer-visiting {self.path(page)}) (buffer-substring-no-properties (point-min) (point-max)))"
        return json.loads(self.lisp(f"(json-encode {inner})"))

    def replace(self, page: str, old: str, new: str) -> None:
        self.lisp(f"(progn (test-replace {self.path(page)} {json.dumps(old)} {json.dumps(new)}) nil)")

    def undo(self, page: str) -> None:
        self.lisp(f"(progn (test-undo {self.path(page)}) nil)")

    def fix(self, page: str, line: int, marked: str) -> str:
        return self.lisp(f"(test-fix {self.path(page)} {line} {json.dumps(marked)})")

    def save(self, page: str) -> None:
        self.lisp(f"(with-current-buffer (find-buffer-visiting {self.path(page)}) (set-buffer-modified-p t) (save-buffer) nil)")

    def quit(self) -> None:
        subprocess.run(
            ["emacsclient", f"--socket-name={self.socket}", "--eval", "(kill-emacs)"],
            env=self.environment, stdin=subprocess.DEVNULL, capture_output=True, timeout=30, check=False,
        )
        self.process.wait(timeout=30)
