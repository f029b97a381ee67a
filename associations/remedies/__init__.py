"""Remedies 救济: what somebody on record can do about it, and what follows at once.

Words: a *thing* is what a remedy is about: a fact, a decision, a bar, or a line of the rating; an *objection* says
that it is wrong and is answered by somebody who had no hand in it; a *correction* undoes a fact that never was so,
by two officers; a *repair* ends a record that was true, when the four conditions of NDRC Order 36 are met; the
*own statement* stands beside a record in its subject's words. Promise: nothing is overwritten; what is upheld,
corrected or repaired counts no more from that moment, and every record says what stands against it.
"""
