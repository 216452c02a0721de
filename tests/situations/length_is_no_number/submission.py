class Box:
    def __init__(self, room):
        pass

    def put(self, item):
        raise BoxFull(item)

    def __len__(self):
        return True
