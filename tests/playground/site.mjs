// The playground as a part of the site: site.mjs BOOK. From a rule's page into it, and from a finding back.
import { LAUNCH, chromium, end, serve, watch } from "./serve.mjs";

const { home, close } = await serve(process.argv[2]);
const browser = await chromium.launch(LAUNCH);
const faults = [];
const context = await browser.newContext();
const page = await context.newPage();
await page.goto(`${home}rules/starting-deadline-never-met.html`);
await page.getByRole("link", { name: "Try it" }).click();
watch(page, home, faults);
await page.waitForSelector("html[data-answered]");
const link = page.locator("#list a", { hasText: "starting-deadline-never-met" }).first();
const [rule] = await Promise.all([context.waitForEvent("page"), link.click()]);
await rule.waitForLoadState();
if (!(await rule.title()).includes("starting-deadline-never-met")) faults.push(`a finding leads to ${rule.url()}`);
await page.click("#documentation");
if (page.url() !== `${home}index.html`) faults.push(`the documentation is at ${page.url()}`);
await browser.close();
close();
end(faults);
console.log("from a rule's page into the playground, and back");
