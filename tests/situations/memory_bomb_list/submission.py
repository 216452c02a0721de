def long(numbers):
    held = []
    while True:
        held.append([0] * (8 << 20))
