def marked(numbers):
    raise StopIteration
