if __name__ == "__main__":
    for each in sums():
        print(each)
