// The page: what is typed goes to the engine, and what it answers is shown.
import type { Check, File } from "../../../packages/wasm/dist/light.js";
import first from "../../../fixtures/found/report.yaml";
import { find, make, settled, withArrows } from "./dom.js";
import { Editor } from "./editor.js";
import { engine, loadWhole } from "./engine.js";
import { type Actions, type Units, bytesOf, diagnostics, items, summary, unchecked } from "./findings.js";
import { assumptions, cronJob, explained, foreseen } from "./foresee.js";
import { type State, read, written } from "./state.js";

const WEEK = 7 * 86_400;
/** Runs that are shown of a schedule. */
const RUNS = 20;
/** CronJobs whose runs are shown. */
const CRON_JOBS = 20;

const state: State = {
  files: [{ name: "report.yaml", text: first }],
  active: 0,
  settings: { kubernetesVersion: "", controllerTimeZone: "", pedantic: false, now: null },
  tab: "findings",
};
let found: Check | undefined;
let units: Units = new Map();
/** Counts what was asked: of an older question nobody wants the answer. */
let asked = 0;

const trouble = find("#trouble");
const editor = new Editor(find("#editor"), (text) => {
  if (file().text === text) return;
  file().text = text;
  changed();
});
const file = (): File => state.files[state.active]!;

const options = () => {
  const { kubernetesVersion, controllerTimeZone, pedantic, now } = state.settings;
  const said = { controllerTimeZone, pedantic, whole: state.files.length > 1 };
  return { ...said, ...(kubernetesVersion && { kubernetesVersion }), ...(now !== null && { now }) };
};

const fail = (why: unknown): void => {
  trouble.textContent = why instanceof Error ? why.message : String(why);
  trouble.hidden = false;
};

/** Does it, and says so where it cannot be done. */
const trying = (does: () => unknown) => (): void => {
  Promise.resolve().then(does).catch(fail);
};

const keep = settled(400, trying(async () => history.replaceState(null, "", await written(state))));
const changed = (() => {
  const soon = settled(60, trying(answer));
  return () => {
    keep();
    soon();
  };
})();

async function answer(): Promise<void> {
  const number = ++asked;
  const { files, active } = state;
  const check = await engine("check", files, options());
  const bytes = bytesOf(check, file().name);
  const places = bytes.length ? await engine("units", file().text, bytes) : [];
  if (number !== asked) return;
  trouble.hidden = true;
  [found, units] = [check, new Map(bytes.map((byte, at) => [byte, places[at]!]))];
  editor.show(diagnostics(check, file().name, units, actions));
  find("#summary").textContent = summary(check);
  find("#list").replaceChildren(...items(check, files, active, actions), ...unchecked(check));
  const isSafe = (fix: { safety: string }) => fix.safety === "safe";
  find<HTMLButtonElement>("#mend").disabled = !check.findings.some((one) => one.file === file().name && one.fixes.some(isSafe));
  await tabs[state.tab]?.();
}

const actions: Actions = {
  goTo(name, range) {
    const at = state.files.findIndex((one) => one.name === name);
    if (at < 0) return;
    if (at !== state.active) open(at);
    trying(async () => {
      const [from, to] = await engine("units", file().text, [range.start.byte, range.end.byte]);
      editor.goTo(from!, to!);
    })();
  },
  apply(fix) {
    for (const other of state.files) {
      const edits = fix.edits.filter((edit) => edit.file === other.name);
      if (other === file()) {
        const at = (byte: number) => units.get(byte) ?? 0;
        editor.change(edits.map(({ range, text }) => ({ from: at(range.start.byte), to: at(range.end.byte), insert: text })));
      } else {
        trying(() => edit(other, edits))();
      }
    }
  },
};

/** Edits a file that is not in the editor. */
async function edit(other: File, edits: Check["findings"][number]["fixes"][number]["edits"]): Promise<void> {
  if (edits.length === 0) return;
  const bytes = edits.flatMap(({ range }) => [range.start.byte, range.end.byte]);
  const places = await engine("units", other.text, bytes);
  const changes = edits.map(({ text }, at) => ({ from: places[2 * at]!, to: places[2 * at + 1]!, text }));
  for (const { from, to, text } of changes.sort((one, two) => two.from - one.from)) {
    other.text = other.text.slice(0, from) + text + other.text.slice(to);
  }
  changed();
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
    const assumed = assumptions(new FormData(find<HTMLFormElement>("#assumptions")));
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
  editor.open(file().text);
  showFiles();
  changed();
}

