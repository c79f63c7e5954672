// The playground in Chromium, as people use it: browse.mjs PAGE PICTURES LIMIT. It wants playwright-core and
// axe-core. No more bytes than the limit, compressed, may come before the first answer; 0 sets none.
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { LAUNCH, chromium, end, require, serve, watch } from "./serve.mjs";

/** Milliseconds until the first answer, where everything is in the cache. */
const SOON = 300;
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const [folder, pictures, limit] = process.argv.slice(2);
mkdirSync(pictures, { recursive: true });
const { home, close } = await serve(folder);
const browser = await chromium.launch(LAUNCH);
const faults = [];

const opened = async (options = {}, address = "") => {
  const context = await browser.newContext({ permissions: ["clipboard-read", "clipboard-write"], ...options });
  const page = watch(await context.newPage(), home, faults);
  await page.goto(home + address);
  await page.waitForSelector("html[data-answered]");
  return page;
};
const whole = (page) => page.waitForSelector("html[data-whole]");
const expect = async (page, what, is) => {
  try {
    await page.waitForFunction(is);
  } catch {
    faults.push(`${what}: ${await page.innerText("#answers")}`);
  }
};
/** How much longer a moment's work takes than it should. */
const busy = () => {
  const [start, used] = [performance.now(), process.cpuUsage()];
  while (performance.now() - start < 200);
  const { user, system } = process.cpuUsage(used);
  return (1000 * (performance.now() - start)) / (user + system);
};
const step = (words) => console.log(`- ${words}`);

const TEXT = `# é 😀
apiVersion: batch/v1
kind: CronJob
metadata:
  name: report
spec:
  schedule: "0 2 * * 1-5"
  timeZone: Europe/Berlin
  concurrencyPolicy: Forbid
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Always
          containers:
            - name: report
              image: registry.example.com/report:1.4.2
`;

const type = async (page, text) => {
  await page.click("#editor .cm-content");
  await page.keyboard.press("Control+a");
  // As Chromium itself inserts a text, it brings styles of its own along.
  await page.evaluate((text) => navigator.clipboard.writeText(text), text);
  await page.keyboard.press("Control+v");
};
const text = (page) => page.locator("#editor .cm-content").innerText();

step("a mistake is seen at its place, and in the list");
const page = await opened({ viewport: { width: 1280, height: 800 } });
await whole(page);
await type(page, TEXT);
await expect(page, "the restart policy", () => /13:26[\s\S]*restartPolicy|restartPolicy/.test(document.querySelector("#list").innerText));
const marked = await page.$$eval(".cm-lintRange-error", (marks) => marks.map((mark) => mark.textContent));
if (!marked.some((mark) => mark.includes("Always"))) faults.push(`marked: ${marked}`);

step("the list is reached by the keyboard, and leads to the place");
await page.focus("#list .place");
await page.keyboard.press("Enter");
await page.waitForFunction(() => document.activeElement?.id === "editor");

step("the keyboard alone leaves the editor, and comes to the list");
await page.click("#editor .cm-content");
await page.keyboard.press("Escape");
let presses = 0;
do await page.keyboard.press("Tab");
while (++presses < 20 && (await page.evaluate(() => document.activeElement?.className)) !== "place");
if (presses >= 20) faults.push("no key leads from the editor to the list");

step("what stays in the list keeps the focus");
await page.focus("#list .place");
const before = await page.locator("#list li").count();
// So no focus goes there.
await page.evaluate(() => document.querySelector("#pedantic").click());
await page.waitForFunction((before) => document.querySelectorAll("#list li").length > before, before);
const focused = await page.evaluate(() => document.activeElement?.className);
if (focused !== "place") faults.push(`the focus is lost to ${focused}`);
await page.uncheck("#pedantic");

