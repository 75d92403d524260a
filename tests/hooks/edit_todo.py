"""The editor of `git rebase --interactive`: stops at every commit, as a person does who wants to amend them."""

import sys
from pathlib import Path

todo = Path(sys.argv[1])
todo.write_text(todo.read_text().replace("pick ", "edit "))
