import { quoteForBash, quoteForFish, quoteForPowerShell } from './quote';

/**
 * The lines that load a `.env` into a running shell. fish does not read such a file and is started
 * anew by a shell that does.
 */
export const dotEnvLoaders = {
  bash(path: string): string | undefined {
    const quoted = quoteForBash(path);
    return quoted && `set -a; . ${quoted}; set +a`;
  },
  fish(path: string): string | undefined {
    const quoted = quoteForFish(path);
    return quoted && `exec sh -c 'set -a; . "$1"; exec fish' sh ${quoted}`;
  },
  powershell(path: string): string | undefined {
    const quoted = quoteForPowerShell(path);
    return (
      quoted &&
      `[regex]::Matches((Get-Content -Raw -Encoding UTF8 -LiteralPath ${quoted}), ${entryInPowerShell}) | ` +
        'ForEach-Object { Set-Item -LiteralPath "Env:$($_.Groups[1].Value)" ' +
        '-Value ($_.Groups[2].Value + $_.Groups[3].Value + $_.Groups[4].Value.Trim()) }'
    );
  },
};

/** A name, and a value in single quotes, in double quotes or bare: what we and most people write. */
const entryInPowerShell = `'(?m)^\\s*(?:export\\s+)?([A-Za-z_]\\w*)\\s*=[ \\t]*(?:''([^'']*)''|"([^"]*)"|([^#\\r\\n]*))'`;
