"""Paperwork brought in: one run a file, previewed, carried out by a worker, every refused row reported.

Words: a *run* is one file on its way in; a *refusal* is one row with its column and reason. Promise: a run
either ends with every row accounted for or changes nothing; running the same file again changes nothing.
"""
