"""How fast the program is, beside others that build sites: docs/SPEED.md says what was measured."""
