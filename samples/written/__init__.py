"""Letters written from facts: a seeded writer that knows what each of its letters says.

``facts.py`` draws a case, ``forms.py`` lays it out in the form of an era, ``styles.py`` prints the
form as text, ``presses.py`` as a PDF, and ``mutations.py`` spoils it. What a reader should find is
told by the case itself, never by a reader.
"""
