"""What knows nothing of explainers: places, problems, dates, Markdown's blocks, files."""
