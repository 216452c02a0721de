"""The values of this topic's predict items, from the calls that learners read."""

import ast
import json
import sys

import chinese_remainder
import euclid_gcd
import prime_sieve


def remainders(a: int, b: int) -> list[int]:
    """Return what Euclid's divisions leave, down to 0."""
    found = []
    while b:
        a, b = b, a % b
        found.append(b)
    assert a == euclid_gcd.gcd(a, b)
    return found


def merged(residues: list[int], moduli: list[int]) -> list[int] | str:
    """Return [r, step], or "none" where nothing fits."""
    try:
        return list(chinese_remainder.crt(residues, moduli))
    except chinese_remainder.NoSolution:
        return "none"


def newly(n: int, p: int) -> int:
    """Count the composite numbers up to n whose smallest prime factor is p."""
    return prime_sieve.smallest_factor(n).count(p) - 1


def value(item: str, variant: str) -> object:
    """Return what the call in a variant gives."""
    call = ast.parse(variant, mode="eval").body
    assert isinstance(call, ast.Call), variant
    first, second = map(ast.literal_eval, call.args)
    match item:
        case "euclid_remainders":
            return remainders(first, second)
        case "inverse":
            return euclid_gcd.mod_inverse(first, second)
        case "two_congruences":
            return merged(first, second)
        case "newly_crossed_out":
            return newly(first, second)
    raise KeyError(item)


asked: dict[str, list[str]] = json.load(sys.stdin)
print(json.dumps({item: [value(item, each) for each in asked[item]] for item in asked}))
