// Shared by the modules of all pages.

const csrf = document.querySelector('meta[name="csrf"]').content;

/** Say something to everyone: shown for a while, and read out. */
export function say(text, seen = true) {
  const place = document.querySelector("#said");
  place.classList.toggle("unseen", !seen);
  place.textContent = text;
  clearTimeout(say.timer);
  say.timer = setTimeout(() => { place.textContent = ""; }, seen ? 6000 : 3000);
}

/** Put the part of a page that an address gives into a place; what it says of itself is read out. */
export async function fill(place, address, { signal, when = () => true, before = async () => {} } = {}) {
  place.setAttribute("aria-busy", "true");
  const part = document.createElement("template");
  try {
    const answer = await fetch(address, { signal });
    if (answer.status === 204 || !when()) return false;
    part.innerHTML = await answer.text();
  } catch (error) {
    if (error.name !== "AbortError") lost();
    return false;
  }
  await before(part.content);
  if (!when()) return false;
  place.replaceChildren(part.content);
  place.removeAttribute("aria-busy");
  const said = place.querySelector("[data-say]");
  if (said) say(said.textContent.trim(), false);
  return true;
}

/** Change something: a body as JSON, or a file as it is. */
export async function send(address, body, { keepalive = false } = {}) {
  const file = body instanceof Blob;
  const headers = { "x-handoutkit": csrf, "content-type": file ? "application/octet-stream" : "application/json" };
  try {
    return await fetch(address, { method: "POST", headers, body: file ? body : JSON.stringify(body), keepalive });
  } catch (error) {
    lost();
    throw error;
  }
}

const changed = new Set();
/** Call back when a file that matters has changed. */
export function onChange(callback) { changed.add(callback); }

/** Hear of changes until the page is left. */
export function listen() {
  const events = new EventSource("/events");
  let before = null;
  events.addEventListener("hello", (event) => {
    document.querySelector("#lost").hidden = true;
    if (before !== null && before !== event.data) changed.forEach((callback) => callback());
    before = event.data;
  });
  events.addEventListener("changed", (event) => {
    before = event.data;
    changed.forEach((callback) => callback());
  });
  events.onerror = () => { if (events.readyState !== EventSource.OPEN) listen.timer ??= setTimeout(check, 1500); };
  function check() {
    listen.timer = null;
    if (events.readyState !== EventSource.OPEN && document.visibilityState === "visible") lost();
  }
  addEventListener("pagehide", () => events.close());
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
}

function lost() { document.querySelector("#lost").hidden = false; }

/** Wait until nobody has asked again for a while. */
export function calm(callback, milliseconds) {
  let timer;
  return (...args) => {
    clearTimeout(timer);
    timer = setTimeout(() => callback(...args), milliseconds);
  };
}
