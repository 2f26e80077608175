"""From a file somebody has (Word, a web page, a PDF, plain text) to the draft of a handout."""
