def marked(numbers):
    print("x" * (2 << 20))
    return sum(numbers)
