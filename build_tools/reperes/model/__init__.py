"""What an explainer is: facts, sections, citations; read from its files, checked for sense."""
