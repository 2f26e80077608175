// Fills in, merges or flattens a form with Apache PDFBox: java -cp ... PdfBox.java WHAT TO FROM [FROM] [NAME KIND VALUE]...
import java.io.File;
import org.apache.pdfbox.io.MemoryUsageSetting;
import org.apache.pdfbox.multipdf.PDFMergerUtility;
import org.apache.pdfbox.multipdf.Splitter;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.interactive.form.PDAcroForm;

public class PdfBox {
    public static void main(String[] args) throws Exception {
        String what = args[0];
        if (what.equals("merge")) {
            PDFMergerUtility merger = new PDFMergerUtility();
            merger.setDestinationFileName(args[1]);
            merger.addSource(new File(args[2]));
            merger.addSource(new File(args[3]));
            merger.mergeDocuments(MemoryUsageSetting.setupMainMemoryOnly());
            return;
        }
        try (PDDocument document = PDDocument.load(new File(args[2]))) {
            if (what.equals("split")) {
                new Splitter().split(document).get(0).save(args[1]);
                return;
            }
            PDAcroForm form = document.getDocumentCatalog().getAcroForm();
            for (int at = 3; at + 2 < args.length; at += 3) {
                form.getField(args[at]).setValue(args[at + 2]);
            }
            if (what.equals("flatten")) {
                form.flatten();
            }
            document.save(args[1]);
        }
    }
}
