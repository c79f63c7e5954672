import type { File, Light, Options } from "./light.js";
import type { Simulate } from "./types/simulate.js";

export type * from "./light.js";
export type { Simulate };

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
  /** What comes of Jobs and CronJobs. */
  simulate(files: File[], assumptions: Assumptions, options?: Options): Simulate;
}

/** Loads the module, by its address or its bytes. */
export function load(module?: URL | string | Request | Response | BufferSource | WebAssembly.Module): Promise<Batchlint>;
