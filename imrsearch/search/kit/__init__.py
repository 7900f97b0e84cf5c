"""From a pasted denial or request to an argument: its requests, and who won and lost with them."""
