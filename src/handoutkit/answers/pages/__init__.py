"""Pages for screens that were filled in and saved: checked, and read as PDFs are."""
