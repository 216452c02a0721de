import os


def marked(numbers):
    for number in range(100_000):
        os.mkdir(f"/box/{number}")
