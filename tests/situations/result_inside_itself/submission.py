def marked(numbers):
    numbers.append(numbers)
    return numbers
