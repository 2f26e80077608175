"""What is painted on pages while a PDF is written."""
