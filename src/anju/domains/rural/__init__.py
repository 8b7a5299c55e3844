"""Rural dwellings (农房): grading, renovation, checks, lists of towns and villages, reconstruction after disasters."""
