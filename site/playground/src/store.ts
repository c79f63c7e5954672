// What the page shows, who is told when it changes, and what goes wrong.
import type { File, Options } from "../../../packages/wasm/dist/light.js";
import first from "../../../fixtures/found/report.yaml";
import { find, settled } from "./dom.js";
import { type State, WAS, written } from "./state.js";

export const state: State = {
  files: [{ name: "report.yaml", text: first }],
  active: 0,
  beside: -1,
  before: [],
  settings: { kubernetesVersion: "", controllerTimeZone: "", pedantic: false, now: null },
  tab: "findings",
};

const trouble = find("#trouble");

export const file = (): File => state.files[state.active]!;
/** The file beside it: another one, or what this one was. */
export function beside(): File | undefined {
  if (state.beside === WAS) return state.before.find(({ name }) => name === file().name);
  return state.beside === state.active ? undefined : state.files[state.beside];
}

export const options = (): Options => {
  const { kubernetesVersion, controllerTimeZone, pedantic, now } = state.settings;
  const said = { controllerTimeZone, pedantic, whole: state.files.length > 1 };
  const more = { ...(kubernetesVersion && { kubernetesVersion }), ...(now !== null && { now }) };
  return { ...said, ...more, ...(state.before.length > 0 && { before: state.before }) };
};

export const fail = (why: unknown): void => {
  trouble.textContent = why instanceof Error ? why.message : String(why);
  trouble.hidden = false;
};

/** Does it, and says so where it cannot be done. */
export const trying = (does: () => unknown) => (): void => {
  Promise.resolve().then(does).catch(fail);
};

/** Keeps it in the address. */
export const keep = settled(400, trying(async () => history.replaceState(null, "", await written(state))));

let soon: () => void = () => {};

/** What was shown is another now. */
export function changed(): void {
  // All may be well again.
  trouble.hidden = true;
  keep();
  soon();
}

/** What is done about a change, once nothing has changed for a moment. */
export function onChange(answer: () => Promise<void>): void {
  soon = settled(60, trying(answer));
}
