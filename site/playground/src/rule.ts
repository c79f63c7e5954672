// A rule's examples, as its page has them: what is bad, and what is good.
import type { Example, Rule } from "../../../packages/wasm/dist/index.js";
import type { File } from "../../../packages/wasm/dist/light.js";
import { find, make, ruleLink } from "./dom.js";

/** What becomes of an example. */
type Put = (example: Example) => void;

/** Offers the examples of a rule, and puts the first one. */
export function offer(rule: Rule, put: Put): void {
  const bar = find("#rule");
  const show = (example: Example, good: Example | undefined) => {
    put(example);
    bar.hidden = false;
    find("#good").hidden = good === undefined;
    find("#good pre").textContent = good ? good.files.map((file) => shown(file, good.files.length > 1)).join("---\n") : "";
  };
  const button = (words: string, example: Example, good: Example | undefined) => {
    const press = (event: Event) => {
      for (const one of bar.querySelectorAll("button")) one.setAttribute("aria-pressed", String(one === event.currentTarget));
      show(example, good);
    };
    return make("button", { type: "button", "aria-pressed": String(example === rule.bad[0]), click: press }, words);
  };
  const named = (words: string, all: Example[], at: number) => (all.length > 1 ? `${words} ${at + 1}` : words);
  const bad = rule.bad.map((example, at) => button(named("Bad", rule.bad, at), example, rule.good[at] ?? rule.good.at(-1)));
  const good = rule.good.map((example, at) => button(named("Good", rule.good, at), example, undefined));
  bar.replaceChildren(make("span", {}, "Examples of ", ruleLink(rule.name), ":"), ...bad, ...good);
  const first = rule.bad[0];
  if (first) show(first, rule.good[0]);
}

const shown = ({ name, text }: File, isNamed: boolean): string => (isNamed ? `# ${name}\n${text}` : text);
