export interface ServerSentEvent {
  /** `message` where the stream gives none. */
  readonly name: string;
  readonly data: string;
}

/** Takes the pieces of an event stream, returns the events that became complete. */
export interface EventStreamReader {
  read(part: string): readonly ServerSentEvent[];
}

/**
 * Reads an event stream in time linear in its length. An event without data, and one that no empty
 * line has ended, is dropped, as every client does.
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */
export function createEventStreamReader(): EventStreamReader {
  let line = '';
  let name = '';
  let data: string[] = [];
  let isFirst = true;
  let endedInCr = false;

  function endLine(events: ServerSentEvent[]): void {
    if (line === '') {
      if (data.length > 0) {
        events.push({ name: name === '' ? 'message' : name, data: data.join('\n') });
      }
      name = '';
      data = [];
      return;
    }
    const [, field, value = ''] = /^(data|event)(?::\u0020?(.*))?$/s.exec(line) ?? [];
    if (field === 'data') {
      data.push(value);
    } else if (field === 'event') {
      name = value;
    }
    line = '';
  }

  return {
    read(part) {
      let text = isFirst ? part.replace(/^\ufeff/, '') : part;
      if (endedInCr && text.startsWith('\n')) {
        text = text.slice(1);
      }
      isFirst &&= part === '';
      endedInCr = part === '' ? endedInCr : part.endsWith('\r');
      const events: ServerSentEvent[] = [];
      const [rest = '', ...further] = text.split(/\r\n|\n|\r/);
      line += rest;
      for (const next of further) {
        endLine(events);
        line = next;
      }
      return events;
    },
  };
}

/** The events of a stream that is still open, one after the other, for one reader. */
export interface EventQueue {
  push(events: readonly ServerSentEvent[]): void;
  /** Nothing more will come. */
  end(): void;
  /** The next event, waiting for it; undefined after the last. */
  next(): Promise<ServerSentEvent | undefined>;
}

export function createEventQueue(): EventQueue {
  const events: ServerSentEvent[] = [];
  let position = 0;
  let hasEnded = false;
  let wake = (): void => undefined;
  return {
    push(more) {
      for (const event of more) {
        events.push(event);
      }
      wake();
    },
    end() {
      hasEnded = true;
      wake();
    },
    async next() {
      while (position === events.length && !hasEnded) {
        await new Promise<void>((resolve) => (wake = resolve));
      }
      return events[position++];
    },
  };
}
