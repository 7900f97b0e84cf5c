"""The contents of an index folder: the letters as read (``collection``) and the index builds."""

CURRENT = "current"
"""The link in an index folder that leads to its current build."""
