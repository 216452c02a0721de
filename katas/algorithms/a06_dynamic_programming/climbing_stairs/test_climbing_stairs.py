"""What climbing_stairs must do: count ways, find the cheapest, count for very many stairs."""

import pytest

from climbing_stairs import cheapest_climb, count_ways, count_ways_mod
from graders.kit import call_many, checked

BAD_STAIRS = [(-1, (1, 2)), (5, ()), (5, (0, 1)), (5, (2, -1)), (5, (1, 2, 1)), (0, ())]


@pytest.mark.stage(1)
def test_ways_of_the_examples():
    assert count_ways(3) == 3
    assert count_ways(4, (1, 3)) == 3
    assert count_ways(10) == 89
    assert count_ways(10, (1, 3, 5)) == 47


@pytest.mark.stage(1)
def test_no_stairs_have_one_way():
    assert count_ways(0) == 1
    assert count_ways(0, (3, 7)) == 1
    assert count_ways(1) == 1
    assert count_ways(2) == 2


@pytest.mark.stage(1)
def test_steps_may_miss_the_top():
    assert count_ways(2, (3,)) == 0
    assert count_ways(7, (4, 2)) == 0
    assert count_ways(3, (2, 5)) == 0
    assert count_ways(9, (3,)) == 1


@pytest.mark.stage(1)
def test_steps_come_in_any_order_and_may_be_too_long():
    assert count_ways(10, (5, 1, 3)) == 47
    assert count_ways(4, (9, 1, 100, 3)) == 3
    assert count_ways(5, (3, 2)) == 2


@pytest.mark.stage(1)
def test_impossible_stairs_are_refused():
    for n, steps in BAD_STAIRS:
        with pytest.raises(ValueError):
            count_ways(n, steps)


@pytest.mark.stage(2)
def test_prices_of_the_examples():
    assert cheapest_climb([10, 15, 20]) == 15
    assert cheapest_climb([1, 100, 1, 1, 1, 100, 1, 1, 100, 1]) == 6


@pytest.mark.stage(2)
def test_one_stair_can_be_passed_over():
    assert cheapest_climb([]) == 0
    assert cheapest_climb([5]) == 0
    assert cheapest_climb([5, 3]) == 3
    assert cheapest_climb([3, 5]) == 3


@pytest.mark.stage(2)
def test_the_cheaper_of_two_stairs_may_be_the_wrong_one():
    assert cheapest_climb([2, 3, 9, 1]) == 4
    assert cheapest_climb([1, 2, 8, 8, 1]) == 10
    costs = [0, 4, 4, 0]
    assert checked(cheapest_climb, costs) == (4, ([0, 4, 4, 0],))


@pytest.mark.stage(3)
def test_remainders_of_the_examples():
    assert count_ways_mod(10, (1, 2), 1000) == 89
    assert count_ways_mod(10, (1, 3, 5), 10) == 7
    assert count_ways_mod(100, (1, 2), 2**64) == 573147844013817084101 % 2**64


@pytest.mark.stage(3)
def test_remainders_of_small_stairs():
    calls = [(n, (4, 2), 100) for n in range(9)]
    assert call_many(count_ways_mod, calls) == [1, 0, 1, 0, 2, 0, 3, 0, 5]
    assert count_ways_mod(0, (10,), 7) == 1
    assert count_ways_mod(0, (1, 2), 1) == 0
    assert count_ways_mod(5, (1, 2), 1) == 0
    assert count_ways_mod(9, (10,), 7) == 0


@pytest.mark.stage(3)
def test_impossible_stairs_and_remainders_are_refused():
    for n, steps, mod in [
        *((n, steps, 9) for n, steps in BAD_STAIRS),
        (3, (1, 2), 0),
        (3, (1,), -5),
    ]:
        with pytest.raises(ValueError):
            count_ways_mod(n, steps, mod)


@pytest.mark.perf
@pytest.mark.stage(1)
def test_numbers_of_many_ways_are_exact():
    assert count_ways(60) == 2504730781961
    assert count_ways(90) == 4660046610375530309
    assert count_ways(100) == 573147844013817084101
    assert count_ways(3_000, (1,)) == 1
    assert count_ways(3_000) % 10**9 == 364_898_001
    assert count_ways(3_000, tuple(range(1, 11))) % 10**9 == 823_122_560
    assert count_ways(3_000, (2, 1_500)) == 753  # 1,500 twos; 750 twos and a 1,500; two of 1,500


@pytest.mark.perf
@pytest.mark.stage(2)
def test_the_price_of_ten_thousand_stairs(rng):
    cheap = [rng.randint(1, 9) for _ in range(5_000)]
    costs = [price for each in cheap for price in (each + rng.randint(10, 20), each)]
    assert cheapest_climb(costs) == sum(cheap)


@pytest.mark.perf
@pytest.mark.stage(3)
def test_a_million_million_million_stairs():
    assert count_ways_mod(10**18, (1, 2), 10**9 + 7) == 680057396
    assert count_ways_mod(10**18, (1,), 10**9 + 7) == 1
    assert count_ways_mod(10**18, (7,), 10**9 + 7) == 0
    assert count_ways_mod(10**18, (3, 7), 10**9 + 7) == 842423660
    assert count_ways_mod(10**18, tuple(range(1, 11)), 10**9 + 7) == 502299872
