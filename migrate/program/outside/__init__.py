"""What people and machines give a program: environment, command lines, configuration files."""
