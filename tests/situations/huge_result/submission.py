def long(numbers):
    return [0] * 3_000_000
