"""The Tantivy engine."""
