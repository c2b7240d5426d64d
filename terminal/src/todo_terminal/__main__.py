from todo_terminal.main import main

main()
