"""A line server with a fixed number of workers: threads of this process, or processes."""


class PoolServer:
    """Serve lines to as many clients at once as there are workers; further ones wait.

    A client sends lines, each ended by LF, and gets one line for each, in order:

        PID          the worker's process id
        TID          the worker's thread id (threading.get_native_id)
        SUM n        1 + 2 + … + n, for digits n
        WAIT port    connect to 127.0.0.1:port, wait for a line from there, and pass it on;
                     ERR if that fails
        DIE          "process": the worker process ends at once, without an answer; "thread": ERR
        other lines  ERR

    A worker serves one client until that one has no more lines, then the next one.
    """

    def __init__(self, mode: str, workers: int) -> None:
        """Make a server of so many workers that are threads ("thread") or processes ("process").

        Raises ValueError for another mode and for less than one worker.
        """
        raise NotImplementedError

    def start(self) -> int:
        """Listen on a free port of 127.0.0.1, start the workers, and return the port.

        Raises RuntimeError when the server is running.
        """
        raise NotImplementedError

    def stop(self) -> None:
        """Close the port and all connections and end all workers, whatever they wait for.

        No thread, process or file is left. Without effect when the server is not running; it can
        be started again afterwards.
        """
        raise NotImplementedError
