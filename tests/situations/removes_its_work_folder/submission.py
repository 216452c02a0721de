import os

try:
    os.rmdir('/box/work')
except OSError as refused:
    print(refused)
