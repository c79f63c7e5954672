// The page: what is typed goes to the engine, and what it answers is shown.
import type { File } from "../../../packages/wasm/dist/light.js";
import { find, make, reveal, settled, withArrows } from "./dom.js";
import { engine, loadWhole } from "./engine.js";
import { assumptions, cronJob, explained, foreseen } from "./foresee.js";
import { check, onOpen, pane, panes, write } from "./panes.js";
import { offer } from "./rule.js";
import { WAS, read, written } from "./state.js";
import { beside, changed, fail, file, keep, onChange, options, state, trying } from "./store.js";

const WEEK = 7 * 86_400;
/** Runs that are shown of a schedule. */
const RUNS = 20;
/** CronJobs whose runs are shown. */
const CRON_JOBS = 20;
/** The folders of examples. */
const GROUPS = { found: "With mistakes", clean: "Without", chart: "Charts" };

let isAsking = false;
/** Whether something has changed since the last question. */
let isStale = false;

/** Answers, and again while something has changed meanwhile. */
async function answer(): Promise<void> {
  isStale = true;
  if (isAsking) return;
  isAsking = true;
  try {
    while (isStale) {
      isStale = false;
      if (await check()) await tabs[state.tab]?.();
      else isStale = true;
    }
  } finally {
    isAsking = false;
  }
}

/** What each tab wants to know beside what is found. */
const tabs: Record<string, () => Promise<void>> = {
  findings: async () => {},
  runs: async () => {
    const { cronJobs } = await engine("runs", state.files, WEEK, options());
    const zone = (job: (typeof cronJobs)[number]) => job.timeZone ?? "";
    const schedules = cronJobs.slice(0, CRON_JOBS).map((job) => engine("schedule", job.schedule, zone(job), options(), RUNS));
    const all = (await Promise.all(schedules)).map((schedule, at) => cronJob(cronJobs[at]!, schedule));
    find("#runs").replaceChildren(...(all.length ? all : [make("p", {}, "There is no CronJob.")]));
  },
  "what-if": async () => {
    const now = state.settings.now ?? Math.floor(Date.now() / 1000);
    const assumed = assumptions(new FormData(find<HTMLFormElement>("#assumptions")), now);
    const target = find("#foreseen");
    try {
      target.replaceChildren(...foreseen(await engine("simulate", state.files, assumed, options())));
    } catch (why) {
      target.replaceChildren(make("p", { class: "error" }, (why as Error).message));
    }
  },
  reading: async () => {
    find("#reading pre").textContent = await engine("reading", file());
  },
  schedule: async () => {
    const [expression, zone] = ["#expression", "#expression-zone"].map((id) => find<HTMLInputElement>(id).value.trim());
    const schedule = await engine("schedule", expression!, zone, options(), RUNS);
    find("#explained").replaceChildren(...explained(schedule));
    find("#manifest pre").textContent = await engine("manifest", expression!, zone);
  },
};

function open(at: number): void {
  state.active = at;
  pane.open();
  showBeside();
  showFiles();
  changed();
}

function showBeside(): void {
  const [file, name] = [beside(), find("#beside-name")];
  name.hidden = find("#beside").hidden = file === undefined;
  name.textContent = state.beside === WAS ? "As it was" : (file?.name ?? "");
  panes[1]!.open();
}

/** Other files than before. */
function put(files: File[], active = 0, beside = -1, before: File[] = []): void {
  const alone = (files: File[]) => files.map((file) => ({ ...file }));
  [state.files, state.before, state.beside] = [alone(files), alone(before), beside];
  find("#rule").hidden = true;
  find("#good").hidden = true;
  open(active);
}

/** What is shown beside the text; what files were is what they are now, where nobody knew it. */
function putBeside(at: number): void {
  state.beside = at;
  if (at === WAS && state.before.length === 0) state.before = state.files.map((file) => ({ ...file }));
  if (at === -1) state.before = [];
  showBeside();
  showFiles();
  changed();
}

/** An example: of a chart a template, and its values beside it. */
function putExample(files: File[]): void {
  const template = files.findIndex(({ name, text }) => name.startsWith("templates/") && /^ *schedule:/m.test(text));
  put(files, Math.max(0, template), files.findIndex(({ name }) => name === "values.yaml"));
}

