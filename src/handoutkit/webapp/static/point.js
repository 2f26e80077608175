// Point at a place of a page, and the field that its words stand in is there to write in.
import { say } from "/static/common.js";

const LENGTHS = [24, 16, 10, 6, 4];  // letters before and after the place that are looked for, the most first

export function pointing(bench, form) {
  bench.querySelector("#pages")?.addEventListener("click", async (event) => {
    const image = event.target.closest("img.page");
    if (!image) return;
    const [, digest, number] = /\/page\/(\w+)\/(\d+)-/.exec(image.getAttribute("src")) ?? [];
    const { left, top, width, height } = image.getBoundingClientRect();
    const asked = new URLSearchParams({ x: (event.clientX - left) / width, y: (event.clientY - top) / height });
    const answer = await fetch(`/page/${digest}/${number}/words?${asked}`).catch(() => null);
    const found = answer?.ok && place(form, await answer.json());
    if (!found) { say("These words are not in this form."); return; }
    bench.querySelector("[data-see='words']")?.click();
    for (let fold = found.control.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    found.control.focus({ preventScroll: true });
    found.control.setSelectionRange(found.at, found.at);
    found.control.scrollIntoView({ block: "center" });
  });
}

/** The field that has these letters, and where in it they are. Marks, spaces and hyphens do not count. */
function place(form, { before, after }) {
  const [start, end] = [letters(before), letters(after)];
  const fields = [...form.querySelectorAll("textarea[data-control], input[type=text][data-control]")].map((control) => ({ control, held: letters(control.value) }));
  for (const length of LENGTHS) {
    const lead = start.slice(-length);
    const wanted = lead + end.slice(0, length);
    if (wanted.length < 4) continue;
    const { control, held } = fields.find((one) => one.held.includes(wanted)) ?? {};
    if (control) return { control, at: inText(control.value, held.indexOf(wanted) + lead.length) };
  }
  const whole = fields.find(({ held }) => held.length > 1 && `${start}${end}`.includes(held) && held.length > 3);
  return whole ? { control: whole.control, at: 0 } : null;
}

function letters(text) { return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ""); }

/** Where in a text its letter of a number is. */
function inText(text, number) {
  let count = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (!letters(text[at])) continue;
    if (count === number) return at;
    count += 1;
  }
  return text.length;
}
