class Hides(type):
    __mro__ = property(lambda cls: 1 / 0)


class Bad(Exception, metaclass=Hides):
    pass


def marked(numbers):
    raise Bad