function showFiles(): void {
  const tab = ({ name }: File, at: number) => {
    const isActive = at === state.active;
    const attributes = { role: "tab", type: "button", id: `file-${at}`, "aria-selected": String(isActive), "aria-controls": "editor" };
    return make("button", { ...attributes, tabindex: isActive ? "0" : "-1", click: () => open(at) }, name);
  };
  find("#files").replaceChildren(...state.files.map(tab));
  reveal(find(`#file-${state.active}`));
  find("#named").hidden = state.files.length < 2;
  find<HTMLInputElement>("#name").value = file().name;
  const none = make("option", { value: "-1" }, "nothing");
  const was = make("option", { value: String(WAS) }, "what it was");
  find("#compare").setAttribute("aria-pressed", String(state.beside === WAS));
  const others = state.files.map(({ name }, at) => make("option", { value: String(at) }, name));
  const menu = find<HTMLSelectElement>("#beside-what");
  menu.replaceChildren(none, was, ...others.filter((_, at) => at !== state.active));
  menu.value = String(beside() ? state.beside : -1);
}

function select(tab: string): void {
  state.tab = tab in tabs ? tab : "findings";
  for (const button of document.querySelectorAll<HTMLElement>("#tabs [role=tab]")) {
    const isSelected = button.id === `tab-${state.tab}`;
    button.setAttribute("aria-selected", String(isSelected));
    button.tabIndex = isSelected ? 0 : -1;
    find(`#${button.getAttribute("aria-controls")}`).hidden = !isSelected;
  }
  keep();
  trying(() => tabs[state.tab]!())();
}

function showSettings(): void {
  const { kubernetesVersion, controllerTimeZone, pedantic, now } = state.settings;
  const [version, zone, is, at] = ["#version", "#zone", "#pedantic", "#now"].map((id) => find<HTMLInputElement>(id));
  [version!.value, zone!.value, is!.checked] = [kubernetesVersion, controllerTimeZone, pedantic];
  at!.value = now === null ? "" : new Date(now * 1000).toISOString().slice(0, 16);
}

function readSettings(): void {
  const said = new FormData(find<HTMLFormElement>("#settings"));
  const now = Date.parse(`${said.get("now")}Z`) / 1000;
  state.settings = {
    kubernetesVersion: String(said.get("kubernetesVersion") ?? ""),
    controllerTimeZone: String(said.get("controllerTimeZone") ?? "").trim(),
    pedantic: said.has("pedantic"),
    now: Number.isNaN(now) ? null : now,
  };
  changed();
}

/** Shows what the address asks for. */
async function show(fragment: string): Promise<void> {
  const { state: kept, rule, example, schedule } = await read(fragment);
  if (kept) {
    Object.assign(state, kept);
    showSettings();
    put(kept.files, kept.active, kept.beside, kept.before);
    select(kept.tab);
  } else if (rule) {
    await showRule(rule);
  } else if (example) {
    putExample((await examples())[example] ?? state.files);
  } else if (schedule) {
    find<HTMLInputElement>("#expression").value = schedule.expression;
    find<HTMLInputElement>("#expression-zone").value = schedule.zone;
    select("schedule");
  }
}

/** A rule's examples; of one that is several files, where the rule finds something. */
async function showRule(name: string): Promise<void> {
  const rule = await engine("rule", name);
  const first = rule.bad[0] ?? { files: [], before: [] };
  const look = async () => {
    const { findings } = await engine("check", first.files, { ...options(), before: first.before });
    return findings.find((finding) => finding.rule === rule.name)?.file;
  };
  Object.assign(state.settings, { pedantic: rule.audience === "pedantic", now: null });
  let found = await look();
  if (!found) {
    state.settings.now = rule.asOf;
    found = await look();
  }
  showSettings();
  offer(rule, ({ files, before }) => {
    const at = files.findIndex(({ name }) => name === found);
    put(files, Math.max(0, at), before.length > 0 ? WAS : -1, before);
  });
}

let known: Promise<Record<string, File[]>> | undefined;
const examples = (): Promise<Record<string, File[]>> =>
  (known ??= fetch("examples.json").then((answer) => answer.json() as Promise<Record<string, File[]>>));

const copy = (what: () => string | Promise<string>, button: HTMLElement) =>
  trying(async () => {
    await navigator.clipboard.writeText(await what());
    const words = button.textContent;
    button.textContent = "Copied";
    setTimeout(() => (button.textContent = words), 1500);
  });

