#!/usr/bin/env node
"use strict";

const [major, minor] = process.versions.node.split(".").map(Number);

if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`Watcher needs Node 20.19 or newer, and this is ${process.version}.\n`);
  process.exitCode = 2;
} else {
  void import("../dist/main.js");
}
