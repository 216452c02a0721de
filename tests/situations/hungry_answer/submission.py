def long(numbers):
    return [0] * (45 << 20)
