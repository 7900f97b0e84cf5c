"""The contents of an index folder: the letters as read (``collection``) and the index builds."""
