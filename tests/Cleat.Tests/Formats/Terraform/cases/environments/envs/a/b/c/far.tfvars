image = "too/far-away:1"
