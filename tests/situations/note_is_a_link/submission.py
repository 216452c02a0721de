import os


class Notes(Notes):
    def add(self, text):
        if not os.path.lexists(self.path):
            os.symlink("/dev/zero", self.path)
