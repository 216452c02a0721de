def marked(numbers):
    raise ValueError("no" * (5 << 19))
