"""`manage.py import_decisions`: past decisions 历年决定."""

from associations.imports.states import Paper
from config.management.importing import ImportCommand


class Command(ImportCommand):
    """See `ImportCommand`."""

    help = "Imports past decisions 历年决定 into an association."
    paper = Paper.DECISIONS
