"""Topic routing against a table of what matches what, and through random changes."""

from functools import cache

from graders.kit import replay
from topic_router import TopicRouter

WORDS = ["a", "b", "ab"]


@cache
def fits(pattern, words):
    """Tell whether a tuple of words matches a tuple of pattern words: the definition, memoised."""
    if not pattern:
        return not words
    if pattern[0] == "#":
        return fits(pattern[1:], words) or (bool(words) and fits(pattern, words[1:]))
    return bool(words) and pattern[0] in ("*", words[0]) and fits(pattern[1:], words[1:])


def split(text):
    return tuple(text.split(".")) if text else ()


def random_pattern(rng, longest=5):
    return ".".join(rng.choices([*WORDS, "*", "#"], [2, 2, 1, 2, 3], k=rng.randint(1, longest)))


def random_key(rng, longest=6):
    return ".".join(rng.choices(WORDS, k=rng.randint(0, longest)))


def expected(bindings, key):
    return sorted({queue for queue, pattern in bindings if fits(split(pattern), split(key))})


def test_random_patterns_and_keys(rng):
    for _ in range(6):
        bindings = [(f"q{rng.randrange(6)}", random_pattern(rng)) for _ in range(12)]
        router = TopicRouter()
        replay(router, [("bind", *binding) for binding in bindings])
        keys = [random_key(rng) for _ in range(60)]
        answers = replay(router, [("route", key) for key in keys])
        for key, answer in zip(keys, answers, strict=True):
            assert answer == expected(bindings, key), f"{key!r} with {bindings}"


def test_random_bindings_and_unbindings(rng):
    for _ in range(4):
        router, bindings, steps, answers = TopicRouter(), set(), [], []
        for _ in range(120):
            binding = f"q{rng.randrange(3)}", random_pattern(rng, 3)
            kind = rng.choice(["bind", "unbind", "route", "route"])
            if kind == "unbind" and bindings and rng.random() < 0.7:
                binding = rng.choice(sorted(bindings))
            if kind == "route":
                steps.append(("route", random_key(rng, 4)))
                answers.append(expected(bindings, steps[-1][1]))
                continue
            steps.append((kind, *binding))
            answers.append(None if kind == "bind" else binding in bindings)
            (bindings.add if kind == "bind" else bindings.discard)(binding)
        for number, got in enumerate(replay(router, steps)):
            assert got == answers[number], f"call {number}, {steps[number]}, after {steps[:number]}"


def test_a_router_that_was_emptied_is_as_new(rng):
    bindings = sorted({(f"q{rng.randrange(3)}", random_pattern(rng)) for _ in range(40)})
    router = TopicRouter()
    replay(router, [("bind", *binding) for binding in bindings])
    rng.shuffle(bindings)
    assert replay(router, [("unbind", *binding) for binding in bindings]) == [True] * len(bindings)
    keys = [random_key(rng) for _ in range(30)]
    assert replay(router, [("route", key) for key in keys]) == [[]] * 30
