/** What `--help` prints. */
export const usage = `Usage: mcp-auth check [options] [PATH…|-]
       mcp-auth fix [--dry-run] [options] [PATH…|-]
       mcp-auth rules
       mcp-auth explain RULE

Finds what Claude Code would skip, ignore or leak in MCP configuration files.

check                       says what is wrong
fix                         repairs what is certain, and says what is left
rules                       lists what is looked for
explain RULE                prints the page of a rule

A folder is searched for .mcp.json, .claude-plugin/plugin.json, .claude.json and
managed-mcp.json, apart from what .gitignore names. A file that is named is always
looked at. Without a PATH it is the current folder; - is standard input. Check also
looks into the scripts that a headersHelper names.

Options of check and fix:
  --fail-on LEVEL           exit with 1 from this severity on: error (default), warning,
                            information, hint or never
  --place PLACE             read files as those of a project, plugin or user; auto (default)
                            tells by their names
  --env-file FILE           count the variables of this .env file as set; may be repeated
  --variables FILE          the same, for a file that you did not write: Node 20 itself reads
                            what --env-file names, and obeys NODE_OPTIONS in it
  --no-env                  treat every variable as unknown: say of none that it is not set
  --settings FILE           a settings.json of VS Code, for mcpAuth.rules and
                            mcpAuth.suppressed
  --stdin-filename NAME     read standard input, and report it under this name

Options of check:
  --format FORMAT           text (default), json, sarif or github

Options of fix:
  --dry-run                 print what would change, credentials covered; change nothing

  --help, -h                print this text
  --version                 print the version

Exit code: 0 nothing at or above the level, 1 something is, 2 could not run.
`;
