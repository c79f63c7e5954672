// Which program is started.

import * as fs from "node:fs";
import * as path from "node:path";
import * as vscode from "vscode";

const NAME = process.platform === "win32" ? "batchlint.exe" : "batchlint";

/** The program that came with the extension, if one did. */
function bundled(context: vscode.ExtensionContext): string | undefined {
  const program = context.asAbsolutePath(path.join("bin", NAME));
  return fs.existsSync(program) ? program : undefined;
}

/**
 * What is set, else what came with the extension, else what is in PATH. A folder that nobody trusts has no say in it: there
 * only what came with the extension is started, and nothing where nothing did.
 */
export function program(context: vscode.ExtensionContext): string | undefined {
  const own = bundled(context);
  if (!vscode.workspace.isTrusted) {
    return own;
  }
  const set = vscode.workspace.getConfiguration("batchlint").get<string>("path", "").trim();
  return set || own || NAME;
}
