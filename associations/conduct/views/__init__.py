"""The member's file 诚信档案 and the pages whose verbs leave a fact."""

from associations.conduct.views.file import file
from associations.conduct.views.many import check_many
from associations.conduct.views.verbs import accept, change, check, leave, register

__all__ = ["accept", "change", "check", "check_many", "file", "leave", "register"]
