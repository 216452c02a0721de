"""What a submission leaves out: put in front of it, so that it shows only what it is about."""

from decimal import Decimal
from fractions import Fraction


class Notes:
    def __init__(self, path):
        self.path = path

    def add(self, text):
        with open(self.path, "a") as file:
            file.write(text + "\n")


def work(n):
    return 2 * n


def ratio(a, b):
    return Fraction(a, b)


def price(text):
    return Decimal(text)


