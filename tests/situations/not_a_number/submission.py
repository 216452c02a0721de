def marked(numbers):
    return float("nan")
