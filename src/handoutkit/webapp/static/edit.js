// A form for a file: what it holds, sent as it is; what is wrong, shown where it is.
import { calm, onChange, say, send } from "/static/common.js";
import { order } from "/static/order.js";
import { colours, uploads } from "/static/practice.js";
import { shower } from "/static/show.js";
import { clear, own, show } from "/static/wrong.js";

export function start(bench) {
  const { what, name } = bench.dataset;
  const form = document.querySelector("#form");
  const state = document.querySelector("#state");
  const again = bench.dataset.show ? shower(bench.dataset.show, bench.dataset.title, null) : async () => {};
  let changed = false;

  const touch = () => { changed = true; state.textContent = "Not saved yet."; };
  form.addEventListener("input", touch);
  form.addEventListener("click", (event) => act(event, what, touch));
  form.addEventListener("change", (event) => retype(event, what, touch));
  form.addEventListener("submit", async (event) => { event.preventDefault(); await save(); });
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "s") { event.preventDefault(); save(); }
  });
  addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
  document.querySelector("[data-reload]").addEventListener("click", () => { changed = false; location.reload(); });
  document.querySelector("[data-go]")?.addEventListener("change", (event) => {
    location.href = event.target.dataset.go + event.target.value;
  });

  async function save() {
    clear(form);
    state.textContent = "Saving …";
    const answer = await send(name ? `/edit/${what}/${name}` : "/new-packet", { digest: bench.dataset.digest, data: fieldsOf(form) });
    if (answer.status === 409) { conflict(); state.textContent = "Not saved."; return; }
    if (answer.status >= 500) { state.textContent = "It did not work, and nothing was saved. Please report it."; return; }
    const said = await answer.json();
    if (answer.status === 422) {
      show(form, said.problems);
      state.textContent = said.problems.length === 1 ? "Not saved: one thing to mend." : `Not saved: ${said.problems.length} things to mend.`;
      return;
    }
    changed = false;
    if (said.go) { location.href = said.go; return; }
    bench.dataset.digest = said.digest;
    number(form);
    state.textContent = `Saved in ${said.place}.`;
    say("Saved.");
  }

  onChange(calm(again, 15));
  if (name) onChange(calm(async () => {
    const { digest } = await (await fetch(`/digest/${what}/${name}`)).json();
    if (digest === bench.dataset.digest || state.textContent === "Saving …") return;
    if (changed) conflict();
    else { changed = false; location.reload(); }
  }, 250));
  if (bench.dataset.show) again();
  order(form.querySelector("[data-kind='picks']"), touch);
  colours(form);
  uploads(form, what, name, touch);
}

function conflict() {
  const told = document.querySelector("#conflict");
  told.hidden = false;
  told.scrollIntoView({ block: "center" });
}

// ---- what the form holds

/** The fields directly in an element, as a mapping; what is empty and may be left out is left out. */
export function fieldsOf(element) {
  const found = {};
  for (const field of own(element, "[data-kind]")) {
    const value = valueOf(field);
    if (value !== undefined) found[field.dataset.key] = value;
  }
  return found;
}

function valueOf(field) {
  const { kind } = field.dataset;
  const absent = "absent" in field.dataset;
  const required = "required" in field.dataset;
  if (kind === "fixed") return field.dataset.fixed;
  if (kind === "several") {
    const ticked = [...field.querySelectorAll("input:checked")].sort((one, other) => Number(one.dataset.from ?? 99) - Number(other.dataset.from ?? 99));
    return ticked.length || required ? ticked.map((one) => ({ _at: one.dataset.from ? Number(one.dataset.from) : null, _value: one.value })) : undefined;
  }
  if (kind === "picks") {
    return [...field.querySelector(".items").children].map(({ dataset: { from, id } }) => (
      from === "" ? { _at: null, _value: { handout: id } } : { _at: Number(from), _value: { _keep: true } }));
  }
  if (kind === "raw") return absent ? undefined : { _keep: true };
  if (kind === "group") {
    const found = fieldsOf(field);
    return absent && !Object.keys(found).length ? undefined : found;
  }
  if (kind === "maybe") return field.querySelector(":scope > .children").children.length ? fieldsOf(field) : undefined;
  if (kind === "list") {
    const items = [...field.querySelector(":scope > .items").children].map((item) => ({
      _at: item.dataset.from === "" ? null : Number(item.dataset.from),
      _value: valueOf(item.querySelector("[data-kind]")) ?? "",
    }));
    return items.length || required ? items : undefined;
  }
  const control = field.querySelector("[data-control]");
  const fallback = JSON.parse(field.dataset.default ?? "null");
  let value = kind === "tick" ? control.checked : control.value;
  if (kind === "number") value = value === "" ? "" : Number(value);
  if (absent && value === (fallback ?? "")) return undefined;
  if (value === "" && !required) return undefined;
  return kind === "date" && value ? { _day: value } : value;
}

