// A provider of chat completions that does what each request asks for, as fast as it can.
//
//     provider            prints the port that it listens at, and serves until it is killed
//
// The text of the request says how to answer: `load: chunks=100 bytes=8 gap=0 stamp=0`. With `"stream": true` the answer
// is an event stream of so many chunks with so many bytes each, one every `gap` microseconds, or all at once. With
// `stamp=1` each chunk begins with the time at which it was made, as 16 hexadecimal digits of nanoseconds. Other bytes
// are letters that follow from their position, so that what is lost or moved is noticed.
#define _GNU_SOURCE 1
#include "wire.h"

/// How much is read at once, and how many chunks of a stream leave in one turn.
enum { piece = 65536, turn = 64 };

struct peer {
  /// In front, for `take_connections`.
  int socket;
  bool is_closed, waits_for_room;
  struct buffer in, out;
  struct message message;
  char head[4096];
  struct buffer body;
  // The answer that is under way.
  bool is_streaming;
  long chunks, sent_chunks, bytes, gap;
  bool has_stamps;
  uint64_t due;
  size_t place;
};

static int epoll;
/// The streams that have to wait, the one that is due first at the top (a binary heap).
static struct peer **heap;
static size_t heap_count, heap_capacity;

static void put(size_t place, struct peer *peer) {
  heap[place] = peer;
  peer->place = place + 1;
}

static void sift(size_t place, struct peer *peer) {
  while (place > 0 && peer->due < heap[(place - 1) / 2]->due) {
    put(place, heap[(place - 1) / 2]);
    place = (place - 1) / 2;
  }
  for (;;) {
    size_t child = 2 * place + 1;
    if (child >= heap_count) break;
    if (child + 1 < heap_count && heap[child + 1]->due < heap[child]->due) child++;
    if (heap[child]->due >= peer->due) break;
    put(place, heap[child]);
    place = child;
  }
  put(place, peer);
}

static void remember(struct peer *peer) {
  if (peer->place) return sift(peer->place - 1, peer);
  if (heap_count == heap_capacity) {
    heap_capacity = heap_capacity ? 2 * heap_capacity : 64;
    heap = realloc(heap, heap_capacity * sizeof *heap);
    if (!heap) fail("realloc");
  }
  heap_count++;
  sift(heap_count - 1, peer);
}

static void forget(struct peer *peer) {
  if (!peer->place) return;
  size_t place = peer->place - 1;
  peer->place = 0;
  struct peer *last = heap[--heap_count];
  if (last != peer) sift(place, last);
}

static void close_peer(struct peer *peer) {
  if (peer->is_closed) return;
  forget(peer);
  close(peer->socket);
  peer->is_closed = true;
}

// MARK: Answers

static void add_content(struct peer *peer, struct buffer *to) {
  char text[64];
  long position = peer->sent_chunks * peer->bytes, count = peer->bytes;
  if (peer->has_stamps) {
    snprintf(text, sizeof text, "%016llx", (unsigned long long)nanoseconds());
    add(to, text, 16);
    count -= 16;
  }
  char *letters = room(to, (size_t)(count > 0 ? count : 0));
  for (long index = 0; index < count; index++) letters[index] = (char)('a' + (position + index) % 26);
  to->end += (size_t)(count > 0 ? count : 0);
}

static void add_framed(struct buffer *out, const struct buffer *event) {
  char size[24];
  add(out, size, (size_t)snprintf(size, sizeof size, "%zx\r\n", length(event)));
  add(out, event->bytes + event->start, length(event));
  add(out, "\r\n", 2);
}

static void add_chunk(struct peer *peer) {
  static struct buffer event;
  event.start = event.end = 0;
  add_text(&event,
           "data: {\"id\":\"chatcmpl-Bq3xT7kPzQ8wLm\",\"object\":\"chat.completion.chunk\",\"created\":1760000000,"
           "\"model\":\"gpt-4o-2024-08-06\",\"system_fingerprint\":\"fp_07871e2ad8\",\"choices\":[{\"index\":0,"
           "\"delta\":{\"content\":\"");
  add_content(peer, &event);
  add_text(&event, "\"},\"logprobs\":null,\"finish_reason\":null}]}\n\n");
  add_framed(&peer->out, &event);
  peer->sent_chunks++;
}

static void add_end(struct peer *peer) {
  struct buffer event = {0};
  add_text(&event, "data: [DONE]\n\n");
  add_framed(&peer->out, &event);
  add(&peer->out, "0\r\n\r\n", 5);
  free(event.bytes);
  peer->is_streaming = false;
  forget(peer);
}

