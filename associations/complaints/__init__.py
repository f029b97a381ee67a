"""Complaints 投诉: from anybody about a member, to an answer, an agreement, a finding.

Words: a *complaint* comes from the public, a member, a platform or an authority (its *origin*); who first takes it
up *owns* it 首问负责; a *settlement* is a mediation agreement; a *finding* says whether a complaint was upheld; the
*register* of compensation holds what the association paid in advance 先行赔付 and what the member paid back, by double
entry; a *sign* is a reason to look twice (a burst, a template, the same person), a *pattern* is several like
complaints. Promise: every complaint gets a number and a next step with a day; nobody is refused by machine; a
complainant's contact is sealed and shown to who handles the complaint alone; only upheld complaints become facts, once
a month, and none that a platform's monthly figures hold already.
"""
