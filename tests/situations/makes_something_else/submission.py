class Box:
    def __new__(cls, room):
        return room

    def put(self, item):
        pass

    def __len__(self):
        return 1