/** Other files than before. */
function put(files: File[], active = 0): void {
  state.files = files.map((file) => ({ ...file }));
  open(active);
}

function showFiles(): void {
  const tab = ({ name }: File, at: number) => {
    const isActive = at === state.active;
    const attributes = { role: "tab", type: "button", id: `file-${at}`, "aria-selected": String(isActive), "aria-controls": "editor" };
    return make("button", { ...attributes, tabindex: isActive ? "0" : "-1", click: () => open(at) }, name);
  };
  find("#files").replaceChildren(...state.files.map(tab));
  find("#named").hidden = state.files.length < 2;
  find<HTMLInputElement>("#name").value = file().name;
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
    put(kept.files, kept.active);
    select(kept.tab);
  } else if (rule) {
    await showRule(rule);
  } else if (example) {
    put((await examples())[example] ?? state.files);
  } else if (schedule) {
    find<HTMLInputElement>("#expression").value = schedule.expression;
    find<HTMLInputElement>("#expression-zone").value = schedule.zone;
    select("schedule");
  }
}

/** A rule's bad example, with the good one beside it. */
async function showRule(name: string): Promise<void> {
  const rule = await engine("rule", name);
  state.settings.pedantic = rule.audience === "pedantic";
  showSettings();
  put([{ name: `${rule.name}.yaml`, text: rule.bad[0] ?? "" }]);
  const good = find("#good");
  good.hidden = rule.good.length === 0;
  find("#good pre").textContent = rule.good[0] ?? "";
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
    const { text, unfit } = await engine("mend", file(), options());
    if (unfit) fail(unfit);
    else editor.replace(text);
  }));
  find("#add").addEventListener("click", () => {
    const name = ["templates/job.yaml", "values.yaml", "Chart.yaml", "job.yaml"].findLast((name) => !state.files.some((file) => file.name === name));
    put([...state.files, { name: name ?? `file-${state.files.length}.yaml`, text: "" }], state.files.length);
  });
  find("#remove").addEventListener("click", () => put(state.files.filter((one) => one !== file())));
  find("#name").addEventListener("change", () => {
    const name = find<HTMLInputElement>("#name").value.trim();
    if (name && !state.files.some((one) => one.name === name)) file().name = name;
    open(state.active);
  });
  find("#good button").addEventListener("click", () => editor.replace(find("#good pre").textContent ?? ""));
  find("#share").addEventListener("click", copy(async () => new URL(await written(state), location.href).href, find("#share")));
  find("#copy").addEventListener("click", copy(() => find("#manifest pre").textContent ?? "", find("#copy")));
  find("#use").addEventListener("click", () => {
    put([{ name: "cronjob.yaml", text: find("#manifest pre").textContent ?? "" }]);
    select("findings");
  });
}

/** What can wait until something is answered. */
async function furnish(): Promise<void> {
  const { version, iana, kubernetesVersions, timeZones } = await engine("about");
  const options = kubernetesVersions.map((name, at) => make("option", { value: at === 0 ? "" : name }, name));
  find("#version").replaceChildren(...options);
  find("#zones").replaceChildren(...timeZones.map((name) => make("option", { value: name })));
  find("#about").textContent = `batchlint ${version}, time zones of IANA ${iana}`;
  showSettings();
  const names = Object.keys(await examples());
  const menu = find<HTMLSelectElement>("#examples");
  menu.append(...names.map((name) => make("option", { value: name }, name)));
  menu.addEventListener("change", trying(async () => put((await examples())[menu.value] ?? state.files)));
  await loadWhole();
  document.documentElement.dataset["whole"] = "true";
  await answer();
}

async function start(): Promise<void> {
  listen();
  editor.open(file().text);
  showFiles();
  await show(location.hash);
  await answer();
  document.documentElement.dataset["answered"] = String(Math.round(performance.now()));
  await furnish();
}

start().catch(fail);
