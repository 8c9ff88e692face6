"""One command each, for those who write content."""
