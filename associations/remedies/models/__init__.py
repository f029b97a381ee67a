"""The tables of remedies: fields and constraints, no workflow."""

from associations.remedies.models.asking import Correction, Objection
from associations.remedies.models.repairing import Repair, RepairDocument
from associations.remedies.models.speaking import MarksDue, OwnStatement

__all__ = ["Correction", "MarksDue", "Objection", "OwnStatement", "Repair", "RepairDocument"]
