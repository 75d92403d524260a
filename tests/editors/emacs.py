"""Emacs with eglot, as a daemon that is asked through emacsclient."""

import json
import subprocess
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
        self.log = (self.home / "log").open("wb")
        self.process = subprocess.Popen(
            ["emacs", "--no-init-file", f"--fg-daemon={self.socket}", "--load", init],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=self.log,
            stderr=self.log,
        )
        wait("Emacs listens", self.socket.exists)

    def lisp(self, code: str) -> object:
        """The value, which must be a string or nil."""
        printed = self.run("emacsclient", f"--socket-name={self.socket}", "--eval", code).strip()
        return None if printed in ("nil", "t") else json.loads(printed)

    def path(self, page: str) -> str:
        return json.dumps(str(self.folder / page))

    def open(self, page: str) -> None:
        # emacsclient evaluates outside the loop of commands, in which eglot waits to connect.
        self.lisp(f"(progn (switch-to-buffer (find-file-noselect {self.path(page)})) (run-hooks 'post-command-hook) nil)")

    def shown(self, page: str) -> list[Shown]:
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
