"""How the command line answers: the list of commands, mistakes, and under which name the program was called."""
