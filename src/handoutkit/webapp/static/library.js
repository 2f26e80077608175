// The cards of the library: found while one types, and with pictures as they come into sight.
import { calm, fill, onChange } from "/static/common.js";

const AT_A_TIME = 2;  // a browser keeps few connections to one address open, and the person's own clicks come first
let running = 0;
const waiting = [];

export function start() {
  const form = document.querySelector("#find");
  const cards = document.querySelector("#cards");
  let number = 0;
  async function find() {
    const mine = ++number;
    const said = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
    history.replaceState(null, "", `${location.pathname}${said.size ? `?${said}` : ""}`);
    said.set("part", "cards");
    const place = (image) => image.dataset.picture.split("?")[0];
    const seen = new Map([...cards.querySelectorAll("[data-picture]:not([hidden])")].map((one) => [place(one), one]));
    await fill(cards, `${form.getAttribute("action")}?${said}`, { when: () => mine === number });
    for (const image of cards.querySelectorAll("[data-picture]")) {
      const before = seen.get(place(image));
      if (!before || before === image) continue;
      before.dataset.picture = image.dataset.picture;
      image.closest(".sheet").querySelector(".sheet-title").hidden = true;
      image.replaceWith(before);  // it stays until there is a newer one
    }
    pictures(cards);
  }
  form.addEventListener("submit", (event) => { event.preventDefault(); find(); });
  form.addEventListener("input", calm(find, 180));
  onChange(calm(find, 100));
  pictures(cards);
}

/** Ask for the pictures of the cards that can be seen. */
export function pictures(cards) {
  waiting.length = 0;
  const seen = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      seen.unobserve(target);
      waiting.push(target);
    }
    next();
  }, { rootMargin: "200px" });
  cards.querySelectorAll("[data-picture]").forEach((image) => { if (image.getAttribute("src") !== image.dataset.picture) seen.observe(image.closest(".sheet")); });
}

function next() {
  while (running < AT_A_TIME && waiting.length) {
    const sheet = waiting.shift();
    const image = sheet.querySelector("img");
    running += 1;
    image.onload = () => { image.hidden = false; sheet.querySelector(".sheet-title").hidden = true; };
    image.onloadend = null;
    const done = () => { running -= 1; next(); };
    image.addEventListener("load", done, { once: true });
    image.addEventListener("error", done, { once: true });
    image.src = image.dataset.picture;
  }
}
