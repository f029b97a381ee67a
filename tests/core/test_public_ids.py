"""Public ids: 128 random bits, however many are asked for at once."""

import base64

from core.public_ids import new_public_id, new_public_ids


def test_many_are_each_like_one():
    many = new_public_ids(500)
    assert len({*many, new_public_id()}) == 501
    for each in (*many, new_public_id()):
        assert len(each) == 22
        assert base64.urlsafe_b64encode(base64.urlsafe_b64decode(f"{each}==")).decode() == f"{each}=="
