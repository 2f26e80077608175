// Fills in, splits, merges or flattens a form with pdf-lib: node pdf_lib.mjs PACKAGE ORDER.json
import fs from "node:fs";
import { createRequire } from "node:module";

const [name, file] = process.argv.slice(2);
const { PDFDocument, PDFName } = createRequire(`${process.cwd()}/`)(name);
const order = JSON.parse(fs.readFileSync(file, "utf8"));
const read = (path) => PDFDocument.load(fs.readFileSync(path));
let made = await read(order.from[0]);
const form = made.getForm();
for (const { name, kind, value } of order.values ?? []) {
  if (kind === "text") form.getTextField(name).setText(value);
  if (kind === "tick") form.getCheckBox(name).check();
  if (kind === "choice") form.getRadioGroup(name).select(value);
}
if (order.what === "flatten") form.flatten();
if (order.what === "split" || order.what === "merge") {
  const fresh = await PDFDocument.create();
  for (const path of order.from) {
    const source = await read(path);
    const numbers = order.what === "split" ? [0] : source.getPageIndices();
    (await fresh.copyPages(source, numbers)).forEach((page) => fresh.addPage(page));
  }
  made = fresh;
}
fs.writeFileSync(order.to, await made.save());
