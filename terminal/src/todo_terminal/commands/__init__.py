"""The commands, each a function: its parameters are its arguments and options, its docstring its help."""
