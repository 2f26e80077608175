// Handouts of a packet: found, added, and put in order by drag or with the arrows.
import { say } from "/static/common.js";

export function order(picks, touch) {
  if (!picks) return;
  const items = picks.querySelector(".items");
  const find = picks.querySelector("input[type=search]");

  find.addEventListener("input", (event) => {
    event.stopPropagation();
    const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    picks.querySelectorAll("[data-words]").forEach((row) => { row.hidden = !words.every((word) => row.dataset.words.includes(word)); });
  });
  find.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
  picks.addEventListener("click", (event) => {
    const button = event.target.closest("[data-pick]");
    if (!button) return;
    const made = picks.querySelector("template").content.cloneNode(true);
    const item = made.querySelector(".pick");
    item.dataset.id = button.dataset.pick;
    item.querySelector(".pick-title").textContent = button.dataset.title;
    item.querySelectorAll("[data-do]").forEach((tool) => tool.setAttribute("aria-label", tool.getAttribute("aria-label").trim().replace(/ (up|down|out)$/, ` ${button.dataset.title} $1`).replace(/\s+/g, " ")));
    items.append(made);
    say(`${button.dataset.title} is number ${items.children.length}.`);
    touch();
  });
  dragging(items, touch);
}

/** The items of a list are put in order by drag. */
export function dragging(items, touch) {
  let dragged = null;
  const item = (event) => { let at = event.target; while (at && at.parentElement !== items) at = at.parentElement; return at; };
  items.addEventListener("dragstart", (event) => {
    dragged = item(event);
    dragged.classList.add("dragged");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", "");
  });
  items.addEventListener("dragover", (event) => {
    if (!dragged) return;
    event.preventDefault();
    const over = item(event);
    if (!over || over === dragged) return;
    const { top, height } = over.getBoundingClientRect();
    if (event.clientY < top + height / 2) over.before(dragged); else over.after(dragged);
  });
  items.addEventListener("drop", (event) => event.preventDefault());
  items.addEventListener("dragend", () => {
    if (!dragged) return;
    dragged.classList.remove("dragged");
    dragged = null;
    touch();
  });
}
