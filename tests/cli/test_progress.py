"""How far a learner is, and which kata comes next."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest

from graders import catalog
from graders.errors import GraderError
from graders.learn import grade, paths, progress
from graders.report.standing import Standing, State
from tests.cli.conftest import Checkout
from tests.cli.reports import ROOT, accepted, broken, kata, wrong


def state(checkout: Checkout, slug: str) -> State:
    standings = progress.survey(catalog.load(checkout.root))
    return next(each.state for each in standings if each.kata.slug == slug)


def judged(checkout: Checkout, report: object) -> None:
    source = checkout.module("two_sum").read_bytes()
    progress.remember(checkout.root, "two_sum", source, report)  # type: ignore[arg-type]


class TestAKata:
    def test_is_untouched_as_it_was_shipped(self, checkout: Checkout) -> None:
        assert state(checkout, "two_sum") is State.UNTOUCHED

    def test_stays_untouched_when_only_line_ends_changed(self, checkout: Checkout) -> None:
        module = checkout.module("two_sum")
        module.write_bytes(module.read_bytes().replace(b"\n", b"\r\n"))
        assert state(checkout, "two_sum") is State.UNTOUCHED

    def test_is_attempted_once_it_is_changed(self, checkout: Checkout) -> None:
        checkout.write("two_sum", "x = 1\n")
        assert state(checkout, "two_sum") is State.ATTEMPTED

    def test_is_solved_when_it_was_accepted_as_it_stands(self, checkout: Checkout) -> None:
        checkout.write("two_sum", "x = 1\n")
        judged(checkout, accepted())
        assert state(checkout, "two_sum") is State.SOLVED
        checkout.write("two_sum", "x = 2\n")
        assert state(checkout, "two_sum") is State.ATTEMPTED

    def test_is_not_solved_by_a_wrong_answer_nor_undone_by_a_fault_of_the_judge(
        self, checkout: Checkout
    ) -> None:
        checkout.write("two_sum", "x = 1\n")
        judged(checkout, wrong())
        assert state(checkout, "two_sum") is State.ATTEMPTED
        judged(checkout, accepted())
        judged(checkout, broken())
        assert state(checkout, "two_sum") is State.SOLVED

    @pytest.mark.parametrize("what", ["missing", "link", "folder", "pipe", "huge"])
    def test_is_attempted_when_its_module_is_something_else(
        self, checkout: Checkout, what: str
    ) -> None:
        module = checkout.module("two_sum")
        text = module.read_bytes()
        module.unlink()
        match what:
            case "link":
                (checkout.root / "real.py").write_bytes(text)
                module.symlink_to(checkout.root / "real.py")
            case "folder":
                module.mkdir()
            case "pipe":
                os.mkfifo(module)
            case "huge":
                module.write_bytes(text + b"#" * (1 << 20))
        assert state(checkout, "two_sum") is State.ATTEMPTED

    def test_is_attempted_where_no_manifest_tells_the_stubs(self, checkout: Checkout) -> None:
        (checkout.root / "katas" / "manifest.json").unlink()
        assert state(checkout, "two_sum") is State.ATTEMPTED


def test_a_manifest_that_cannot_be_read_is_one_clear_error(checkout: Checkout) -> None:
    (checkout.root / "katas" / "manifest.json").write_text("{")
    with pytest.raises(GraderError, match=r"manifest\.json: not JSON"):
        progress.survey(catalog.load(checkout.root))


class TestTheNextKata:
    def standings(self, **states: State) -> list[Standing]:
        needs = {"two_sum": (), "lcs_dp": ("two_sum",), "causal_delivery": ("gone",)}
        katas = [replace(kata(slug), prerequisites=needed) for slug, needed in needs.items()]
        return [Standing(each, states.get(each.slug, State.UNTOUCHED)) for each in katas]

    def following(self, **states: State) -> str:
        found = paths.following(self.standings(**states))
        return found.kata.slug if found else ""

    def test_is_the_first_that_is_not_solved(self) -> None:
        assert self.following() == "two_sum"
        assert self.following(two_sum=State.SOLVED) == "lcs_dp"

    def test_may_be_one_that_is_begun(self) -> None:
        assert self.following(two_sum=State.ATTEMPTED) == "two_sum"

    def test_waits_for_its_prerequisites(self) -> None:
        backwards = self.standings()[1:] + self.standings()[:1]
        found = paths.following(backwards)
        assert found is not None and found.kata.slug == "causal_delivery"  # "gone" is not asked for

    def test_is_none_when_all_are_solved(self) -> None:
        everything = dict.fromkeys(("two_sum", "lcs_dp", "causal_delivery"), State.SOLVED)
        assert self.following(**everything) == ""

    def test_comes_with_the_others_that_are_begun(self) -> None:
        states = {"two_sum": State.ATTEMPTED, "lcs_dp": State.ATTEMPTED}
        standings = self.standings(**states)
        assert paths.started(standings, standings[0]) == ["lcs_dp"]


class TestChoosing:
    def chosen(self, *names: str) -> list[str]:
        tree = catalog.load(ROOT)
        return [each.slug for each in grade.choose(tree, names)]

    def test_without_names_takes_all(self) -> None:
        assert self.chosen() == [each.slug for each in catalog.load(ROOT).katas]

    def test_takes_slugs_and_topics_once_in_the_order_of_learning(self) -> None:
        assert self.chosen("s16", "two_sum", "external_merge_sort", "S16_big_data") == [
            "two_sum",
            "external_merge_sort",
        ]

    def test_names_the_closest_slug_for_one_that_is_unknown(self) -> None:
        with pytest.raises(GraderError, match="two_sun: no kata or topic has this name; did you"):
            self.chosen("two_sun")

