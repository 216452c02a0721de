class Touchy(float):
    def __eq__(self, other):
        raise ValueError

    __hash__ = None


class Never(float):
    def __eq__(self, other):
        return False

    __hash__ = None


def marked(numbers):
    return Touchy(13)


def long(numbers):
    return Never(499_500)
