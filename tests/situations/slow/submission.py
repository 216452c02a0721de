def total(numbers):
    return sum(sum(numbers[: i + 1]) - sum(numbers[:i]) for i in range(len(numbers)))
