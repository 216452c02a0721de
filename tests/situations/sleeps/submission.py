import time


def marked(numbers):
    time.sleep(60)
