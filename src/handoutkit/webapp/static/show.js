// The pages of one handout or packet, as chosen and as its files are now.
import { calm, fill, onChange, send } from "/static/common.js";

const me = crypto.randomUUID();  // so that the server knows which of our questions is the newest

export { chosen };

export function start(view) {
  const form = document.querySelector("#choose");
  const again = shower(view.dataset.show, view.dataset.title, form);
  if (form) framings(form);
  if (form) remember(form);
  form?.addEventListener("change", again);
  form?.addEventListener("submit", (event) => event.preventDefault());
  onChange(calm(again, 5));
  again();
}

/** Something that shows the pages anew each time it is called. */
export function shower(address, title, form) {
  const place = document.querySelector("#pages");
  let number = 0;
  let stop = new AbortController();
  return async function again() {
    const mine = ++number;
    stop.abort();
    stop = new AbortController();
    const [path, more] = address.split("?");
    const said = form ? chosen(form) : new URLSearchParams(more);
    if (form) history.replaceState(null, "", `${location.pathname}${said.size ? `?${said}` : ""}`);
    said.set("view", me);
    said.set("title", title);
    const when = () => mine === number;
    if (!await fill(place, `${path}?${said}`, { signal: stop.signal, when, before: ready })) return;
    links(place);
    settings(place, form);
  };
}

/** Several framings can be ticked once one says that it is some of them. */
export function framings(form) {
  const kind = form.querySelector("[data-framings]");
  kind.addEventListener("change", () => { kind.parentElement.querySelector(".ticks").hidden = kind.value !== "some"; });
}

/** What is chosen here is what the next view begins with: told one after the other, or an earlier choice could come last. */
export function remember(form) {
  let before = Promise.resolve();
  form.addEventListener("change", (event) => {
    if (event.target.type === "file") return;
    const query = String(chosen(form));
    before = before.then(() => send("/choices", { query }, { keepalive: true }));
  });
}

function chosen(form) {
  const said = new URLSearchParams();
  for (const select of form.querySelectorAll("select[name]")) if (select.value !== select.dataset.usual) said.set(select.name, select.value);
  const { value, dataset: { usual } } = form.querySelector("[data-framings]");
  const ticked = value === "some" ? [...form.querySelectorAll("[data-framing]:checked")].map((one) => one.value) : [value];
  if (ticked.join(" ") !== usual) (ticked.length ? ticked : [""]).forEach((one) => said.append("framing", one));
  const fields = form.querySelector('[name="fields"]');
  if (fields && fields.checked !== (fields.dataset.usual === "yes")) said.set("fields", fields.checked ? "yes" : "no");
  if (form.querySelector('[name="sides"]')?.checked) said.set("sides", "1");
  form.querySelectorAll("[data-block]:not(:checked)").forEach((one) => said.append("without", one.value));
  return said;
}

/** The workspace's settings may name another practice now than when the menu was made. */
function settings(place, form) {
  const menu = form?.querySelector('[name="practice"]');
  const now = place.querySelector(".shown")?.dataset.practice;
  if (!menu || !now || now === menu.dataset.usual) return;
  if (menu.value === menu.dataset.usual) menu.value = now;
  menu.dataset.usual = now;
}

/** The first page is there before it takes the old one's place, so that nothing flickers. */
async function ready(part) {
  const image = part.querySelector("img.page");
  if (!image) return;
  try { await image.decode(); } catch { /* it comes a little later then */ }
}

function links(place) {
  const shown = place.querySelector(".shown");
  if (!shown) return;
  const { query, file } = shown.dataset;
  const ask = (more) => `${query}${query && more ? "&" : ""}${more}`;
  const set = (id, address) => { const link = document.querySelector(id); if (link) link.href = address; };
  set("#get-pdf", `/pdf${file}?${ask("")}`);
  document.querySelectorAll("[data-copy-of]").forEach((link) => { link.href = `${link.dataset.copyOf}${file}?${query}`; });
  set("#print-pdf", `/pdf${file}?${ask("to=print")}`);
}
