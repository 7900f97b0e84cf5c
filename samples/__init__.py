"""Letters of our own writing, and the press that typesets them."""
