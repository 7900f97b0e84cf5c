"""What the machine gives: disk, package data, memory."""
