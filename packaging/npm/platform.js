// Which package holds the program for which system.
"use strict";

const SYSTEMS = {
  "x86_64-unknown-linux-gnu": { os: "linux", cpu: "x64", libc: "glibc" },
  "aarch64-unknown-linux-gnu": { os: "linux", cpu: "arm64", libc: "glibc" },
  "x86_64-unknown-linux-musl": { os: "linux", cpu: "x64", libc: "musl" },
  "aarch64-unknown-linux-musl": { os: "linux", cpu: "arm64", libc: "musl" },
  "x86_64-apple-darwin": { os: "darwin", cpu: "x64" },
  "aarch64-apple-darwin": { os: "darwin", cpu: "arm64" },
  "x86_64-pc-windows-msvc": { os: "win32", cpu: "x64" },
  "aarch64-pc-windows-msvc": { os: "win32", cpu: "arm64" },
};

const packageFor = ({ os, cpu, libc }) =>
  ["@waypost/cli", os, cpu, ...(libc === "musl" ? ["musl"] : [])].join("-");

// Node itself says against which C library it was built.
const libc = () => (process.report.getReport().header.glibcVersionRuntime ? "glibc" : "musl");

const platformPackage = () =>
  packageFor({
    os: process.platform,
    cpu: process.arch,
    libc: process.platform === "linux" ? libc() : undefined,
  });

module.exports = { SYSTEMS, packageFor, platformPackage };
