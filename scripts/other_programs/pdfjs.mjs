// Fills in a form with pdf.js and saves it as Firefox does: node pdfjs.mjs PACKAGE ORDER.json
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [, file] = process.argv.slice(2);
const home = path.join(process.cwd(), "node_modules/pdfjs-dist");
const pdfjs = await import(pathToFileURL(path.join(home, "legacy/build/pdf.mjs")));
const order = JSON.parse(fs.readFileSync(file, "utf8"));
const pdf = await pdfjs.getDocument({
  data: new Uint8Array(fs.readFileSync(order.from[0])),
  cMapUrl: `${home}/cmaps/`,
  standardFontDataUrl: `${home}/standard_fonts/`,
  verbosity: pdfjs.VerbosityLevel.ERRORS,
}).promise;
const fields = await pdf.getFieldObjects();
for (const { name, kind, value } of order.values) {
  const kids = fields[name].filter((field) => field.type);
  if (kind === "text") pdf.annotationStorage.setValue(kids[0].id, { value });
  if (kind === "tick") pdf.annotationStorage.setValue(kids[0].id, { value: true });
  if (kind === "choice")
    for (const kid of kids) pdf.annotationStorage.setValue(kid.id, { value: kid.exportValues === value });
}
fs.writeFileSync(order.to, await pdf.saveDocument());
await pdf.destroy();
