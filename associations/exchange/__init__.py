"""Facts received from platforms and authorities, in one data format.

Words: *figures* are a platform's monthly counts for one member. Promise: the same line received twice is one
fact; a corrected line is a correction with both kept.
"""
