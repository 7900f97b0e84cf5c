"""What each page shows, decided here so that templates only lay it out.

``words`` says facts in plain English, ``results`` makes the page of results, ``case`` a case and
its letter, ``home`` the front page.
"""
