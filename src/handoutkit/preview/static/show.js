// The pages of one handout or packet, as chosen and as its files are now.
import { calm, fill, onChange } from "/static/common.js";

const me = crypto.randomUUID();  // so that the server knows which of our questions is the newest

export { chosen };

export function start(view) {
  const form = document.querySelector("#choose");
  const again = shower(view.dataset.show, view.dataset.title, form);
  form?.addEventListener("change", again);
  form?.addEventListener("submit", (event) => event.preventDefault());
  onChange(calm(again, 15));
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
    if (await fill(place, `${path}?${said}`, { signal: stop.signal, when, before: ready })) links(place);
  };
}

function chosen(form) {
  const said = new URLSearchParams();
  for (const select of form.querySelectorAll("select")) if (select.value !== select.dataset.usual) said.set(select.name, select.value);
  const fields = form.querySelector('[name="fields"]');
  if (fields && !fields.checked) said.set("fields", "no");
  return said;
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
