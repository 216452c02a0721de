del countdown, BoxFull
