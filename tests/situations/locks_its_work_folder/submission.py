import os

os.chmod('/box/work', 0)
