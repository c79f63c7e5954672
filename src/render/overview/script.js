// The page says all without this: it adds zoom, the time under the pointer, and arrow keys between rows.
(function () {
  const chart = document.querySelector(".chart");
  const output = document.querySelector("output");
  if (chart === null) return;
  document.documentElement.classList.add("scripted");
  const rows = Array.from(chart.querySelectorAll("summary"));
  const [from, until] = [Number(chart.dataset.from), Number(chart.dataset.until)];
  let zoom = 1;
  const set = function (wanted) {
    const middle = (chart.scrollLeft + chart.clientWidth / 2) / zoom;
    zoom = Math.min(16, Math.max(1, wanted));
    chart.style.setProperty("--zoom", zoom);
    chart.scrollLeft = middle * zoom - chart.clientWidth / 2;
  };
  const keys = { "+": () => set(zoom * 2), "=": () => set(zoom * 2), "-": () => set(zoom / 2), "0": () => set(1) };
  document.querySelectorAll(".controls button").forEach((button) => {
    button.addEventListener("click", keys[button.value]);
  });
  const move = function (step) {
    const at = rows.indexOf(document.activeElement);
    const next = rows[at + step];
    if (next !== undefined) next.focus();
  };
  chart.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const moves = { ArrowDown: () => move(1), ArrowUp: () => move(-1) };
    const does = keys[event.key] || (rows.includes(document.activeElement) ? moves[event.key] : undefined);
    if (does === undefined) return;
    event.preventDefault();
    does();
  });
  let clock;
  try {
    clock = new Intl.DateTimeFormat("en-GB", { timeZone: chart.dataset.zone, dateStyle: "full", timeStyle: "short" });
  } catch (error) {
    return;
  }
  chart.addEventListener("pointermove", (event) => {
    const picture = event.target.closest("summary svg");
    if (picture === null) return;
    const box = picture.getBoundingClientRect();
    const at = from + (until - from) * ((event.clientX - box.left) / box.width);
    output.textContent = clock.format(new Date(at * 1000));
  });
  chart.addEventListener("pointerleave", () => { output.textContent = ""; });
})();
