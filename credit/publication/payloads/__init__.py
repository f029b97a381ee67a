"""What is published of a record: plain JSON, whole, in both languages, and no more personal data than allowed.

The portal draws its pages from these and from nothing else. Dates are ISO text, scores milli-points, ratios
millionths, grades 1 (AAA) to 10 (D). A text is {"zh": …, "en": …}, put into words when it is published.
"""
