// Handouts made, copied, renamed, thrown away and put back: each is one small form.
import { fill, said, say, send } from "/static/common.js";
import { pictures } from "/static/library.js";

export function start(view) {
  view.addEventListener("submit", (event) => { event.preventDefault(); if (event.target.matches("[data-make]")) make(event.target); });
  view.addEventListener("change", (event) => {
    const title = event.target.form?.querySelector("#template-title");
    if (title && event.target.name === "from") title.value = event.target.dataset.title;
  });
  const chosen = view.querySelector('[name="from"]:checked');
  if (chosen) { chosen.dispatchEvent(new Event("change", { bubbles: true })); bringIntoList(chosen.closest("li")); }
  pictures(view);
  for (const fold of view.querySelectorAll("[data-part]")) {
    const show = () => fill(fold.querySelector(".part"), fold.dataset.part);
    if (fold.open) show();  // it was opened before this module was read
    else fold.addEventListener("toggle", show, { once: true });
  }
  takeFile(view.querySelector("#import"));
}

/** Only the list moves: the page stays at its head. */
function bringIntoList(item) {
  const list = item.parentElement;
  list.scrollTop += item.getBoundingClientRect().bottom - list.getBoundingClientRect().bottom;
}

async function make(form) {
  const values = Object.fromEntries(new FormData(form));
  mend(form, "");
  if (form.querySelector('[name="from"]') && !values.from) { mend(form, "Choose a template first."); return; }
  const buttons = form.querySelectorAll("button");
  buttons.forEach((one) => { one.disabled = true; });
  const answer = await send(form.dataset.make || "/new", values);
  if (answer?.ok) {
    const { go, done } = await answer.json();
    if (go) location.href = go;
    else finish(form, done);
    return;
  }
  buttons.forEach((one) => { one.disabled = false; });
  mend(form, await said(answer));
}

/** What was done, in the place of the form that asked for it. */
function finish(form, words) {
  const note = document.createElement("p");
  note.className = "told";
  note.tabIndex = -1;
  note.textContent = words;
  form.replaceWith(note);
  note.focus();
}

/** What is in the way, at the field or the button that it is about. */
function mend(form, words) {
  form.querySelectorAll(".wrong").forEach((one) => one.remove());
  const field = form.querySelector('input[type="text"]');
  field?.removeAttribute("aria-invalid");
  if (!words) return;
  const note = document.createElement("p");
  note.className = "wrong";
  note.id = `wrong-${crypto.randomUUID()}`;
  note.setAttribute("role", "alert");
  note.textContent = words;
  form.append(note);
  if (field && !field.value) { field.setAttribute("aria-invalid", "true"); field.setAttribute("aria-describedby", note.id); field.focus(); }
}

function takeFile(form) {
  if (!form) return;
  const drop = form.querySelector("#drop");
  const input = form.querySelector("#file");
  const place = form.querySelector("#imported");
  dropping(drop, ([file]) => take(file));
  input.addEventListener("change", () => take(input.files[0]));

  async function take(file) {
    if (!file) return;
    place.replaceChildren();
    place.setAttribute("aria-busy", "true");
    say("Reading the file …");
    const asked = new URLSearchParams({ file: file.name });
    if (form.querySelector('[name="own"]').checked) asked.set("own", "yes");
    const answer = await send(`/imports?${asked}`, file);
    place.removeAttribute("aria-busy");
    input.value = "";
    if (answer?.ok) {
      place.innerHTML = await answer.text();
      const told = place.querySelector("[data-say]");
      told?.focus();
      say(told?.textContent ?? "This file cannot be used as it is.", false);
    } else mend(form, await said(answer));
  }
}

/** Files that are dropped on a place. */
export function dropping(drop, take) {
  for (const name of ["dragenter", "dragover"]) drop.addEventListener(name, (event) => { event.preventDefault(); drop.classList.add("over"); });
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => { event.preventDefault(); drop.classList.remove("over"); take([...event.dataTransfer.files]); });
}
