// A text and its translation side by side: what is written is kept in the catalogue at once.
import { REFUSED, calm, onReturn, said, say, send } from "/static/common.js";
import { undoing } from "/static/undo.js";

const STATES = { done: "Translated", stale: "Look at it again", missing: "Missing" };

export function start(view) {
  const form = view.querySelector("#form");
  const state = view.querySelector("#state");
  const rows = [...form.querySelectorAll("[data-place]")];
  const written = new Set();  // rows that were written in since they were kept
  let first = true;
  let keeping = null;
  let open = false;  // something is not kept
  let failed = null;

  const keepSoon = calm(() => keep(), 700);
  const steps = undoing(form, () => {}, true);  // what it puts back is input as any other
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", (event) => {
    steps.record();
    const row = event.target.closest("[data-place]");
    if (row) written.add(row);
    open = true;
    failed = null;
    state.textContent = "Not kept yet.";
    keepSoon();
  });
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "s") { event.preventDefault(); keep(); }
  });
  view.querySelector("[data-next]").addEventListener("click", next);
  document.querySelector("button[data-words]").addEventListener("click", copyWords);
  addEventListener("beforeunload", (event) => { if (open) event.preventDefault(); });
  addEventListener("pagehide", () => { if (open && failed === null) keep(); });
  onReturn(() => { if ([403, REFUSED].includes(failed)) keep(); });

  async function keep() {
    if (keeping) { await keeping; keepSoon(); return; }
    if (!open) return;
    const sent = [...written];
    written.clear();
    open = false;
    const words = Object.fromEntries(sent.map((row) => [row.dataset.place, row.querySelector("[data-text]").value]));
    const sure = sent.filter((row) => row.querySelector("[data-sure]")?.checked).map((row) => row.dataset.place);
    const who = Object.fromEntries([...form.querySelectorAll("[data-who]")].map((one) => [one.dataset.who, one.value]));
    // Also when the page is left meanwhile; longer ones a browser refuses to send then.
    const keepalive = JSON.stringify(words).length < 20_000;
    keeping = send(view.dataset.keep, { digest: view.dataset.digest, words, sure, who, first }, { keepalive });
    const answer = await keeping;
    keeping = null;
    if (answer.ok) { kept(await answer.json(), who); return; }
    sent.forEach((row) => written.add(row));
    open = true;
    failed = answer.status;
    state.textContent = answer.status === 409
      ? "Not kept: the translation was changed elsewhere. Copy what you wrote, then load this page again."
      : `Not kept. ${await said(answer)}`;
  }

  function kept(found, who) {
    first = false;
    view.dataset.digest = found.digest;
    view.querySelector("[data-pages]")?.removeAttribute("hidden");  // there is something in this language now
    for (const row of rows) {
      const now = found.states[row.dataset.place];
      row.dataset.state = now;
      row.querySelector(".state-of-text").textContent = STATES[now];
      const note = row.querySelector(".wrong");
      const text = row.querySelector("[data-text]");
      note.textContent = found.wrong[row.dataset.place] ?? "";
      note.hidden = !note.textContent;
      if (note.hidden) { text.removeAttribute("aria-invalid"); text.removeAttribute("aria-describedby"); }
      else { note.id ||= `w-${text.id}`; text.setAttribute("aria-invalid", "true"); text.setAttribute("aria-describedby", note.id); }
      if (now === "done") row.querySelector("[data-sure]")?.closest("label").remove();
    }
    for (const [name, value] of Object.entries(found.who)) {
      const field = form.querySelector(`[data-who="${name}"]`);
      if (field.value === who[name]) field.value = value;
    }
    if (open) { keepSoon(); return; }
    const far = found.done === found.all ? `All ${found.all} texts are translated.` : `${found.done} of ${found.all} texts are translated.`;
    state.textContent = `Kept. ${far}${who.name.trim() ? "" : " Say above who translates."}`;
  }

  function next() {
    const from = rows.indexOf(document.activeElement.closest?.("[data-place]")) + 1;
    const row = [...rows.slice(from), ...rows.slice(0, from)].find((one) => one.dataset.state !== "done");
    if (!row) { say("All of it is translated."); return; }
    row.closest("details").open = true;
    row.querySelector("[data-text]").focus();
    row.scrollIntoView({ block: "center" });
  }

  async function copyWords() {
    const text = rows.map((row) => row.querySelector("[data-text]").value).filter(Boolean).join("\n\n");
    try {
      await navigator.clipboard.writeText(text);
      say("Copied. Paste it into any document, to be sure.");
    } catch { say("It could not be copied. Leave this page open."); }
  }
}