step("a fix is applied, then all safe ones");
const fix = page.locator("#list li", { hasText: "Always" }).locator(".fixes button").first();
await fix.click();
await expect(page, "a fix", () => !document.querySelector("#list").innerText.includes("Always"));
if ((await text(page)).includes("Always")) faults.push("the fix is not in the text");
await type(page, TEXT.replace("restartPolicy: Always", "restartPolicy: never").replace("Forbid", "forbid"));
await expect(page, "two mistakes", () => ["never", "forbid"].every((word) => [...document.querySelectorAll("#list code")].some((code) => code.innerText === word)));
await page.click("#mend");
await expect(page, "no such mistakes", () => [...document.querySelectorAll("#list code")].every((code) => !["never", "forbid"].includes(code.innerText)));
if (!/concurrencyPolicy: Forbid/.test(await text(page))) faults.push(`mended: ${await text(page)}`);

step("another version answers otherwise");
const CLEAN = TEXT.replace("Always", "Never");
await type(page, CLEAN.replace("      template:", "      podReplacementPolicy: Failed\n      template:"));
await page.selectOption("#version", "1.26");
await expect(page, "a field of later versions", () => /podReplacementPolicy/.test(document.querySelector("#list").innerText));
await page.selectOption("#version", "");
await type(page, CLEAN);
await expect(page, "the newest version", () => !/podReplacementPolicy/.test(document.querySelector("#list").innerText));

step("pedantic, and the controller's zone");
const few = await page.locator("#list li").count();
await page.check("#pedantic");
await page.waitForFunction((few) => document.querySelectorAll("#list li").length > few, few, { timeout: 10_000 }).catch(() => faults.push("pedantic shows no more"));
await page.uncheck("#pedantic");

step("runs, on a timeline with clock changes");
await page.fill("#now", "2027-03-25T00:00");
await page.click("#tab-runs");
await expect(page, "runs", () => /at 02:00 on Monday to Friday/.test(document.querySelector("#runs").innerText));
await expect(page, "a clock change", () => document.querySelectorAll("#runs .change").length > 0);
await page.screenshot({ path: join(pictures, "runs-1280.png") });

step("what if");
await page.click("#tab-what-if");
await expect(page, "questions", () => /takes up to/.test(document.querySelector("#foreseen").innerText));
await page.screenshot({ path: join(pictures, "what-if-1280.png") });
await page.fill("[name=run-time]", "40m");
await expect(page, "an assumption", () => /run time 40m/.test(document.querySelector("#foreseen").innerText));
await page.fill("[name=run-time]", "40min");
await expect(page, "a wrong one", () => /did you mean .?40m/.test(document.querySelector("#foreseen").innerText));
await page.fill("[name=run-time]", "40m");
await page.selectOption("[name=outage]", "14400");
await expect(page, "an outage", () => /outage/.test(document.querySelector("#foreseen").innerText));
await page.click("#assumptions [type=reset]");

step("what Kubernetes reads");
await page.click("#tab-reading");
await expect(page, "the reading", () => /kind: CronJob/.test(document.querySelector("#reading").innerText));

step("a bare schedule, by the keyboard");
await page.focus("#tab-reading");
await page.keyboard.press("ArrowRight");
await page.fill("#expression", "30 2 * * *");
await page.fill("#expression-zone", "Europe/Berlin");
await expect(page, "a schedule", () => /does not exist: no run/.test(document.querySelector("#explained").innerText));
await page.fill("#expression", "0 24 * * *");
await expect(page, "a wrong schedule", () => /refuses/.test(document.querySelector("#explained").innerText));
await page.fill("#expression", "0 2 * * 1-5");
await page.screenshot({ path: join(pictures, "schedule-1280.png") });
await page.click("#manifest summary");
await page.click("#use");
await expect(page, "the manifest", () => /1 object checked/.test(document.querySelector("#summary").innerText));

