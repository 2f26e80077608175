// Words are changed where they are read: a place on a page opens what its field holds, over that place.
import { calm, say, send } from "/static/common.js";

const TEXTS = "textarea[data-control], input[type=text][data-control]";
const LEAST = 300;  // pixels that the words have at least, in a narrow column of a page
const EDGE = 8;  // pixels around the words

export function writing(bench, form) {
  const room = bench.querySelector(".pages-room");
  const pages = room.querySelector("#pages");
  if (!pages) return;
  const of = new WeakMap();  // the field of each place
  let open = null;  // the field that is written in on the page
  let last = null;  // the field of the place that has the focus
  let looks = 0;  // how often places were looked for: an answer that comes after another question is too late

  new MutationObserver(calm(look, 250)).observe(pages, { childList: true });
  pages.addEventListener("click", ({ target }) => {
    if (of.has(target)) write(target);
    else if (target.matches("img.page")) say("These words are not in this form.");
  });
  pages.addEventListener("keydown", (event) => {
    const way = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (!way || !of.has(event.target)) return;
    event.preventDefault();
    const all = [...pages.querySelectorAll(".place")];
    all[all.indexOf(event.target) + way]?.focus();
  });
  document.addEventListener("focusin", ({ target }) => {
    last = of.get(target) ?? null;
    if (!last) return;
    pages.querySelectorAll(".place").forEach((one) => { one.tabIndex = one === target ? 0 : -1; });
  });
  addEventListener("resize", () => { if (open) settle(open.box, placeOf(open.control)); });

  /** Find where on the pages each text of the form stands. */
  async function look() {
    const shown = pages.querySelector(".shown");
    const controls = [...form.querySelectorAll(TEXTS)].filter((one) => one.value.trim());
    if (!shown?.dataset.digest) return;
    looks += 1;
    const mine = looks;
    const answer = await send(`/page/${shown.dataset.digest}/places`, { texts: controls.map((one) => one.value) });
    const found = answer.ok ? await answer.json() : [];
    if (!shown.isConnected || mine !== looks) return;
    shown.querySelectorAll(".place").forEach((one) => one.remove());
    const places = found.map((place, at) => place && { ...place, control: controls[at] }).filter(Boolean);
    places.sort((one, other) => one.page - other.page || one.top - other.top || one.left - other.left);
    const sheets = shown.querySelectorAll(".pages > li");
    for (const place of places) sheets[place.page - 1].append(button(place));
    const first = (last && placeOf(last)) ?? pages.querySelector(".place");
    if (first) first.tabIndex = 0;
    if (last && document.activeElement === document.body) first?.focus({ preventScroll: true });
    if (open && !open.control.isConnected) close();
    if (open) settle(open.box, placeOf(open.control));
    else follow();
  }

  /** Show on the pages where the block stands that is written in the form, if it is out of sight. */
  function follow() {
    const block = document.activeElement.closest("#form .item.block");
    if (!block || !room.clientHeight) return;
    const written = placeOf(document.activeElement) ?? [...pages.querySelectorAll(".place")].find((one) => block.contains(of.get(one)));
    if (!written) return;
    const [at, around] = [written.getBoundingClientRect(), room.getBoundingClientRect()];
    if (at.top < around.top || at.bottom > around.bottom) room.scrollBy(0, at.top - around.top - room.clientHeight / 3);
  }

  function button({ left, top, right, bottom, control }) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "place";
    made.tabIndex = -1;
    made.setAttribute("aria-label", `Change ${nameOf(control)}: ${control.value.slice(0, 80)}`);
    Object.assign(made.style, { left: `${left * 100}%`, top: `${top * 100}%`, width: `${(right - left) * 100}%`, height: `${(bottom - top) * 100}%` });
    of.set(made, control);
    return made;
  }

  function placeOf(control) { return [...pages.querySelectorAll(".place")].find((one) => of.get(one) === control); }

  /** Open what the field of a place holds; what is written is the field's at once. */
  function write(place) {
    close();
    const control = of.get(place);
    const stop = new AbortController();
    const box = document.createElement("div");
    box.className = "in-place";
    const field = control.cloneNode();
    for (const name of ["data-control", "id", "aria-invalid", "aria-describedby"]) field.removeAttribute(name);
    field.dataset.of = control.id;
    field.setAttribute("aria-label", nameOf(control));
    field.value = control.value;
    const done = action("Done", () => close(true));
    const more = action("Show it in the form", () => { close(); lead(bench, control); });
    const actions = document.createElement("p");
    actions.append(done, more);
    box.append(field, actions);
    open = { control, box, stop };
    room.append(box);
    settle(box, place);
    field.focus();
    if (field.tagName === "INPUT") field.select(); else field.setSelectionRange(field.value.length, field.value.length);
    const { signal } = stop;
    field.addEventListener("input", () => { control.value = field.value; control.dispatchEvent(new Event("input", { bubbles: true })); });
    control.addEventListener("input", () => { if (field.value !== control.value) field.value = control.value; }, { signal });  // as by undo
    box.addEventListener("keydown", (event) => {
      const enough = event.key === "Enter" && event.target === field && (field.tagName === "INPUT" || event.ctrlKey || event.metaKey);
      if (event.key !== "Escape" && !enough) return;
      event.preventDefault();
      close(true);
    });
    box.addEventListener("focusout", ({ relatedTarget }) => { if (document.hasFocus() && !box.contains(relatedTarget)) close(); });
  }

  /** Close what is open; the place that it stood on can have the focus again. */
  function close(back = false) {
    if (!open) return;
    const { control, box, stop } = open;
    open = null;  // taking the box out is leaving it, once more
    stop.abort();
    box.remove();
    if (!back) return;
    last = control;
    placeOf(control)?.focus({ preventScroll: true });
  }

  /** Put the box over its place, in the room that the pages have. */
  function settle(box, place) {
    if (!place) return;
    const [at, around] = [place.getBoundingClientRect(), room.getBoundingClientRect()];
    const width = Math.min(Math.max(at.width + 2 * EDGE, LEAST), room.clientWidth - EDGE);
    const left = Math.min(at.left - around.left - EDGE, room.clientWidth - width);
    Object.assign(box.style, { width: `${width}px`, left: `${Math.max(left, 0)}px`, top: `${at.top - around.top + room.scrollTop - EDGE}px` });
  }
}

/** Open the form where a field is, and give it the focus. */
export function lead(bench, control) {
  bench.querySelector("[data-see='words']")?.click();
  for (let fold = control.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  control.focus({ preventScroll: true });
  control.scrollIntoView({ block: "center" });
}

function action(words, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button small";
  made.textContent = words;
  made.addEventListener("click", act);
  return made;
}

function nameOf(control) { return control.labels[0]?.firstChild.textContent.trim() || "Text"; }
