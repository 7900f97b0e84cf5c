"""What all else rests on: errors, settings, the disk, memory and the package's data files."""
