#!/usr/bin/env node
// Runs the program that npm has installed for this system, as an optional dependency of this package.
"use strict";

const { spawnSync } = require("node:child_process");
const { platformPackage } = require("./platform.js");

const name = platformPackage();
let program;
try {
  program = require.resolve(`${name}/${process.platform === "win32" ? "waypost.exe" : "waypost"}`);
} catch {
  console.error(`waypost: the package ${name} is not installed.`);
  console.error("Either there is no build for this system, or npm was told to leave optional dependencies out.");
  process.exit(2);
}

const result = spawnSync(program, process.argv.slice(2), { stdio: "inherit" });
if (result.error) {
  console.error(`waypost: ${result.error.message}`);
  process.exit(2);
}
// Ended by a signal, it found out nothing.
process.exit(result.status ?? 2);
