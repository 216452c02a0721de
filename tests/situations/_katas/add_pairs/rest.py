"""A program reads and prints: what it is put in front of has to be all of it."""

import sys


def sums():
    for line in sys.stdin:
        first, second = line.split()
        yield int(first) + int(second)


