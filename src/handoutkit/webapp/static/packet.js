// One packet, and one client's values: shown and forgotten, or built.
import { said, say, send, sentence } from "/static/common.js";
import { chosen, start as show } from "/static/show.js";

export function start(view) {
  show(view);
  const form = document.querySelector("#client");
  const told = document.querySelector("#client-told");
  let last = null;  // what was built, for as long as this page is open

  form.addEventListener("submit", (event) => { event.preventDefault(); make(event.submitter?.value ?? "show"); });

  async function make(todo) {
    told.replaceChildren();
    form.querySelectorAll(".wrong").forEach((note) => note.remove());
    form.querySelectorAll("[aria-invalid]").forEach((one) => { one.removeAttribute("aria-invalid"); one.removeAttribute("aria-describedby"); });
    const values = Object.fromEntries([...new FormData(form)].filter(([name]) => name !== "do"));
    const buttons = form.querySelectorAll("button");
    buttons.forEach((one) => { one.disabled = true; });
    say(todo === "build" ? "Building …" : "Setting the pages …");
    const answer = await send(`/packets/${view.dataset.name}/client?${chosen(document.querySelector("#choose"))}`, { values, do: todo });
    buttons.forEach((one) => { one.disabled = false; });
    if (answer.status === 422) { mend((await answer.json()).problems); return; }
    if (!answer.ok) { say(await said(answer)); return; }
    if (todo === "build") built(answer.headers.get("x-place"), await answer.blob());
    else pages(await answer.text());
  }

  /** Each problem is shown at its field; what belongs to none, below the form. */
  function mend(problems) {
    let first = null;
    problems.forEach(({ message, hint, path, code }, at) => {
      const note = document.createElement("p");
      note.className = "wrong";
      note.id = `wrong-${at}`;
      note.textContent = `${sentence(message)} ${sentence(hint)}`;
      const field = form.querySelector(`[name="${code === "bad-client-ref" ? "client_ref" : CSS.escape(path)}"]`);
      (field?.parentElement ?? told).append(note);
      field?.setAttribute("aria-invalid", "true");
      field?.setAttribute("aria-describedby", note.id);
      first ??= field;
    });
    say("Not done: something is to be mended.", false);
    (first ?? form.querySelector("input")).focus();
    if (!first) told.scrollIntoView({ block: "nearest" });
  }

  function pages(html) {
    const part = document.createElement("template");
    part.innerHTML = html;
    document.querySelector("#pages").replaceChildren(part.content);
    say("These are the pages for this client. They are not kept.");
    document.querySelector("#pages").scrollIntoView({ block: "start" });
  }

  function built(place, blob) {
    if (last) URL.revokeObjectURL(last);
    last = URL.createObjectURL(blob);
    const panel = document.createElement("div");
    panel.className = "panel done";
    panel.innerHTML = '<h3>The packet is built</h3><p>It is in <code></code>. It is for its owner only.</p><p><a class="button" target="_blank" rel="noopener">Open it</a></p>';
    panel.querySelector("code").textContent = place;
    panel.querySelector("a").href = last;
    told.replaceChildren(panel);
    panel.querySelector("a").focus();
    panel.scrollIntoView({ block: "nearest" });
    say("The packet is built.");
  }

  addEventListener("pagehide", () => { if (last) URL.revokeObjectURL(last); form.reset(); });
}
