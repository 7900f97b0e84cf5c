"""What an index folder holds: the letters as read (``collection``) and the builds of the index."""
