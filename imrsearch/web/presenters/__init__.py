"""What each page shows, decided here so that templates only lay it out.

``words`` says facts in plain English. ``results`` makes the page of results from ``rows``,
``facets``, ``outcome`` and ``pager``; ``case`` shows a case, ``letter`` its letter and ``evidence``
links the two; ``home`` is the front page and the help.
"""
