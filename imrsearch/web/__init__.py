"""The pages: Flask over the search service."""
