"""Records before the gate, read as the engine: what the gate asks, and what would be published.

Everything is read for many records at once, in a number of queries that does not grow; nothing here writes.
"""
