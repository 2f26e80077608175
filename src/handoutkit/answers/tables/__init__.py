"""The rows of answers as CSV, XLSX and JSON: columns with a meaning that stays."""
