"""Documents 文书: what an association puts on paper, as PDF that anybody can check.

Words: a *kind* is what the paper is (notice, decision, service record …); a *template* is the association's own text
for a kind, with named fields; the *frame* is what no text can leave out: the association, title, number, day, the code
by which it is verified, and the repair guide as the second page of a decision (两书同达). A document is *issued* once,
under the next number of its kind and year, and may be *withdrawn* with reasons; it is never changed.

Promises: numbers have no gaps; the same words give the same bytes; the SHA-256 stands in the ledger and beside the row;
a template is text with fields, no program, and its words and those of persons come out as they are written.
"""
