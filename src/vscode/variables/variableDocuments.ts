import * as vscode from 'vscode';
import { LineMap } from '../../core/base/lineMap';
import { rangeEnd } from '../../core/base/range';
import type { PlaceId } from '../../core/config/place';
import type { ConfigFile, ServerStore } from '../../core/servers/serverStore';
import type { Occurrence } from '../../core/variables/occurrence';
import { occurrencesInConfig } from '../../core/variables/occurrencesInConfig';
import { occurrencesInDotEnv } from '../../core/variables/occurrencesInDotEnv';
import { occurrencesInProse } from '../../core/variables/occurrencesInProse';
import { occurrencesInScript } from '../../core/variables/occurrencesInScript';
import { occurrencesInSettings } from '../../core/variables/occurrencesInSettings';
import { variableFileKind, type VariableFileKind } from '../../core/variables/variableFileKind';
import type { ConfigDocuments } from '../config/configDocuments';
import { configDocumentSelector, excludedFolders } from '../config/configFiles';
import { toRange, type PositionMap } from '../convert';
import type { WorkspaceFiles } from '../helperScripts/workspaceFiles';

/** A file that may name variables, as it is typed or, if it is not open, as it is saved. */
export interface VariableFile {
  readonly uri: vscode.Uri;
  readonly kind: VariableFileKind | 'config' | 'script';
  readonly text: string;
  readonly map: PositionMap;
  readonly occurrences: readonly Occurrence[];
}

export interface FoundOccurrence {
  readonly file: VariableFile;
  readonly occurrence: Occurrence;
  readonly range: vscode.Range;
}

export interface AllVariableFiles {
  readonly files: readonly VariableFile[];
  /** How many more there are: beyond the limits below, or not for this user to read. */
  readonly leftOut: number;
}

const besideConfigs = '**/{.env,.env.*,README.md,Readme.md,readme.md}';
const settingsFiles = '**/.claude/{settings,settings.local}.json';

/** The most files of each pattern that are looked at, and the longest of them, in bytes. */
const maxFiles = 500;
const maxBytes = 1024 * 1024;

/** Where variables are named: configurations and what is beside them. */
export class VariableDocuments {
  constructor(
    private readonly store: ServerStore,
    private readonly configs: ConfigDocuments,
    private readonly scripts: WorkspaceFiles,
    private readonly userSettings: vscode.Uri,
  ) {}

  /** The documents to ask about; those of scripts follow what configurations name. */
  selector(): vscode.DocumentSelector {
    const scripts = [...this.scripts.helperScripts().keys()].map((id) => {
      const uri = vscode.Uri.parse(id, true);
      const name = uri.path.slice(uri.path.lastIndexOf('/') + 1).replace(/[[\]{}*!]/g, '?');
      return { pattern: new vscode.RelativePattern(vscode.Uri.joinPath(uri, '..'), name) };
    });
    return [
      ...(configDocumentSelector as readonly vscode.DocumentFilter[]),
      { pattern: besideConfigs },
      { pattern: settingsFiles },
      ...scripts,
    ];
  }

  /** The document's variables; `undefined` where it is no file of that kind. */
  read(document: vscode.TextDocument): VariableFile | undefined {
    const { uri } = document;
    const config = this.configOf(document);
    if (config !== undefined) {
      const occurrences = occurrencesInConfig(config.config);
      return { uri, kind: 'config', text: config.config.text, map: document, occurrences };
    }
    return vscode.workspace.isTrusted
      ? this.readOther(uri, document.getText(), document)
      : undefined;
  }

  /** The document's configuration as it is typed, if it is one. */
  configOf(document: vscode.TextDocument): ConfigFile | undefined {
    return this.configs.current(document);
  }

  /** The same once it is known: a document that was just opened is still looked at. */
  async whenRead(document: vscode.TextDocument): Promise<ConfigFile | undefined> {
    await this.configs.whenIdle();
    return this.configOf(document);
  }

  /** The variable that `position` is on, if any. */
  find(document: vscode.TextDocument, position: vscode.Position): FoundOccurrence | undefined {
    const file = this.read(document);
    const offset = document.offsetAt(position);
    const occurrence = file?.occurrences.find(
      ({ range }) => range.offset <= offset && offset <= rangeEnd(range),
    );
    return file && occurrence && { file, occurrence, range: toRange(document, occurrence.range) };
  }

