/** `<host>`, alone or within a name. */
const bracketed = /^[a-z+]+:\/\/[^/?#]*?(<[^<>/]{1,40}>)/i;

/** A host in capitals and underscores: no name is registered in that form. */
const capitals = /^[a-z+]+:\/\/(?:[^/?#@]*@)?([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)(?=[:/?#.]|$)/;

/** What stands in a URL where the host belongs, waiting to be replaced. */
export function findStandIn(url: string): string | undefined {
  return (capitals.exec(url) ?? bracketed.exec(url))?.[1];
}
