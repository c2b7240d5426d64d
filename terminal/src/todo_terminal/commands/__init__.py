"""The commands: one function each. Its parameters are the arguments and options, its docstring is the help text."""
