def marked(numbers):
    return {number * (2**61 - 1) for number in range(1000)}
