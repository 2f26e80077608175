"""What ``theme.yaml`` asks for, as styles, colours and words of pages; and the fonts that a theme brings."""