step("shared and opened again");
await type(page, TEXT);
await page.click("#share");
await page.waitForFunction(() => document.querySelector("#share").textContent === "Copied");
const link = await page.evaluate(() => navigator.clipboard.readText());
const again = await opened({}, link.slice(home.length));
if ((await text(again)).trim() !== TEXT.trim()) faults.push(`reopened: ${await text(again)}`);
await again.context().close();

step("a rule's examples: the bad one, and what it should be; of several files; of a change");
const tried = await opened({}, "#rule=starting-deadline-never-met");
await expect(tried, "the rule", () => /starting-deadline-never-met/.test(document.querySelector("#list").innerText));
await tried.waitForSelector("#good:not([hidden])");
await tried.locator("#rule button", { hasText: "Good" }).first().click();
await expect(tried, "the good example", () => !/starting-deadline-never-met/.test(document.querySelector("#list").innerText));
await tried.context().close();
const built = await opened({}, "#rule=patch-matches-nothing");
await expect(built, "a kustomization", () => /patch-matches-nothing/.test(document.querySelector("#list").innerText));
if ((await built.locator("#files [role=tab]").count()) < 3) faults.push("the example's files are not there");
await built.context().close();
const change = await opened({}, "#rule=comment-left-behind");
await expect(change, "a change", () => /comment-left-behind/.test(document.querySelector("#list").innerText));
await change.locator("#beside .cm-content").waitFor();
await change.click("#share");
await change.waitForFunction(() => document.querySelector("#share").textContent === "Copied");
const changed = await opened({}, (await change.evaluate(() => navigator.clipboard.readText())).slice(home.length));
await expect(changed, "the change from its link", () => /comment-left-behind/.test(document.querySelector("#list").innerText));
await changed.context().close();
await change.click("#compare");
await expect(change, "no change any more", () => !/comment-left-behind/.test(document.querySelector("#list").innerText));
await change.context().close();

step("who saves data is asked before the whole engine comes");
{
  const context = await browser.newContext();
  await context.addInitScript(() => Object.defineProperty(navigator, "connection", { value: { saveData: true } }));
  const page = watch(await context.newPage(), home, faults);
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.goto(home);
  await page.waitForSelector("#further:not([hidden])");
  if (asked.some((url) => url.endsWith("full.wasm"))) faults.push("it comes unasked");
  await page.click("#further");
  await whole(page);
  await expect(page, "all that is found", () => !/so far/.test(document.querySelector("#summary").innerText));
  if (await page.isVisible("#further")) faults.push("there is nothing further");
  await context.close();
}

step("trouble with the page itself is told");
{
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.route("**/*.wasm", (route) => route.abort());
  await page.goto(home);
  await page.waitForSelector("#trouble:not([hidden])", { timeout: 10_000 }).catch(() => faults.push("an engine that cannot be loaded is not told of"));
  // What is not its own, no page of this policy reaches.
  const blocked = page.evaluate(() => new Promise((done) => {
    addEventListener("securitypolicyviolation", (event) => done(event.effectiveDirective));
    fetch("http://127.0.0.1:9/").catch(() => {});
    setTimeout(() => done("nothing"), 2000);
  }));
  if ((await blocked) !== "connect-src") faults.push(`what keeps the page from sending: ${await blocked}`);
  await context.close();
}

step("an address that is none");
{
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${home}#s=9.abc`);
  await page.waitForSelector("#trouble:not([hidden])").catch(() => faults.push("a wrong address is not told of"));
  await context.close();
}

