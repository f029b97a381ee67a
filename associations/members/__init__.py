"""Members 会员: applications, memberships and their history, checks, consents, dated agency–streamer links.

Words: a *membership* is one subject in one association; a *check* is one item of the checklist verified
on a day; a *consent* is per purpose and withdrawn as easily as given; *screening* compares an
applicant's marks with those under which a bar stands anywhere. Promise: history is kept, links have a
beginning and an end, a screening hit asks a person and never refuses by itself.
"""
