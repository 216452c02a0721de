"""The manifest of shipped stubs: its form, its hash, and what is said when it is broken."""

import json

import pytest

from graders import stubs
from graders.errors import GraderError

HASH = "0" * 64


def manifest(folder, document):
    data = document if isinstance(document, bytes) else json.dumps(document).encode()
    (folder / "manifest.json").write_bytes(data)
    return folder


def test_a_hash_is_the_same_whatever_ends_the_lines():
    ends = (b"a\nb\n", b"a\r\nb\r\n", b"a\rb\r")
    assert len({stubs.stub_hash(data) for data in ends}) == 1
    assert stubs.stub_hash(b"a\nb\n") != stubs.stub_hash(b"a\nb")


def test_known_stubs_are_read_by_slug(tmp_path):
    manifest(tmp_path, {"format": 1, "stubs": {"two_sum": [HASH], "gone": []}})
    assert stubs.known_stubs(tmp_path) == {"two_sum": frozenset({HASH}), "gone": frozenset()}


def test_no_manifest_means_that_no_stub_is_known(tmp_path):
    assert stubs.known_stubs(tmp_path) == {}


def test_what_is_rendered_reads_back_and_does_not_depend_on_the_order_of_additions():
    known = {"b": frozenset({"1" * 64, HASH}), "a": frozenset({HASH})}
    backwards = dict(reversed(known.items()))
    data = stubs.render(stubs.document(known))
    assert data == stubs.render(stubs.document(backwards))
    assert stubs.parse(data, "here") == known


def test_a_union_keeps_every_hash_of_every_slug():
    one, two = {"a": frozenset({"1" * 64})}, {"a": frozenset({HASH}), "b": frozenset({HASH})}
    assert stubs.merge([one, two]) == {"a": {"1" * 64, HASH}, "b": {HASH}}
    assert stubs.merge([]) == {}


@pytest.mark.parametrize(
    ("document", "message"),
    [
        (b"{", r"manifest.json: not JSON \(.*\); restore it with git, or make it anew with"),
        (b"\xff", r"manifest.json: not JSON"),
        ([], "manifest.json: no 'format'"),
        ({"stubs": {}}, "manifest.json: no 'format'"),
        ({"format": 2}, "format 2 is newer than 1, the one known here; update graders/"),
        ({"format": 0}, "format 0 is older than 1; restore it"),
        ({"format": 1}, "'stubs' must map slugs to lists of SHA-256 hashes; restore it"),
        ({"format": 1, "stubs": {"a": "b"}}, "'stubs' must map"),
        ({"format": 1, "stubs": {"a": ["b"]}}, "'stubs' must map"),
        ({"format": 1, "stubs": {"a": [1]}}, "'stubs' must map"),
    ],
)
def test_a_broken_manifest_is_named_with_what_to_do(tmp_path, document, message):
    with pytest.raises(GraderError, match=message):
        stubs.known_stubs(manifest(tmp_path, document))
