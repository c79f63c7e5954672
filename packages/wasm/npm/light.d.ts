import type { Check } from "./types/check.js";
import type { Explain } from "./types/explain.js";
import type { Rules } from "./types/rules.js";
import type { Runs } from "./types/runs.js";
import type { Schedule } from "./types/schedule.js";

export type { Check, Explain, Rules, Runs, Schedule };

/** A text under the name that findings carry. */
export interface File {
  name: string;
  text: string;
}

/** What holds for all texts; the arguments of `batchlint check` have the same names. */
export interface Options {
  /** Now, in seconds since 1970; without it, the clock's. */
  now?: number;
  /** `1.33`; without it, the newest. */
  kubernetesVersion?: string;
  /** The zone of the CronJob controller, by which schedules without `timeZone` run. */
  controllerTimeZone?: string;
  /** Also what is a habit and no fault. */
  pedantic?: boolean;
  /** Only these rules and groups. */
  select?: string[];
  /** Without these. */
  ignore?: string[];
  /** Whether the files are all that belongs together, as those of a folder are. */
  whole?: boolean;
}

export interface About {
  /** The version of batchlint. */
  version: string;
  /** The release of the time zone data. */
  iana: string;
  /** The newest first. */
  kubernetesVersions: string[];
  timeZones: string[];
  /** Whether scripts, charts and the simulation are in this module. */
  full: boolean;
}

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

/** Every function throws an `Error` where the options name what is not there. */
export interface Light {
  about(): About;
  rules(): Rules["rules"];
  rule(name: string): Rule;
  /** What `batchlint check --format json` prints, read. */
  check(files: File[], options?: Options): Check;
  /** The same as it is printed, byte for byte. */
  checkText(files: File[], options?: Options): string;
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
  /** Where these bytes of a text are, counted in UTF-16 code units, as JavaScript counts. */
  units(text: string, bytes: ArrayLike<number>): Uint32Array;
}

/** Loads the module, by its address or its bytes. */
export function load(module?: URL | string | Request | Response | BufferSource | WebAssembly.Module): Promise<Light>;
