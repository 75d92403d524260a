"""Neovim, with its own client: everything is asked through the socket that it listens on."""

import json
import subprocess
from pathlib import Path

from editor import Editor, Shown, snippet, wait

HELPERS = r"""
Test = {}
function Test.shown(path)
  local buffer = vim.fn.bufnr(path)
  if buffer < 0 then return {} end
  local loaded = vim.api.nvim_buf_is_loaded(buffer)
  local shown = {}
  for _, d in ipairs(vim.diagnostic.get(buffer)) do
    local marked, column = '', d.col
    if loaded then
      local line = vim.api.nvim_buf_get_lines(buffer, d.lnum, d.lnum + 1, false)[1] or ''
      column = vim.str_utfindex(line, d.col)
      marked = d.lnum == d.end_lnum and line:sub(d.col + 1, d.end_col) or line:sub(d.col + 1)
    end
    local user = d.user_data and d.user_data.lsp or {}
    table.insert(shown, { rule = d.code or user.code, line = d.lnum + 1, column = column, marked = marked })
  end
  return shown
end
function Test.replace(path, old, new)
  vim.cmd('buffer ' .. vim.fn.bufnr(path))
  vim.cmd('%s/' .. vim.fn.escape(old, '/\\') .. '/' .. vim.fn.escape(new, '/\\') .. '/')
end
function Test.fix(path, line, marked)
  vim.cmd('buffer ' .. vim.fn.bufnr(path))
  local column = vim.api.nvim_buf_get_lines(0, line - 1, line, false)[1]:find(marked, 1, true) - 1
  vim.api.nvim_win_set_cursor(0, { line, column })
  Test.chosen = nil
  vim.ui.select = function(items, _, choose)
    for index, item in ipairs(items) do
      local action = item.action or item[2]
      if action.kind == 'quickfix' then Test.chosen = action.title return choose(item, index) end
    end
    Test.chosen = 'none of ' .. vim.inspect(items)
  end
  vim.lsp.buf.code_action()
end
"""


class Neovim(Editor):
    def __init__(self, name: str, program: Path, heading: str, folder: Path, home: Path, waypost: Path):
        self.name, self.program, self.heading = name, program, heading
        super().__init__(folder, home, waypost)

    def start(self) -> None:
        init = self.home / "init.lua"
        init.write_text("vim.cmd('filetype plugin on')\n" + snippet("neovim.md", self.heading) + HELPERS)
        self.socket = self.home / "socket"
        self.log = (self.home / "log").open("wb")
        self.process = subprocess.Popen(
            [self.program, "--headless", "-n", "--clean", "-u", init, "--listen", self.socket],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=self.log,
            stderr=self.log,
        )
        wait("Neovim listens", self.socket.exists)

    def lua(self, code: str) -> object:
        body = f"(function() {code} end)()"
        quoted = f"luaeval('vim.fn.json_encode({body} or vim.NIL)')".replace("\n", " ")
        return json.loads(self.run(str(self.program), "--server", str(self.socket), "--remote-expr", quoted))

    def path(self, page: str) -> str:
        return json.dumps(str(self.folder / page))

    def open(self, page: str) -> None:
        self.lua(f'vim.cmd("edit " .. {self.path(page)})')

    def shown(self, page: str) -> list[Shown]:
        return [Shown(**one) for one in self.lua(f"return Test.shown({self.path(page)})") or []]

    def text(self, page: str) -> str:
        return self.lua(f'return table.concat(vim.fn.getbufline(vim.fn.bufnr({self.path(page)}), 1, "$"), "\\n")')

    def replace(self, page: str, old: str, new: str) -> None:
        self.lua(f"Test.replace({self.path(page)}, {json.dumps(old)}, {json.dumps(new)})")

    def undo(self, page: str) -> None:
        self.lua(f'vim.cmd("buffer " .. vim.fn.bufnr({self.path(page)})) vim.cmd("undo")')

    def fix(self, page: str, line: int, marked: str) -> str:
        self.lua(f"Test.fix({self.path(page)}, {line}, {json.dumps(marked)})")
        wait("a code action is offered", lambda: self.lua("return Test.chosen"))
        return self.lua("return Test.chosen")

    def save(self, page: str) -> None:
        self.lua(f'vim.cmd("buffer " .. vim.fn.bufnr({self.path(page)})) vim.cmd("silent write!")')

    def quit(self) -> None:
        self.lua('vim.defer_fn(function() vim.cmd("quitall!") end, 50)')
        self.process.wait(timeout=30)
