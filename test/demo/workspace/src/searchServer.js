// Stands for a server that takes its key from the command line, where every user can read it.
process.stdin.resume();
