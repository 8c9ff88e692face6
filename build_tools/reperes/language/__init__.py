"""How each language writes numbers, dates, names and marks, and the words of its interface."""
