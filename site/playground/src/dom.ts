// Elements: text is always text.
type Attributes = Record<string, string | boolean | ((event: Event) => void)>;

export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...inside: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  set(element, attributes);
  element.append(...inside);
  return element;
}

export function draw(tag: string, attributes: Attributes, ...inside: (Node | string)[]): SVGElement {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  set(element, attributes);
  element.append(...inside);
  return element;
}

function set(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false) element.setAttribute(name, value);
  }
}

/** What is said, with what it quotes set apart. */
export const prose = (words: string): (Node | string)[] =>
  words.split(/`([^`]+)`/).map((part, at) => (at % 2 === 1 ? make("code", {}, part) : part));

export function find<Kind extends HTMLElement = HTMLElement>(selector: string): Kind {
  const element = document.querySelector<Kind>(selector);
  if (!element) throw new Error(`the page has no ${selector}`);
  return element;
}

/** A table with a caption; a cell may hold anything. */
export function table(caption: string, head: string[], rows: (Node | string)[][]): HTMLElement {
  const columns = head.map((name) => make("th", { scope: "col" }, name));
  const row = ([first, ...others]: (Node | string)[]) =>
    make("tr", {}, make("th", { scope: "row" }, first ?? ""), ...others.map((cell) => make("td", {}, cell)));
  const body = make("tbody", {}, ...rows.map(row));
  const whole = make("table", {}, make("caption", {}, caption), make("thead", {}, make("tr", {}, ...columns)), body);
  return make("div", { class: "wide", role: "region", "aria-label": caption, tabindex: "0" }, whole);
}

/** A link to a rule's page in the documentation. */
export function ruleLink(rule: string): HTMLElement {
  const home = find<HTMLAnchorElement>("#documentation").href;
  return make("a", { href: new URL(`rules/${rule}.html`, home).href, target: "_blank" }, rule);
}

/** What is shown in a list, and what it is made from: as long as that is the same, so is what is shown. */
export interface Item {
  key: string;
  make: () => HTMLElement;
}

/** Puts other items into a list; those that were there stay, with the focus in them. */
export function renew(list: HTMLElement, items: Item[]): void {
  const old = new Map([...list.children].map((child) => [(child as HTMLElement).dataset["key"], child as HTMLElement]));
  const kept = items.map(({ key, make }) => {
    const element = old.get(key) ?? make();
    old.delete(key);
    element.dataset["key"] = key;
    return element;
  });
  const stay = new Set<Element>(kept);
  [...list.children].filter((child) => !stay.has(child)).forEach((child) => child.remove());
  kept.forEach((element, at) => {
    if (list.children[at] !== element) list.insertBefore(element, list.children[at] ?? null);
  });
}

/** Scrolls a list sideways until something in it is seen; the page itself does not move. */
export function reveal(inside: HTMLElement): void {
  const list = inside.parentElement!;
  const [here, there] = [inside.getBoundingClientRect(), list.getBoundingClientRect()];
  if (here.left < there.left || here.right > there.right) list.scrollLeft += here.left - there.left - 40;
}

/** Calls it once nothing has happened for so long. */
export function settled(milliseconds: number, then: () => void): () => void {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(then, milliseconds);
  };
}

/** A row of tabs that arrow keys move through, as WAI-ARIA has them. */
export function withArrows(list: HTMLElement): void {
  list.addEventListener("keydown", (event) => {
    const tabs = [...list.querySelectorAll<HTMLElement>("[role=tab]")];
    const at = tabs.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    const tab = tabs[(to + tabs.length) % tabs.length]!;
    event.preventDefault();
    tab.click();
    // What was clicked may have been made anew.
    (document.getElementById(tab.id) ?? tab).focus();
  });
}
