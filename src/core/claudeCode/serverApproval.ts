/** Whether Claude Code may use a server of a project's `.mcp.json`. */
export type Approval = 'approved' | 'pending' | 'rejected';

/** The texts of the files in which approvals stand; `undefined` for one that is not there. */
export interface ApprovalTexts {
  /** `~/.claude/settings.json` and those of an administrator. */
  readonly always: readonly (string | undefined)[];
  /** `.claude/settings.json` and `settings.local.json` of the folder that Claude Code starts in. */
  readonly ofFolder: readonly (string | undefined)[];
  /** `~/.claude.json`. */
  readonly state: string | undefined;
  /** The folder that Claude Code starts in, and those under which it may keep that folder's trust. */
  readonly folders: readonly string[];
}

interface Choices {
  readonly all: boolean;
  readonly enabled: readonly string[];
  readonly disabled: readonly string[];
}

/**
 * | where it was chosen                        | what enables counts | what disables counts |
 * | ------------------------------------------ | ------------------- | -------------------- |
 * | settings of the user, of an administrator  | always              | always, over all     |
 * | settings of the folder                     | where it is trusted | always, over all     |
 * | entry of the folder in `~/.claude.json`    | always              | always, over all     |
 */
export function approvalOf(name: string, texts: ApprovalTexts): Approval {
  const projects = projectsOf(texts);
  const isTrusted = projects.some(({ hasTrustDialogAccepted }) => hasTrustDialogAccepted === true);
  const ofFolder = texts.ofFolder.map(choicesIn);
  const others = [...texts.always.map(choicesIn), ...projects.map(choicesOf)];
  if ([...ofFolder, ...others].some(({ disabled }) => disabled.includes(name))) {
    return 'rejected';
  }
  const counting = isTrusted ? [...ofFolder, ...others] : others;
  return counting.some(({ all, enabled }) => all || enabled.includes(name))
    ? 'approved'
    : 'pending';
}

function projectsOf({
  state,
  folders,
}: ApprovalTexts): readonly Readonly<Record<string, unknown>>[] {
  const projects = asObject(asObject(parse(state)).projects);
  return folders.map((folder) => asObject(projects[folder]));
}

function choicesIn(text: string | undefined): Choices {
  return choicesOf(asObject(parse(text)));
}

function choicesOf(settings: Readonly<Record<string, unknown>>): Choices {
  return {
    all: settings.enableAllProjectMcpServers === true,
    enabled: namesIn(settings.enabledMcpjsonServers),
    disabled: namesIn(settings.disabledMcpjsonServers),
  };
}

function namesIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function parse(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '{}');
  } catch {
    return undefined;
  }
}
