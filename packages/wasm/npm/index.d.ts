import type { File, Light, Options } from "./light.js";
import type { Explain } from "./types/explain.js";
import type { Rules } from "./types/rules.js";
import type { Runs } from "./types/runs.js";
import type { Schedule } from "./types/schedule.js";
import type { Simulate } from "./types/simulate.js";

export type * from "./light.js";
export type { Explain, Rules, Runs, Schedule, Simulate };

/** A rule's page, and the examples on it. */
export interface Rule extends Explain {
  bad: string[];
  good: string[];
}

export interface AppliedFix {
  rule: string;
  message: string;
  title: string;
}

export interface Mended {
  text: string;
  applied: AppliedFix[];
  /** What was left out: with it, the server would refuse something else. */
  refused: AppliedFix[];
  /** How many findings have a fix that was not allowed. */
  forbidden: number;
  /** Why the text is left as it is. */
  unfit: string | null;
}

/** Something that is assumed of the work of all objects, or of those of a name. */
export interface Claim {
  name: "run-time" | "fails" | "evicted" | "hangs" | "never-starts";
  /** As the command line and annotations write it: `40m`, `2m..40m`, `3`, `always`, `true`. */
  value: string;
  of?: string;
}

/** A stretch of time, in seconds since 1970. */
export interface Stretch {
  from: number;
  seconds: number;
}

/** What no manifest tells; where nothing is assumed, the answer is what everybody should ask. */
export interface Assumptions {
  claims?: Claim[];
  /** When the controllers are away. */
  outages?: Stretch[];
  /** When the objects are suspended. */
  suspended?: Stretch[];
  /** How many seconds to look at; without it, as long as is telling. */
  length?: number | null;
}

export interface Batchlint extends Light {
  rules(): Rules["rules"];
  rule(name: string): Rule;
  /** A text with its safe fixes applied, and with the others where that is asked for. */
  mend(file: File, options?: Options, withUnsafe?: boolean): Mended;
  /** What a schedule says, and its next runs. */
  schedule(schedule: string, timeZone?: string, options?: Options, count?: number): Schedule;
  /** The runs of all CronJobs in so many seconds from now on. */
  runs(files: File[], seconds: number, options?: Options): Runs;
  /** A CronJob with that schedule, to begin with. */
  manifest(schedule: string, timeZone?: string): string;
  /** What Kubernetes reads of a file, with notes where that is not what is written. */
  reading(file: File): string;
  /** What comes of Jobs and CronJobs. */
  simulate(files: File[], assumptions: Assumptions, options?: Options): Simulate;
}

/** Loads the module, by its address or its bytes. */
export function load(module?: URL | string | Request | Response | BufferSource | WebAssembly.Module): Promise<Batchlint>;
