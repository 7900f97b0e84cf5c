"""What a pasted text asks for: its requests in dispute, each with its reasons and citations."""
