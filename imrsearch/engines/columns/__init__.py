"""Values and numbers of all documents as NumPy arrays, for every embedded engine."""
