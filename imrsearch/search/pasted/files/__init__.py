"""The text of a file that somebody drops instead of pasting."""
