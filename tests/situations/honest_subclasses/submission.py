from enum import IntEnum


class Thirteen(IntEnum):
    X = 13


class Loud(int):
    def __add__(self, other):
        raise ValueError

    def __str__(self):
        raise ValueError


class Touchy(int):
    def __eq__(self, other):
        raise ValueError

    __hash__ = None


def marked(numbers):
    return Thirteen.X


def long(numbers):
    return Loud(499_500)


def relay(call, value):
    return Touchy(call(value))
