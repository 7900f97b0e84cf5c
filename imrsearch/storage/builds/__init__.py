"""Index builds: every change of the index is a new build beside the old ones."""