/// Makes what is due, and sends each chunk as soon as it is made, as providers do. A stream without gaps lets others have
/// their turn after some chunks.
static void go_on(struct peer *peer) {
  bool has_more = false;
  for (int made = 0; !peer->is_closed; made++) {
    enum transfer outcome = send_all(peer->socket, &peer->out);
    if (outcome == transfer_over) return close_peer(peer);
    has_more = outcome == transfer_later;
    if (has_more || !peer->is_streaming) break;
    if (peer->gap > 0 && nanoseconds() < peer->due) break;
    if (peer->gap == 0 && made == turn) {
      has_more = true;
      break;
    }
    if (peer->sent_chunks == peer->chunks) {
      add_end(peer);
      continue;
    }
    add_chunk(peer);
    if (peer->gap == 0) continue;
    peer->due += (uint64_t)peer->gap * 1000;
    remember(peer);
  }
  if (has_more == peer->waits_for_room) return;
  peer->waits_for_room = has_more;
  watch(epoll, EPOLL_CTL_MOD, peer->socket, EPOLLIN | (has_more ? EPOLLOUT : 0), peer);
}

static long number(const char *text, const char *name, long other) {
  const char *found = text ? strstr(text, name) : NULL;
  return found ? strtol(found + strlen(name), NULL, 10) : other;
}

static void answer(struct peer *peer) {
  add(&peer->body, "", 1);
  const char *text = strstr(peer->body.bytes + peer->body.start, "load:");
  peer->chunks = number(text, "chunks=", 100);
  peer->bytes = number(text, "bytes=", 8);
  peer->gap = number(text, "gap=", 0);
  peer->has_stamps = number(text, "stamp=", 0) != 0;
  if (peer->has_stamps && peer->bytes < 16) peer->bytes = 16;
  peer->sent_chunks = 0;
  bool wants_stream = strstr(peer->body.bytes + peer->body.start, "\"stream\":true") != NULL;
  peer->body.start = peer->body.end = 0;
  if (wants_stream) {
    add_text(&peer->out,
             "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
    peer->is_streaming = true;
    peer->due = nanoseconds();
    return;
  }
  struct buffer body = {0};
  char head[128];
  add_text(&body, "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"choices\":[{\"index\":0,\"message\":"
                  "{\"role\":\"assistant\",\"content\":\"");
  for (; peer->sent_chunks < peer->chunks; peer->sent_chunks++) add_content(peer, &body);
  add_text(&body, "\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":9}}");
  snprintf(head, sizeof head, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n\r\n", length(&body));
  add_text(&peer->out, head);
  add(&peer->out, body.bytes, length(&body));
  free(body.bytes);
}

static void read_requests(struct peer *peer) {
  if (receive(peer->socket, &peer->in, piece) == transfer_over) return close_peer(peer);
  for (;;) {
    size_t size;
    bool is_complete;
    const char *bytes = next_part(&peer->message, &peer->in, peer->head, sizeof peer->head, &size, &is_complete);
    if (bytes) add(&peer->body, bytes, size);
    if (is_complete) answer(peer);
    if (!bytes && !is_complete) break;
  }
  go_on(peer);
}

int main(void) {
  int listener = begin_to_serve(&epoll);
  struct epoll_event events[256];
  for (;;) {
    int wait = -1;
    if (heap_count > 0) {
      uint64_t now = nanoseconds(), due = heap[0]->due;
      wait = due <= now ? 0 : (int)((due - now + 999999) / 1000000);
    }
    int count = epoll_wait(epoll, events, 256, wait);
    struct peer *closed[256];
    int closed_count = 0;
    for (int index = 0; index < count; index++) {
      struct peer *peer = events[index].data.ptr;
      if (!peer) {
        take_connections(listener, epoll, sizeof *peer);
        continue;
      }
      if (events[index].events & EPOLLOUT) go_on(peer);
      if (!peer->is_closed && events[index].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) read_requests(peer);
      if (peer->is_closed) closed[closed_count++] = peer;
    }
    while (heap_count > 0 && heap[0]->due <= nanoseconds()) {
      struct peer *peer = heap[0];
      go_on(peer);
      if (peer->is_closed) {
        free(peer->in.bytes);
        free(peer->out.bytes);
        free(peer->body.bytes);
        free(peer);
      }
    }
    for (int index = 0; index < closed_count; index++) {
      free(closed[index]->in.bytes);
      free(closed[index]->out.bytes);
      free(closed[index]->body.bytes);
      free(closed[index]);
    }
  }
}
