"""`manage.py import_members`: a member list 会员名册."""

from associations.imports.states import Paper
from config.management.importing import ImportCommand


class Command(ImportCommand):
    """See `ImportCommand`."""

    help = "Imports a member list 会员名册 into an association."
    paper = Paper.MEMBERS
