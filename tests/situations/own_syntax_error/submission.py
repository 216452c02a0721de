def marked(numbers):
    raise SyntaxError("no operator", ("<input>", 1, 3, "1 2"))
