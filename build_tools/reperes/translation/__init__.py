"""Which block of a translation says which of its original, and whether it is up to date."""
