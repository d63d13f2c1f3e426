// Stands for the plugin's own server.
process.stdin.resume();