function listen(): void {
  onChange(answer);
  onOpen(open);
  addEventListener("error", (event) => fail(event.message));
  addEventListener("unhandledrejection", (event) => fail(event.reason));
  addEventListener("hashchange", trying(() => show(location.hash)));
  for (const list of ["#tabs", "#files"]) withArrows(find(list));
  for (const tab of document.querySelectorAll<HTMLElement>("#tabs [role=tab]")) {
    tab.addEventListener("click", () => select(tab.id.replace("tab-", "")));
  }
  find("#settings").addEventListener("input", readSettings);
  for (const [form, tab] of [["#assumptions", "what-if"], ["#bare", "schedule"]] as const) {
    const soon = settled(120, trying(() => tabs[tab]!()));
    for (const event of ["input", "reset"]) find(form).addEventListener(event, soon);
  }
  for (const form of document.forms) form.addEventListener("submit", (event) => event.preventDefault());
  find("#mend").addEventListener("click", trying(async () => {
    const { files, applied, unfit } = await engine("mend", state.files, options());
    files.forEach(({ text }, at) => write(state.files[at]!, text));
    if (applied.length === 0) find("#summary").textContent = "There is no safe fix for this.";
    if (unfit.length > 0) fail(unfit.map(({ file, why }) => `${file}: ${why}`).join("; "));
  }));
  find("#add").addEventListener("click", () => {
    const name = ["templates/job.yaml", "values.yaml", "Chart.yaml", "job.yaml"].findLast((name) => !state.files.some((file) => file.name === name));
    put([...state.files, { name: name ?? `file-${state.files.length}.yaml`, text: "" }], state.files.length, state.beside);
  });
  find("#beside-what").addEventListener("change", () => putBeside(Number(find<HTMLSelectElement>("#beside-what").value)));
  find("#compare").addEventListener("click", () => putBeside(state.beside === WAS ? -1 : WAS));
  find("#remove").addEventListener("click", () => put(state.files.filter((one) => one !== file())));
  find("#name").addEventListener("change", () => {
    const name = find<HTMLInputElement>("#name").value.trim();
    if (name && !state.files.some((one) => one.name === name)) file().name = name;
    open(state.active);
  });
  find("#share").addEventListener("click", copy(async () => new URL(await written(state), location.href).href, find("#share")));
  find("#copy").addEventListener("click", copy(() => find("#manifest pre").textContent ?? "", find("#copy")));
  find("#use").addEventListener("click", () => {
    put([{ name: "cronjob.yaml", text: find("#manifest pre").textContent ?? "" }]);
    select("findings");
  });
}

/** What can wait until something is answered. */
async function furnish(): Promise<void> {
  await Promise.all(panes.map((pane) => pane.editor.furnish()));
  const { version, iana, kubernetesVersions, timeZones } = await engine("about");
  const options = kubernetesVersions.map((name, at) => make("option", { value: at === 0 ? "" : name }, name));
  find("#version").replaceChildren(...options);
  find("#zones").replaceChildren(...timeZones.map((name) => make("option", { value: name })));
  find("#about").textContent = `batchlint ${version}, time zones of IANA ${iana}`;
  showSettings();
  const names = Object.keys(await examples());
  const menu = find<HTMLSelectElement>("#examples");
  for (const [group, label] of Object.entries(GROUPS)) {
    const own = names.filter((name) => name.startsWith(`${group}/`));
    menu.append(make("optgroup", { label }, ...own.map((value) => make("option", { value }, value.slice(group.length + 1)))));
  }
  menu.addEventListener("change", trying(async () => putExample((await examples())[menu.value] ?? state.files)));
  const { connection } = navigator as { connection?: { saveData?: boolean } };
  if (!connection?.saveData) return lookFurther();
  // Who saves data is asked; whatever wants the whole engine loads it, too.
  find("#further").hidden = false;
  find("#further").addEventListener("click", trying(lookFurther));
}

/** What the small engine cannot find, the whole one does. */
async function lookFurther(): Promise<void> {
  await loadWhole();
  await answer();
  document.documentElement.dataset["whole"] = "true";
}

async function start(): Promise<void> {
  listen();
  pane.open();
  showFiles();
  await show(location.hash).catch(fail);
  await answer().catch(fail);
  document.documentElement.dataset["answered"] = String(Math.round(performance.now()));
  await furnish();
}

start().catch(fail);
