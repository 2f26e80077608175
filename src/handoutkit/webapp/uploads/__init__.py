"""Files that the browser sends, and what is shown of them; none is kept for longer than it is looked at."""
