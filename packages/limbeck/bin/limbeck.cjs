#!/usr/bin/env node
"use strict";

const [major, minor] = process.versions.node.split(".").map(Number);

if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`limbeck needs Node 20.19 or newer, and this is ${process.version}.\n`);
  process.exitCode = 2;
} else if (process.argv.length === 3 && process.argv[2] === "--version") {
  // Scripts ask for the version often, and nothing needs to be loaded to tell it.
  process.stdout.write(`${require("../package.json").version}\n`);
} else {
  const { enableCompileCache = require("../dist/bin/compile-cache.cjs").enableCompileCache } = require("node:module");
  enableCompileCache();
  void require("../dist/bin/limbeck.cjs").run();
}
