"""Drafts of facts: what a source’s text says, found by rule, for a person to confirm."""
