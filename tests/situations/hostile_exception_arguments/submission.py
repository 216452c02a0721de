class Bad(Exception):
    args = property(lambda self: 1 / 0)


def marked(numbers):
    raise Bad
