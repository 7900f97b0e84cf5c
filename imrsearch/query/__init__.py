"""From the words of a search to a query tree."""
