// What the page and the engine's thread say to each other.
import type { Batchlint } from "../../../packages/wasm/dist/index.js";
import type { Light } from "../../../packages/wasm/dist/light.js";

export interface Question {
  id: number;
  what: keyof Batchlint | "whole";
  words: unknown[];
}

/** Whether a trap ended the module, which answers no more then. */
export interface Answer {
  id: number;
  value?: unknown;
  error?: string;
  trapped?: boolean;
}

/** What the small module answers. */
export const QUICK: Record<keyof Light, true> = { about: true, check: true, checkText: true, units: true };
