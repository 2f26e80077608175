// What every page needs: news from the server, words for a listener, and what the page's own module does.
import { listen, say } from "/static/common.js";

document.documentElement.classList.add("scripted");
if (matchMedia("(max-width: 760px)").matches) document.querySelectorAll("[data-folds]").forEach((one) => { one.open = false; });
const view = document.querySelector("[data-view]");
if (view) {
  const module = await import(`/static/${view.dataset.view}.js`);
  module.start(view);
}
listen();
document.documentElement.classList.add("ready");

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const text = document.querySelector(button.dataset.copy).textContent;
  try {
    await navigator.clipboard.writeText(text);
    say("Copied. Paste it into the terminal.");
  } catch {
    getSelection().selectAllChildren(document.querySelector(button.dataset.copy));
    say("Selected. Copy it with Ctrl+C (or Cmd+C).");
  }
});
