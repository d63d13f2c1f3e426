/** Takes the pieces of an event stream, returns the data of the events that became complete. */
export interface EventStreamReader {
  read(part: string): readonly string[];
}

/**
 * Reads an event stream in time linear in its length. Only the data counts here; an event that
 * no empty line has ended is dropped, as every client does.
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */
export function createEventStreamReader(): EventStreamReader {
  let line = '';
  let data: string[] = [];
  let isFirst = true;
  let endedInCr = false;

  function endLine(events: string[]): void {
    if (line === '') {
      if (data.length > 0) {
        events.push(data.join('\n'));
      }
      data = [];
      return;
    }
    const value = /^data(?::\u0020?(.*))?$/s.exec(line);
    if (value !== null) {
      data.push(value[1] ?? '');
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
      const events: string[] = [];
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
