"""How a pasted text is laid out: its lines, tables, items and fields, taken into pieces."""
