import os

try:
    os.rename('/box/work', '/box/elsewhere')
    os.symlink('/', '/box/work')
except OSError as refused:
    print(refused)
