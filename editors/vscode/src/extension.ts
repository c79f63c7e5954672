// batchlint in VS Code: starts the language server, and shows the pages that it makes.

import * as vscode from "vscode";
import { LanguageClient, type LanguageClientOptions, type ServerOptions } from "vscode-languageclient/node";
import { type Page, show } from "./panel";
import { program } from "./program";

const SELECTOR = ["yaml", "json", "helm"].flatMap((language) => [
  { scheme: "file", language },
  { scheme: "untitled", language },
]);

let client: LanguageClient | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const restarted = async () => {
    await deactivate();
    await start(context);
  };
  context.subscriptions.push(
    vscode.commands.registerCommand("batchlint.restart", restarted),
    vscode.commands.registerCommand("batchlint.showRuns", () => ofThisFile("batchlint.runs")),
    vscode.commands.registerCommand("batchlint.showWhatIf", () => ofThisFile("batchlint.simulate")),
    vscode.commands.registerCommand("batchlint.showRule", showRule),
    vscode.workspace.onDidGrantWorkspaceTrust(restarted),
    vscode.workspace.onDidChangeConfiguration(async (change) => {
      if (change.affectsConfiguration("batchlint.path")) {
        await restarted();
      }
    }),
  );
  await start(context);
}

export async function deactivate(): Promise<void> {
  const ended = client;
  client = undefined;
  await ended?.stop();
}

async function start(context: vscode.ExtensionContext): Promise<void> {
  const command = program(context);
  if (!command) {
    const why = "batchlint is not started: no program came with this extension, and the folder is not trusted.";
    void vscode.window.showWarningMessage(why);
    return;
  }
  const server: ServerOptions = { command, args: ["lsp"] };
  const options: LanguageClientOptions = {
    documentSelector: SELECTOR,
    initializationOptions: { ...vscode.workspace.getConfiguration("batchlint"), panels: true },
    middleware: {
      // The server answers its commands with pages.
      executeCommand: async (command, args, next) => {
        const page: Page | undefined = await next(command, args);
        if (page?.text !== undefined) {
          show(page);
        }
        return page;
      },
    },
  };
  client = new LanguageClient("batchlint", "batchlint", server, options);
  try {
    await client.start();
  } catch (error) {
    void vscode.window.showErrorMessage(`batchlint cannot be started as ${command}: ${String(error)}`);
  }
}

async function ofThisFile(command: string): Promise<void> {
  const uri = vscode.window.activeTextEditor?.document.uri;
  if (uri) {
    await vscode.commands.executeCommand(command, client?.code2ProtocolConverter.asUri(uri) ?? uri.toString());
  }
}

/** Asks for the name of a rule, with the one at the cursor written there. */
async function showRule(): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const cursor = editor?.selection.active;
  const found = editor ? vscode.languages.getDiagnostics(editor.document.uri) : [];
  const here = found.find((one) => one.source === "batchlint" && cursor && one.range.contains(cursor));
  const code = typeof here?.code === "object" ? here.code.value : here?.code;
  const rule = await vscode.window.showInputBox({ prompt: "The name of a rule", value: code ? String(code) : "" });
  if (rule) {
    await vscode.commands.executeCommand("batchlint.explain", rule.trim());
  }
}
