import assert from 'node:assert/strict';
import { isSameOrBelow, judgeUrl } from '../../../src/core/oauth/urlPolicy';

describe('the addresses of a sign-in', () => {
  const rows: readonly (readonly [url: unknown, elsewhere: string, onThisMachine?: string])[] = [
    ['https://login.example/authorize?tenant=1', 'allowed'],
    ['https://login.example:8443/', 'allowed'],
    ['http://login.example/', 'not-encrypted'],
    ['http://127.0.0.1:3000/authorize', 'this-machine', 'allowed'],
    ['http://localhost:3000/', 'this-machine', 'allowed'],
    ['http://[::1]:3000/', 'this-machine', 'allowed'],
    ['http://0x7f.1/', 'this-machine', 'allowed'],
    ['http://[::ffff:127.0.0.1]/', 'this-machine', 'allowed'],
    ['https://localhost/', 'this-machine', 'allowed'],
    ['http://127.0.0.1.evil.example/', 'not-encrypted'],
    ['http://localhost.evil.example/', 'not-encrypted'],
    ['http://0.0.0.0/', 'not-encrypted'],
    ['javascript:alert(1)', 'scheme'],
    ['JAVASCRIPT:alert(1)//https://login.example', 'scheme'],
    ['data:text/html,x', 'scheme'],
    ['vbscript:x', 'scheme'],
    ['file:///etc/passwd', 'scheme'],
    ['vscode://publisher.extension/run', 'scheme'],
    ['command:workbench.action.terminal.new', 'scheme'],
    ['blob:https://login.example/1', 'scheme'],
    [String.raw`\\server\share`, 'unreadable'],
    ['//login.example/', 'unreadable'],
    [String.raw`https:\\login.example\x`, 'unreadable'],
    ['java\nscript:alert(1)', 'unreadable'],
    [' https://login.example/', 'unreadable'],
    ['https://login.example/a b', 'unreadable'],
    ['https://login.example/\u202etxt', 'unreadable'],
    ['https://login.example/;$(id)`id`', 'allowed'],
    ['https://user@login.example/', 'user-info'],
    ['https://:secret@login.example/', 'user-info'],
    ['https://login.example/#x', 'fragment'],
    ['https://login.example/#', 'fragment'],
    [`https://login.example/${'a'.repeat(9000)}`, 'unreadable'],
    ['', 'unreadable'],
    [undefined, 'unreadable'],
    [42, 'unreadable'],
    [['https://login.example'], 'unreadable'],
  ];
  for (const [url, elsewhere, onThisMachine = elsewhere] of rows) {
    it(JSON.stringify(url)?.slice(0, 60) ?? 'absent', () => {
      assert.deepEqual([judge(url, false), judge(url, true)], [elsewhere, onThisMachine]);
    });
  }

  it('tells a name below a host from one that only ends like it', () => {
    assert.deepEqual(
      [
        isSameOrBelow('login.example', 'login.example'),
        isSameOrBelow('a.login.example', 'login.example'),
        isSameOrBelow('login.example', 'a.login.example'),
        isSameOrBelow('evil-login.example', 'login.example'),
      ],
      [true, true, true, false],
    );
  });
});

function judge(url: unknown, allowsThisMachine: boolean): string {
  const judged = judgeUrl(url, allowsThisMachine);
  return judged.kind === 'allowed' ? 'allowed' : judged.problem;
}
