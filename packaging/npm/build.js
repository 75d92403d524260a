#!/usr/bin/env node
// Writes the packages that are published to npm: one for each system whose program there is, and the one that people
// install, which names the others as optional dependencies and has no install script.
//
//     node packaging/npm/build.js PROGRAMS OUT
//
// PROGRAMS has a folder for each target, such as PROGRAMS/x86_64-apple-darwin/waypost.
"use strict";

const fs = require("node:fs");
const path = require("node:path");
const { SYSTEMS, packageFor } = require("./platform.js");

const ROOT = path.join(__dirname, "..", "..");
const CARGO = fs.readFileSync(path.join(ROOT, "Cargo.toml"), "utf8");
const cargo = (key) => CARGO.match(new RegExp(`^${key} = "(.*)"$`, "m"))?.[1];
const COMMON = { version: cargo("version"), license: cargo("license"), repository: cargo("repository") };

function main([programs, out]) {
  if (!programs || !out) {
    throw new Error("usage: node build.js PROGRAMS OUT");
  }
  const targets = fs.readdirSync(programs).filter((target) => SYSTEMS[target]);
  if (targets.length === 0) {
    throw new Error(`${programs} has no folder that is named like a target: ${Object.keys(SYSTEMS).join(", ")}`);
  }
  const names = targets.map((target) => writeSystem(target, path.join(programs, target), out));
  writeMain(names, out);
}

function writeSystem(target, folder, out) {
  const system = SYSTEMS[target];
  const name = packageFor(system);
  const program = system.os === "win32" ? "waypost.exe" : "waypost";
  const only = Object.fromEntries(Object.entries(system).map(([key, value]) => [key, [value]]));
  writePackage(path.join(out, name.split("/")[1]), {
    name,
    description: `The program of the package waypost for ${target}`,
    ...only,
    files: [program],
    preferUnplugged: true,
  }, { [program]: path.join(folder, program) });
  return name;
}

function writeMain(names, out) {
  const here = (file) => path.join(__dirname, file);
  writePackage(path.join(out, "waypost"), {
    name: "waypost",
    description: cargo("description"),
    keywords: ["markdown", "lint", "links", "documentation"],
    bin: { waypost: "waypost.js" },
    files: ["waypost.js", "platform.js"],
    engines: { node: ">=18" },
    optionalDependencies: Object.fromEntries(names.sort().map((name) => [name, COMMON.version])),
  }, { "waypost.js": here("waypost.js"), "platform.js": here("platform.js"), "README.md": path.join(ROOT, "README.md") });
}

function writePackage(folder, manifest, files) {
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, "package.json"), `${JSON.stringify({ ...manifest, ...COMMON }, null, 2)}\n`);
  const licenses = ["LICENSE-APACHE", "LICENSE-MIT"].map((name) => [name, path.join(ROOT, name)]);
  for (const [name, source] of [...Object.entries(files), ...licenses]) {
    fs.copyFileSync(source, path.join(folder, name));
    fs.chmodSync(path.join(folder, name), /^waypost/.test(name) ? 0o755 : 0o644);
  }
}

main(process.argv.slice(2));
