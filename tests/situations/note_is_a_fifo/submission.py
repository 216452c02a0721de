import os


class Notes(Notes):
    def add(self, text):
        if not os.path.lexists(self.path):
            os.mkfifo(self.path)
