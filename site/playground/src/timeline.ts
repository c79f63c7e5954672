// Runs and clock changes on a line, drawn of what the engine says.
import type { Schedule } from "../../../packages/wasm/dist/index.js";
import { draw, make } from "./dom.js";

/** An instant, on the clock of a zone where one is meant. */
type When = Pick<Schedule["from"], "utc"> & { local?: string };

const WIDTH = 600;
const EDGE = 10;

/** `2026-11-21T05:30:00+01:00` as `Sat 2026-11-21 05:30 +01:00` */
export function shown(when: When): string {
  const local = when.local ?? when.utc;
  const [date, clock] = [local.slice(0, 10), local.slice(11, 16)];
  const weekday = new Date(`${date}T00:00Z`).toLocaleDateString("en", { weekday: "short", timeZone: "UTC" });
  return `${weekday} ${date} ${clock} ${local.slice(19)}`;
}

export function timeline(schedule: Schedule): HTMLElement | null {
  const { from, runs, clockChanges } = schedule;
  const last = runs.at(-1);
  if (!last) return null;
  const length = Math.max(1, last.at - from.at);
  const x = (at: number) => String(EDGE + ((WIDTH - 2 * EDGE) * (at - from.at)) / length);
  const within = clockChanges.filter(({ at }) => at.at <= last.at);
  const changes = within.map((change) =>
    draw("path", { class: "change", d: `M${x(change.at.at)} 4v32` }, draw("title", {}, `the clock changes: ${shown(change.at)}`)),
  );
  const marks = runs.map((run) => draw("circle", { class: "run", cx: x(run.at), cy: "20", r: "5" }, draw("title", {}, shown(run))));
  const line = draw("path", { class: "axis", d: `M${EDGE} 20h${WIDTH - 2 * EDGE}` });
  const words = `${runs.length} runs from ${shown(from)} to ${shown(last)}; ${within.length} clock changes`;
  const picture = draw("svg", { viewBox: `0 0 ${WIDTH} 40`, role: "img", "aria-label": words }, line, ...changes, ...marks);
  const ends = make("p", { class: "ends faint" }, make("span", {}, shown(from)), make("span", {}, shown(last)));
  const labels = within.map((change) => {
    const label = make("span", {}, `clock ${turned(change)}`);
    const share = Number(x(change.at.at)) / WIDTH;
    // It stands on the side where there is more room.
    if (share > 0.5) label.style.right = `${100 * (1 - share)}%`;
    else label.style.left = `${100 * share}%`;
    return label;
  });
  const changed = make("p", { class: "changes", "aria-hidden": "true" }, ...labels);
  return make("div", { class: "timeline" }, ...(labels.length ? [changed] : []), picture as unknown as HTMLElement, ends);
}

/** By how much a clock is turned. */
function turned({ before, after }: Schedule["clockChanges"][number]): string {
  const minutes = Math.abs(after - before) / 60;
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  const words = [hours ? `${hours} h` : "", rest ? `${rest} min` : ""].filter(Boolean).join(" ");
  return `${after < before ? "−" : "+"}${words}`;
}
