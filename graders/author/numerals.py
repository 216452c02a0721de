"""Numbers in English and Chinese prose, by value: "100,000", "10 万" and "a hundred thousand".

Used to see whether two pages carry the same numbers. Reads generously: a word that may be a number
counts as one, because words only ever excuse a figure on the other page.
"""

from __future__ import annotations

import re

_SCALES = {
    "千": 10**3, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8,
    "k": 10**3, "thousand": 10**3, "million": 10**6, "billion": 10**9,
}  # fmt: skip
# Not in a name (S03, sha256), not the second half of "1.5"; a range "1..10" is two numbers.
_FIGURE = re.compile(
    r"(?<![A-Za-z_\d])(?<!\d\.)"
    r"(\d{1,3}(?:,\d{3})+|\d[\d_]*)((?:\.\d+)?)"
    r"(?:\s*(百万|千万|千|万|亿|thousand\b|million\b|billion\b)|(k)(?![A-Za-z]))?"
)
_ENGLISH = {
    word: value
    for value, words in {
        0: "zero nothing none", 1: "one a an once first single", 2: "two twice second both double",
        3: "three third triple", 4: "four fourth", 5: "five fifth", 6: "six sixth",
        7: "seven seventh", 8: "eight eighth", 9: "nine ninth", 10: "ten tenth", 11: "eleven",
        12: "twelve dozen", 13: "thirteen", 14: "fourteen", 15: "fifteen", 16: "sixteen",
        17: "seventeen", 18: "eighteen", 19: "nineteen", 20: "twenty", 30: "thirty", 40: "forty",
        50: "fifty", 60: "sixty", 70: "seventy", 80: "eighty", 90: "ninety",
    }.items()
    for word in words.split()
}  # fmt: skip
_ENGLISH_SCALES = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9}
_DIGITS = {word: value for value, word in enumerate("零一二三四五六七八九")} | {"两": 2, "双": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_CHINESE = re.compile("[零一二两双三四五六七八九十百千万亿]+")


def figures(*texts: str) -> set[float]:
    """Return the values of all numbers written in figures; signs are left aside."""
    found = set()
    for text in texts:
        for whole, fraction, scale, thousand in _FIGURE.findall(text):
            value = float(whole.replace(",", "").replace("_", "") + fraction)
            found.add(value * _SCALES.get(scale or thousand, 1))
    return found


def words(text: str, language: str) -> set[float]:
    """Return the values of all numbers written as words of one language."""
    if language == "zh":
        return {float(_chinese(match)) for match in _CHINESE.findall(text)}
    return _english(text)


def _english(text: str) -> set[float]:
    found: set[float] = set()
    total, current = 0, -1  # current -1: no number is being read
    for word in [*re.findall(r"[a-z]+", text.lower()), ""]:
        if word in _ENGLISH:
            value = _ENGLISH[word]
            found.add(float(value))
            current = current + value if current >= 20 and value < 10 else value
        elif word in _ENGLISH_SCALES:
            scale = _ENGLISH_SCALES[word]
            current = max(current, 1) * scale
            if scale > 100:
                total, current = total + current, 0
            found.add(float(total + current))
            continue
        elif current >= 0:
            found.add(float(total + current))
            total, current = 0, -1
    return found


def _chinese(word: str) -> int:
    total, section, digit = 0, 0, 0
    for letter in word:
        if letter in _DIGITS:
            digit = _DIGITS[letter]
        elif letter in _TENS:
            section, digit = section + (digit or 1) * _TENS[letter], 0
        elif letter == "万":
            total, section, digit = total + (section + digit or 1) * 10**4, 0, 0
        else:  # 亿 multiplies all that went before
            total, section, digit = (total + section + digit or 1) * 10**8, 0, 0
    return total + section + digit
