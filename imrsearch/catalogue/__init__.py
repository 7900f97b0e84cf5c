"""What the field knows, as data files, with their loaders."""
