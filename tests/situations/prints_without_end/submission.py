def marked(numbers):
    while True:
        print("x" * (1 << 20))
