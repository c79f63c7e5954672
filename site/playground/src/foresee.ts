// What lies ahead: runs, one schedule, what comes of it.
import type { Assumptions, Claim, Runs, Schedule, Simulate } from "../../../packages/wasm/dist/index.js";
import { make, prose, ruleLink, table } from "./dom.js";
import { shown, timeline } from "./timeline.js";

type CronJob = Runs["cronJobs"][number];
type Simulation = Simulate["simulations"][number];

/** Events that are shown of an object. */
const EVENTS = 40;

/** A CronJob and what its schedule comes to. */
export function cronJob(job: CronJob, schedule: Schedule): HTMLElement {
  const parts: (HTMLElement | null)[] = [make("h2", {}, job.namespace ? `${job.namespace}/${job.name}` : (job.name ?? "(no name)"))];
  if (job.never) parts.push(make("p", {}, ...prose(`It never runs: it ${job.never}`)));
  return section(...parts, ...explained(schedule));
}

/** All that there is to say of a schedule. */
export function explained(schedule: Schedule): HTMLElement[] {
  const refused = [...schedule.server, ...(schedule.timeZone?.server ?? [])];
  const changes = schedule.clockChanges.filter(({ words }) => words.length > 0);
  const zone = schedule.timeZone?.name ?? schedule.controllerTimeZone ?? "UTC";
  const runs = schedule.runs.map((run) => [time(shown(run)), time(run.utc.slice(0, 16).replace("T", " "))]);
  const parts = [
    make("p", { class: schedule.valid ? "words" : "words error" }, ...prose(schedule.words || "It is no schedule.")),
    refused.length ? make("p", {}, `The API server refuses it: ${refused.join("; ")}`) : null,
    ...schedule.findings.map((finding) =>
      make(
        "p",
        {},
        make("span", { class: `severity ${finding.severity}` }, finding.severity),
        " ",
        ...prose(`${finding.message}${finding.help ? `: ${finding.help}` : ""} `),
        ruleLink(finding.rule),
      ),
    ),
    timeline(schedule),
    schedule.stuck ? make("p", {}, `Kubernetes finds the run of ${shown(schedule.stuck)} again and again.`) : null,
    runs.length ? table(`The next runs, ${zone}`, ["on its clock", "UTC"], runs) : null,
    runs.length === 0 && refused.length === 0 ? make("p", {}, "No run is ahead.") : null,
    changes.length
      ? table(
          `What clock changes do within a year (IANA ${schedule.iana})`,
          ["change", "then"],
          changes.map((change) => [time(shown(change.at)), change.words.join("; ")]),
        )
      : null,
  ];
  return parts.filter((part) => part !== null);
}

/** What a form assumes; where it assumes nothing, the table of questions is the answer. */
export function assumptions(form: FormData, now: number): Assumptions {
  const said = (name: string) => String(form.get(name) ?? "").trim();
  const claims: Claim[] = [];
  for (const name of ["run-time", "fails", "evicted"] as const) {
    if (said(name)) claims.push({ name, value: said(name) });
  }
  for (const name of ["hangs", "never-starts"] as const) {
    if (form.has(name)) claims.push({ name, value: "true" });
  }
  const [seconds, away] = [Number(said("outage")), Date.parse(`${said("away")}Z`) / 1000];
  const from = Number.isNaN(away) ? now : away;
  return {
    claims,
    outages: seconds > 0 ? [{ from, seconds }] : [],
    length: said("length") ? Number(said("length")) : null,
  };
}

export function foreseen({ simulations }: Simulate): HTMLElement[] {
  if (simulations.length === 0) return [make("p", {}, "There is no Job and no CronJob.")];
  return simulations.map(simulation);
}

function simulation(one: Simulation): HTMLElement {
  const name = make("h2", {}, one.object.namespace ? `${one.object.namespace}/${one.object.name}` : (one.object.name ?? "(no name)"));
  if (one.notSimulated) return section(name, make("p", {}, ...prose(`It is not simulated: it ${one.notSimulated}`)));
  return section(name, one.whatIf ? questions(one.whatIf) : null, one.whatIf ? null : figures(one), one.whatIf ? null : events(one));
}

function questions({ from, until, rows }: NonNullable<Simulation["whatIf"]>): HTMLElement {
  const row = (row: (typeof rows)[number]) => [row.words, make("span", {}, ...prose(row.then)), row.rule ? ruleLink(row.rule) : ""];
  return table(`What comes of it, ${shown(from)} to ${shown(until)}`, ["if it", "then", "rule"], rows.map(row));
}

function figures({ summary, assumptions }: Simulation): HTMLElement {
  const words = (name: string) => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  const rows = Object.entries(summary ?? {}).filter(([, value]) => value !== null && value !== 0);
  const told = (name: string, value: unknown) => (name.endsWith("Seconds") ? duration(Number(value)) : String(value));
  const held = assumptions.map(({ what, value }) => `${words(what)} ${value}`).join("; ");
  return table(`What comes of it, assumed: ${held || "nothing"}`, ["what", "how much"], rows.map(([name, value]) => [words(name.replace(/Seconds$/, "")), told(name, value)]));
}

/** Seconds as people say them. */
function duration(seconds: number): string {
  const units = [["d", 86_400], ["h", 3_600], ["m", 60], ["s", 1]] as const;
  const parts = units.map(([unit, size], at) => [Math.floor((at ? seconds % units[at - 1]![1] : seconds) / size), unit] as const);
  return parts.filter(([count]) => count > 0).map(([count, unit]) => `${count}${unit}`).join("") || "0s";
}

function events({ events }: Simulation): HTMLElement {
  const rows = events.slice(0, EVENTS).map((event) => {
    const { what, job, detail } = event;
    const pod = event.pod === undefined ? undefined : `pod ${event.pod}`;
    return [time(event.utc.slice(0, 19).replace("T", " ")), [what, job, pod, detail].filter((word) => word !== undefined).join(" ")];
  });
  const more = events.length - rows.length;
  return table(`What happens${more > 0 ? `, and ${more} more` : ""}`, ["UTC", "event"], rows);
}

/** A time, on one line. */
const time = (words: string): HTMLElement => make("span", { class: "time" }, words);

const section = (...parts: (HTMLElement | null)[]): HTMLElement =>
  make("section", {}, ...parts.filter((part) => part !== null));
