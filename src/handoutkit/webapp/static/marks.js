// Strong words and words with emphasis, by buttons and by the keys that every editor has for them.
import { say } from "/static/common.js";

const WRITTEN = "textarea[data-control], textarea[data-of]";  // in the form, and on the page

export function marking(form) {
  form.querySelectorAll("[data-mark]").forEach((button) => {
    button.addEventListener("mousedown", (event) => event.preventDefault());  // the words stay selected
    button.addEventListener("click", () => mark(document.activeElement, button.dataset.mark));
  });
  if (!form.querySelector("[data-mark]")) return;
  document.addEventListener("keydown", (event) => {
    const sign = (event.ctrlKey || event.metaKey) && { b: "**", i: "*" }[event.key.toLowerCase()];
    if (!sign || !event.target.matches(WRITTEN)) return;
    event.preventDefault();
    mark(event.target, sign);
  });
}

/** Put signs around what is selected, or take them away where they are. */
function mark(field, sign) {
  if (!field?.matches(WRITTEN)) { say("Select some words of a longer text first."); return; }
  const { selectionStart: start, selectionEnd: end, value } = field;
  const words = value.slice(start, end);
  if (!words.trim()) { say("Select some words first."); return; }
  const lead = words.length - words.trimStart().length;
  const [from, to] = [start + lead, start + lead + words.trim().length];
  const has = (at, other) => value.slice(at, other) === sign && (sign === "**" || (value[at - 1] !== "*" && value[other] !== "*"));
  const marked = has(from - sign.length, from) && has(to, to + sign.length);
  if (marked) field.setRangeText(value.slice(from, to), from - sign.length, to + sign.length, "select");
  else {
    field.setRangeText(`${sign}${value.slice(from, to)}${sign}`, from, to);
    field.setSelectionRange(from + sign.length, to + sign.length);
  }
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
