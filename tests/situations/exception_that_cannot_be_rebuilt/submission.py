def rearmed(error, *args):
    error.args = args
    return error


def marked(numbers):
    raise rearmed(BlockingIOError(), 11, "blocked", 10**30)


def long(numbers):
    raise rearmed(UnicodeEncodeError("ascii", "x", 0, 1, "r"), "ascii", "x", 10**30, 1, "r")


def countdown(n):
    raise rearmed(UnicodeDecodeError("ascii", b"x", 0, 1, "r"), None)
    yield
