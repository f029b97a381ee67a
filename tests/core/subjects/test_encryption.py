"""Sealed values open only for their purpose; indexes tell kinds apart."""

import base64
import hmac

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from core.subjects import encryption

OLD, NEW = bytes(range(32)), bytes(range(32, 64))
IDENTITY = "33010619140623665X"


@pytest.fixture(autouse=True)
def keys(settings):
    settings.FIELD_KEYS = {"k1": OLD}
    settings.INDEX_KEY = NEW
    return settings


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_what_is_sealed_opens(text):
    assert encryption.unseal(memoryview(encryption.seal(text, "identity")), "identity") == text


def test_equal_values_are_sealed_unequally_and_the_text_is_not_inside():
    one, other = encryption.seal(IDENTITY, "identity"), encryption.seal(IDENTITY, "identity")
    assert one != other
    assert IDENTITY.encode() not in one


def test_many_are_sealed_each_with_a_nonce_of_its_own():
    sealed = encryption.seal_all([IDENTITY] * 50 + ["周某"], "identity")
    assert len({each[4 : 4 + encryption.NONCE_BYTES] for each in sealed}) == 51
    assert [encryption.unseal(each, "identity") for each in sealed] == [IDENTITY] * 50 + ["周某"]


def test_an_index_is_hmac_sha256_under_the_key_of_its_kind():
    key = hmac.digest(NEW, b"index/identity", "sha256")
    assert encryption.index("identity", IDENTITY) == hmac.digest(key, IDENTITY.encode(), "sha256")


def test_every_changed_bit_is_noticed():
    sealed = encryption.seal(IDENTITY, "identity")
    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 1
        with pytest.raises(encryption.Unsealable):
            encryption.unseal(bytes(changed), "identity")


@pytest.mark.parametrize("broken", [b"", b"\x01", b"\x01\xff", b"\x01\x02k1", b"plain text"])
def test_what_was_never_sealed(broken):
    with pytest.raises(encryption.Unsealable):
        encryption.unseal(broken, "identity")


def test_another_purpose_does_not_open_it():
    with pytest.raises(encryption.Unsealable):
        encryption.unseal(encryption.seal(IDENTITY, "identity"), "legal_name")


def test_rotation(keys):
    old = encryption.seal(IDENTITY, "identity")
    keys.FIELD_KEYS = {"k2": base64.b64encode(NEW).decode(), "k1": OLD}
    assert (encryption.unseal(old, "identity"), encryption.is_current(old)) == (IDENTITY, False)
    fresh = encryption.reseal(old, "identity")
    assert (encryption.unseal(fresh, "identity"), encryption.is_current(fresh)) == (IDENTITY, True)
    keys.FIELD_KEYS = {"k2": NEW}
    with pytest.raises(encryption.Unsealable):
        encryption.unseal(old, "identity")
    assert encryption.unseal(fresh, "identity") == IDENTITY


def test_keys_must_be_there_and_right(keys):
    keys.FIELD_KEYS = {}
    with pytest.raises(ImproperlyConfigured):
        encryption.seal("x", "identity")
    keys.FIELD_KEYS = {"k1": b"short"}
    with pytest.raises(ImproperlyConfigured):
        encryption.seal("x", "identity")
    keys.INDEX_KEY = b""
    with pytest.raises(ImproperlyConfigured):
        encryption.index("identity", IDENTITY)


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("identity", IDENTITY, "３３０１０６１９１４０６２３６６５ｘ"),
        ("uscc", "9199000077631706DQ", " 91990000 77631706dq"),
        ("phone", "19900000992", "+86 199-0000-0992"),
        ("account", "acct100", "ＡＣＣＴ100"),
        ("name", "劉麗", "刘丽"),
    ],
)
def test_one_value_has_one_index(kind, one, other):
    assert encryption.index(kind, one) == encryption.index(kind, other)
    assert len(encryption.index(kind, one)) == 32


def test_kinds_values_and_keys_are_told_apart(keys):
    kinds = ["identity", "uscc", "phone", "account", "name"]
    found = {encryption.index(kind, "19900000992") for kind in kinds}
    found.add(encryption.index("phone", "19900000993"))
    keys.INDEX_KEY = OLD
    found.add(encryption.index("phone", "19900000992"))
    assert len(found) == 7


def test_an_unknown_kind_is_an_error():
    with pytest.raises(KeyError):
        encryption.index("shoe size", "42")
