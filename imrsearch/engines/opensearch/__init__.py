"""The OpenSearch engine: an index on a cluster of other machines.

``mapping`` says how a document is stored, ``query`` how a query tree is asked, ``answers`` how a
request is put and its answer read, ``writing`` how an index comes about, ``words`` holds the
dictionary, ``client`` the connection. The engine's folder in a build holds two small files: where
the index is, and its words.
"""
