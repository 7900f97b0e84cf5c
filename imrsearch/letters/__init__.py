"""From a file to a determination: one verb a module."""

READER = 21
"""Raised whenever the same text may give other facts; letters read by an older reader are read
anew from the collection."""
