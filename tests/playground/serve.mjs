// A folder of files served to Chromium, and pages that note what goes wrong in them.
import { createReadStream, existsSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join, normalize } from "node:path";

export const require = createRequire(process.env.NODE_PATH + "/");
const { chromium } = require("playwright-core");
export { chromium };
export const LAUNCH = { executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] };

const TYPES = { html: "text/html", css: "text/css", js: "text/javascript", wasm: "application/wasm", json: "application/json" };

/** Serves a folder, and tells its address. */
export async function serve(folder) {
  const server = createServer((request, answer) => {
    const path = join(folder, normalize(new URL(request.url, "http://x").pathname).replace(/\/$/, "/index.html"));
    if (!existsSync(path)) return void answer.writeHead(404).end();
    const type = TYPES[path.split(".").pop()] ?? "text/plain";
    answer.writeHead(200, { "content-type": type, "cache-control": "max-age=60" });
    createReadStream(path).pipe(answer);
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return { home: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

/** Notes what a page complains of, and whatever it asks others for. */
export function watch(page, home, faults) {
  page.setDefaultTimeout(15_000);
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) faults.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => faults.push(`page: ${error}`));
  page.on("request", (request) => {
    if (!request.url().startsWith(home) && !request.url().startsWith("data:")) faults.push(`asks for ${request.url()}`);
  });
  return page;
}

export function end(faults) {
  if (faults.length === 0) return;
  console.error(faults.join("\n"));
  process.exit(1);
}
