def marked(numbers):
    print("adding", numbers)
    return sum(numbers)
