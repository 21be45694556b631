// The streaming workflow of `Benchmarks/Load/chat.yml` written by hand: what a program can hardly do with less.
//
//     relay --provider PORT       prints the port that it listens at, and serves until it is killed
//
// POST with `{"input": {"prompt": "…"}}` in the body asks the provider for a stream, and passes the text of each event on
// as an event of its own; with a path that ends in `/plain` it asks for a whole answer and gives its text as JSON.
// Whatever is ready leaves with one write. Nothing is checked that need not be.
#define _GNU_SOURCE 1
#include "wire.h"

/// A connection: to a client, or to the provider for one.
struct side {
  /// In front, for `take_connections`.
  int socket;
  bool is_provider, is_closed, is_connecting, waits_for_room, is_plain;
  struct buffer in, out, line, body;
  struct message message;
  char head[4096];
  /// The one that this one works for, or that works for it.
  struct side *other;
  struct side *next_idle;
};

static int epoll, provider_port;
static struct side *idle;

// MARK: JSON

/// A position in a JSON text that is taken to be right.
struct cursor {
  const char *at, *end;
};

static void skip_blanks(struct cursor *cursor) {
  while (cursor->at < cursor->end && (*cursor->at == ' ' || *cursor->at == '\n' || *cursor->at == '\t')) cursor->at++;
}

/// Passes over a string, whose inside is given.
static void pass_string(struct cursor *cursor, const char **text, size_t *size) {
  *text = ++cursor->at;
  while (cursor->at < cursor->end && *cursor->at != '"') cursor->at += *cursor->at == '\\' ? 2 : 1;
  *size = (size_t)(cursor->at - *text);
  cursor->at++;
}

/// Passes over a value; follows the path as long as it leads on, and gives the string at its end.
static void pass_value(
    struct cursor *cursor, const char *const *path, const char **found, size_t *found_size) {
  skip_blanks(cursor);
  if (cursor->at >= cursor->end) return;
  const char *text;
  size_t size;
  switch (*cursor->at) {
    case '"':
      pass_string(cursor, &text, &size);
      if (path && !*path) {
        *found = text;
        *found_size = size;
      }
      return;
    case '{':
    case '[': {
      char close = *cursor->at == '{' ? '}' : ']';
      bool is_first = true;
      cursor->at++;
      for (skip_blanks(cursor); cursor->at < cursor->end && *cursor->at != close; skip_blanks(cursor)) {
        const char *const *rest = NULL;
        if (close == '}') {
          pass_string(cursor, &text, &size);
          skip_blanks(cursor);
          cursor->at++;
          if (path && *path && strlen(*path) == size && !memcmp(*path, text, size)) rest = path + 1;
        } else if (path && *path && is_first && !strcmp(*path, "0")) {
          rest = path + 1;
        }
        pass_value(cursor, rest, found, found_size);
        skip_blanks(cursor);
        if (cursor->at < cursor->end && *cursor->at == ',') cursor->at++;
        is_first = false;
      }
      cursor->at++;
      return;
    }
    default:
      while (cursor->at < cursor->end && !strchr(",]} \n\t", *cursor->at)) cursor->at++;
  }
}

/// The inside of a string with its escapes undone; it only gets shorter.
static size_t unescape(char *to, const char *text, size_t size) {
  const char *end = text + size;
  char *start = to;
  while (text < end) {
    if (*text != '\\') {
      *to++ = *text++;
      continue;
    }
    text++;
    switch (*text++) {
      case 'n': *to++ = '\n'; break;
      case 't': *to++ = '\t'; break;
      case 'r': *to++ = '\r'; break;
      case 'b': *to++ = '\b'; break;
      case 'f': *to++ = '\f'; break;
      case 'u': {
        char digits[5] = {text[0], text[1], text[2], text[3], 0};
        unsigned long unit = strtoul(digits, NULL, 16);
        text += 4;
        if (unit < 0x80) {
          *to++ = (char)unit;
        } else if (unit < 0x800) {
          *to++ = (char)(0xC0 | unit >> 6);
          *to++ = (char)(0x80 | (unit & 63));
        } else {
          *to++ = (char)(0xE0 | unit >> 12);
          *to++ = (char)(0x80 | (unit >> 6 & 63));
          *to++ = (char)(0x80 | (unit & 63));
        }
        break;
      }
      default: *to++ = text[-1];
    }
  }
  return (size_t)(to - start);
}

