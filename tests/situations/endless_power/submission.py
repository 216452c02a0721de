def marked(numbers):
    return 7 ** (10**9)
