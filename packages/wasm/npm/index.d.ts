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
  bad: Example[];
  good: Example[];
  /** When the examples are true, in seconds since 1970: some are of the hours before. */
  asOf: number;
}

/** An example on a rule's page. */
export interface Example {
  files: File[];
  /** The files as they were, where it is one of a change; otherwise there are none. */
  before: File[];
}

export interface AppliedFix {
  /** The file; of a fix that goes over several, none. */
  file: string | null;
  rule: string;
  message: string | null;
  title: string | null;
}

export interface Mended {
  files: File[];
  applied: AppliedFix[];
  /** What was left out: with it, the server would refuse something else. */
  refused: AppliedFix[];
  /** How many findings have a fix that was not allowed. */
  forbidden: number;
  /** The files that are left as they are, and why. */
  unfit: { file: string; why: string }[];
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
  /** The files with their safe fixes applied, and with the others where that is asked for. */
  mend(files: File[], options?: Options, withUnsafe?: boolean): Mended;
  /** What a schedule says, and its next runs. */
  schedule(schedule: string, timeZone?: string, options?: Options, count?: number): Schedule;
  /**
   * The runs of all CronJobs in so many seconds from now on. What a chart prints and a kustomization builds stands in their
   * place, and so do its lines.
   */
  runs(files: File[], seconds: number, options?: Options): Runs;
  /** A CronJob with that schedule, to begin with. */
  manifest(schedule: string, timeZone?: string): string;
  /** What Kubernetes reads of a file, with notes where that is not what is written. */
  reading(file: File): string;
  /** What comes of Jobs and CronJobs, likewise. */
  simulate(files: File[], assumptions: Assumptions, options?: Options): Simulate;
}

/** Loads the module, by its address or its bytes. */
export function load(module?: URL | string | Request | Response | BufferSource | WebAssembly.Module): Promise<Batchlint>;
