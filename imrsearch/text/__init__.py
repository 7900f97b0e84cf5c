"""Words, sentences and phrases of plain text."""
