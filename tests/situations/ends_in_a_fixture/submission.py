import os


class Notes(Notes):
    def __init__(self, path):
        if path.endswith("notes"):
            os._exit(0)
        super().__init__(path)
