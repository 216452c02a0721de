def long(numbers):
    held = [0] * (20 << 20)
    return sum(numbers) + sum(held[:10])
