// A form for a file: what it holds, sent as it is; what is wrong, shown where it is.
import { blocks, newBlock } from "/static/blocks.js";
import { REFUSED, calm, fill, got, onChange, onReturn, said, say, send } from "/static/common.js";
import { lead, writing } from "/static/in_place.js";
import { marking } from "/static/marks.js";
import { order } from "/static/order.js";
import { colours, uploads } from "/static/practice.js";
import { entitle } from "/static/item_titles.js";
import { shower } from "/static/show.js";
import { sync, undoing } from "/static/undo.js";
import { clear, own, show } from "/static/wrong.js";

const AS_SAVED = "It is as it was saved.";

export function start(bench) {
  const { what, name } = bench.dataset;
  const form = document.querySelector("#form");
  const state = document.querySelector("#state");
  const again = bench.dataset.show ? shower(bench.dataset.show, bench.dataset.title, null) : async () => {};
  const address = `${what}/${name || "_new"}`;
  let changed = "draft" in bench.dataset;  // since it was saved
  let kept = true;  // all of it is in the draft
  let keeping = null;
  let conflicting = false;
  let saving = false;
  let leaving = false;  // what was written is dropped, and the page is on its way to the file as it is
  let writes = 0;  // so often something was written
  let failed = null;  // the status of a save that failed: its words stay until more is written, or handoutkit is back

  const touch = () => {
    steps.record();
    writes += 1;
    changed = true;
    kept = false;
    failed = null;
    if (!conflicting) state.textContent = steps.isSaved() ? AS_SAVED : "Not saved yet.";
    keepSoon();
  };
  const keepSoon = calm(() => keep(), 350);
  const steps = undoing(form, touch, !changed);
  const picturesAreThere = uploads(form, what, name, touch);
  form.addEventListener("input", (event) => {
    if (event.target.matches("[data-retype]")) return;
    entitle(event.target);
    touch();
  });
  form.addEventListener("click", (event) => act(event, what, touch));
  form.addEventListener("change", (event) => retype(event, what, touch));
  form.addEventListener("submit", async (event) => { event.preventDefault(); await save(); });
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "s") { event.preventDefault(); save(); }
  });
  addEventListener("beforeunload", (event) => { if (changed && !kept) event.preventDefault(); });
  addEventListener("pagehide", () => { if (changed && !kept && !conflicting) send(`/draft/${address}`, holds(), { keepalive: true }); });
  document.querySelector("[data-reload]").addEventListener("click", () => drop());
  document.querySelector("[data-drop]")?.addEventListener("click", () => drop());
  document.querySelector("[data-mine]").addEventListener("click", () => save(document.querySelector("[data-theirs]")?.dataset.theirs ?? ""));
  document.querySelector("button[data-words]").addEventListener("click", () => copyWords(form));
  document.querySelector("[data-lead]")?.addEventListener("click", (event) => {
    event.preventDefault();
    const field = own(form, "[data-kind]").find((one) => one.dataset.key === event.target.dataset.lead);
    lead(bench, field.querySelector("[data-control]"));
  });
  document.querySelector("[data-go]")?.addEventListener("change", (event) => {
    location.href = event.target.dataset.go + event.target.value;
  });
  onReturn(() => {
    if ([403, REFUSED].includes(failed)) { failed = null; kept = false; }  // that nobody was there is over
    if (changed && !kept) keep();
  });

  /** What the form holds, by the text that it was made from: so what was taken out before a save can come back after it. */
  function holds() { return { digest: bench.dataset.digest, base: bench.dataset.base, data: fieldsOf(form) }; }

  /** Keep what the form holds on this machine, one time after the other; whether that worked. */
  async function keep() {
    if (keeping) { await keeping; return kept || keep(); }
    if (kept || !changed) return true;
    if (saving) { keepSoon(); return false; }  // a draft that comes after the file would stay
    kept = true;  // until something else is written meanwhile
    keeping = send(`/draft/${address}`, holds());
    const answer = await keeping;
    keeping = null;
    if (answer.ok && kept && what !== "packet") { again(); judge(); }  // the pages as they are with it
    if (saving || !changed) return answer.ok;
    if (answer.ok && kept && steps.isSaved()) { changed = conflicting; return true; }
    if (answer.ok) { if (kept && !conflicting && failed === null) state.textContent = "Not saved yet. It is kept as a draft."; return true; }
    kept = false;
    if (answer.status === 409) await conflict();
    else if (answer.status !== failed) state.textContent = `Not saved yet, and not kept. ${await said(answer)} Leave this page open until then.`;
    return false;
  }

  async function drop() {
    leaving = true;
    changed = false;
    kept = true;
    await keeping;  // a draft that comes after it was dropped would stay
    if (name || "draft" in bench.dataset) await send(`/draft/${address}/drop`, {});
    remember(form);
    location.reload();
  }

  async function save(over) {
    clear(form);
    saving = true;
    failed = null;
    state.textContent = "Saving …";
    await keeping;
    await picturesAreThere();
    const before = writes;
    const answer = await send(name ? `/edit/${what}/${name}` : "/new-packet", over === undefined ? holds() : { ...holds(), over });
    const found = answer.ok ? await answer.json() : null;
    if (found) bench.dataset.base = found.digest ?? "";
    saving = false;
    if (answer.status === 409) { await conflict(); state.textContent = "Not saved."; return; }
    if (!found) { await notSaved(answer); return; }
    changed = writes !== before;  // something was written while it was saved
    kept = !changed;
    if (found.go) { location.href = found.go; return; }
    if (conflicting || !bench.dataset.show) { location.reload(); return; }
    document.querySelector("#draft-told")?.remove();
    steps.saved(!changed);
    state.textContent = changed ? "Not saved yet." : `Saved in ${found.place}.`;
    if (changed) keepSoon();
  }

  async function notSaved(answer) {
    kept = false;
    failed = answer.status;
    const problems = answer.status === 422 ? (await answer.clone().json().catch(() => ({}))).problems : null;
    if (problems) {
      bench.querySelector("[data-see='words']")?.click();
      show(form, problems);
      state.textContent = problems.length === 1 ? "Not saved: one thing to mend." : `Not saved: ${problems.length} things to mend.`;
    } else state.textContent = answer.status === 413 ? "Not saved: it is too long for one file. Take something out, or make two of it." : `Not saved. ${await said(answer)} What you wrote is still here.`;
    keepSoon();
  }

  /** Both versions beside each other, to choose from. */
  async function conflict() {
    conflicting = true;
    const told = document.querySelector("#conflict");
    if (keeping) await keeping;
    if (!kept) { kept = true; await send(`/draft/${address}`, holds()); }
    const answer = await got(`/versions/${address}`);
    told.querySelector("[data-mine]").hidden = !answer.ok;
    if (answer.ok) told.querySelector("#versions").innerHTML = await answer.text();
    told.hidden = false;
    told.scrollIntoView({ block: "center" });
  }

  const judged = document.querySelector("#judged");
  const judge = calm(() => { if (judged) fill(judged, `/judged/${name}`); }, 1200);
  onChange(calm(again, 15));
  judge();
  if (name) onChange(calm(async () => {
    const answer = await fetch(`/digest/${what}/${name}?base=${bench.dataset.base}`).catch(() => null);
    if (!answer?.ok) return;
    const { digest, readable } = await answer.json();
    if (digest === bench.dataset.base || saving || leaving) return;
    if (digest && !readable) { state.textContent = "Another program has changed this file, and it cannot be read just now. It is shown again once it can."; return; }
    if (changed || !digest) { changed = true; await conflict(); }
    else { remember(form); location.reload(); }
  }, 250));
  if (bench.dataset.show) again();
  order(form.querySelector("[data-kind='picks']"), touch);
  blocks(form, touch);
  tabs(bench);
  writing(bench, form);
  marking(form);
  colours(form);
  recall(form);
  if ("elsewhere" in bench.dataset) conflict();
}

