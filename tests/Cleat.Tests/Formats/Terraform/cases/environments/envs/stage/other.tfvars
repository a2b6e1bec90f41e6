image     = "not/for-this-module:1"
something = "that main.tf does not declare"
