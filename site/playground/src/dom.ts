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

/** A link to a rule's page in the documentation, beside which this page lies. */
export const ruleLink = (rule: string): HTMLElement => make("a", { href: `../rules/${rule}.html` }, rule);

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
