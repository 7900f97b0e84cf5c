"""From files to a published build: read, keep, build, check, publish."""
