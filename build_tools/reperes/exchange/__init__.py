"""Exchange with the tools that translators use: units out to PO, XLIFF, TBX, TMX, CSV, and back."""
