"""Evidence 证据材料: files as they were handed in, kept whole in the database beside the row that describes them.

Words: a *file* is one upload with its SHA-256, what it really is (told by its content, never by its name) and the
day until which it must be kept; a *piece* is a sealed stretch of its bytes; a *link* says in another room what a
file shows and for what. `keep` takes a file in, `attach` also links it, `contents` gives it back.

Promises: a row and its bytes stand or fall together, in one transaction behind one wall; neither is ever changed; the
bytes go no earlier than their day, the row never. What is hostile is refused in words. Whatever is kept leaves as an
attachment only, for those who may see it.
"""
