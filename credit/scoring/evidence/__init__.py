"""The evidence bundle: everything a rating follows from, so that anybody can work it out again elsewhere.

Words: an *entry* stands for one fact, by its digest: *open* it tells the fact whole; a *stand-in* tells only what
the fact does to the rating, a *sealed* one nothing, for it does nothing. `drawing` writes bundles for the engine,
`reading` and `figures` serve whoever draws one up and whoever checks one. Pure: standard library only, so that the
offline verifier runs the very same code.
"""
