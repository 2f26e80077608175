// Blocks of a handout: the dialog in which a new one is chosen, and their order by drag.
import { dragging } from "/static/order.js";

export function blocks(form, touch) {
  const items = form.querySelector("[data-key='blocks'] > .items");
  if (!items || !document.querySelector("#picker")) return;
  dragging(items, touch);
  items.addEventListener("pointerdown", (event) => {  // a block is dragged by its grip alone, for in it one selects words
    const grip = event.target.closest("[data-grip]");
    if (grip) grip.closest(".item").draggable = true;
  });
  items.addEventListener("dragend", () => items.querySelectorAll("[draggable]").forEach((one) => one.removeAttribute("draggable")));
  addEventListener("pointerup", () => items.querySelectorAll("[draggable]").forEach((one) => one.removeAttribute("draggable")));
}

/** The kind of block that is chosen, and before what it comes; nothing if none is. */
export function newBlock(button) {
  const picker = document.querySelector("#picker");
  const item = button.closest(".item");
  const list = button.closest("[data-kind='list']").querySelector(":scope > .items");
  return new Promise((chosen) => {
    picker.onclick = (event) => {
      const kind = event.target.closest("[data-kind-of-block]");
      if (event.target === picker || event.target.closest("[data-close]")) picker.close();
      if (!kind) return;
      const before = item ? item.nextElementSibling : ending(list);
      picker.onclose = null;
      picker.close();
      chosen({ kind: kind.dataset.kindOfBlock, name: kind.querySelector("b").textContent, before });
    };
    picker.onclose = () => chosen(null);
    picker.showModal();
  });
}

/** The first of the blocks that belong at the end, such as the references: others come before it. */
function ending(list) {
  let found = null;
  for (const item of [...list.children].reverse()) {
    const type = item.querySelector("[data-kind='fixed'][data-key='type']")?.dataset.fixed;
    if (type !== "next_step" && type !== "references") break;
    found = item;
  }
  return found;
}
