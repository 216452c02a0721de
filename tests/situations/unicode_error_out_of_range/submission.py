def marked(numbers):
    raise UnicodeDecodeError("ascii", b"x", -(2**40), 1 - 2**40, "boom")
