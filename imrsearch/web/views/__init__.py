"""The routes: each view is one story."""
