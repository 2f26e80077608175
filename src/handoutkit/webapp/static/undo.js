// Undo and redo over all that a form holds: words and ticks, and parts that were added, moved or taken out.
import { say } from "/static/common.js";

const PAUSE = 900;  // milliseconds after which what is typed in the same place is another step
const MOST = 500;
const CONTROLS = "input:not([type=file], [type=search], [data-pick]), textarea, select";

/** Steps of a form. `changed` is called after each that was taken back or done again. */
export function undoing(form, changed, asSaved) {
  const [back, again] = form.querySelectorAll("[data-undo]");
  const known = new WeakMap();  // what each control held when it was last looked at
  const steps = [];
  let at = 0;  // so many of them are done
  let saved = asSaved ? 0 : -1;
  let applying = false;
  let moves = [];
  const watch = new MutationObserver((records) => moves.push(...records));
  watch.observe(form, { childList: true, subtree: true });
  controls(form).forEach((one) => known.set(one, held(one)));

  back.addEventListener("click", () => step(-1));
  again.addEventListener("click", () => step(1));
  document.addEventListener("keydown", (event) => {
    const key = event.key.toLowerCase();
    if (!(event.ctrlKey || event.metaKey) || event.altKey || (key !== "z" && key !== "y") || event.target.matches("[type=search]")) return;
    event.preventDefault();
    step(key === "y" || event.shiftKey ? 1 : -1);
  });
  form.addEventListener("beforeinput", (event) => {  // as from the menu of a text field
    if (!/^history/.test(event.inputType) || event.target.matches("[type=search]")) return;
    event.preventDefault();
    step(event.inputType === "historyUndo" ? -1 : 1);
  });

  /** What has changed since the last time is one step; typing on in one place belongs to the step before. */
  function record() {
    if (applying) return;
    const moved = taken();
    const words = [];
    for (const control of controls(form)) {
      const now = held(control);
      if (known.has(control) && known.get(control) !== now) words.push({ control, before: known.get(control), after: now });
      known.set(control, now);
    }
    if (!moved.length && !words.length) return;
    const last = steps[at - 1];
    const typedOn = at === steps.length && at !== saved && !moved.length && words.length === 1 && last?.words.length === 1 && !last.moved.length
      && last.words[0].control === words[0].control && typeof words[0].after === "string" && Math.abs(words[0].after.length - words[0].before.length) < 3 && Date.now() - last.when < PAUSE;
    if (typedOn) { last.words[0].after = words[0].after; last.when = Date.now(); return; }
    if (saved > at) saved = -1;  // what was saved lies in a future that is no more
    steps.splice(at, steps.length, { moved, words, when: Date.now() });
    if (steps.length > MOST) { steps.shift(); saved -= 1; }
    at = steps.length;
    tell();
  }

  function taken() {
    const found = [...moves, ...watch.takeRecords()].filter(({ target }) => target.matches(".items, .children"));
    moves = [];
    return found;
  }

  function step(way) {
    record();
    const one = way < 0 ? steps[at - 1] : steps[at];
    if (!one) { say(way < 0 ? "There is nothing to undo." : "There is nothing to redo."); return; }
    applying = true;
    for (const { target, addedNodes, removedNodes, nextSibling } of way < 0 ? [...one.moved].reverse() : one.moved) {
      const [gone, back_] = way < 0 ? [addedNodes, removedNodes] : [removedNodes, addedNodes];
      gone.forEach((node) => { if (node.parentNode === target) node.remove(); });
      back_.forEach((node) => target.insertBefore(node, nextSibling?.parentNode === target ? nextSibling : null));
    }
    for (const { control, before, after } of one.words) put(control, way < 0 ? before : after);
    form.querySelectorAll("[data-kind='maybe']").forEach(sync);
    taken();
    controls(form).forEach((control) => known.set(control, held(control)));
    applying = false;
    at += way;
    one.when = 0;
    tell();
    changed();
    show(one);
    say(way < 0 ? "Undone." : "Done again.", false);
  }

  function put(control, value) {
    if (control.type === "checkbox") control.checked = value; else control.value = value;
    control.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function tell() {
    back.setAttribute("aria-disabled", String(at === 0));
    again.setAttribute("aria-disabled", String(at === steps.length));
  }

  return {
    record,
    saved(all) { saved = all ? at : -1; },
    isSaved() { return at === saved; },
  };
}

/** A part that may be there or not has a button for the one or for the other. */
export function sync(field) {
  const there = field.querySelector(":scope > .children").children.length > 0;
  field.querySelector(":scope > [data-do='fill']").hidden = there;
  field.querySelector(":scope > [data-do='empty']").hidden = !there;
}

function controls(form) { return form.querySelectorAll(CONTROLS); }

function held(control) { return control.type === "checkbox" ? control.checked : control.value; }

/** Where something was undone is opened, and gets the focus. */
function show(one) {
  const { of } = document.activeElement.dataset;  // it is written in on the page
  if (of && of === one.words[0]?.control.id) return;
  const node = one.words[0]?.control ?? one.moved.flatMap(({ addedNodes, removedNodes }) => [...addedNodes, ...removedNodes]).find((each) => each.isConnected && each.nodeType === 1);
  const place = node ?? one.moved[0]?.target.parentElement;
  if (!place?.isConnected) return;
  for (let fold = place.parentElement.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  const focused = place.matches(CONTROLS) ? place : place.querySelector("summary, [data-control], button");
  focused?.focus({ preventScroll: true });
  (focused ?? place).scrollIntoView({ block: "center" });
}
