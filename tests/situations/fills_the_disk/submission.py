def marked(numbers):
    for number in range(1000):
        with open(f"/box/{number}", "wb") as file:
            file.write(b"x" * (16 << 20))
