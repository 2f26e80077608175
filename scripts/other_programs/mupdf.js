// Fills in a form with MuPDF; it knows fields by their accessible names: mutool run mupdf.js ORDER.json
var order = JSON.parse(read(scriptArgs[0]));
var pdf = new PDFDocument(order.from[0]);
var wanted = {};
order.values.forEach(function (value) { wanted[value.label] = value; });
for (var at = 0; at < pdf.countPages(); at++) {
  var page = pdf.loadPage(at);
  page.getWidgets().forEach(function (widget) {
    var value = wanted[widget.getLabel()];
    if (value && value.kind === "text") widget.setTextValue(value.value);
    else if (value) widget.toggle();
  });
  page.update();
}
pdf.save(order.to, "");
