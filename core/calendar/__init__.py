"""Working days, by which clocks are counted.

Words: a *working day* is one on which offices in China are open: the State Council announces each year's holidays
and the weekends worked in exchange. The package chinesecalendar carries the announcements of past years; an
*override* is a day entered here by an operator, and goes before it; a year the package does not know is *entered*
once all days of its announcement are overrides. Promise: a year that is not known is never guessed; asking for it
raises `UnknownYear` and says where to enter it.
"""
