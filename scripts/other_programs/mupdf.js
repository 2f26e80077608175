// Fills in a form with MuPDF; it knows fields by their accessible names and places: mutool run mupdf.js ORDER.json
var order = JSON.parse(read(scriptArgs[0]));
var pdf = new PDFDocument(order.from[0]);
for (var at = 0; at < pdf.countPages(); at++) {
  var page = pdf.loadPage(at);
  var height = page.bound()[3];
  page.getWidgets().forEach(function (widget) {
    var box = widget.getRect(); // counted from the top
    order.values.forEach(function (value) {
      var away = Math.abs(box[0] - value.corner[0]) + Math.abs(height - box[3] - value.corner[1]);
      if (value.page !== at || value.label !== widget.getLabel() || away > 1) return;
      if (value.kind === "text") widget.setTextValue(value.value);
      else widget.toggle();
    });
  });
  page.update();
}
pdf.save(order.to, "");
