"""What every page is made of: tags and filters, the printed look's components, charts as SVG, htmx in small.

Nothing here knows a business table. It takes plain values, dataclasses and `Verdict`s, and gives markup. It promises:
no inline style, no inline script, every colour beside a word, every disabled action beside its reason, and pages
that work without JavaScript.
"""
