"""The command line: options and printing; what is done is done elsewhere."""
