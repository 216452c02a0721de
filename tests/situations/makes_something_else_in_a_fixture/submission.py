class Notes:
    def __new__(cls, path):
        return 5
