"""`manage.py import_streamers`: a streamer list 主播名单."""

from associations.imports.states import Paper
from config.management.importing import ImportCommand


class Command(ImportCommand):
    """See `ImportCommand`."""

    help = "Imports a streamer list 主播名单 into an association."
    paper = Paper.STREAMERS
