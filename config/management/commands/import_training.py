"""`manage.py import_training`: a sign-in sheet 培训签到表."""

from associations.imports.states import Paper
from config.management.importing import ImportCommand


class Command(ImportCommand):
    """See `ImportCommand`."""

    help = "Imports a sign-in sheet 培训签到表 into an association."
    paper = Paper.TRAINING
