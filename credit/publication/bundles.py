"""How evidence bundles are kept: deflated, and without the rule set, which all bundles of one have in common."""

import zlib
from collections.abc import Mapping
from typing import Any

from credit.rulesets.canonical import canonical

NO_RULES = b'"rules":""'


def without_rules(bundle: Mapping[str, Any]) -> bytes:
    """The canonical bytes, with nothing where the rule set goes."""
    return canonical({**bundle, "rules": ""})


def with_rules(body: bytes, rules: bytes) -> bytes:
    """The whole: the rule set's canonical bytes in their place."""
    return body.replace(NO_RULES, b'"rules":' + rules, 1)


def deflated(body: bytes) -> bytes:
    """As kept."""
    return zlib.compress(body)


def whole(content: bytes, rules: str) -> bytes:
    """The file of a bundle as kept."""
    return with_rules(zlib.decompress(content), rules.encode())
