def marked(numbers):
    while True:
        pass
