// The extension in VS Code, which code-server serves to a headless Chromium: squiggles, the Problems panel, a hover, a field
// that is chosen, a fix, and the page of "what if …".
// node tests/editors/vscode.mjs CODE_SERVER VSIX FOLDER, where FOLDER has report.yaml and sync.yaml; pictures of it come to lie there, those of
// editors/README.md among them.
// Wants playwright-core where NODE_PATH says, and /usr/bin/chromium.
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const [server, vsix, folder] = process.argv.slice(2).map((name) => path.resolve(name));
const { chromium } = createRequire(path.join(process.env.NODE_PATH, "x"))("playwright-core");
const port = 18000 + (process.pid % 1000);
const home = path.join(folder, ".home");
const patience = Number(process.env.PATIENCE ?? 60) * 1000;
mkdirSync(path.join(home, "User"), { recursive: true });
const settings = {
  "security.workspace.trust.enabled": false,
  "update.mode": "none",
  "extensions.autoCheckUpdates": false,
  "telemetry.telemetryLevel": "off",
  "workbench.startupEditor": "none",
  "chat.disableAIFeatures": true,
  "workbench.colorTheme": "Default Light Modern",
  "workbench.activityBar.location": "hidden",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "breadcrumbs.enabled": false,
  "git.enabled": false,
  "editor.minimap.enabled": false,
};
writeFileSync(path.join(home, "User", "settings.json"), JSON.stringify(settings));
const env = { ...process.env, HOME: home };
const own = ["--user-data-dir", home, "--extensions-dir", path.join(home, "extensions")];
execFileSync(process.execPath, [server, ...own, "--install-extension", vsix], { env, stdio: "ignore" });
const addressed = ["--auth", "none", "--bind-addr", `127.0.0.1:${port}`, "--disable-telemetry", "--disable-update-check"];
const child = spawn(process.execPath, [server, ...own, ...addressed, folder], { env, stdio: "ignore", detached: true });
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
const page = await browser.newPage({ viewport: { width: 1100, height: 620 } });
page.setDefaultTimeout(patience);

async function step(name, what) {
  try {
    await what();
    console.log(`VS Code: ${name}`);
  } catch (error) {
    await page.screenshot({ path: path.join(folder, "failed.png") });
    throw new Error(`VS Code: not ${name}: ${error.message}`);
  }
}

/** Of the editor, once everything has settled. */
async function picture(name) {
  await page.waitForTimeout(1500);
  await page.locator(".part.editor").screenshot({ path: path.join(folder, name) });
}

const seen = (selector, words, timeout = patience) => page.locator(selector, { hasText: words }).first().waitFor({ timeout });

/** Points at a place until something is said of it: a busy machine may take the pointer for gone. */
async function pointed(at, words) {
  for (const end = Date.now() + patience; ; ) {
    await page.locator(".view-line span", { hasText: at }).last().hover();
    try {
      return await seen(".monaco-hover", words, patience / 6);
    } catch (error) {
      if (Date.now() > end) throw error;
      await page.mouse.move(5, 5);
    }
  }
}

async function open(name) {
  await page.keyboard.press("Control+p");
  await page.keyboard.type(name);
  await seen(".quick-input-list .monaco-list-row", name);
  await page.keyboard.press("Enter");
}

async function opened() {
  for (let tries = 0; ; tries++) {
    try {
      await page.goto(`http://127.0.0.1:${port}/?folder=${encodeURIComponent(folder)}`);
      return;
    } catch (error) {
      if (tries > 200) throw error;
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
  }
}

try {
  await opened();
  await step("opened", () => page.waitForSelector(".monaco-workbench .explorer-viewlet, .explorer-folders-view"));
  await open("report.yaml");
  await step("underlined", () => page.waitForSelector(".squiggly-error"));
  await page.keyboard.press("Control+Shift+m");
  await step("listed under Problems", () => seen(".markers-panel .monaco-list-row", "batch/v1beta1"));
  await step("told of the next runs", async () => {
    // On a busy machine VS Code now and then drops the lenses that it was sent, and asks again once something is typed.
    await seen(".codelens-decoration", "04:30", patience / 4).catch(async () => {
      await page.locator(".view-line", { hasText: "image" }).first().click();
      await page.keyboard.press("End");
      await page.keyboard.type(" ");
      await seen(".codelens-decoration", "04:30");
    });
  });
  await page.keyboard.press("Control+b");
  await page.waitForTimeout(1500);
  await page.screenshot({ path: path.join(folder, "found.png") });
  await page.keyboard.press("Control+j");
  await step("explained", () => pointed("startingDeadlineSeconds", "Optional deadline in seconds"));
  await page.keyboard.press("Escape");
  await page.mouse.move(5, 5);
  await page.locator(".view-line", { hasText: "startingDeadlineSeconds" }).first().click();
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await page.keyboard.type("concurr", { delay: 60 });
  await step("offered", () => seen(".suggest-widget .monaco-list-row", "concurrencyPolicy"));
  await page.keyboard.press("Control+Space");
  await picture("completion.png");
  await page.keyboard.press("Enter");
  await step("chosen", () => seen(".view-line", "concurrencyPolicy:"));
  await page.locator(".view-line", { hasText: "apiVersion" }).first().click();
  await page.keyboard.press("End");
  await page.keyboard.press("Control+.");
  await step("offered a fix", () => seen(".action-widget .monaco-list-row", "Write batch/v1"));
  await picture("fix.png");
  await page.keyboard.press("Enter");
  await step("mended", () => page.waitForFunction(() => !document.body.innerText.includes("v1beta1")));
  await open("sync.yaml");
  await step("told in words", () => pointed("8-18", "Europe/Berlin"));
  await picture("schedule.png");
  await page.keyboard.press("Escape");
  await page.mouse.move(5, 5);
  await step("told what comes of it", () => pointed("concurrencyPolicy", "runs start on time"));
  await picture("policy.png");
  await page.keyboard.press("Escape");
  await page.mouse.move(5, 5);
  await page.locator(".codelens-decoration a", { hasText: "what if" }).first().click();
  await step("simulated", () => seen(".tab", "What if"));
  await picture("what-if.png");
} finally {
  await browser.close();
  // Its helpers outlive it.
  process.kill(-child.pid);
}
