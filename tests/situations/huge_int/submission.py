def marked(numbers):
    return 1 << 1_000_000
