"""Drawings made at build, as inline SVG: small pictures of figures, and a locator map."""
