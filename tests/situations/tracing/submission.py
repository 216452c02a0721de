import sys


def tracer(frame, event, argument):
    raise ValueError("traced")


def marked(numbers):
    sys.settrace(tracer)
    sys.setprofile(tracer)
    return sum(numbers)
