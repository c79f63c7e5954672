import type { Check } from "./types/check.js";

export type { Check };

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
  /** The files as they were: what the change does is looked at, as with `--since`; only by the whole module. */
  before?: File[];
}

export interface About {
  /** The version of batchlint. */
  version: string;
  /** The release of the time zone data. */
  iana: string;
  /** The newest first. */
  kubernetesVersions: string[];
  timeZones: string[];
  /** Whether this module does more than to check manifests. */
  full: boolean;
}

/** Every function throws an `Error` where the options name what is not there. */
export interface Light {
  about(): About;
  /** What `batchlint check --format json` prints, read. */
  check(files: File[], options?: Options): Check;
  /** The same as it is printed, byte for byte. */
  checkText(files: File[], options?: Options): string;
  /** Where these bytes of a text are, counted in UTF-16 code units, as JavaScript counts. */
  units(text: string, bytes: ArrayLike<number>): Uint32Array;
}

/** Loads the module, by its address or its bytes. */
export function load(module?: URL | string | Request | Response | BufferSource | WebAssembly.Module): Promise<Light>;
