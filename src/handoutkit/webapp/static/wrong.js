// What is wrong with what a form holds, shown where it is.
import { sentence } from "/static/common.js";

/** The fields directly in an element. */
export const own = (element, selector) => [...element.querySelectorAll(selector)].filter((one) => one.parentElement.closest("[data-kind]") === element || (element.tagName === "FORM" && !one.parentElement.closest("[data-kind]")));

export function clear(form) {
  document.querySelector("#problems").replaceChildren();
  form.querySelectorAll(".wrong").forEach((note) => note.remove());
  form.querySelectorAll("[aria-invalid]").forEach((control) => { control.removeAttribute("aria-invalid"); control.removeAttribute("aria-describedby"); });
}

export function show(form, problems) {
  let first = null;
  const left = [];
  problems.forEach((problem, at) => {
    const field = find(form, problem.path);
    if (!field) { left.push(problem); return; }
    const note = document.createElement("p");
    note.className = "wrong";
    note.id = `wrong-${at}`;
    note.textContent = sentence(problem.message) + (problem.hint ? ` ${sentence(problem.hint)}` : "");
    field.append(note);
    for (let fold = field.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    const control = field.querySelector("[data-control]");
    control?.setAttribute("aria-invalid", "true");
    control?.setAttribute("aria-describedby", note.id);
    first ??= control ?? note;
  });
  if (left.length) {
    const panel = document.createElement("div");
    panel.className = "panel trouble";
    for (const problem of left) {
      const note = document.createElement("p");
      note.textContent = `${problem.place ? `${problem.place}: ` : ""}${sentence(problem.message)} ${sentence(problem.hint)}`;
      panel.append(note);
    }
    document.querySelector("#problems").append(panel);
    first ??= document.querySelector("#problems");
  }
  first?.focus();
  first?.scrollIntoView({ block: "center" });
}

/** The field at an address such as blocks[2].sides[0].label, or the nearest around it. */
function find(form, path) {
  let here = form;
  for (const step of path.match(/[^.[\]]+/g) ?? []) {
    const next = /^\d+$/.test(step)
      ? [...here.querySelector(":scope > .items")?.children ?? []].filter((one) => !("blank" in one.dataset))[Number(step)]?.querySelector("[data-kind]")
      : own(here, "[data-kind]").find((one) => one.dataset.key === step);
    if (!next) break;
    here = next;
  }
  return here === form ? null : here;
}
