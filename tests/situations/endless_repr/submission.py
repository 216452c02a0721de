class Slow:
    def __repr__(self):
        while True:
            pass


def marked(numbers):
    raise ValueError(Slow())
