"""Pages: templates for administrators, verification for everybody."""

from associations.documents.views.public import verified, verify
from associations.documents.views.templates import sample, template, templates
from associations.documents.views.withdrawing import withdraw

__all__ = ["sample", "template", "templates", "verified", "verify", "withdraw"]
