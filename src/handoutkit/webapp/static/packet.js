// A packet or a handout with one client's values: shown and forgotten, or built.
import { said, say, send, sentence } from "/static/common.js";
import { chosen, start as show } from "/static/show.js";

export function start(view) {
  show(view);
  const form = document.querySelector("#client");
  const told = document.querySelector("#client-told");
  let values = null;  // of the client whose pages are on the screen; they stay in this page alone
  let last = null;  // what was built, for as long as this page is open

  for (const id of ["#get-pdf", "#print-pdf"]) document.querySelector(id).addEventListener("click", (event) => {
    if (!values || !document.querySelector("#pages [data-client]")) return;  // the blank packet is on the screen
    event.preventDefault();
    take(id === "#print-pdf");
  });
  const label = document.querySelector("#get-pdf").lastChild;
  const blank = label.textContent;
  new MutationObserver(() => {
    label.textContent = document.querySelector("#pages [data-client]") ? "Download it for this client" : blank;
  }).observe(document.querySelector("#pages"), { childList: true });
  form.addEventListener("submit", (event) => { event.preventDefault(); make(event.submitter?.value ?? "show"); });

  const address = () => `${view.dataset.client}?${chosen(document.querySelector("#choose"))}`;

  /** This client's packet, as it is on the screen: to print, or to download. */
  async function take(print) {
    say(print ? "Getting it ready to print …" : "Getting it ready …");
    const answer = await send(address(), { values, do: "print" });
    if (!answer.ok) { say(await said(answer)); return; }
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await answer.blob());
    if (last) URL.revokeObjectURL(last);
    last = link.href;
    if (print) { link.target = "_blank"; link.rel = "noopener"; } else link.download = `${values.client_ref.trim()}.pdf`;
    link.click();
    say("It has this client’s pages.");
  }

  async function make(todo, replace = false) {
    told.replaceChildren();
    form.querySelectorAll(".wrong").forEach((note) => note.remove());
    form.querySelectorAll("[aria-invalid]").forEach((one) => { one.removeAttribute("aria-invalid"); one.removeAttribute("aria-describedby"); });
    const given = Object.fromEntries([...new FormData(form)].filter(([name]) => name !== "do"));
    const buttons = form.querySelectorAll("button");
    buttons.forEach((one) => { one.disabled = true; });
    say(todo === "build" ? "Building …" : "Setting the pages …");
    const answer = await send(address(), { values: given, do: todo, replace });
    buttons.forEach((one) => { one.disabled = false; });
    if (answer.status === 409) { ask(await answer.json()); return; }
    if (answer.status === 422) { mend((await answer.json()).problems); return; }
    if (!answer.ok) { say(await said(answer)); return; }
    if (todo === "build") built(answer.headers.get("x-place"), await answer.blob());
    else { values = given; pages(await answer.text()); }
  }

  /** There is a packet for this reference, which may be another client's. */
  function ask({ there, made }) {
    const panel = document.createElement("div");
    panel.className = "panel paused";
    panel.innerHTML = '<h3 tabindex="-1">There is one for this reference</h3><p>It was made on <span></span>, and is in <code></code>. Is it the same client’s?</p><p class="actions"><button type="button" class="button">Put the new one in its place</button> <button type="button" class="button">Leave it as it is</button></p>';
    panel.querySelector("span").textContent = made;
    panel.querySelector("code").textContent = there;
    const [yes, no] = panel.querySelectorAll("button");
    yes.addEventListener("click", () => make("build", true));
    no.addEventListener("click", () => { told.replaceChildren(); form.querySelector('[name="client_ref"]').focus(); });
    told.replaceChildren(panel);
    panel.querySelector("h3").focus();
    panel.scrollIntoView({ block: "nearest" });
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

  addEventListener("pagehide", () => { if (last) URL.revokeObjectURL(last); form.reset(); values = null; });
}
