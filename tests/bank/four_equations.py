RIGHT = {}

WRONG = {}
