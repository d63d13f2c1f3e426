import assert from 'node:assert/strict';
import { MessageQueue } from '../../src/node/messageQueue';

describe('what waits in a channel', () => {
  it('comes in its order, and leaves a turn to a cancellation', async () => {
    const abort = new AbortController();
    const queue = new MessageQueue({ timeoutMs: 60_000, signal: abort.signal }, () => undefined);
    const texts = Array.from({ length: 5000 }, (_, index) => String(index));
    texts.forEach((text) => queue.push(text));
    setImmediate(() => abort.abort());
    const received: string[] = [];
    for (;;) {
      const event = await queue.receive();
      if (event.kind === 'ended') {
        assert.deepEqual(event.end, { kind: 'cancelled' });
        break;
      }
      received.push(event.text);
    }
    assert.ok(received.length > 0 && received.length < texts.length, `${received.length}`);
    assert.deepEqual(received, texts.slice(0, received.length));
  });

  it('keeps what came before the limit was passed', async () => {
    const { signal } = new AbortController();
    const queue = new MessageQueue({ timeoutMs: 60_000, signal }, () => undefined);
    queue.push('answer');
    queue.finish({ kind: 'too-large' });
    assert.deepEqual(await queue.receive(), { kind: 'message', text: 'answer' });
    const end = { kind: 'ended', end: { kind: 'too-large' } };
    assert.deepEqual([await queue.receive(), await queue.receive()], [end, end]);
  });
});
