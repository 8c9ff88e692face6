"""What a text says in numbers, dates and quotations, and the entries that may come of it."""