  /** The configurations that refer to `name`, those of the folder of `uri` first. */
  referring(name: string, uri: vscode.Uri): readonly ConfigFile[] {
    const folder = vscode.workspace.getWorkspaceFolder(uri)?.uri.toString();
    const isNear = ({ id }: ConfigFile) =>
      vscode.workspace.getWorkspaceFolder(vscode.Uri.parse(id, true))?.uri.toString() === folder;
    const files = this.store
      .allFiles()
      .filter(({ config }) => occurrencesInConfig(config).some((it) => it.name === name));
    return [...files.filter(isNear), ...files.filter((file) => !isNear(file))];
  }

  /** Of the configurations whose helpers read variables of `file`: itself, or those that run it. */
  helperPlaces({ uri, kind }: Pick<VariableFile, 'uri' | 'kind'>): readonly PlaceId[] {
    const ids = kind === 'script' ? this.scripts.configsOf(uri) : [uri.toString()];
    return ids.flatMap((id) => this.store.file(id)?.config.place.id ?? []);
  }

  /** Every name to which a configuration of the workspace refers. */
  referredNames(): ReadonlySet<string> {
    const files = this.store.allFiles();
    return new Set(
      files.flatMap(({ config }) => occurrencesInConfig(config).map(({ name }) => name)),
    );
  }

  /** Every file of the workspace that may name variables, and the configurations that are open. */
  async all(): Promise<AllVariableFiles> {
    const found = await Promise.all(
      [besideConfigs, settingsFiles].map((it) => vscode.workspace.findFiles(it, excludedFolders)),
    );
    const beside = found.flatMap((uris) => uris.slice(0, maxFiles));
    const scripts = [...this.scripts.helperScripts().keys()].map((id) =>
      vscode.Uri.parse(id, true),
    );
    const uris = [...beside, ...scripts];
    const texts = await Promise.all(uris.map((uri) => textOf(uri)));
    const names = this.referredNames();
    const others = uris.map((uri, index) => {
      const text = texts[index];
      return text === undefined ? undefined : this.readOther(uri, text, new LineMap(text), names);
    });
    const configs = this.store.allFiles().map(({ id, config }): VariableFile => {
      const map = new LineMap(config.text);
      const uri = vscode.Uri.parse(id, true);
      return {
        uri,
        kind: 'config',
        text: config.text,
        map,
        occurrences: occurrencesInConfig(config),
      };
    });
    return {
      files: [...configs, ...others.filter((file) => file !== undefined)],
      leftOut:
        found.flat().length - beside.length + texts.filter((text) => text === undefined).length,
    };
  }

  /** The file at `uri`, if it is there and names variables. */
  async open(uri: vscode.Uri): Promise<VariableFile | undefined> {
    const text = await textOf(uri);
    return text === undefined ? undefined : this.readOther(uri, text, new LineMap(text));
  }

  /** @param names those that configurations refer to, where they are known already */
  private readOther(
    uri: vscode.Uri,
    text: string,
    map: PositionMap,
    names?: ReadonlySet<string>,
  ): VariableFile | undefined {
    const isScript = this.scripts.helperScripts().has(uri.toString());
    const kind = isScript ? 'script' : variableFileKind(uri.path, this.userSettings.path);
    switch (kind) {
      case undefined:
        return undefined;
      case 'script':
        return { uri, kind, text, map, occurrences: occurrencesInScript(text, uri.path) };
      case 'dotEnv':
      case 'example':
        return { uri, kind, text, map, occurrences: occurrencesInDotEnv(text) };
      case 'settings':
      case 'userSettings':
        return { uri, kind, text, map, occurrences: occurrencesInSettings(text) };
      case 'prose':
        return {
          uri,
          kind,
          text,
          map,
          occurrences: occurrencesInProse(text, names ?? this.referredNames()),
        };
    }
  }
}

async function textOf(uri: vscode.Uri): Promise<string | undefined> {
  return openText(uri) ?? (await savedText(uri));
}

/** A document that was closed is still in the list while its closing is told. */
function openText(uri: vscode.Uri): string | undefined {
  return vscode.workspace.textDocuments
    .find((document) => !document.isClosed && document.uri.toString() === uri.toString())
    ?.getText();
}

async function savedText(uri: vscode.Uri): Promise<string | undefined> {
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    return size > maxBytes
      ? undefined
      : new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    // Not there, or not for this user to read.
    return undefined;
  }
}
