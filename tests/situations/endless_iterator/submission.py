def countdown(n):
    while True:
        yield n
