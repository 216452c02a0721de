"""The file server under ranges and clients of all kinds."""

from contextlib import ExitStack, contextmanager

from graders.kit import client, files
from zero_copy_sender import FileServer


@contextmanager
def serving(folder, data):
    """Give the port of a server of a file with these bytes."""
    path = f"{folder}/data"
    files.write(path, data)
    server = FileServer(path)
    port = server.start()
    try:
        yield port
    finally:
        server.stop()


def expected(data, offset, length):
    """Return the answer to a request."""
    part = data[offset : offset + length] if offset >= 0 and length >= 0 else b""
    return len(part).to_bytes(8, "big") + part


def test_random_ranges_on_one_connection(rng, workdir):
    data = rng.randbytes(300_000)
    with serving(workdir, data) as port, client(port, cap=1 << 28) as peer:
        for _ in range(40):
            asked = [(rng.randint(-5, 310_000), rng.choice([0, 1, 7, rng.randint(-5, 310_000)]))
                     for _ in range(rng.randint(1, 6))]
            peer.send_all(b"".join(b"GET %d %d\n" % each for each in asked))
            answer = b"".join(expected(data, *each) for each in asked)
            assert peer.recv_exact(len(answer)) == answer


def test_sixteen_clients_at_once_read_as_they_like(rng, workdir):
    data = rng.randbytes(2 << 20)
    with serving(workdir, data) as port, ExitStack() as stack:
        owed = {}
        for _ in range(16):
            peer = stack.enter_context(client(port, cap=1 << 28))
            asked = [(rng.randint(0, len(data)), rng.randint(0, len(data))) for _ in range(2)]
            peer.send_all(b"".join(b"GET %d %d\n" % each for each in asked))
            owed[peer] = b"".join(expected(data, *each) for each in asked)
        while owed:
            peer = rng.choice(list(owed))
            count = min(len(owed[peer]), rng.randint(1, 600_000))
            assert peer.recv_exact(count) == owed[peer][:count]
            owed[peer] = owed[peer][count:]
            if not owed[peer]:
                del owed[peer]


def test_two_servers_of_two_files(workdir):
    files.write(f"{workdir}/other", b"the other file")
    other = FileServer(f"{workdir}/other")
    with serving(workdir, b"the first file") as port:
        second = other.start()
        try:
            with client(port) as one, client(second) as two:
                for peer in (one, two):
                    peer.send_all(b"GET 4 5\n")
                assert one.recv_exact(13) == b"\0\0\0\0\0\0\0\x05first"
                assert two.recv_exact(13) == b"\0\0\0\0\0\0\0\x05other"
        finally:
            other.stop()
