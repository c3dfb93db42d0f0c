"""Ways to show a scorecard: a page, a terminal, a table, a Praat TextGrid."""
