"""The letters as read: the source of truth, from which every index is built."""
