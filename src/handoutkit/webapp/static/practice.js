// What the form of a practice has besides: its colour's contrast while one picks it, and its logo.
import { calm, got, said, say, send } from "/static/common.js";

export function colours(form) {
  const place = document.querySelector("#contrast");
  const field = place && form.querySelector("[data-kind='colour']");
  if (!field) return;
  const [pick, text] = field.querySelectorAll("input");
  async function ask() {
    const answer = await got(`/colours?colour=${encodeURIComponent(text.value)}`);
    if (!answer.ok) return;
    const found = await answer.json();
    if (!found.colour) { place.textContent = "Write # and six of 0-9 and A-F, as in #17635A."; return; }
    const list = document.createElement("ul");
    for (const { name, front, back, ratio, least } of found.pairs) {
      const row = document.createElement("li");
      const sample = document.createElement("span");
      sample.className = "sample";
      sample.textContent = least < 4.5 ? "" : "Aa";
      sample.classList.toggle("sample-line", least < 4.5);
      sample.style.color = front;
      sample.style.background = back;
      sample.setAttribute("aria-hidden", "true");
      row.append(sample, ` ${name}: ${ratio} to 1 (at least ${least})`);
      list.append(row);
    }
    const told = document.createElement("p");
    told.textContent = found.brand === found.colour
      ? "Your colour can be read well as it is."
      : "Your colour is too light to read. On the pages a darker shade of it is used for words.";
    place.replaceChildren(told, list);
  }
  const soon = calm(ask, 120);
  pick.addEventListener("input", () => { text.value = pick.value.toUpperCase(); soon(); });
  text.addEventListener("input", () => { if (/^#[0-9a-f]{6}$/i.test(text.value)) pick.value = text.value; soon(); });
  ask();
}

/** Pictures that are chosen; what comes back waits until all of them are there. */
export function uploads(form, what, name, touch) {
  let all = Promise.resolve();
  form.addEventListener("change", (event) => {
    const input = event.target.closest("[data-upload]");
    if (input?.files.length) all = Promise.all([all, take(input)]);
  });
  return () => all;

  async function take(input) {
    const [file] = input.files;
    const answer = await send(`/picture/${what}/${name}?${new URLSearchParams({ name: file.name })}`, file);
    input.value = "";  // so that the same file can be chosen again once it is mended
    const field = input.closest("[data-kind]");
    field.querySelectorAll(".wrong").forEach((note) => note.remove());
    if (answer.ok) {
      field.querySelector("[data-control]").value = (await answer.json()).file;
      if (what === "practice") inWords(form, field.closest("[data-kind='maybe']"));
      touch();
      say("The picture is chosen. Save to use it.");
      return;
    }
    const note = document.createElement("p");
    note.className = "wrong";
    note.setAttribute("role", "alert");
    note.textContent = answer.status === 413 ? "This picture is larger than 20 MB. Save it smaller, or as JPEG." : await said(answer);
    field.append(note);
  }
}

/** A logo's words begin with whose it is, for they are needed, and rarely more than that. */
function inWords(form, logo) {
  const words = logo?.querySelector("[data-key='text'] [data-control]");
  const whose = form.querySelector("[data-key='display_name'] [data-control]").value;
  if (words && !words.value) words.value = `Logo of ${whose}`;
}
