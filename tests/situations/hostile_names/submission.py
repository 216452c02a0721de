def marked(numbers):
    raise Odd("\x1b]8;;https://example.org\x07")


marked.__code__ = marked.__code__.replace(co_name="\x1b[7m", co_qualname="\x1b[7m\u202e" * 99)


class Odd(Exception):
    pass


Odd.__name__ = Odd.__qualname__ = "\x1b[5m\u202e"
