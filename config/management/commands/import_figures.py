"""`manage.py import_figures`: a platform's monthly figures 平台月报."""

from associations.imports.states import Paper
from config.management.importing import ImportCommand


class Command(ImportCommand):
    """See `ImportCommand`."""

    help = "Imports a platform's monthly figures 平台月报 into an association."
    paper = Paper.FIGURES
