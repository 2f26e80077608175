// Filled files that came back: read while this page is open, shown, saved as a table, and forgotten.
import { said, say, send } from "/static/common.js";
import { dropping } from "/static/make.js";

export function start(view) {
  const form = view.querySelector("#returns");
  const input = view.querySelector("#file");
  const place = view.querySelector("#returned");
  const told = view.querySelector("#returns-told");
  let files = [];

  dropping(view.querySelector("#drop"), take);
  input.addEventListener("change", () => { take([...input.files]); input.value = ""; });
  form.addEventListener("submit", (event) => { event.preventDefault(); read(); });
  place.addEventListener("click", (event) => {
    const button = event.target.closest("[data-table], [data-client]");
    if (button) keep(button);
  });
  addEventListener("pagehide", () => { files = []; place.replaceChildren(); form.reset(); });

  function take(given) {
    const known = new Set(files.map((one) => `${one.name} ${one.size} ${one.lastModified}`));
    files.push(...given.filter((one) => !known.has(`${one.name} ${one.size} ${one.lastModified}`)));
    return read();
  }

  /** The files with what is said of them: a line of JSON, then their bytes. */
  function all(more = {}) {
    const about = files.map((one) => ({ name: one.name, size: one.size, day: one.lastModified / 1000 }));
    return new Blob([`${JSON.stringify({ ...Object.fromEntries(new FormData(form)), ...more, files: about })}\n`, ...files]);
  }

  async function ask(address, more) {
    told.hidden = true;
    if (files.reduce((sum, one) => sum + one.size, 0) > Number(view.dataset.most)) {
      mend("Together these files are larger than 20 MB. Load this page again and drop fewer at a time.");
      return null;
    }
    const answer = await send(address, all(more));
    if (answer.ok) return answer;
    mend(await said(answer));
    return null;
  }

  function mend(words) {
    told.textContent = words;
    told.hidden = false;
  }

  async function read() {
    if (!files.length) { mend("Drop some files first."); return; }
    say(files.length === 1 ? "Reading the file …" : "Reading the files …");
    place.setAttribute("aria-busy", "true");
    const answer = await ask("/returned");
    place.removeAttribute("aria-busy");
    if (!answer) return;
    place.innerHTML = await answer.text();
    const words = place.querySelector("[data-say]");
    words.focus({ preventScroll: true });
    say(words.textContent.trim(), false);
    place.scrollIntoView({ block: "start" });
  }

  async function keep(button) {
    const { table, client } = button.dataset;
    button.disabled = true;
    say("Making it …");
    const answer = await ask(table ? `/returned/table.${table}` : "/returned/over-time", { client });
    button.disabled = false;
    if (!answer) return;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await answer.blob());
    link.download = /filename="([^"]+)"/.exec(answer.headers.get("content-disposition"))[1];
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    say("It is with your downloads.");
  }
}