// MARK: Both sides

/// What is closed is freed when no event can speak of it any more.
static struct side *closed[1024];
static size_t closed_count;

static void free_closed(void) {
  for (; closed_count > 0; closed_count--) {
    struct side *side = closed[closed_count - 1];
    struct buffer *buffers[] = {&side->in, &side->out, &side->line, &side->body};
    for (int index = 0; index < 4; index++) free(buffers[index]->bytes);
    free(side);
  }
}

static void close_side(struct side *side) {
  if (side->is_closed) return;
  close(side->socket);
  side->is_closed = true;
  closed[closed_count++] = side;
}

static void close_client(struct side *client) {
  if (client->is_closed) return;
  if (client->other) close_side(client->other);
  close_side(client);
}

static void send_to_client(struct side *client) {
  enum transfer outcome = send_all(client->socket, &client->out);
  if (outcome == transfer_over) return close_client(client);
  bool waits = outcome == transfer_later;
  if (waits == client->waits_for_room) return;
  client->waits_for_room = waits;
  watch(epoll, EPOLL_CTL_MOD, client->socket, EPOLLIN | (waits ? EPOLLOUT : 0), client);
  // A slow client slows the provider down.
  if (client->other) watch(epoll, EPOLL_CTL_MOD, client->other->socket, waits ? 0 : EPOLLIN, client->other);
}

static void add_event(struct side *client, const char *text, size_t size) {
  static struct buffer event;
  event.start = event.end = 0;
  while (true) {
    const char *newline = memchr(text, '\n', size);
    size_t count = newline ? (size_t)(newline - text) : size;
    add_text(&event, "data: ");
    add(&event, text, count);
    add(&event, "\n", 1);
    if (!newline) break;
    text += count + 1;
    size -= count + 1;
  }
  add(&event, "\n", 1);
  char head[24];
  add(&client->out, head, (size_t)snprintf(head, sizeof head, "%zx\r\n", length(&event)));
  add(&client->out, event.bytes, length(&event));
  add(&client->out, "\r\n", 2);
}

static void take_line(void *owner, const char *line, size_t size) {
  struct side *provider = owner;
  static const char *const path[] = {"choices", "0", "delta", "content", NULL};
  static struct buffer text;
  if (size > 0 && line[size - 1] == '\r') size--;
  if (size < 6 || memcmp(line, "data: ", 6)) return;
  struct cursor cursor = {line + 6, line + size};
  const char *found = NULL;
  size_t found_size = 0;
  pass_value(&cursor, path, &found, &found_size);
  if (!found || found_size == 0) return;
  text.start = text.end = 0;
  char *bytes = room(&text, found_size);
  add_event(provider->other, bytes, unescape(bytes, found, found_size));
}

static void take(struct side *provider, const char *bytes, size_t size) {
  if (provider->other->is_plain) return add(&provider->body, bytes, size);
  each_line(&provider->line, bytes, size, take_line, provider);
}

static void read_requests(struct side *client);

static void end_answer(struct side *provider) {
  static const char *const path[] = {"choices", "0", "message", "content", NULL};
  struct side *client = provider->other;
  if (client->is_plain) {
    struct cursor cursor = {provider->body.bytes + provider->body.start, provider->body.bytes + provider->body.end};
    const char *found = "";
    size_t size = 0;
    pass_value(&cursor, path, &found, &size);
    char head[128];
    add(&client->out, head,
        (size_t)snprintf(head, sizeof head,
                         "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n\r\n\"", size + 2));
    add(&client->out, found, size);
    add(&client->out, "\"", 1);
    provider->body.start = provider->body.end = 0;
  } else {
    add(&client->out, "0\r\n\r\n", 5);
  }
  client->other = NULL;
  provider->other = NULL;
  provider->next_idle = idle;
  idle = provider;
}

