"""imrsearch: search over California Independent Medical Review determinations."""

__version__ = "0.1.0"
