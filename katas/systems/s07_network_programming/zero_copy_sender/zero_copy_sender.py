"""A server that sends ranges of a file without ever holding the file's bytes."""


class FileServer:
    """Send ranges of one file to several clients at once.

    A client sends lines `GET offset length`, each ended by LF, as many as it likes on one
    connection. The answer to each is a count as 8 bytes, big-endian, then so many bytes of the
    file from the offset on: length of them, or as many as there are. A negative number or an
    offset behind the end gives the count 0. Anything else ends the connection.
    """

    def __init__(self, path: str) -> None:
        """Make a server of this file, which is opened by start."""
        raise NotImplementedError

    def start(self) -> int:
        """Open the file, listen on a free port of 127.0.0.1, and return the port.

        Raises OSError when the file can not be opened, RuntimeError when the server is running.
        """
        raise NotImplementedError

    def stop(self) -> None:
        """Close port, connections and file, and end all threads.

        Without effect when the server is not running. It can be started again afterwards.
        """
        raise NotImplementedError
