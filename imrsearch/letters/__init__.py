"""From a file to a determination: one verb a module."""
