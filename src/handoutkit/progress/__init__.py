"""One client's answers over time: scores, ratings, ticks and words by day, as a page and as a sheet."""
