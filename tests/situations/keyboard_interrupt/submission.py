def marked(numbers):
    raise KeyboardInterrupt
