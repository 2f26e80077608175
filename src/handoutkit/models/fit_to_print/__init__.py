"""What of a text is fit to print: its characters, and the addresses that its links lead to."""
