"""The public pages."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_smoke(client, published, decision_ref, prefix):
    for path in ["/", "/?q=tangyu", "/ratings/", f"/ratings/{published.public_id}/", "/bars/", "/decisions/", f"/decisions/{decision_ref}/", "/associations/", "/associations/city/", "/methodology/"]:
        answer = client.get(prefix + path)
        assert answer.status_code == 200, path


def test_bar(client, bar_ref):
    assert client.get(f"/bars/{bar_ref}/").status_code == 200
    assert client.get("/bars/").status_code == 200


def test_api(client, published, decision_ref):
    for path in ["ratings/", "ratings/?q=棠屿", f"ratings/{published.public_id}/", f"ratings/{published.public_id}/history/", "bars/", "decisions/", f"decisions/{decision_ref}/", "associations/", "schema/", "docs/"]:
        answer = client.get(f"/api/v1/{path}")
        assert answer.status_code == 200, path
        print(answer.content[:300])
