"""The library's front: what ``import imrsearch`` offers, and the command line uses."""
