"""Clipped sentences and issues, and the brief that is made of them: Word, PDF, Markdown."""