/** After saving, items are where they now stand in the file, and what is there is there. */
function number(form) {
  form.querySelectorAll(".items").forEach((items) => [...items.children].forEach((item, at) => { item.dataset.from = at; }));
  form.querySelectorAll("[data-kind='several']").forEach((field) => {
    (valueOf(field) ?? []).forEach(({ _value }, at) => { field.querySelector(`input[value="${_value}"]`).dataset.from = at; });
    field.querySelectorAll("input:not(:checked)").forEach((one) => { delete one.dataset.from; });
  });
  form.querySelectorAll("[data-absent]").forEach((field) => { if (valueOf(field) !== undefined) delete field.dataset.absent; });
}

// ---- adding, moving, taking out

async function act(event, what, touch) {
  const button = event.target.closest("[data-do]");
  if (!button) return;
  const todo = button.dataset.do;
  const item = button.closest(".item");
  if (todo === "up" && item.previousElementSibling) { item.previousElementSibling.before(item); button.focus(); }
  if (todo === "down" && item.nextElementSibling) { item.nextElementSibling.after(item); button.focus(); }
  if (todo === "up" || todo === "down") say(`Now number ${[...item.parentElement.children].indexOf(item) + 1}.`, false);
  if (todo === "remove") {
    const list = item.closest("[data-kind='list'], [data-kind='picks']");
    item.remove();
    list.querySelector(":scope > .add [data-do='add'], .shelf input").focus();
    say("Taken out. It is in the file until you save.");
  }
  if (todo === "add") await add(button.closest("[data-kind='list']"), what);
  if (todo === "fill" || todo === "empty") await maybe(button.closest("[data-kind='maybe']"), what, todo === "fill");
  touch();
}

async function piece(what, at, item) {
  const said = new URLSearchParams({ at });
  if (item) said.set("item", item);
  const made = document.createElement("template");
  made.innerHTML = await (await fetch(`/part/${what}?${said}`)).text();
  return made.content;
}

async function add(list, what) {
  const type = list.querySelector(":scope > .add [data-type]")?.value;
  const made = await piece(what, list.dataset.at + (type ? `/|${type}` : ""), list.dataset.one);
  const item = made.querySelector(".item");
  item.dataset.from = "";
  const kind = list.querySelector(":scope > .add [data-type]")?.selectedOptions[0]?.textContent;
  if (kind) item.querySelector(".item-kind").textContent = kind;
  list.querySelector(":scope > .items").append(made);
  (item.querySelector("[data-control]") ?? item).focus();
}

async function maybe(field, what, fill) {
  const place = field.querySelector(":scope > .children");
  if (fill) {
    const made = await piece(what, field.dataset.at);
    place.replaceChildren(...made.querySelector(".children").children);
    place.querySelector("[data-control]")?.focus();
  } else place.replaceChildren();
  field.querySelector(":scope > [data-do='fill']").hidden = fill;
  const empty = field.querySelector(":scope > [data-do='empty']");
  empty.hidden = !fill;
  if (!fill) field.querySelector(":scope > [data-do='fill']").focus();
}

async function retype(event, what, touch) {
  const select = event.target.closest("[data-retype]");
  if (!select) return;
  const made = await piece(what, `${select.dataset.retype}/|${select.value}`);
  select.closest("[data-kind='group']").querySelector(":scope > .children").replaceChildren(...made.querySelector(".children").children);
  touch();
}
