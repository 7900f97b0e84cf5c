"""What each page shows, decided here so that templates only lay it out.

``words`` says facts in plain English. ``results`` makes the page of results from ``rows`` and
``facets``; ``case`` shows a case, and ``evidence`` where in its letter a fact was read from;
``home`` is the front page and the help.
"""
