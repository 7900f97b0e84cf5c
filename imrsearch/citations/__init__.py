"""Guideline citations: read from letters and from what people type."""
