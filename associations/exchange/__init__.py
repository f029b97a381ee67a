"""Facts received from platforms and authorities, in one data format.

Words: *figures* are a platform's monthly counts for one member; a *peer* 对接方 is a platform or authority that sends
by a key. Promise: the same line received twice is one
fact; a corrected line is a correction with both kept.
"""
