"""The routes, one view function each."""
