"""Disk errors, memory allocation and the package's data files."""
