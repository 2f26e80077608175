"""Pages for screens that come back: the script that saves them, and what reads them as safely as a PDF."""
