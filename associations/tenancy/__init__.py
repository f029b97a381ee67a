"""One association's facts, walled off: the scopes every other room works in.

Words: a *scope* is a transaction bound to one association (console), to none but for a stated reason
(engine), or to what is published (public). Promise: outside a scope nothing of an association can be asked;
inside one, nothing of another.
"""
