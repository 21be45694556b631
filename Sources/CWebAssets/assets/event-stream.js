// Reads server-sent events from text that may be split anywhere.
//
// Follows the HTML Living Standard, section 9.2.6 "Interpreting an event stream", with one
// difference: an event that has a type but no data is reported too, because a terminal event
// may carry nothing but its name. `retry` is ignored: this page never reconnects.
// The byte order mark and UTF-8 are the business of the TextDecoder in front of this parser.

const lineEnd = /[\r\n]/g;

export class EventStreamParser {
  #line = "";
  #endedWithCarriageReturn = false;
  #type = "";
  #data = [];
  #id = "";

  // Takes the next piece of text and returns the events it completes: {type, data, id}.
  feed(text) {
    const events = [];
    let start = 0;
    if (text.length > 0) {
      // The line ended with the carriage return of the piece before; this line feed belongs to it.
      if (this.#endedWithCarriageReturn && text[0] === "\n") start = 1;
      this.#endedWithCarriageReturn = false;
    }
    while (start < text.length) {
      lineEnd.lastIndex = start;
      const end = lineEnd.exec(text)?.index;
      if (end === undefined) {
        this.#line += text.slice(start);
        break;
      }
      const line = this.#line + text.slice(start, end);
      this.#line = "";
      start = end + 1;
      if (text[end] === "\r") {
        if (start === text.length) this.#endedWithCarriageReturn = true;
        else if (text[start] === "\n") start += 1;
      }
      const event = this.#read(line);
      if (event) events.push(event);
    }
    return events;
  }

  #read(line) {
    if (line === "") return this.#dispatch();
    const colon = line.indexOf(":");
    if (colon === 0) return undefined;
    const name = colon < 0 ? line : line.slice(0, colon);
    let value = colon < 0 ? "" : line.slice(colon + 1);
    if (value.startsWith(" ")) value = value.slice(1);
    if (name === "data") this.#data.push(value);
    else if (name === "event") this.#type = value;
    else if (name === "id" && !value.includes("\0")) this.#id = value;
    return undefined;
  }

  #dispatch() {
    const isEmpty = this.#data.length === 0 && this.#type === "";
    const event = { type: this.#type || "message", data: this.#data.join("\n"), id: this.#id };
    this.#type = "";
    this.#data = [];
    return isEmpty ? undefined : event;
  }
}
