"""Repères: curated facts and translated sections become a bilingual explainer."""

__version__ = "0.1.0"
