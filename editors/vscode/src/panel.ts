// The pages that the server makes, beside the text.

import * as vscode from "vscode";

/** What the server answers to a command. */
export interface Page {
  title: string;
  html: string | null;
  text: string;
}

const panels = new Map<string, vscode.WebviewPanel>();

/** Shows a page; one of the same title gives way to it. */
export function show(page: Page): void {
  let panel = panels.get(page.title);
  if (!panel) {
    const column = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
    // The pages have scripts of their own, and load nothing: their content security policy says so.
    panel = vscode.window.createWebviewPanel("batchlint", page.title, column, { enableScripts: true });
    panels.set(page.title, panel);
    panel.onDidDispose(() => panels.delete(page.title));
  }
  panel.webview.html = page.html ?? textPage(page);
  panel.reveal(undefined, true);
}

function textPage(page: Page): string {
  const policy = "default-src 'none'; style-src 'unsafe-inline'";
  const style = "pre { font-family: var(--vscode-editor-font-family); white-space: pre-wrap; }";
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}"><title>${escaped(page.title)}</title>
<style>${style}</style></head><body><pre>${escaped(page.text)}</pre></body></html>`;
}

function escaped(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}
