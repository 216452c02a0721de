def marked(numbers):
    raise ExceptionGroup("two", [ValueError(1), KeyError(2)])