static void read_answer(struct side *provider) {
  struct side *client = provider->other;
  enum transfer outcome = receive(provider->socket, &provider->in, 65536);
  if (outcome == transfer_later) return;
  if (outcome == transfer_over || !client) {
    for (struct side **place = &idle; *place; place = &(*place)->next_idle)
      if (*place == provider) {
        *place = provider->next_idle;
        break;
      }
    if (client) {
      client->other = NULL;
      close_client(client);
    }
    return close_side(provider);
  }
  bool is_complete = false;
  while (!is_complete) {
    size_t size;
    bool had_head = provider->message.has_head;
    const char *bytes =
        next_part(&provider->message, &provider->in, provider->head, sizeof provider->head, &size, &is_complete);
    if (!had_head && (provider->message.has_head || is_complete) && !client->is_plain)
      add_text(&client->out,
               "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
    if (bytes) take(provider, bytes, size);
    if (!bytes && !is_complete) break;
  }
  if (is_complete) end_answer(provider);
  send_to_client(client);
  if (is_complete && !client->is_closed && length(&client->in) > 0) read_requests(client);
}

static void ask_provider(struct side *client) {
  struct side *provider = idle;
  if (provider) {
    idle = provider->next_idle;
  } else {
    provider = calloc(1, sizeof *provider);
    if (!provider) fail("calloc");
    provider->is_provider = true;
    provider->socket = begin_to_connect(provider_port);
    provider->is_connecting = true;
    watch(epoll, EPOLL_CTL_ADD, provider->socket, EPOLLOUT, provider);
  }
  provider->other = client;
  client->other = provider;
  add(&client->body, "", 1);
  const char *body = client->body.bytes + client->body.start, *prompt = strstr(body, "\"prompt\"");
  struct cursor cursor = {prompt ? strchr(prompt, ':') + 1 : "\"\"", body + length(&client->body)};
  const char *text = "";
  size_t size = 0;
  skip_blanks(&cursor);
  if (prompt && *cursor.at == '"') pass_string(&cursor, &text, &size);
  struct buffer request = {0};
  add_text(&request, "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"");
  add(&request, text, size);
  add_text(&request, client->is_plain ? "\"}],\"temperature\":0.7}" : "\"}],\"temperature\":0.7,\"stream\":true}");
  char head[256];
  add(&provider->out, head,
      (size_t)snprintf(head, sizeof head,
                       "POST /v1/chat/completions HTTP/1.1\r\nHost: provider\r\nContent-Type: application/json\r\n"
                       "Content-Length: %zu\r\n\r\n",
                       length(&request)));
  add(&provider->out, request.bytes, length(&request));
  free(request.bytes);
  client->body.start = client->body.end = 0;
  if (!provider->is_connecting && send_all(provider->socket, &provider->out) == transfer_over) close_client(client);
}

static void read_requests(struct side *client) {
  if (length(&client->in) == 0 && receive(client->socket, &client->in, 8192) == transfer_over)
    return close_client(client);
  while (!client->other && !client->is_closed) {
    size_t size;
    bool is_complete;
    const char *bytes =
        next_part(&client->message, &client->in, client->head, sizeof client->head, &size, &is_complete);
    if (bytes) add(&client->body, bytes, size);
    if (is_complete) {
      char *line_end = strchr(client->head, '\r');
      if (line_end) *line_end = 0;
      client->is_plain = strstr(client->head, "/plain ") != NULL;
      ask_provider(client);
    }
    if (!bytes && !is_complete) return;
  }
}

int main(int count, char **arguments) {
  if (count != 3 || strcmp(arguments[1], "--provider")) {
    fprintf(stderr, "usage: relay --provider PORT\n");
    return 2;
  }
  provider_port = atoi(arguments[2]);
  int listener = begin_to_serve(&epoll);
  struct epoll_event events[256];
  for (;;) {
    int ready = epoll_wait(epoll, events, 256, -1);
    for (int index = 0; index < ready; index++) {
      struct side *side = events[index].data.ptr;
      if (!side) {
        take_connections(listener, epoll, sizeof *side);
      } else if (side->is_provider) {
        struct side *provider = side;
        if (provider->is_closed) continue;
        if (provider->is_connecting) {
          provider->is_connecting = false;
          watch(epoll, EPOLL_CTL_MOD, provider->socket, EPOLLIN, provider);
          if (send_all(provider->socket, &provider->out) == transfer_over && provider->other)
            close_client(provider->other);
          continue;
        }
        read_answer(provider);
      } else {
        struct side *client = side;
        if (!client->is_closed && events[index].events & EPOLLOUT) send_to_client(client);
        if (!client->is_closed && events[index].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) {
          if (client->other && length(&client->in) > 0) continue;
          read_requests(client);
        }
      }
    }
    free_closed();
  }
}
