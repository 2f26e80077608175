// Shared by the modules of all pages.

let csrf = document.querySelector('meta[name="csrf"]').content;
const startName = document.querySelector("#lost").dataset.start;  // what to double click on, if it is on the desktop
const openIt = startName ? `Double click on “${startName}” on your desktop` : "Open the address it shows now in another tab";
export const REFUSED = 599;  // what `send` and `got` give where nobody answered

/** Say something to everyone: shown for a while, and read out. What is not to be seen waits until that while is over. */
export function say(text, seen = true) {
  const place = document.querySelector("#said");
  if (!seen && say.until > Date.now()) {
    clearTimeout(say.later);
    say.later = setTimeout(() => say(text, false), say.until - Date.now() + 50);
    return;
  }
  say.until = seen && !text.endsWith("…") ? Date.now() + 3000 : 0;
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
    if (answer.status === 403) { lost(); return false; }
    part.innerHTML = await answer.text();
  } catch (error) {
    if (error.name !== "AbortError") lost();
    return false;
  }
  await before(part.content);
  if (!when()) return false;
  place.replaceChildren(part.content);
  place.removeAttribute("aria-busy");
  const told = place.querySelector("[data-say]");
  if (told) say(told.textContent.trim(), false);
  return true;
}

/** What an address gives. There is always an answer, as of `send`. */
export async function got(address) {
  try {
    return await fetch(address);
  } catch {
    lost();
    return new Response("", { status: REFUSED });
  }
}

/** Change something: a body as JSON, or a file as it is. There is always an answer; `said` has its words. */
export async function send(address, body, { keepalive = false } = {}) {
  const file = body instanceof Blob;
  const ask = () => fetch(address, {
    method: "POST",
    headers: { "x-handoutkit": csrf, accept: "application/json, text/html", "content-type": file ? "application/octet-stream" : "application/json" },
    body: file ? body : JSON.stringify(body),
    keepalive,
  });
  try {
    const answer = await ask();
    if (answer.status !== 403 || !await renewed()) {
      if (answer.status === 403) lost();
      return answer;
    }
    return await ask();  // it was started anew, and its new address is open in this browser
  } catch {
    lost();
    return new Response("", { status: REFUSED });
  }
}

/** What an answer that is not the expected one means, in words. */
export async function said(answer) {
  if (answer.status === REFUSED) return `handoutkit is not running any more. ${startName ? `Start it again with a double click on “${startName}” on your desktop` : "Start it again"}; this page then goes on.`;
  if (answer.status === 403) return `handoutkit was started again. ${openIt}; then try here once more.`;
  if (answer.status === 404) return "This is not there any more.";
  if (answer.status === 413) return "This is too large.";
  if (answer.status >= 500) return "It did not work, and nothing was changed. Please report it.";
  try {
    const { problems } = await answer.clone().json();
    return problems.map((one) => `${sentence(one.message)} ${sentence(one.hint)}`.trim()).join(" ");
  } catch {
    const part = document.createElement("template");
    part.innerHTML = await answer.text();
    const words = [...part.content.querySelectorAll(".problem-said, .problem-hint")].map((one) => one.textContent.trim());
    return words.join(" ") || "It did not work, and nothing was changed.";
  }
}

/** A message as a sentence. */
export const sentence = (text) => (text ? `${text[0].toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? "" : "."}` : "");

const changed = new Set();
/** Call back when a file that matters has changed. */
export function onChange(callback) { changed.add(callback); }

const returned = new Set();
/** Call back when handoutkit is there again after it was not. */
export function onReturn(callback) { returned.add(callback); }

/** Hear of changes until the page is left. */
export function listen() {
  let before = null;
  let events = open();
  function open() {
    const made = new EventSource("/events");
    made.addEventListener("hello", (event) => {
      if (before !== null && before !== event.data) changed.forEach((callback) => callback());
      before = event.data;
    });
    made.addEventListener("changed", (event) => {
      before = event.data;
      changed.forEach((callback) => callback());
    });
    made.onerror = () => { if (made.readyState !== EventSource.OPEN) listen.timer ??= setTimeout(check, 1500); };
    return made;
  }
  function check() {
    listen.timer = null;
    if (events.readyState !== EventSource.OPEN && document.visibilityState === "visible") lost();
  }
  onReturn(() => { if (events.readyState === EventSource.CLOSED) events = open(); });
  addEventListener("pagehide", () => events.close());
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
}

/** Say that nobody answers, and ask until somebody does. */
function lost() {
  const bar = document.querySelector("#lost");
  bar.hidden = false;
  document.documentElement.style.setProperty("--lost", `${bar.offsetHeight}px`);
  lost.timer ??= setTimeout(async () => {
    lost.timer = null;
    if (!await renewed()) { lost(); return; }
    bar.hidden = true;
    document.documentElement.style.removeProperty("--lost");
    returned.forEach((callback) => callback());
  }, 1500);
}

/** Whether handoutkit answers this page; if it was started anew, its new key is taken from it. */
async function renewed() {
  try {
    const answer = await fetch(location.href, { headers: { accept: "text/html" } });
    if (answer.status === 403) {
      document.querySelector("#lost-words").textContent = `handoutkit was started again. ${openIt}; this page then goes on by itself.`;
      return false;
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    csrf = page.querySelector('meta[name="csrf"]')?.content ?? csrf;
    return true;
  } catch {
    return false;
  }
}

/** Wait until nobody has asked again for a while. */
export function calm(callback, milliseconds) {
  let timer;
  return (...args) => {
    clearTimeout(timer);
    timer = setTimeout(() => callback(...args), milliseconds);
  };
}
