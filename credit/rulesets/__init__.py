"""Rule sets: the scoring method as versioned, validated data.

Words: a *rule set* is one version of the method, named by the SHA-256 of its canonical JSON. Promise: a
rating always names its own; every version is kept.
"""
