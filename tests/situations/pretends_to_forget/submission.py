import sys

AGAIN = hasattr(sys, "loaded_before")
sys.loaded_before = True


def marked(numbers):
    return sum(numbers) + AGAIN
