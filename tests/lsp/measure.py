#!/usr/bin/env python3
"""Measures `waypost lsp` through the real protocol, on a tree of real documentation.

    tests/lsp/measure.py BINARY TREE [PAGE ...]

Prints how long it takes from the start to complete diagnostics beside the time of `waypost check`, the memory in use,
and how long after a change of each PAGE (a path below TREE) its new diagnostics are there: the median and the 99th
percentile of as many keystrokes as WAYPOST_KEYS says (200). The pages are only changed in the editor's memory.
"""

import json
import os
import pathlib
import statistics
import subprocess
import sys
import threading
import time


class Server:
    """A language server, and what it has said."""

    def __init__(self, binary, tree):
        self.started = time.perf_counter()
        self.process = subprocess.Popen([binary, "lsp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.files = {}
        self.replies = {}
        self.news = threading.Condition()
        self.last_id = 0
        threading.Thread(target=self.read, daemon=True).start()
        folder = pathlib.Path(tree).resolve().as_uri()
        self.ask("initialize", {
            "processId": None,
            "rootUri": folder,
            "capabilities": {"general": {"positionEncodings": ["utf-8"]}},
        })
        self.tell("initialized", {})

    def read(self):
        stream = self.process.stdout
        while True:
            length = 0
            while (line := stream.readline().strip()):
                name, _, value = line.partition(b":")
                if name.lower() == b"content-length":
                    length = int(value)
            if not length:
                return
            message = json.loads(stream.read(length))
            with self.news:
                if message.get("method") == "textDocument/publishDiagnostics":
                    params = message["params"]
                    self.files[params["uri"]] = params
                elif "id" in message and "method" not in message:
                    self.replies[message["id"]] = message
                self.news.notify_all()

    def send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def tell(self, method, params):
        self.send({"method": method, "params": params})

    def ask(self, method, params):
        self.last_id += 1
        self.send({"id": self.last_id, "method": method, "params": params})
        with self.news:
            self.news.wait_for(lambda: self.last_id in self.replies)
        return self.replies.pop(self.last_id)

    def wait_until_idle(self):
        """A request is answered once everything before it has been worked out."""
        self.ask("waypost/nothing", None)

    def memory(self):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        fields = dict(line.split(":", 1) for line in status.splitlines())
        return {name: int(fields[name].split()[0]) // 1024 for name in ("VmRSS", "VmHWM")}

    def type_in(self, page, keys):
        """Types a link that leads nowhere, letter by letter, and waits for the diagnostics after each."""
        uri = page.resolve().as_uri()
        text = page.read_text(encoding="utf-8-sig", errors="replace")
        self.tell("textDocument/didOpen", {
            "textDocument": {"uri": uri, "languageId": "markdown", "version": 0, "text": text + "\n\n[x](nowhere"},
        })
        self.wait_until_idle()
        line = len((text + "\n\n").splitlines())
        times = []
        for version in range(1, keys + 1):
            column = len("[x](nowhere") + version - 1
            place = {"line": line, "character": column}
            change = {"range": {"start": place, "end": place}, "text": ")" if version == 1 else "x"}
            began = time.perf_counter()
            self.tell("textDocument/didChange", {
                "textDocument": {"uri": uri, "version": version},
                "contentChanges": [change],
            })
            self.wait_until_idle()
            times.append((time.perf_counter() - began) * 1000)
        self.tell("textDocument/didClose", {"textDocument": {"uri": uri}})
        self.wait_until_idle()
        return sorted(times)


def main():
    binary, tree, *pages = sys.argv[1:]
    began = time.perf_counter()
    check = subprocess.run([binary, "check", "--format", "json", tree], stdout=subprocess.PIPE, check=False)
    check_time = time.perf_counter() - began
    findings = len(json.loads(check.stdout)["findings"])
    server = Server(binary, tree)
    server.wait_until_idle()
    start_time = time.perf_counter() - server.started
    with server.news:
        diagnostics = sum(len(params["diagnostics"]) for params in server.files.values())
    print(f"check            {check_time:8.2f} s   {findings} findings")
    print(f"lsp, from start  {start_time:8.2f} s   {diagnostics} diagnostics")
    print(f"memory           {server.memory()['VmRSS']:8} MB  {server.memory()['VmHWM']} MB at most")
    keys = int(os.environ.get("WAYPOST_KEYS", "200"))
    for name in pages:
        times = server.type_in(pathlib.Path(tree, name), keys)
        p99 = times[min(len(times) - 1, int(len(times) * 0.99))]
        print(f"typing           {statistics.median(times):8.2f} ms median, {p99:.2f} ms p99   {name}")
    server.ask("shutdown", None)
    server.tell("exit", None)
    sys.exit(server.process.wait())


main()
