"""Credit subjects 信用主体: one row per real firm or person, shared by all associations.

Words: an *identifier* is a unified social credit code (organisations) or an identity number (persons); a
*mark* is the keyed hash of an identifier, account or name. Promise: identity numbers and legal names of
persons are encrypted at rest, found only by keyed hash, masked everywhere; the table is reachable by the
engine role alone, so that no association can look up who else is registered.
"""
