"""From the words of a search to its results."""
