"""Columns: the values and numbers of all documents as NumPy arrays, for the embedded engines."""
