"""The Whoosh engine: the embedded default, for up to some ten thousand issues.

Of Whoosh 2.7.4 it uses the schema and index folder, the segment writer, the codec interface (with
Whoosh's own files and term dictionary below it) and the reader. What is its own, and why, by
``python -m benchmarks.whoosh_parts 10000`` (9,984 generated issues, processor time, one run):

- *Postings as arrays* (``ArrayCodec``) and *inverting in memory* (``_Inverted``) instead of
  Whoosh's posting blocks and sorting pool: writing takes 6.0 s, columns included, instead of 53 s.
  The files are about as large (33 and 31 MB).
- *Stems as a table* from each stem to its words, instead of a second set of fields: with stemmed
  fields Whoosh takes 161 s and 58 MB.
- *Matching and BM25F in NumPy* (``matching``) instead of Whoosh's query classes, matchers and
  searcher: the ten best and the exact total of a word take 1.2 ms instead of 57, of a conjunction
  2.0 instead of 136, of a phrase 2.3 instead of 160 (medians). The query tree is shared with
  Tantivy anyway, and slop means the same in both.
- *Words* are those of ``text.words``, as for every engine, so that what is found is what is marked.
- *Facets and filters by columns* (``engines.columns``) instead of ``groupedby``: a page with all
  facets takes 1.3 ms instead of 495 (``benchmarks/README.md``, "stock Whoosh").
- *Text lengths in one array*: the scores read them whole, and the codec stores none per posting.
"""
