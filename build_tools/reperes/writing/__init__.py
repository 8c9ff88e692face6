"""From facts and sections to Markdown and HTML, through the templates."""
