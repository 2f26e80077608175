// A roster: uploaded, checked, and made into packets while its page shows how far that is.
import { got, said, say, send } from "/static/common.js";
import { chosen, framings, remember } from "/static/show.js";

export function start() {
  const form = document.querySelector("#roster");
  const drop = document.querySelector("#drop");
  const input = document.querySelector("#file");
  const checked = document.querySelector("#checked");
  let key = "";
  let stream = null;
  let file = null;
  let answers = new URLSearchParams();  // what was said of this file: columns, dates, encoding

  input.addEventListener("change", () => takeNew(input.files[0]));
  for (const name of ["dragenter", "dragover"]) drop.addEventListener(name, (event) => { event.preventDefault(); drop.classList.add("over"); });
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => { event.preventDefault(); drop.classList.remove("over"); takeNew(event.dataTransfer.files[0]); });
  form.addEventListener("submit", (event) => event.preventDefault());
  framings(form);
  remember(form);
  takeNew(input.files[0]);  // it may have been chosen before this module was read
  form.addEventListener("change", (event) => { if (file && event.target !== input) take(file); });

  checked.addEventListener("click", async (event) => {
    if (event.target.closest("[data-open-folder]")) {
      const opened = await send(`/rosters/${key}/open-folder`, {});
      const found = opened.ok && (await opened.json()).opened;
      say(found ? "It is open beside this window." : "It could not be opened from here. Its place stands above.");
      return;
    }
    const answer = event.target.closest("[data-answer]")?.dataset.answer.split("=");
    if (answer) { answers.set(...answer); take(file); }
  });
  checked.addEventListener("change", async (event) => {
    const column = event.target.dataset.column;
    if (!column) return;
    const others = answers.getAll("map").filter((one) => one.slice(0, one.lastIndexOf("=")) !== column);
    answers.delete("map");
    for (const one of [...others, `${column}=${event.target.value}`]) answers.append("map", one);
    await take(file);
    const menu = [...checked.querySelectorAll("[data-column]")].find((one) => one.dataset.column === column);
    if (menu) menu.closest("details").open = true;
    menu?.focus();
  });

  function takeNew(given) {
    answers = new URLSearchParams();
    return take(given);
  }

  async function take(given) {
    if (!given) return;
    file = given;
    forget();
    checked.replaceChildren();
    checked.setAttribute("aria-busy", "true");
    say("Looking through the spreadsheet …");
    const asked = chosen(form);
    asked.set("file", given.name);
    for (const [name, value] of answers) asked.append(name, value);
    const answer = await send(`/rosters?${asked}`, given);
    checked.removeAttribute("aria-busy");
    input.value = "";  // so that the same file can be chosen once more
    if (answer.status === 413) { say("This file is too large. Split it in two."); return; }
    if (answer.status !== 200) { say(await said(answer)); return; }
    checked.innerHTML = await answer.text();
    key = checked.querySelector("[data-key]")?.dataset.key ?? "";
    if (key) watch();
    checked.querySelector("#run")?.addEventListener("click", run);
    checked.querySelector("#stop")?.addEventListener("click", stop);
    say(checked.querySelector("[data-say]")?.textContent.trim() ?? "This spreadsheet cannot be used as it is.", false);
    checked.scrollIntoView({ block: "nearest" });
  }

  async function run() {
    const button = checked.querySelector("#run");
    const name = checked.querySelector("#batch-name");
    button.disabled = true;
    name.removeAttribute("aria-invalid");
    checked.querySelectorAll(".wrong").forEach((one) => one.remove());
    begun();
    const answer = await send(`/rosters/${key}/run`, { name: name.value });
    if (answer.ok) return;
    checked.querySelector("#running").hidden = true;
    name.readOnly = false;
    button.disabled = false;
    const note = document.createElement("p");
    note.className = "wrong";
    note.setAttribute("role", "alert");
    note.textContent = await said(answer);
    name.setAttribute("aria-invalid", "true");
    name.after(note);
    name.focus();
  }

  function begun() {
    checked.querySelector("#batch-name").readOnly = true;
    checked.querySelector("#report").replaceChildren();
    checked.querySelector("#running").hidden = false;
    const button = checked.querySelector("#stop");
    button.disabled = false;
    button.textContent = "Stop";
    button.focus();
  }

  async function stop() {
    const button = checked.querySelector("#stop");
    button.disabled = true;
    button.textContent = "Stopping …";
    say("Stopping. The packets that are being made are finished first.");
    await send(`/rosters/${key}/stop`, {});
  }

  async function ended() {
    checked.querySelector("#running").hidden = true;
    const report = checked.querySelector("#report");
    const answer = await got(`/rosters/${key}/report`);
    if (!answer.ok) return;
    report.innerHTML = await answer.text();
    const left = report.querySelector("[data-left]")?.dataset.left;
    checked.querySelector("#run").disabled = report.querySelector(".done") !== null;
    if (!left && report.querySelector(".done")) checked.querySelector("#run").hidden = true;
    if (left) checked.querySelector("#run").lastChild.textContent = `Go on with the other ${left}`;
    else checked.querySelector("#batch-name").readOnly = false;
    const told = report.querySelector("[data-say]");
    told?.focus();
    say(told?.textContent ?? "It did not work.", false);
  }

  function watch() {
    let told = 0;  // runs whose end was told
    stream = new EventSource(`/rosters/${key}/progress`);
    stream.addEventListener("progress", async (event) => {
      const [state, run, done, total, ...words] = event.data.split(" ");
      if (state === "checked") return;
      const bar = checked.querySelector("#bar");
      bar.max = Math.max(1, Number(total));
      if (Number(total)) bar.value = Number(done); else bar.removeAttribute("value");
      checked.querySelector("#far").textContent = words.join(" ");
      if (state !== "done" || Number(run) === told) return;
      told = Number(run);
      await ended();
    });
  }

  function forget() {
    stream?.close();
    if (key) send(`/rosters/${key}/forget`, {}, { keepalive: true }).catch(() => {});
    key = "";
  }
  addEventListener("pagehide", forget);
}
