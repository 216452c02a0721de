import os


def marked(numbers):
    number = os.open("/box/large", os.O_CREAT | os.O_RDWR)
    os.lseek(number, 1 << 40, os.SEEK_SET)
    os.write(number, b"x")
