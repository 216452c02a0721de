"""Hidden suite of bubble_sort: inversions, a plain model of the passes, stability."""

from bubble_sort import bubble_passes, bubble_sort
from graders.kit import call_many, counted, take, tokens


def model(items):
    """Return (states after each pass, comparisons), pass by pass as the statement says."""
    items, states, compared = list(items), [], 0
    pairs = range(len(items) - 1)
    while pairs:
        swapped = []
        for at in pairs:
            compared += 1
            if items[at + 1] < items[at]:
                items[at : at + 2] = items[at + 1], items[at]
                swapped.append(at)
        states.append(list(items))
        pairs = range(swapped[-1] if swapped else 0)
    return states, compared


def some_lists(rng, count):
    """Return short lists with many equal items, and nearly sorted ones."""
    lists = [
        [rng.randint(0, reach) for _ in range(rng.randint(0, 12))]
        for reach in (2, 9, 99)
        for _ in range(count)
    ]
    for _ in range(count):
        nearly = list(range(rng.randint(2, 20)))
        i, j = rng.sample(range(len(nearly)), 2)
        nearly[i], nearly[j] = nearly[j], nearly[i]
        lists.append(nearly)
    return lists


def test_swaps_are_inversions_and_passes_as_in_the_model(rng):
    lists = some_lists(rng, 60)
    got = call_many(bubble_sort, [(items,) for items in lists])
    for items, result in zip(lists, got, strict=True):
        inversions = sum(items[j] < items[i] for j in range(len(items)) for i in range(j))
        expected = (sorted(items), inversions, len(model(items)[0]))
        assert result == expected, f"bubble_sort({items})"


def test_states_are_those_of_the_model(rng):
    for items in some_lists(rng, 10):
        assert take(bubble_passes(items), 50) == model(items)[0], f"bubble_passes({items})"


def test_calls_of_less_are_those_of_the_model_and_ties_stay(rng):
    for values in ([rng.randint(0, 9) for _ in range(20)], rng.sample(range(20), 20), [3] * 20):
        items = tokens(list(enumerate(values)))
        less = counted(lambda right, left: right.value[1] < left.value[1])
        result, _, passes = bubble_sort(items, less)
        states, compared = model(values)
        assert (passes, less.calls) == (len(states), compared), f"less on {values}"
        expected = sorted(enumerate(values), key=lambda row: row[1])
        assert [token.value for token in result] == expected
