// The titles of blocks and other parts in a form follow what is written in them.
import { own } from "/static/wrong.js";

const TITLES = ["heading", "title", "term", "question", "name", "label", "criterion", "author", "text", "frame", "to"];

/** The parts around a field are called by the first of their texts that names them, as when the page was made. */
export function entitle(control) {
  for (let item = control.closest(".item"); item; item = item.parentElement.closest(".item")) {
    const title = item.querySelector(":scope > .fold > summary > .item-title");
    if (!title) continue;
    const fields = own(item.querySelector("[data-kind]"), "[data-kind]");
    const named = TITLES.map((key) => fields.find((one) => one.dataset.key === key))
      .find((one) => one?.querySelector(":scope > [data-control]")?.value.trim());
    const words = named?.querySelector("[data-control]").value.trim() ?? "";
    const shown = words.replace(/\{+[^{}]*\}+/g, "…").replaceAll("**", "");
    title.textContent = shown.length > 70 ? `${shown.slice(0, 69).trimEnd()}…` : shown;
  }
}
