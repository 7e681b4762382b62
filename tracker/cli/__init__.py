"""The command line: one command a file. A command's body is options → workspace → sheet → one writer → exit status."""
