import re


def marked(numbers):
    return re.match(r"(a+)+$", "a" * 60 + "b")
