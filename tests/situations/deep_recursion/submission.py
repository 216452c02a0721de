def marked(numbers):
    return marked(numbers)
