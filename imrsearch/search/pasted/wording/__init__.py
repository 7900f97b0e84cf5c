"""What the words of a pasted text say: decisions, services, amounts, citations, who speaks."""
