#!/usr/bin/env node
// Runs the program that the package of this platform holds; npm has installed the one that fits, and no script ran for it.
"use strict";

const { spawn } = require("node:child_process");

const name = `@batchlint/cli-${process.platform}-${process.arch}`;
const file = process.platform === "win32" ? "batchlint.exe" : "batchlint";

let program;
try {
  program = require.resolve(`${name}/${file}`);
} catch {
  console.error(`batchlint: ${name} is not installed: there is no program for this platform, or optional dependencies are left out`);
  process.exit(2);
}

const child = spawn(program, process.argv.slice(2), { stdio: "inherit", windowsHide: true });
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => child.kill(signal));
}
child.on("error", (error) => {
  console.error(`batchlint: ${program}: ${error.message}`);
  process.exit(2);
});
child.on("exit", (status, signal) => {
  if (signal === null) {
    process.exit(status);
  }
  // Ended as the program was.
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
});
