import os

from graders.judge import wire

CODEC = wire.Codec(lambda value: None, lambda kind, payload: None)


def forge(*reply):
    os.write(3, wire.frame(CODEC.dumps(reply)))


forge("raise", 1, 2, 3)
