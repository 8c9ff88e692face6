"""From pages to a published site, one step after another."""
