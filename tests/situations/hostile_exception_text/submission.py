class Touchy:
    def __repr__(self):
        raise ValueError

    __str__ = __repr__


class Bad(Exception):
    def __str__(self):
        raise ValueError

    __repr__ = __str__


def marked(numbers):
    raise Bad(Touchy(), [Touchy()])
