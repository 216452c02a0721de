def marked(numbers):
    raise SyntaxError("bad", ("file", 1, 1, "text", 1, 2 * 10**9))
