"""The values of this topic's predict items, from the calls that learners read."""

import json
import re
import sys
from ast import literal_eval

from frame_buffer import FrameDecoder, encode
from reactor_loop import run


def frames(variant: str) -> list[int]:
    """Return how many frames the reference finds in each chunk."""
    payloads, chunks = ([int(each) for each in part.split(",")]
                        for part in re.findall(r"\(([^)]*)\)", variant))
    stream = b"".join(encode(b"x" * size) for size in payloads)
    assert sum(chunks) == len(stream), variant
    decoder, found = FrameDecoder(100), list[int]()
    for size in chunks:
        found.append(len(decoder.feed(stream[:size])))
        stream = stream[size:]
    return found


def turns(variant: str) -> list[str]:
    """Return the handlers in the order in which the reference runs them."""
    program, start = literal_eval(f"({variant.removeprefix('run(').removesuffix(')')})")
    return [handler for _, handler in run(program, start, [], 1_000)]


def held(variant: str) -> int:
    """Read chunk by chunk until the mark is reached or nothing is left."""
    high_water, chunk, sent = map(int, re.findall(r"= (\d+)", variant))
    buffered = 0
    while buffered < high_water and buffered < sent:
        buffered += min(chunk, sent - buffered)
    return buffered


def pool(variant: str) -> int:
    """Return when the last of the rounds is over."""
    workers, each_ms, clients = map(int, re.findall(r"= (\d+)", variant))
    return -(-clients // workers) * each_ms


VALUES = {"frames_found": frames, "turns": turns, "bytes_held": held, "pool_time": pool}
asked: dict[str, list[str]] = json.load(sys.stdin)
print(json.dumps({item: [VALUES[item](each) for each in asked[item]] for item in asked}))
