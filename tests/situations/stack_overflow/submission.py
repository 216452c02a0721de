import sys


class Number:
    def __add__(self, other):
        return self + other


def marked(numbers):
    sys.setrecursionlimit(10**9)
    return Number() + Number()
