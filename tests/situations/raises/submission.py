def marked(numbers):
    return numbers[1]
