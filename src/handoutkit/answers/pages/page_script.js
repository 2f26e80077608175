// The only script of a page that is filled in. It asks nothing of the network, and keeps nothing unless it is told to.
// "Save my answers" makes a copy of the page with what was written in it, which `handoutkit answers` reads.
"use strict";
(() => {
  const page = document.documentElement;
  const keeping = document.querySelector("[data-keeping]");
  const sending = document.querySelector("[data-sending]");
  const saved = document.querySelector('meta[name="saved"]');
  if (!keeping || !sending || !saved) return;

  const fieldsOf = (root) => [...root.querySelectorAll(".field[name]")];
  const isMark = (field) => field.type === "checkbox" || field.type === "radio";
  const keyOf = (field) => (field.type === "radio" ? `${field.name} ${field.value}` : field.name);
  const fields = fieldsOf(document);
  const say = (section, words) => { section.querySelector("[role=status]").textContent = words; };

  // The same page with what was written in it, as a browser reads it again without any script.
  function copyWithAnswers() {
    const copy = page.cloneNode(true);
    const now = new Date();
    const here = new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
    copy.querySelector('meta[name="saved"]').setAttribute("content", here);
    fieldsOf(copy).forEach((field, number) => {
      const own = fields[number];
      if (isMark(own)) field.toggleAttribute("checked", own.checked);
      else if (own.tagName === "TEXTAREA") field.textContent = (own.value.startsWith("\n") ? "\n" : "") + own.value;
      else field.setAttribute("value", own.value);
    });
    copy.removeAttribute("class");
    copy.querySelectorAll("[role=status], [data-text]").forEach((element) => { element.textContent = ""; });
    return `<!DOCTYPE html>\n${copy.outerHTML}\n`;
  }

  function save() {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([copyWithAnswers()], { type: "text/html" }));
    link.download = sending.dataset.sending;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    say(sending, sending.dataset.saved);
  }

  // The answers as words, for a message; a label says the question, and the option that a mark stands for.
  function asText() {
    const lines = [document.querySelector("h1").textContent.trim()];
    for (const field of fields) {
      const label = field.getAttribute("aria-label");
      if (isMark(field) ? field.checked : field.value.trim()) lines.push(isMark(field) ? label : `${label}: ${field.value}`);
    }
    return lines.join("\n");
  }

  async function copyText() {
    const shown = sending.querySelector("[data-text]");
    shown.textContent = asText();
    try {
      await navigator.clipboard.writeText(shown.textContent);
      say(sending, sending.dataset.copied);
    } catch {
      getSelection().selectAllChildren(shown);
      say(sending, sending.dataset.select);
    }
  }

  // What is kept on this device belongs to this page, or to this saved copy of it, and to no other.
  const heads = [...document.querySelectorAll('meta[name$=".edition"], meta[name$=".client_ref"]')];
  const place = ["handoutkit", ...heads.map((head) => `${head.name}=${head.content}`), saved.content].join(" ");
  const [keep, forget] = keeping.querySelectorAll("button");
  let keeps = false;

  function store() {
    const answers = fields.map((field) => [keyOf(field), isMark(field) ? field.checked : field.value]);
    localStorage.setItem(place, JSON.stringify(Object.fromEntries(answers)));
  }

  function show(kept) {
    keeps = kept;
    keep.hidden = kept;
    forget.hidden = !kept;
  }

  function start() {
    try {
      store();
      show(true);
      say(keeping, keeping.dataset.kept);
      forget.focus();
    } catch {
      show(false);
      say(keeping, keeping.dataset.refused);
    }
  }

  function stop() {
    localStorage.removeItem(place);
    show(false);
    say(keeping, keeping.dataset.removed);
    keep.focus();
  }

  function goOn() {
    let kept = null;
    try {
      kept = JSON.parse(localStorage.getItem(place));
    } catch {
      // A browser may lend no page any place; then there is nothing to go on with.
    }
    for (const field of kept ? fields : []) {
      const value = kept[keyOf(field)];
      if (isMark(field)) field.checked = value === true;
      else if (typeof value === "string") field.value = value;
    }
    show(kept !== null);
  }

  goOn();
  keep.addEventListener("click", start);
  forget.addEventListener("click", stop);
  sending.querySelector("[data-save]").addEventListener("click", save);
  sending.querySelector("[data-copy]").addEventListener("click", copyText);
  document.addEventListener("input", () => {
    if (!keeps) return;
    try {
      store();
    } catch {
      show(false);
      say(keeping, keeping.dataset.refused);
    }
  });
  page.classList.add("scripted");
})();
