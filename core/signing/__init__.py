"""The register's own signature: Ed25519 keys, what they sign, and how their public halves are told.

Words: a *signing key* has an id and days from which until which it signs; a *retired* one is kept by its public
half, so that what it signed can be verified for ever. Promise: a private half is in no log, table or answer.
"""
