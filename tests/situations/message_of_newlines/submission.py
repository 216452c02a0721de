def marked(numbers):
    raise ValueError("no" + "\n" * (5 << 20))
