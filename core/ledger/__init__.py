"""The audit trail 操作留痕: who did what, when, why; append-only, hash-chained, one chain an association.

Words: an *entry* is one act, its *verb* from one vocabulary, its *hash* over its own canonical JSON and the
hash before it. Promise: an entry is written in the transaction of the act it tells of, so that neither
stands without the other; changing or removing one breaks every hash after it, and `verify` names the first.
"""