step("a chart, its template and values side by side");
await whole(page);
await page.selectOption("#examples", "chart/backup");
if ((await page.locator("#beside .cm-content").innerText()).length < 10) faults.push("there are no values beside the template");
await expect(page, "the chart", () => /values\.yaml|templates\//.test(document.querySelector("#list").innerText));
await page.screenshot({ path: join(pictures, "chart-1280.png") });
await page.locator("#list .place", { hasText: "values.yaml" }).first().click();
await page.waitForFunction(() => document.activeElement?.id === "beside").catch(() => faults.push("the values are not gone to"));
await page.click("#mend");
await expect(page, "the chart mended", () => !/did you mean .?limits/.test(document.querySelector("#list").innerText));
await page.context().close();

for (const colorScheme of ["light", "dark"]) {
  for (const width of [1280, 390]) {
    step(`${colorScheme}, ${width} pixels, by axe-core`);
    const page = await opened({ colorScheme, viewport: { width, height: 844 } });
    await whole(page);
    for (const tab of ["findings", "runs", "what-if", "reading", "schedule"]) {
      await page.click(`#tab-${tab}`);
      await page.waitForTimeout(400);
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => window.axe.run());
      for (const one of violations) faults.push(`${tab}, ${colorScheme}, ${width}: ${one.id} (${one.impact}) at ${one.nodes[0].target}`);
      await page.screenshot({ path: join(pictures, `${tab}-${colorScheme}-${width}.png`), fullPage: width < 800 });
    }
    const jumps = await page.evaluate(() => new Promise((done) => {
      const sum = (list) => list.getEntries().reduce((sum, one) => sum + (one.hadRecentInput ? 0 : one.value), 0);
      new PerformanceObserver((list) => done(sum(list))).observe({ type: "layout-shift", buffered: true });
      setTimeout(() => done(0), 500);
    }));
    if (jumps > 0.05) faults.push(`${colorScheme}, ${width}: what is there jumps, by ${jumps}`);
    const overflows = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    if (overflows) faults.push(`${width} pixels: the page is wider than the window`);
    await page.context().close();
  }
}

step("what comes before the first answer, compressed");
{
  const context = await browser.newContext();
  const page = await context.newPage();
  const asked = [];
  page.on("request", (request) => request.url().startsWith(home) && asked.push(request));
  await page.goto(home);
  await whole(page);
  const answered = await page.evaluate(() => performance.timeOrigin + Number(document.documentElement.dataset.answered));
  const early = asked.filter((request) => request.timing().startTime <= answered);
  const before = [...new Set(early.map((request) => new URL(request.url()).pathname.replace(/\/$/, "/index.html")))];
  if (!before.includes("/light.wasm") || before.includes("/full.wasm")) faults.push(`what comes before the first answer: ${before}`);
  const sizes = before.map((path) => gzipSync(readFileSync(join(folder, path)), { level: 9 }).length);
  const sum = sizes.reduce((sum, size) => sum + size, 0);
  console.log(before.map((path, at) => `${path} ${sizes[at]}`).join(", ") + `; together ${sum} bytes`);
  if (Number(limit) > 0 && sum > Number(limit)) faults.push(`${sum} bytes come before the first answer: more than ${limit}`);
  await context.close();
}

step("the first answer on a warm cache");
// As a browser that was here before has it: its cache and what it compiled are on its disk.
const profile = mkdtempSync(join(tmpdir(), "playground-"));
const warm = await chromium.launchPersistentContext(profile, LAUNCH);
const times = [];
let share = 0;
for (let round = 0; round < 13; round++) {
  share += busy() / 13;
  const page = await warm.newPage();
  await page.goto(home);
  await whole(page);
  if (round >= 3) times.push(Number(await page.evaluate(() => document.documentElement.dataset.answered)));
  await page.close();
}
await warm.close();
rmSync(profile, { recursive: true });
times.sort((one, other) => one - other);
console.log(`first answers after ${times.join(", ")} ms; half of them within ${times[times.length / 2]} ms`);
// Where others want the machine, too, no time tells anything.
if (share > 1.1) console.log(`not judged: others have the machine, and what is to take 1 s takes ${share.toFixed(2)} s`);
else if (Number(limit) > 0 && times[times.length / 2] > SOON) faults.push(`the first answer takes longer than ${SOON} ms`);

await browser.close();
close();
end(faults);