/** Words or pages, where there is no room for both. */
function tabs(bench) {
  const buttons = bench.querySelectorAll("[data-see]");
  buttons.forEach((button) => button.addEventListener("click", () => {
    bench.classList.toggle("see-pages", button.dataset.see === "pages");
    buttons.forEach((one) => one.setAttribute("aria-pressed", String(one === button)));
  }));
}

/** Which parts are open, and how far down one is, for when the page loads itself again. */
function remember(form) {
  const open = [...form.querySelectorAll("details")].map((one) => one.open);
  sessionStorage.setItem(location.pathname, JSON.stringify({ open, down: scrollY }));
}

function recall(form) {
  const before = JSON.parse(sessionStorage.getItem(location.pathname) ?? "null");
  sessionStorage.removeItem(location.pathname);
  if (!before) return;
  form.querySelectorAll("details").forEach((one, at) => { one.open = before.open[at] ?? one.open; });
  scrollTo(0, before.down);
}

/** All that the form says, as text to paste elsewhere. */
async function copyWords(form) {
  const lines = [...form.querySelectorAll("[data-control]")].filter((one) => one.type !== "checkbox" && one.value)
    .map((one) => `${one.labels?.[0]?.firstChild?.textContent.trim() ?? ""}: ${one.value}`);
  try {
    await navigator.clipboard.writeText(lines.join("\n\n"));
    say("Copied. Paste it into any document, to be sure.");
  } catch {
    say("It could not be copied. Leave this page open.");
  }
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
  if (kind === "fixed") return absent && !required && !field.dataset.fixed ? undefined : field.dataset.fixed;
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
  if (kind === "maybe") {  // one that was only opened says nothing yet, and is not there
    const found = field.querySelector(":scope > .children").children.length ? fieldsOf(field) : {};
    return blank(found) ? undefined : found;
  }
  if (kind === "list") {
    const items = [...field.querySelector(":scope > .items").children].flatMap((item) => {
      const value = valueOf(item.querySelector("[data-kind]")) ?? "";
      item.toggleAttribute("data-blank", item.dataset.from === "" && blank(value));
      if ("blank" in item.dataset) return [];  // it was only added, and nothing is written in it
      return [{
        _at: item.dataset.from === "" ? null : Number(item.dataset.from),
        ...(item.dataset.like ? { _like: Number(item.dataset.like) } : {}),
        _value: value,
      }];
    });
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

/** Whether a value is one that nobody has written anything in. */
function blank(value) {
  return value === "" || (typeof value === "object" && value !== null && Object.values(value).every(blank));
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
    list.querySelector(":scope > .add button, .shelf input").focus();
    say("Taken out. Undo brings it back.");
  }
  if (todo === "copy") copy(item);
  if (todo === "pick") {
    const chosen = await newBlock(button);
    if (!chosen) return;
    await add(button.closest("[data-kind='list']"), what, chosen);
  }
  if (todo === "add") await add(button.closest("[data-kind='list']"), what);
  if (todo === "fill" || todo === "empty") await maybe(button.closest("[data-kind='maybe']"), what, todo === "fill");
  touch();
}

async function piece(what, at, item) {
  const said = new URLSearchParams({ at });
  if (item) said.set("item", item);
  const answer = await got(`/part/${what}?${said}`);
  if (!answer.ok) return null;
  const made = document.createElement("template");
  made.innerHTML = await answer.text();
  return made.content;
}

async function add(list, what, { kind, name, before } = {}) {
  const made = await piece(what, list.dataset.at + (kind ? `/|${kind}` : ""), list.dataset.one);
  if (!made) return;
  const item = made.querySelector(".item");
  item.dataset.from = "";
  if (kind) item.querySelector(".item-kind").textContent = name;
  list.querySelector(":scope > .items").insertBefore(item, before ?? null);
  const first = item.querySelector("[data-control]") ?? item.querySelector("summary");
  first.focus();
  first.select?.();  // words to write over
  if (kind === "picture") item.querySelector("[data-upload]").click();  // that is what one wants next
}

/** The same once more, below it; what the form does not show of it comes along from there. */
function copy(item) {
  const made = item.cloneNode(true);
  const values = item.querySelectorAll("select");
  made.querySelectorAll("select").forEach((select, at) => { select.value = values[at].value; });
  made.dataset.like = item.dataset.like ?? item.dataset.from;
  made.dataset.from = "";
  own(made.querySelector("[data-kind]"), "[data-kind='fixed'][data-key='id']").forEach((field) => { field.dataset.fixed = ""; });
  const names = new Map();
  for (const one of made.querySelectorAll("[id]")) { names.set(one.id, `f${crypto.randomUUID()}`); one.id = names.get(one.id); }
  for (const one of made.querySelectorAll("label[for]")) one.htmlFor = names.get(one.htmlFor) ?? one.htmlFor;
  item.after(made);
  made.querySelector("details").open = true;
  made.querySelector("summary").focus();
  say("Copied, below it.");
}

async function maybe(field, what, fill) {
  const place = field.querySelector(":scope > .children");
  if (fill) {
    const made = await piece(what, field.dataset.at);
    if (!made) return;
    place.replaceChildren(...made.querySelector(".children").children);
    place.querySelector("[data-control]")?.focus();
    place.querySelector("[data-upload]")?.click();  // a logo is a picture first
  } else place.replaceChildren();
  sync(field);
  if (!fill) field.querySelector(":scope > [data-do='fill']").focus();
}

async function retype(event, what, touch) {
  const select = event.target.closest("[data-retype]");
  if (!select) return;
  const made = await piece(what, `${select.dataset.retype}/|${select.value}`);
  if (!made) {
    select.value = select.dataset.was ?? [...select.options].find((option) => option.defaultSelected)?.value;
    return;
  }
  select.dataset.was = select.value;
  select.closest("[data-kind='group']").querySelector(":scope > .children").replaceChildren(...made.querySelector(".children").children);
  touch();
}
