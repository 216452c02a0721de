def marked(numbers):
    raise UnicodeDecodeError("ascii", b"x", -32, -31, "boom")
